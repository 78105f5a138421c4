"""Spreadsheet files as grids of text."""

import io
from datetime import date

import pytest
import xlsxwriter

from zhaoyin.adapters.spreadsheets import reading
from zhaoyin.domain.errors import InvalidValue


def _xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "开始日期", "数"])
        sheet.write(1, 0, " 王 ")
        sheet.write_datetime(1, 1, date(2026, 5, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(1, 2, 12)
    return out.getvalue()


def test_it_reads_a_workbook_as_text() -> None:
    assert reading.read_grid(file_name="a.xlsx", data=_xlsx()) == [
        ["姓名", "开始日期", "数"],
        ["王", "2026-05-03", "12"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_reads_a_csv_in_the_usual_encodings(encoding: str) -> None:
    data = "姓名,专班\r\n王,信息技术专班\r\n".encode(encoding)
    assert reading.read_grid(file_name="a.csv", data=data) == [["姓名", "专班"], ["王", "信息技术专班"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "sheet-empty"), (b"  \n", "sheet-empty"), (b"PK\x03\x04broken", "file-not-a-sheet"), (b"\x00\x01\x02\x03", "file-not-a-sheet"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "file-not-a-sheet")],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_file(data: bytes, code: str) -> None:
    with pytest.raises(InvalidValue) as error:
        reading.read_grid(file_name="x.xlsx", data=data)
    assert (error.value.code, error.value.params["value"]) == (code, "x.xlsx")


def test_it_refuses_a_sheet_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_ROWS", 2)
    with pytest.raises(InvalidValue) as error:
        reading.read_grid(file_name="a.csv", data=b"a\nb\nc\n")
    assert error.value.params["rows"] == 3
