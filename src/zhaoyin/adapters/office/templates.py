"""A user's own Word template: checked when it comes in, filled in a locked process of its own."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from zhaoyin.adapters.office.pdf import chart_png
from zhaoyin.adapters.office.template_tags import charts_of, plain, values_of
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing.result import Document

SECONDS = 10
"""CPU seconds; the wall clock stops it after the same time plus the start of the process."""
START_SECONDS = 10
LARGEST = 10 * 2**20
ROOT = Path(__file__).parents[3]


def check(data: bytes, *, file_name: str = "template.docx", figures: tuple[str, ...] = ()) -> None:
    """InvalidValue says what is wrong, in which paragraph, and what to write instead. `figures`: names of further packs."""
    _ask({"mode": "check", "name": file_name, "figures": list(figures)}, data)


def render(document: Document, template: bytes, *, file_name: str = "template.docx") -> bytes:
    """The filled .docx; the same bytes for the same document and template. Errors as `check`, and `template-too-slow`."""
    charts = {name: base64.b64encode(chart_png(chart)).decode() for name, chart in charts_of(document).items()}
    names = [plain(key) for key in document.slots()]
    request = {"mode": "render", "name": file_name, "figures": names, "values": values_of(document), "charts": charts}
    return _ask(request, template)


def _ask(request: dict[str, Any], data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise InvalidValue("template-too-large", field="file", value=request["name"], limit=LARGEST >> 20)
    head = json.dumps({**request, "seconds": SECONDS}).encode() + b"\n"
    command = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]; from zhaoyin.adapters.office.template_child import main; main()"
    )
    env = {"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", command], input=head + data, capture_output=True, timeout=SECONDS + START_SECONDS,
            env=env, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise InvalidValue("template-too-slow", field="file", value=request["name"], limit=SECONDS) from error
    line, _newline, body = done.stdout.partition(b"\n")
    if not line:
        code = "template-too-slow" if done.returncode < 0 else "template-failed"
        raise InvalidValue(code, field="file", value=request["name"], limit=SECONDS)
    said = json.loads(line)
    if "code" in said:
        raise InvalidValue(said["code"], **said["params"])
    return body
