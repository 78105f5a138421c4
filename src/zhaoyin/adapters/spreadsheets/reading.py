"""Read the first sheet of a spreadsheet file (xlsx, xls, ods, csv) as a grid of text."""

import csv
import io
from datetime import date, datetime, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from zhaoyin.domain.errors import InvalidValue

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_ROWS = 20_000
LARGEST_COLUMNS = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Grid = list[list[str]]


def read_grid(*, file_name: str, data: bytes) -> Grid:
    """Rows of stripped cell texts; days as 2026-05-03, whole numbers without ".0".

    InvalidValue with `field` "file" when the file is empty, too large, or not the spreadsheet its bytes claim to be.
    """
    if not data.strip():
        raise InvalidValue("sheet-empty", field="file", value=file_name)
    if len(data) > LARGEST_BYTES:
        raise InvalidValue("sheet-too-large", field="file", value=file_name, largest=LARGEST_BYTES)
    grid = _workbook(file_name, data) if data.startswith((_ZIP, _OLE)) else _csv(file_name, data)
    if len(grid) > LARGEST_ROWS:
        raise InvalidValue("sheet-too-long", field="file", value=file_name, rows=len(grid), largest=LARGEST_ROWS)
    return grid


def _workbook(file_name: str, data: bytes) -> Grid:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise InvalidValue("file-not-a-sheet", field="file", value=file_name) from error
    return [[_text(cell) for cell in row[:LARGEST_COLUMNS]] for row in rows]


def _csv(file_name: str, data: bytes) -> Grid:
    if b"\x00" in data[:4096]:
        raise InvalidValue("file-not-a-sheet", field="file", value=file_name)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidValue("sheet-encoding-unknown", field="file", value=file_name)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise InvalidValue("file-not-a-sheet", field="file", value=file_name) from error
    return [[cell.strip() for cell in row[:LARGEST_COLUMNS]] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()
