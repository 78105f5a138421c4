"""Excel workbooks of 1997 to 2003 (.xls) through xlrd: values with their number formats, merges, hidden parts, notes.

xlrd gives stored results only, so a formula cannot be told from a value here.
"""

import io
from decimal import Decimal

import olefile
import xlrd

from zhaoyin.adapters.spreadsheets.limits import LARGEST_CELLS, refuse
from zhaoyin.adapters.spreadsheets.number_formats import displayed, text_cell
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind, Range, Sheet, SourceFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(file_name: str, data: bytes) -> SourceFile:
    """The workbook; InvalidValue when it is encrypted or damaged."""
    if data.startswith(OLE):
        _check_container(file_name, data)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        return SourceFile(file_name, tuple(_sheet(book, sheet, file_name) for sheet in book.sheets()))
    except InvalidValue:
        raise
    except xlrd.XLRDError as error:
        code = "file-encrypted" if "encrypt" in str(error).lower() else "file-corrupt"
        raise refuse(code, file_name) from error
    except Exception as error:  # a damaged file makes xlrd fail in any way
        raise refuse("file-corrupt", file_name) from error


def _check_container(file_name: str, data: bytes) -> None:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            names = {"/".join(path).lower() for path in container.listdir()}
    except Exception as error:  # a damaged container makes olefile fail in any way
        raise refuse("file-corrupt", file_name) from error
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise refuse("file-encrypted", file_name)
    if not names & {"workbook", "book"}:
        raise refuse("file-not-a-sheet", file_name)


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, file_name: str) -> Sheet:
    if sheet.nrows * max(1, sheet.ncols) > LARGEST_CELLS * 4:
        raise refuse("sheet-over-limit", file_name, limit=LARGEST_CELLS)
    rows: list[tuple[Cell, ...]] = []
    for number in range(sheet.nrows):
        cells = [_cell(book, cell) for cell in sheet.row(number)]
        while cells and cells[-1] is BLANK:
            cells.pop()
        rows.append(tuple(cells))
    while rows and not rows[-1]:
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    merges = tuple(
        Range(top, left, min(bottom, len(rows)) - 1, max(left, min(right, width) - 1))
        for top, bottom, left, right in sheet.merged_cells
        if top < len(rows) and (bottom - top > 1 or right - left > 1)
    )
    return Sheet(
        name=sheet.name, rows=tuple(rows), merges=merges, hidden=sheet.visibility != 0,
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden and row < len(rows)),
        hidden_columns=frozenset(col for col, info in sheet.colinfo_map.items() if info.hidden and col < width),
        comments={place: note.text for place, note in sheet.cell_note_map.items()},
    )  # fmt: skip


def _cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return text_cell(cell.value.replace("\r\n", "\n").replace("\r", "\n"))
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        raw = Decimal(repr(float(cell.value)))
        if not raw.is_finite():
            return BLANK
        code = "General"
        if cell.xf_index is not None and cell.xf_index < len(book.xf_list):
            known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
            code = known.format_str if known is not None else code
        return displayed(raw, code, epoch_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if cell.value else "FALSE")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(cell.value, "#N/A"), None, CellKind.ERROR)
    return BLANK
