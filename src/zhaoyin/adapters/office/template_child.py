"""The process in which a Word template is checked and filled: little memory, little time, no file, no network, no other process.

Started by `templates`; reads one request from standard input and writes one answer.
"""

import base64
import codecs
import contextlib
import io
import json
import sys
from typing import Any

import jinja2.debug  # noqa: F401 - loaded by Jinja at the first mistake, when no file can be opened any more
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from zhaoyin.adapters.office.packing import repacked
from zhaoyin.adapters.office.template_safety import check_source, environment, open_archive, paragraphs
from zhaoyin.adapters.office.template_tags import known_tags
from zhaoyin.domain.errors import DomainError, InvalidValue

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
"""A PNG of one point."""
MEMORY = 1024 * 2**20
CHART_WIDTH = Mm(150)
REFUSED = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "urllib.", "ftplib.", "tempfile.", "mmap.", "glob.", "pty.", "webbrowser.")  # fmt: skip


def lock(seconds: int) -> None:
    """From here on this process can only compute. Codecs that Python loads at their first use are loaded before."""
    for codec in ("ascii", "latin-1", "unicode_escape", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp437", "idna"):
        codecs.lookup(codec)
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(REFUSED):
            raise PermissionError(f"{event} {_arguments[:1]}")

    sys.addaudithook(refuse)


def _source(template: DocxTemplate) -> str:
    """What Jinja will read: the body, headers, footers, footnotes and the properties, in docxtpl's own form."""
    template.init_docx()
    parts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            parts.append(template.patch_xml(template.get_part_xml(part)))
    about = template.docx.core_properties
    parts += [
        str(getattr(about, name) or "") for name in ("author", "category", "comments", "keywords", "subject", "title")
    ]
    for part in template.docx.part.package.iter_parts():
        if part.partname.endswith(("footnotes.xml", "endnotes.xml")):
            parts.append(template.patch_xml(part.blob.decode()))
    return "\n".join(parts)


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """Check, and for `render` fill; the filled file, empty for a check. DomainError for what is wrong with the template."""
    archive = open_archive(data, str(request["name"]))
    tree = known_tags(request.get("figures", []))
    texts = paragraphs(archive)
    template = DocxTemplate(io.BytesIO(data))
    check_source(_source(template), tree, texts)
    if request["mode"] == "check":
        return b""
    values = dict(request["values"])
    charts = {name: base64.b64decode(image) for name, image in request["charts"].items()}
    values["charts"] = {
        name: InlineImage(template, io.BytesIO(charts[name]), width=CHART_WIDTH) if name in charts else ""
        for name in {*tree["charts"], *charts}
    }
    filled = DocxTemplate(io.BytesIO(data))
    for image in values["charts"].values():
        if image:
            image.tpl = filled
    filled.render(values, environment(), autoescape=True)
    target = io.BytesIO()
    filled.save(target)
    return repacked(target.getvalue())


def main() -> None:
    """One request, one answer: a line of JSON, then the bytes."""
    head = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    _warm()
    lock(int(head["seconds"]))
    body, said = b"", {"ok": True}
    try:
        body = answer(head, data)
    except DomainError as error:
        said = {"code": error.code, "params": {key: value if isinstance(value, int) else str(value) for key, value in error.params.items()}}  # type: ignore[dict-item]  # fmt: skip
    except (Exception, RecursionError) as error:  # whatever a hostile file does, the answer is a refusal
        wrong = InvalidValue("template-failed", field="file", value=f"{type(error).__name__}: {error}"[:200])
        said = {"code": wrong.code, "params": dict(wrong.params)}  # type: ignore[dict-item]
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + body)


def _warm() -> None:
    """Everything that is loaded late is loaded before the lock, by doing the whole work once on our own template."""
    from zhaoyin.adapters.office.sample_template import sample_template

    values = dict.fromkeys(known_tags(), "")
    for mode in ("check", "render"):
        answer({"mode": mode, "name": "", "values": values, "charts": {"months": PIXEL}}, sample_template())


if __name__ == "__main__":
    main()
