"""A user's own Word template: its tags, and what it must not be able to do."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.engines.briefing.sample import problem
from zhaoyin.adapters.office import templates
from zhaoyin.adapters.office.sample_template import sample_template
from zhaoyin.adapters.office.template_tags import known_tags, paths, values_of
from zhaoyin.adapters.office.templates import check, render
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing import KINDS, solve

ROOT = Path(__file__).resolve().parents[3]


def template(*lines: str, header: str = "", title: str = "") -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    made.core_properties.title = title
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def with_part(data: bytes, name: str, content: bytes | str, replace: bool = False) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            if not (replace and entry.filename == name):
                archive.writestr(entry.filename, source.read(entry.filename))
        archive.writestr(name, content)
    return target.getvalue()


def refused(data: bytes) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        check(data)
    return caught.value


def lines_of(data: bytes) -> list[str]:
    return [line.text for line in docx.Document(io.BytesIO(data)).paragraphs]


def test_it_fills_the_sample_in_both_languages_and_every_kind() -> None:
    for kind in KINDS:
        document = solve(problem(kind))
        said = lines_of(render(document, sample_template()))
        assert said[0] == document.title
    assert "1. Overview" in lines_of(render(solve(problem(language="en")), sample_template(english=True)))


def test_it_makes_the_same_bytes_again() -> None:
    assert render(solve(problem()), sample_template()) == render(solve(problem()), sample_template())


def test_it_fills_figures_tables_conditions_and_header() -> None:
    data = template(
        "签约{{ figures.newly_signed }}个", "{% for row in tables.signed %}{{ loop.index }}{{ row.name }};{% endfor %}",
        "{% if figures.stuck %}停滞{{ figures.stuck }}{% else %}无{% endif %}", "{{ number|default('无期号', true) }}", header="{{ title }}",
    )  # fmt: skip
    made = render(solve(problem()), data)
    assert lines_of(made) == ["签约29个", "1样例功率器件项目;2样例医疗器械项目;", "停滞2", "无期号"]
    assert docx.Document(io.BytesIO(made)).sections[0].header.paragraphs[0].text == "云岚高新区招商引资工作情况通报"


def test_it_puts_a_chart_where_its_tag_is() -> None:
    made = docx.Document(io.BytesIO(render(solve(problem()), template("{{ charts.months }}"))))
    assert len(made.inline_shapes) == 1


def test_it_escapes_what_a_project_is_called() -> None:
    document = solve(problem("meeting", subject="<w:p>&{{ title }}"))
    assert lines_of(render(document, template("{{ title }}"))) == ["<w:p>&｛｛ title ｝｝"]


def test_it_names_an_unknown_tag_its_paragraph_and_the_nearest() -> None:
    error = refused(template("标题", "签约 {{ figures.newly_singed }} 个"))
    assert error.code == "template-tag-unknown"
    assert error.params["value"] == "{{ figures.newly_singed }}"
    assert error.params["near"] == "{{ figures.newly_signed }}"
    assert (error.params["line"], error.params["place"]) == (2, "签约 {{ figures.newly_singed }} 个")


def test_it_names_an_unknown_column_in_a_loop() -> None:
    error = refused(template("{% for p in tables.signed %}{{ p.nam }}{% endfor %}"))
    assert error.params["near"] == "{{ p.name }}"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ figures.newly_signed", "template-tag-wrong"),
        ("{{ figures. }}", "template-tag-wrong"),
        ("{% for row in tables.signed %}{{ row.name }}", "template-tag-wrong"),
        ("{% endfr %}", "template-not-allowed"),
        ("{{ title|frobnicate }}", "template-not-allowed"),
        ("{% for x in title %}x{% endfor %}", "template-not-allowed"),
    ],
)
def test_it_says_what_is_wrong_with_a_tag(line: str, code: str) -> None:
    error = refused(template("第一段", line))
    assert error.code == code
    assert error.params["line"] in {0, 2}


HOSTILE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ title.__class__ }}",
    "{{ title|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ config }}",
    "{{ title.format(title) }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{% for i in range(999999999) %}x{% endfor %}",
    "{{ 'x' * 10 ** 10 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ title|replace('', title) }}",
    "{{ title|center(999999999) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for r in tables.signed recursive %}{{ loop(tables.signed) }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% set x = title %}",
    "{% call(x) title() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{% set ns = namespace() %}",
    "{% do title %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{{ tables['signed'].__len__() }}",
    "{{ tables.signed.append(1) }}",
    "{{ loop }}",
    "{{ {}.__class__ }}",
    "{{ [1, 2, 3] }}",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_it_refuses_a_tag_that_does_more_than_read(line: str) -> None:
    assert refused(template(line)).code in {"template-not-allowed", "template-tag-unknown", "template-tag-wrong"}


def test_it_refuses_it_in_headers_and_properties_too() -> None:
    assert refused(template("x", header="{{ title.__class__ }}")).code.startswith("template-")
    assert refused(template("x", title="{{ title.__class__ }}")).code.startswith("template-")


def test_it_refuses_a_tag_split_over_runs() -> None:
    made = docx.Document()
    line = made.add_paragraph()
    for part in ("{", "{ title.__cl", "ass__ }", "}"):
        line.add_run(part).bold = True
    target = io.BytesIO()
    made.save(target)
    assert refused(target.getvalue()).code.startswith("template-")


def test_it_stops_loops_within_loops() -> None:
    inside = "{{ a.name }}" * 40
    line = "".join(f"{{% for {name} in tables.signed %}}" for name in "abcdef") + inside + "{% endfor %}" * 6
    from zhaoyin.engines.briefing.problem import ProjectRow

    rows = tuple(ProjectRow(name="长" * 50 + str(n)) for n in range(60))
    before = time.monotonic()
    with pytest.raises(InvalidValue) as caught:
        render(solve(problem(signed=rows)), template(line))
    assert caught.value.code in {"template-too-slow", "template-failed"}
    assert time.monotonic() - before < 2 * (templates.SECONDS + templates.START_SECONDS)


def test_it_refuses_a_bomb() -> None:
    assert (
        refused(with_part(template("x"), "word/big.xml", b"<a>" + b" " * (80 * 2**20) + b"</a>")).code
        == "template-too-large"
    )
    assert refused(with_part(template("x"), "word/media/a.bin", b"\0" * (30 * 2**20))).code == "template-too-large"
    assert refused(b"x" * (11 * 2**20)).code == "template-too-large"


def test_it_refuses_entities() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    assert refused(with_part(template("x"), "word/document.xml", bomb, replace=True)).code == "template-has-code"
    assert refused(with_part(template("x"), "customXml/item9.xml", bomb)).code == "template-has-code"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://evil.example/t.dotm"), ("image", "http://evil.example/a.png"), ("image", "file:///etc/passwd"),
        ("oleObject", "file://server/share/x"), ("subDocument", "http://evil.example/x.docx"), ("hyperlink", "file:///c:/x.exe"),
        ("frame", "http://evil.example/"),
    ],
)  # fmt: skip
def test_it_refuses_what_lies_outside(kind: str, target: str) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    error = refused(with_part(template("x"), "word/_rels/settings.xml.rels", rels))
    assert error.code == "template-has-external"


def test_it_lets_a_link_to_a_page_stand() -> None:
    made = docx.Document()
    made.part.relate_to("https://www.gov.cn/", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    target = io.BytesIO()
    made.save(target)
    check(target.getvalue())


@pytest.mark.parametrize(
    "parts",
    [
        ("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",),
        ("DD", "E cmd"),
        ("INCLUDETEXT /etc/passwd",),
        (' includepicture "http://x"',),
    ],
)
def test_it_refuses_fields_that_act_by_themselves(parts: tuple[str, ...]) -> None:
    made = docx.Document()
    line = made.add_paragraph()
    for part in parts:
        code = OxmlElement("w:instrText")
        code.text = part
        line.add_run()._element.append(code)
    target = io.BytesIO()
    made.save(target)
    assert refused(target.getvalue()).code == "template-has-code"


def test_it_refuses_a_simple_field_that_acts_by_itself() -> None:
    made = docx.Document()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "DDE excel x")
    made.add_paragraph()._element.append(field)
    target = io.BytesIO()
    made.save(target)
    assert refused(target.getvalue()).code == "template-has-code"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml", "word/afchunk1.html"]
)
def test_it_refuses_code_and_embedded_objects(name: str) -> None:
    assert refused(with_part(template("x"), name, b"<a/>")).code == "template-has-code"


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken", zipfile and b"%PDF-1.7"])
def test_it_refuses_what_is_no_word_file(data: bytes) -> None:
    assert refused(data).code == "template-not-docx"


def test_it_refuses_a_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refused(target.getvalue()).code == "template-not-docx"


def test_it_computes_and_nothing_else() -> None:
    """What the locked process may do when everything before it failed."""
    import subprocess
    import sys

    tries = (
        "open('/etc/passwd')", "__import__('socket').socket()", "__import__('os').system('id')", "__import__('subprocess').run(['id'])",
        "__import__('os').listdir('/')", "open('/tmp/zhaoyin-escape', 'w')", "__import__('os').fork()",
    )  # fmt: skip
    code = f"import socket, subprocess, os\nfrom zhaoyin.adapters.office.template_child import lock\nlock(5)\nfor line in {tries!r}:\n    try:\n        eval(line)\n        print('DONE', line)\n    except PermissionError:\n        print('refused')\n"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert done.stdout.split() == ["refused"] * len(tries), done.stdout + done.stderr


def test_it_has_a_value_for_every_tag_of_every_kind() -> None:
    for kind in KINDS:
        values = values_of(solve(problem(kind)))
        tree = known_tags()
        assert set(tree["figures"]) <= set(values["figures"])
        assert set(tree["text"]) <= set(values["text"])
        for name, (columns,) in tree["tables"].items():
            assert all(set(columns) <= {*row, "style"} for row in values["tables"][name])


def test_it_lists_every_tag_in_the_reference() -> None:
    page = (ROOT / "docs/reference/briefing-tags.md").read_text(encoding="utf-8")
    missing = [
        path.split(".")[-1]
        for path in paths(known_tags())
        if path.split(".")[-1] not in page and not path[-1].isdigit()
    ]
    known = [
        name for name in missing if not name.endswith(("_change", "_unknown", "_unconverted", "_done", "_done_gap"))
    ]
    assert known == []
