"""Word, workbook and PDF from a document: the same bytes each time, real numbers, fit to print."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.engines.briefing.sample import problem
from zhaoyin.adapters.office import FORMS, draw
from zhaoyin.adapters.office.charts import chart_svg, nice_top
from zhaoyin.adapters.office.pdf import DATA
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing import KINDS, solve
from zhaoyin.engines.briefing.problem import Amount, ProjectRow
from zhaoyin.engines.briefing.result import Chart, Series

A4 = (Decimal("595.276"), Decimal("841.89"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_makes_the_same_bytes_for_the_same_document(form: str, kind: str, language: str) -> None:
    document = solve(problem(kind, language))
    assert draw(document, form) == draw(document, form)


def test_it_names_the_forms_that_there_are() -> None:
    with pytest.raises(InvalidValue) as caught:
        draw(solve(problem()), "odt")
    assert caught.value.params["known"] == "docx, xlsx, pdf"


def word(kind: str = "bulletin", **changes: object) -> docx.document.Document:
    return docx.Document(io.BytesIO(draw(solve(problem(kind, **changes)), "docx")))


def test_it_sets_a_word_page_after_the_standard() -> None:
    section = word().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]


def test_it_repeats_table_heads_and_splits_no_row() -> None:
    for table in word().tables:
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_it_keeps_headings_with_what_follows() -> None:
    headings = [line for line in word().paragraphs if line.style.name.startswith("Heading")]
    assert headings
    assert all(line.paragraph_format.keep_with_next for line in headings)


def test_it_turns_the_page_for_a_wide_list() -> None:
    section = word("progress").sections[0]
    assert section.page_width > section.page_height


def test_it_numbers_the_pages_of_a_word_file() -> None:
    xml = word().sections[0].footer._element.xml
    assert "PAGE" in xml
    assert "NUMPAGES" in xml


def test_it_writes_every_sentence_and_footnote_into_word() -> None:
    document = solve(problem())
    said = "\n".join(re.sub(r"\[\d+\]", "", line.text) for line in word().paragraphs)
    for one in document.paragraphs():
        assert one.text in said
    assert document.footnotes[0].text in said


def test_it_writes_real_numbers_into_a_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(draw(solve(problem()), "xlsx")))
    sheet = book["主要指标"]
    row = [cell.value for cell in sheet[3]]
    assert row[:4] == ["新增洽谈项目（个）", 162, 150, pytest.approx(0.08)]
    assert sheet["B5"].value == pytest.approx(58.4)
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.page_setup.fitToHeight == 0


def test_it_takes_a_name_that_begins_with_an_equals_sign_for_a_text() -> None:
    row = ProjectRow(name='=HYPERLINK("http://x")', amount=Amount(value=Decimal(10**8)))
    book = openpyxl.load_workbook(io.BytesIO(draw(solve(problem(signed=(row,))), "xlsx")))
    cell = book["新签约项目一览"]["B3"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")


def poppler(tool: str, data: bytes, tmp_path: Path, *arguments: str) -> str:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    tail = ["-"] if tool == "pdftotext" else []
    return subprocess.run([tool, *arguments, str(path), *tail], capture_output=True, text=True, check=True).stdout


@needs_poppler
def test_it_prints_on_a4_with_the_vendored_font_only(tmp_path: Path) -> None:
    data = draw(solve(problem()), "pdf")
    about = poppler("pdfinfo", data, tmp_path)
    assert "(A4)" in about
    fonts = poppler("pdffonts", data, tmp_path).splitlines()[2:]
    assert all("ZhaoyinSerif" in line for line in fonts), fonts
    assert "162" in poppler("pdftotext", data, tmp_path)


@needs_poppler
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_keeps_the_leaders_page_on_one_page(tmp_path: Path, language: str) -> None:
    long = tuple(
        ProjectRow(name=f"样例高端装备智能制造与精密零部件生产基地项目（{n}期）", team="新一代信息技术产业专班", industry="新一代信息技术", origin="黑龙江", amount=Amount(value=Decimal(n * 10**8)), silent_days=100 + n)
        for n in range(1, 30)
    )  # fmt: skip
    about = poppler(
        "pdfinfo", draw(solve(problem("one-page", language, signed=long, stuck=long, hidden=0)), "pdf"), tmp_path
    )
    assert re.search(r"Pages:\s+1\n", about)


@needs_poppler
def test_it_keeps_a_meeting_briefing_within_two_pages(tmp_path: Path) -> None:
    from datetime import date

    from zhaoyin.engines.briefing.problem import FactRow

    facts = tuple(
        FactRow(topic="进展与依据", text="会谈要点" * 30, source=f"台账第 {n} 号", day=date(2026, 5, 1))
        for n in range(24)
    )
    about = poppler("pdfinfo", draw(solve(problem("meeting", facts=facts)), "pdf"), tmp_path)
    pages = int(re.search(r"Pages:\s+(\d+)", about).group(1))  # type: ignore[union-attr]
    assert pages <= 2


def test_it_escapes_what_a_chart_is_called() -> None:
    chart = Chart("x", "bar", "<script>", ("a&b",), (Series("s", (Decimal(1),)),))
    svg = chart_svg(chart)
    assert "<script>" not in svg
    assert "a&amp;b" in svg


@pytest.mark.parametrize("kind", ["bar", "line", "waterfall", "gauge", "funnel"])
@pytest.mark.parametrize("values", [(), (0,), (None, 3), (5, 0, 2)])
def test_it_draws_every_kind_of_chart_with_whatever_values(kind: str, values: tuple[int | None, ...]) -> None:
    names = tuple(f"甲{n}" for n in range(len(values)))
    series = (Series("s", tuple(None if v is None else Decimal(v) for v in values)),)
    svg = chart_svg(Chart("x", kind, "图", names, series, "%"))
    assert svg.startswith("<svg")
    assert "nan" not in svg


def test_it_ends_the_axis_at_a_round_number() -> None:
    assert nice_top(38) == (40, 10)
    assert nice_top(0) == (1.0, 1.0)
    assert nice_top(3)[0] >= 3


def test_it_ships_the_font_with_its_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (DATA / "OFL.txt").read_text(encoding="utf-8")
    assert (DATA / "zhaoyin-serif.otf").stat().st_size < 6 * 2**20


def test_it_leaves_no_time_in_an_office_file() -> None:
    for form in ("docx", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(draw(solve(problem()), form)))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
