"""Grids to files: .xlsx by xlsxwriter; .xls (BIFF8 records, cells only), .ods, HTML and text by hand."""

import csv
import html
import io
import struct
import zipfile
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter

Content = str | int | float | date | None


@dataclass
class Page:
    """A sheet to be written: cells, merges (top, left, bottom, right), hidden parts, formats by place, gold."""

    name: str
    cells: dict[tuple[int, int], Content] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    records: list[dict[str, object]] = field(default_factory=list)
    non_records: list[int] = field(default_factory=list)
    row: int = 0

    def put(self, row: int, column: int, value: Content, number_format: str = "") -> None:
        """Set a cell."""
        if value is not None and value != "":
            self.cells[row, column] = value
            if number_format:
                self.formats[row, column] = number_format

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns in use."""
        return max((r for r, _ in self.cells), default=-1) + 1, max((c for _, c in self.cells), default=-1) + 1

    def grid(self) -> list[list[str]]:
        """Texts."""
        height, width = self.size
        rows = [[""] * width for _ in range(height)]
        for (row, column), value in self.cells.items():
            rows[row][column] = f"{value:g}" if isinstance(value, float) else str(value)
        return rows


def xlsx(pages: list[Page]) -> bytes:
    """An Excel workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        if page.hidden:
            sheet.hide()
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for (row, column), value in page.cells.items():
            code = page.formats.get((row, column), "yyyy-mm-dd" if isinstance(value, date) else "")
            style = book.add_format({"num_format": code}) if code else None
            formula = page.formulas.get((row, column))
            if formula:
                sheet.write_formula(row, column, formula, style, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, style)  # type: ignore[arg-type]
            elif isinstance(value, str):
                sheet.write_string(row, column, value, style)
            else:
                sheet.write_number(row, column, value, style)
        for row in page.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return target.getvalue()


def text(page: Page, *, delimiter: str = ",", encoding: str = "gb18030") -> bytes:
    """A delimited text file."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(page.grid())
    return target.getvalue().encode(encoding)


def page_html(page: Page, *, charset: str = "gb2312") -> bytes:
    """A web page with one table, as systems export under the name .xls."""
    covered = {
        (r, c) for t, s, b, e in page.merges for r in range(t, b + 1) for c in range(s, e + 1) if (r, c) != (t, s)
    }
    spans = {(t, s): (b - t + 1, e - s + 1) for t, s, b, e in page.merges}
    lines = [
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><table border="1">'
    ]
    for row, cells in enumerate(page.grid()):
        line = "<tr>"
        for column, value in enumerate(cells):
            if (row, column) in covered:
                continue
            down, right = spans.get((row, column), (1, 1))
            span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
            line += f"<td{span}>{html.escape(value).replace(chr(10), '<br>')}</td>"
        lines.append(line + "</tr>")
    lines.append("</table></body></html>")
    return "\n".join(lines).encode("gb18030" if charset == "gb2312" else charset)


def ods(pages: list[Page]) -> bytes:
    """An OpenDocument spreadsheet."""
    parts = []
    for page in pages:
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{html.escape(value)}</text:p></table:table-cell>'
                if value
                else "<table:table-cell/>"
                for value in cells
            )
            + "</table:table-row>"
            for cells in page.grid()
        )
        parts.append(
            f'<table:table table:name="{page.name}">{rows}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f"<office:spreadsheet>{''.join(parts)}</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return target.getvalue()


def xls(pages: list[Page]) -> bytes:
    """BIFF8 records without a container, which readers of old files accept: texts, numbers, formats, merges, hidden parts."""
    codes = sorted({code for page in pages for code in page.formats.values()})
    codes += ["yyyy\\-mm\\-dd"]
    style = {code: 16 + place for place, code in enumerate(codes)}
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x1000, 1997, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + struct.pack("<BB", 5, 0) + b"Arial"
    head += b"".join(_record(0x31, font) for _ in range(5))
    for place, code in enumerate(codes):
        head += _record(0x41E, struct.pack("<H", 164 + place) + _string(code, 2))
    for place in range(16 + len(codes)):
        number = 164 + place - 16 if place >= 16 else 0
        kind = 0xFFF5 if place < 15 else 1
        head += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, number, kind, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    bodies = [_sheet(page, style) for page in pages]
    bounds = [
        _record(0x85, struct.pack("<IBB", 0, 1 if page.hidden else 0, 0) + _string(page.name, 1)) for page in pages
    ]
    offset = len(head) + sum(map(len, bounds)) + 4
    for place, page in enumerate(pages):
        bounds[place] = _record(0x85, struct.pack("<IBB", offset, 1 if page.hidden else 0, 0) + _string(page.name, 1))
        offset += len(bodies[place])
    return head + b"".join(bounds) + _record(0x0A, b"") + b"".join(bodies)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _string(value: str, width: int) -> bytes:
    return struct.pack("<B" if width == 1 else "<H", len(value)) + b"\x01" + value.encode("utf-16-le")


def _sheet(page: Page, style: dict[str, int]) -> bytes:
    height, width = page.size
    found = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x1000, 1997, 0, 6))
    for column in sorted(page.hidden_columns):
        found += _record(0x7D, struct.pack("<HHHHHH", column, column, 2048, 15, 1, 0))
    found += _record(0x200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    for row in sorted(page.hidden_rows):
        found += _record(0x208, struct.pack("<HHHHHHI", row, 0, width, 255, 0, 0, 0x120))
    for (row, column), value in sorted(page.cells.items()):
        code = page.formats.get((row, column), "yyyy\\-mm\\-dd" if isinstance(value, date) else "")
        index = style.get(code, 15)
        if isinstance(value, str):
            found += _record(0x204, struct.pack("<HHH", row, column, index) + _string(value, 2))
        else:
            number = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
            found += _record(0x203, struct.pack("<HHHd", row, column, index, float(number or 0)))
    if page.merges:
        found += _record(
            0xE5,
            struct.pack("<H", len(page.merges))
            + b"".join(struct.pack("<HHHH", t, b, s, e) for t, s, b, e in page.merges),
        )
    return found + _record(0x0A, b"")
