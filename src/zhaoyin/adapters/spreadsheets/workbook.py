"""A file's bytes to sheets of cells: .xlsx, .xls, .xlsb, .ods, .csv, .txt, and pages or XML saved under the name .xls.

What the file is, is told from its bytes, never from its name. Nothing in it is executed or fetched.
"""

import io
import re
from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from zhaoyin.adapters.spreadsheets import delimited, markup, ods, xls, xlsx
from zhaoyin.adapters.spreadsheets.limits import LARGEST_CELLS, LARGEST_COLUMNS, LARGEST_FILE, Archive, refuse
from zhaoyin.adapters.spreadsheets.number_formats import date_cell, displayed, text_cell
from zhaoyin.engines.sheet_reading.problem import Cell, Sheet, SourceFile

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"MZ",
    b"\x7fELF",
)
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")


def read_file(*, file_name: str, data: bytes) -> SourceFile:
    """All sheets of the file, hidden ones marked as such.

    InvalidValue with `field` "file" and the code file-empty, sheet-over-limit, file-encrypted, file-corrupt,
    file-expands-too-much, file-not-a-sheet or sheet-too-wide. At most 40 MB, 400 MB expanded, 6 million cells that hold
    something; blank cells beyond the last filled one are not counted.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise refuse("file-empty", file_name)
    if len(data) > LARGEST_FILE:
        raise refuse("sheet-over-limit", file_name, limit=LARGEST_FILE >> 20)
    source = _read(file_name, data)
    if not any(row for sheet in source.sheets for row in sheet.rows):
        raise refuse("file-empty", file_name)
    return source


def read_pasted(*, text: str, name: str = "") -> SourceFile:
    """Text pasted from a chat or a sheet; InvalidValue file-empty when it says nothing."""
    if not text.strip():
        raise refuse("file-empty", name)
    if len(text) > LARGEST_FILE // 4:
        raise refuse("sheet-over-limit", name, limit=LARGEST_FILE >> 20)
    if re.search(r"<table\b", text[:20_000], re.I):
        return markup.read_html(name, text.encode("utf-8"))
    return delimited.read_text(name, text)


def _read(file_name: str, data: bytes) -> SourceFile:
    if data.startswith(_ZIP):
        return _archive(file_name, data)
    if data.startswith(xls.OLE) or _BIFF.match(data):
        return xls.read(file_name, data)
    if data.startswith(_BINARY):
        raise refuse("file-not-a-sheet", file_name)
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"mime-version:", b"content-type:", b"from:", b"x-document-type:")) and b"multipart" in head:
        return markup.read_mhtml(file_name, data)
    if head.startswith(b"<"):
        if b"schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head:
            return markup.read_xml_2003(file_name, data)
        if re.search(rb"<(?:html|table|!doctype html|meta|head|body|div|style|center|h\d|p)\b", head):
            return markup.read_html(file_name, data)
    return delimited.read(file_name, data)


def _archive(file_name: str, data: bytes) -> SourceFile:
    archive = Archive(file_name, data)
    if archive.has("xl/workbook.bin"):
        return _binary_workbook(file_name, data)
    if archive.has("content.xml") and archive.has("mimetype"):
        return ods.read(file_name, data)
    if archive.has("xl/workbook.xml") or archive.has("[Content_Types].xml"):
        return xlsx.read(file_name, data)
    raise refuse("file-not-a-sheet", file_name)


def _binary_workbook(file_name: str, data: bytes) -> SourceFile:
    """.xlsb: values only, by calamine."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for meta in book.sheets_metadata:
            grid = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            if sum(map(len, grid)) > LARGEST_CELLS or any(len(row) > LARGEST_COLUMNS for row in grid):
                raise refuse("sheet-too-wide", file_name, limit=LARGEST_COLUMNS)
            rows = tuple(tuple(_plain(value) for value in row) for row in grid)
            sheets.append(Sheet(meta.name, rows, hidden="Visible" not in str(meta.visible)))
    except (CalamineError, ValueError, OSError) as error:
        raise refuse("file-corrupt", file_name) from error
    return SourceFile(file_name, tuple(sheets))


def _plain(value: object) -> Cell:
    if isinstance(value, datetime):
        return date_cell(value.date())
    if isinstance(value, date):
        return date_cell(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return displayed(Decimal(repr(value)), "General")
    return text_cell(str(value))
