"""Files of every kind as sheets of cells that mean what Excel displays."""

import io
import struct
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sheets.writing import Page, ods, page_html, xls
from zhaoyin.adapters.spreadsheets import limits
from zhaoyin.adapters.spreadsheets.number_formats import displayed
from zhaoyin.adapters.spreadsheets.workbook import read_file, read_pasted
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.sheet_reading.problem import CellKind, SourceFile


def _page() -> Page:
    page = Page("台账")
    for row, cells in enumerate((("项目名称", "总投资（万元）"), ("甲项目", 3500.5), ("乙项目", "1,200"))):
        for column, value in enumerate(cells):
            page.put(row, column, value)
    return page


def _texts(file: SourceFile) -> list[list[str]]:
    return [[cell.text for cell in row] for row in file.sheets[0].rows]


def _xlsx(write: object) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        write(book, book.add_worksheet("表"))  # type: ignore[operator]
    return out.getvalue()


EXPECTED = [["项目名称", "总投资（万元）"], ["甲项目", "3500.5"], ["乙项目", "1,200"]]


@pytest.mark.parametrize(
    "data",
    [
        xls([_page()]),
        ods([_page()]),
        page_html(_page()),
        page_html(_page(), charset="utf-8"),
        '项目名称,总投资（万元）\n甲项目,3500.5\n乙项目,"1,200"\n'.encode("gb18030"),
        "项目名称\t总投资（万元）\n甲项目\t3500.5\n乙项目\t1,200\n".encode("utf-16"),
        "项目名称;总投资（万元）;\n甲项目;3500.5;\n乙项目;1,200;\n".encode("utf-8-sig"),
        "| 项目名称 | 总投资（万元） |\n|---|---|\n| 甲项目 | 3500.5 |\n| 乙项目 | 1,200 |\n".encode(),
    ],
    ids=["xls", "ods", "html", "html utf-8", "csv gb18030", "tabs utf-16", "semicolons", "bars"],
)
def test_it_reads_what_the_bytes_are_whatever_the_name(data: bytes) -> None:
    rows = [row for row in _texts(read_file(file_name="a.xls", data=data)) if row]
    assert rows == EXPECTED


@pytest.mark.parametrize(
    ("raw", "code", "text", "number"),
    [
        ("0.05", "0.0%", "5.0%", "0.05"),
        ("3.14159", "0.00", "3.14", "3.14"),
        ("35000", '0!.0,"万"', "3.5万", "3.5"),
        ("3.5", '0.00"亿元"', "3.50亿元", "3.50"),
        ("1234567.8", "#,##0.0", "1,234,567.8", "1234567.8"),
        ("350000000", '#,##0,,"百万"', "350百万", "350"),
        ("-5", "0;(0)", "(5)", "-5"),
        ("0", '0;-0;"-"', "-", None),
        ("12", "[>10]0;0.0", "12", "12"),
        ("0.3333333333333333", "General", "0.3333333333", "0.3333333333"),
    ],
)
def test_a_number_means_what_excel_displays(raw: str, code: str, text: str, number: str | None) -> None:
    cell = displayed(Decimal(raw), code)
    assert (cell.text, cell.number) == (text, None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy/m/d", "2022/5/18"),
        ('yyyy"年"m"月"', "2022年5月"),
        ("mmm-yy", "May-22"),
        ("[$-804]m月d日", "5月18日"),
        ("h:mm", "0:00"),
    ],
)
def test_a_day_is_shown_under_its_format(code: str, text: str) -> None:
    assert displayed(Decimal(44699), code).text == text


def test_a_formula_without_a_result_is_unknown_and_never_zero() -> None:
    def write(book: object, sheet: object) -> None:
        sheet.write_formula(0, 0, "=B1*2", None, "")  # type: ignore[attr-defined]
        sheet.write_formula(0, 1, "=1+1", None, 2)  # type: ignore[attr-defined]
        sheet.write_formula(0, 2, "=SUM(A1:B1)")  # type: ignore[attr-defined]

    row = read_file(file_name="a.xlsx", data=_xlsx(write)).sheets[0].rows[0]
    assert row[1].number == 2
    assert row[2].kind is CellKind.UNKNOWN
    assert row[2].number is None


def test_it_keeps_hidden_parts_merges_and_comments() -> None:
    def write(book: object, sheet: object) -> None:
        sheet.merge_range(0, 0, 0, 2, "标题")  # type: ignore[attr-defined]
        sheet.write(1, 0, "甲")  # type: ignore[attr-defined]
        sheet.write(1, 1, "13900000000")  # type: ignore[attr-defined]
        sheet.write_comment(1, 0, "请核实")  # type: ignore[attr-defined]
        sheet.set_row(1, None, None, {"hidden": True})  # type: ignore[attr-defined]
        sheet.set_column(1, 1, None, None, {"hidden": True})  # type: ignore[attr-defined]
        book.add_worksheet("旧").hide()  # type: ignore[attr-defined]

    file = read_file(file_name="a.xlsx", data=_xlsx(write))
    sheet = file.sheets[0]
    assert sheet.merges[0] == (0, 0, 0, 1)
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {1}
    assert "请核实" in sheet.comments[1, 0]
    assert [one.hidden for one in file.sheets] == [False, True]


def test_physical_lines_are_counted_where_a_cell_has_line_breaks() -> None:
    data = b'a,b,c\n"x\ny",1,2\nz,3,4\n'
    sheet = read_file(file_name="a.csv", data=data).sheets[0]
    assert [sheet.number_of(row) for row in range(3)] == [1, 2, 4]


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _code(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(InvalidValue) as caught:
        read_file(file_name=name, data=data)
    return caught.value.code


def test_bad_files_are_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    good = _xlsx(lambda book, sheet: sheet.write(0, 0, "甲"))
    assert _code(b"  \n") == "file-empty"
    assert _code(_xlsx(lambda book, sheet: None)) == "file-empty"
    assert _code(good[: len(good) // 2]) == "file-corrupt"
    assert _code(b"%PDF-1.7 x") == "file-not-a-sheet"
    assert _code(xls([_page()])[:300]) == "file-corrupt"
    assert _code(_zip(**{"a.txt": b"x"})) == "file-not-a-sheet"
    assert _code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "file-corrupt"
    assert _code(b"," * 10 + b"\n" + b"x," * 3000 + b"\n" + b"y," * 3000) == "sheet-too-wide"
    monkeypatch.setattr(limits, "LARGEST_EXPANDED", 1 << 20)
    assert _code(_zip(**{"xl__workbook.xml": bytes(1 << 21)})) == "file-expands-too-much"


def test_a_password_is_told_from_damage() -> None:
    biff = bytearray(xls([_page()]))
    at = biff.index(struct.pack("<HH", 0x42, 2))
    biff[at:at] = struct.pack("<HH", 0x2F, 6) + bytes((1, 0, 1, 2, 3, 4))
    assert _code(bytes(biff), "a.xls") == "file-encrypted"


def test_a_million_empty_columns_are_trimmed_and_not_read() -> None:
    data = ("项目名称,投资方,总投资" + "," * 1_000_000 + "\n甲项目,乙公司,3" + "," * 1_000_000).encode()
    assert [len(row) for row in read_file(file_name="a.csv", data=data).sheets[0].rows] == [3, 3]

    def write(book: object, sheet: object) -> None:
        sheet.write(0, 0, "甲")  # type: ignore[attr-defined]
        style = book.add_format({"bold": True})  # type: ignore[attr-defined]
        for column in range(1, 16_384):
            sheet.write_blank(0, column, None, style)  # type: ignore[attr-defined]

    assert [len(row) for row in read_file(file_name="a.xlsx", data=_xlsx(write)).sheets[0].rows] == [1]


def test_entities_are_never_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>'
    assert _code(_zip(**{"[Content_Types].xml": b"<x/>", "xl__workbook.xml": bomb})) == "file-corrupt"


def test_commands_in_cells_stay_text() -> None:
    cell = read_file(file_name="a.csv", data="项目,说明,备注\n甲,=cmd|'/c calc'!A1,x\n".encode()).sheets[0].rows[1][1]
    assert (cell.kind, cell.text) == (CellKind.TEXT, "=cmd|'/c calc'!A1")


def test_pasted_text_is_cut_like_a_file() -> None:
    assert _texts(read_pasted(text="项目名称\t总投资\n甲项目\t3亿"))[1] == ["甲项目", "3亿"]
    with pytest.raises(InvalidValue):
        read_pasted(text=" \n ")


SEEDS = [
    _xlsx(lambda book, sheet: [sheet.write(r, c, f"值{r}{c}") for r in range(6) for c in range(4)]), xls([_page()]), ods([_page()]), page_html(_page()),
    "a,b,c\n1,2,3\n".encode("utf-16"),
]  # fmt: skip


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12), st.floats(0.2, 1)
)
def test_it_survives_damaged_bytes(seed: bytes, changes: list[tuple[float, int]], kept: float) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[min(len(data) - 1, int(place * len(data)))] = value
    try:
        file = read_file(file_name="x", data=bytes(data[: max(1, int(len(data) * kept))]))
    except InvalidValue:
        return
    assert all(cell.kind in CellKind for sheet in file.sheets for row in sheet.rows for cell in row)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_it_survives_any_bytes(data: bytes) -> None:
    for head in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x09\x08\x10\x00",
        b"<html>",
        b"<?xml version='1.0'?>",
    ):
        try:
            read_file(file_name="x", data=head + data)
        except InvalidValue:
            continue
