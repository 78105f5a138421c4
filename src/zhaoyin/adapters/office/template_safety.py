"""What a Word template may hold: no bomb, no code, nothing from outside; tags that only read, decide and repeat."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from zhaoyin.domain.errors import InvalidValue

MOST_PARTS, LARGEST_OPEN, LARGEST_RATIO = 2000, 60 * 2**20, 200
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FILTERS = ("default", "first", "join", "last", "length", "lower", "trim", "upper")
TESTS = ("defined", "even", "none", "odd", "undefined")
LOOP = {"index": None, "index0": None, "first": None, "last": None, "length": None}
CODE_PARTS = re.compile(r"vbaProject|vbaData|activeX|embeddings/|oleObject|afchunk", re.IGNORECASE)
FIELDS = re.compile(
    r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE|LINK|MACROBUTTON|EMBED)\b", re.IGNORECASE
)
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr,
    nodes.Filter, nodes.Test, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat,
)  # fmt: skip
Place = tuple[int, str]


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive; InvalidValue when it is no .docx, is a bomb, brings code or anything from outside."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise InvalidValue("template-not-docx", field="file", value=name) from error
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise InvalidValue("template-not-docx", field="file", value=name)
    whole = sum(entry.file_size for entry in entries)
    bomb = any(
        entry.file_size > 2**20 and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MOST_PARTS or len(names) != len(entries) or whole > LARGEST_OPEN or bomb:
        raise InvalidValue("template-too-large", field="file", value=name, limit=LARGEST_OPEN >> 20)
    for entry in entries:
        if CODE_PARTS.search(entry.filename):
            raise InvalidValue("template-has-code", field="file", value=entry.filename[:80])
        if entry.filename.endswith((".xml", ".rels")):
            _refuse_traps(entry.filename, archive.read(entry.filename))
    return archive


def _refuse_traps(name: str, xml: bytes) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or "<!DOCTYPE".encode("utf-16-le") in xml:
        raise InvalidValue("template-has-code", field="file", value=f"{name}: DOCTYPE")
    tree = parsed(xml, name)
    if name.endswith(".rels"):
        for one in tree:
            kind, target = str(one.get("Type", "")), str(one.get("Target", ""))
            if one.get("TargetMode") == "External" and not (
                kind.endswith("/hyperlink") and re.match(r"(https?|mailto):", target)
            ):
                raise InvalidValue("template-has-external", field="file", value=target[:80])
        return
    if name.startswith("word/"):
        for paragraph in tree.iter(W + "p", W + "hdr", W + "ftr"):
            simple = "".join(str(field.get(W + "instr", "")) + " " for field in paragraph.iter(W + "fldSimple"))
            said = "".join(part.text or "" for part in paragraph.iter(W + "instrText")) + " " + simple
            found = FIELDS.search(said)
            if found:
                raise InvalidValue("template-has-code", field="file", value=found.group(1).upper())
        if next(tree.iter(W + "altChunk", W + "subDoc", W + "control", W + "object"), None) is not None:
            raise InvalidValue("template-has-code", field="file", value=name)


def parsed(xml: bytes, name: str) -> Any:
    """The tree of a part, without entities, network or large texts."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidValue("template-not-docx", field="file", value=name) from error


def environment() -> ImmutableSandboxedEnvironment:
    """Values are escaped, nothing can be called, only the listed filters and tests are there."""
    made = ImmutableSandboxedEnvironment(autoescape=True)
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {name: made.tests[name] for name in TESTS if name in made.tests}
    made.globals = {}
    return made


def paragraphs(archive: zipfile.ZipFile) -> list[str]:
    """Texts of the paragraphs of the body, then of headers, footers and notes: what a person counts in Word."""
    names = sorted(
        (n for n in archive.namelist() if TEXT_PARTS.fullmatch(n)), key=lambda n: (n != "word/document.xml", n)
    )
    return [
        "".join(part.text or "" for part in paragraph.iter(W + "t"))
        for name in names
        for paragraph in parsed(archive.read(name), name).iter(W + "p")
    ]


def place_of(needle: str, texts: Sequence[str]) -> Place:
    """Number and beginning of the first paragraph with a tag that holds the text; (0, "") when there is none."""
    for number, text in enumerate(texts, 1):
        if any(needle in tag for tag in TAG.findall(text)) or (needle and "{" in needle and needle in text):
            return number, text.strip()[:40]
    return 0, ""


def check_source(source: str, tree: Mapping[str, Any], texts: Sequence[str]) -> None:
    """InvalidValue names the first tag that cannot be used, where it stands and what to write instead."""
    made = environment()
    _check_single(made, texts)
    try:
        parsed_tree = made.parse(source)
    except TemplateSyntaxError as error:
        raise InvalidValue("template-tag-wrong", field="file", value=str(error.message), line=0, place="", fix=_fix(str(error.message))) from error  # fmt: skip
    _Walk(tree, texts).visit(parsed_tree, dict(tree))


def _check_single(made: ImmutableSandboxedEnvironment, texts: Sequence[str]) -> None:
    """Tags that are wrong in themselves are found where they stand."""
    for number, text in enumerate(texts, 1):
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            raise InvalidValue("template-tag-wrong", field="file", value=text.strip()[:60], line=number, place=text.strip()[:40], fix="{{ … }}, {% … %}")  # fmt: skip
        for tag in TAG.findall(text):
            if not tag.startswith("{{"):
                word = re.match(r"\{%-?\s*(?:p|tr|tc|r)?\s*(\w+)", tag)
                if word and word.group(1) not in {"for", "endfor", "if", "elif", "else", "endif"}:
                    raise InvalidValue("template-not-allowed", field="file", value=tag[:60], line=number, place=text.strip()[:40])  # fmt: skip
                continue
            try:
                made.parse(re.sub(r"^\{\{[rpc]?\s", "{{ ", tag))
            except TemplateSyntaxError as error:
                raise InvalidValue("template-tag-wrong", field="file", value=tag[:60], line=number, place=text.strip()[:40], fix=_fix(str(error.message))) from error  # fmt: skip


def _fix(message: str) -> str:
    if "filter" in message.lower():
        return "|" + ", |".join(FILTERS)
    if "endfor" in message or "endif" in message or "unexpected end" in message.lower() or "unknown tag" in message:
        return "{% for … %} … {% endfor %}, {% if … %} … {% endif %}"
    return "{{ figures.newly_signed }}"


class _Walk:
    """Follows names through the tree of tags, loops included."""

    def __init__(self, tree: Mapping[str, Any], texts: Sequence[str]) -> None:
        self.tree, self.texts = tree, texts

    def visit(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        if not isinstance(node, ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
            self.refuse(type(node).__name__, _text(node))
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self.refuse(f"|{node.name}", node.name)
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            self.refuse(f"is {node.name}", node.name)
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self.resolve(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _loop(self, node: nodes.For, scope: Mapping[str, Any]) -> None:
        found = self.resolve(node.iter, scope) if isinstance(node.iter, nodes.Name | nodes.Getattr) else self.refuse("for", _text(node.iter))  # fmt: skip
        if not isinstance(found, list):
            self.refuse("for", _text(node.iter))
        if not isinstance(node.target, nodes.Name):
            self.refuse("for", _text(node.target))
        inside = {**scope, node.target.name: found[0], "loop": LOOP}  # type: ignore[attr-defined, index]
        for child in (*node.body, *([node.test] if node.test else [])):
            self.visit(child, inside)
        for child in node.else_:
            self.visit(child, scope)

    def resolve(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        path = _path(node)
        if path is None:
            self.refuse("[]", _text(node))
        here: Any = scope
        for depth, name in enumerate(path or ()):
            if isinstance(here, Mapping) and name in here:
                here = here[name]
                continue
            known = [".".join((*path[:depth], key)) for key in here] if isinstance(here, Mapping) else []  # type: ignore[index]
            self.unknown(".".join(path or ()), known)
        return here

    def unknown(self, said: str, known: Sequence[str]) -> None:
        from zhaoyin.adapters.office.template_tags import paths

        every = [*known, *paths(self.tree)]
        near = next(iter(get_close_matches(said, every, n=1, cutoff=0.3)), "figures.newly_signed")
        line, place = place_of(said, self.texts)
        raise InvalidValue("template-tag-unknown", field="file", value="{{ " + said + " }}", line=line, place=place, near="{{ " + near + " }}")  # fmt: skip

    def refuse(self, what: str, text: str) -> Any:
        line, place = place_of(text, self.texts)
        raise InvalidValue("template-not-allowed", field="file", value=f"{what} {text}".strip(), line=line, place=place)


def _path(node: nodes.Node) -> list[str] | None:
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return None if before is None else [*before, node.attr]
    return None


def _text(node: nodes.Node) -> str:
    """The name of a filter, or the first name in an expression, to find the tag by."""
    name: object = getattr(node, "name", "")
    if isinstance(name, str) and name:
        return name
    found: Iterator[str] = (one.name for one in node.find_all(nodes.Name))
    return next(found, "")
