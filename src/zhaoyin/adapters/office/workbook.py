"""A briefing as a workbook: real numbers and days, native charts, frozen heads, ready to print on A4."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from zhaoyin.adapters.office.charts import text_width
from zhaoyin.engines.briefing.result import DAY, MONEY, NUMBER, PERCENT, Chart, Document, Heading, Paragraph, Table

WIDEST = 46
CHART_ROWS = 18
NAME_LIMIT = 31
YI = Decimal(10**8)
TYPES = {"bar": "column", "line": "line", "waterfall": "column", "gauge": "bar", "funnel": "bar"}


class _Book:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.target = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(self.target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})  # fmt: skip
        moment = datetime.combine(document.issued_on, datetime.min.time())
        self.book.set_properties({"title": document.title, "author": document.issuer, "created": moment})
        self.formats: dict[tuple[Any, ...], Any] = {}
        self.taken: set[str] = set()

    def form(self, **given: Any) -> Any:
        key = tuple(sorted(given.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "宋体", "font_size": 11, "valign": "vcenter", **given})  # fmt: skip
        return self.formats[key]

    def sheet(self, name: str, *, flat: bool) -> Any:
        plain = "".join("_" if sign in "[]:*?/\\'" else sign for sign in name)[:NAME_LIMIT] or "_"
        found, number = plain, 1
        while found.lower() in self.taken:
            number += 1
            found = f"{plain[: NAME_LIMIT - 3]} {number}"
        self.taken.add(found.lower())
        sheet = self.book.add_worksheet(found)
        sheet.set_paper(9)
        if flat:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        sheet.set_header(f"&C&10{_escaped(self.document.title)}")
        sheet.set_footer(f"&L&8{_escaped(self.document.header)}&R&9&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def bytes(self) -> bytes:
        self.book.close()
        return self.target.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&&")[:200]


def workbook(document: Document) -> bytes:
    """An .xlsx: the text with its notes first, then a sheet for each table with the chart beside it. The same bytes for the same document."""
    book = _Book(document)
    _text_sheet(book)
    charts = {block.id: block for block in document.blocks if isinstance(block, Chart)}
    for block in document.blocks:
        if isinstance(block, Table):
            sheet, last = _table_sheet(book, block)
            own = charts.pop(f"{block.id}-chart", None)
            if own is not None:
                _native_chart(book, own, sheet, last + 2)
    for chart in charts.values():
        sheet = book.sheet(chart.title, flat=True)
        _native_chart(book, chart, sheet, 1)
    return book.bytes()


def _text_sheet(book: _Book) -> None:
    document = book.document
    sheet = book.sheet("正文" if document.language == "zh" else "Text", flat=False)
    sheet.set_column(0, 0, 92)
    row = 0

    def line(text: str, **given: Any) -> None:
        nonlocal row
        size = given.get("font_size", 11)
        lines = max(1, -(-int(text_width(text, 1.9)) // 88))
        sheet.set_row(row, (size + 6) * lines)
        sheet.write_string(row, 0, text, book.form(text_wrap=True, **given))
        row += 1

    if document.number:
        line(document.number, align="center")
    line(document.title, bold=True, font_size=18, align="center", font_color="#000000")
    if document.subtitle:
        line(document.subtitle, align="center")
    line(f"{document.issuer}　{document.date_text}", align="right", bottom=1)
    for block in document.blocks:
        if isinstance(block, Heading):
            line(block.text, bold=True, font_size=13)
        elif isinstance(block, Paragraph):
            noted = "".join(
                p if isinstance(p, str) else p.text + (f"[{p.note}]" if p.note else "") for p in block.parts
            )
            line(("　　" if document.language == "zh" and block.style != "note" else "") + noted)
    row += 1
    for note in document.footnotes:
        line(f"[{note.mark}] {note.text}", font_size=9)


def _width(block: Table, place: int) -> float:
    texts = [block.columns[place].title[:14], *(row.cells[place].text for row in block.rows[:300])]
    return min(max(text_width(text, 2) for text in texts) + 3, WIDEST)


def _cell_form(book: _Book, kind: str, total: bool, value: object) -> Any:
    given: dict[str, Any] = {"border": 1, "text_wrap": kind == "text"}
    if total:
        given |= {"bold": True, "bg_color": "#F0F0F0"}
    if kind == PERCENT:
        return book.form(num_format="0.0%", **given)
    if kind == MONEY or isinstance(value, Decimal):
        return book.form(num_format="#,##0.00####", **given)
    if kind == NUMBER:
        return book.form(num_format="#,##0", **given)
    if kind == DAY:
        return book.form(num_format="yyyy-mm-dd", align="center", **given)
    return book.form(**given)


def _table_sheet(book: _Book, block: Table) -> tuple[Any, int]:
    """Title in row 1, heads in row 2 (frozen, repeated in print), then the rows; last row used."""
    zh = book.document.language == "zh"
    sheet = book.sheet(block.title, flat=block.wide or len(block.columns) > 6)
    whole = len(block.columns) - 1
    sheet.merge_range(0, 0, 0, max(whole, 1), block.title, book.form(bold=True, font_size=14, align="center"))
    sheet.set_row(0, 26)
    for place, column in enumerate(block.columns):
        unit = ("（亿元）" if zh else " (100 m yuan)") if column.kind == MONEY else ""
        sheet.write_string(1, place, column.title + unit, book.form(bold=True, border=1, text_wrap=True, align="center", bg_color="#E8EEF6"))  # fmt: skip
        sheet.set_column(place, place, _width(block, place))
    sheet.set_row(1, 34)
    for number, row in enumerate(block.rows, 2):
        for place, (cell, column) in enumerate(zip(row.cells, block.columns, strict=True)):
            _write(book, sheet, (number, place), cell.text, cell.value, column.kind, row.style == "total")
    if not block.rows:
        sheet.write_string(2, 0, block.empty, book.form())
    last = max(len(block.rows) + 1, 2)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    _notes_below(book, sheet, block, last + 1)
    if block.rows and not any(row.style == "total" for row in block.rows):
        sheet.autofilter(1, 0, last, whole)
    return sheet, last + 2


def _write(book: _Book, sheet: Any, at: tuple[int, int], text: str, value: object, kind: str, total: bool) -> None:
    row, place = at
    form = _cell_form(book, kind, total, value)
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, datetime.min.time()), form)
    elif isinstance(value, Decimal | int):
        shown = value / 100 if kind == PERCENT else value / YI if kind == MONEY else value
        sheet.write_number(row, place, shown, form)
    else:
        sheet.write_string(row, place, text, form)


def _notes_below(book: _Book, sheet: Any, block: Table, row: int) -> None:
    used = {cell.note for line in block.rows for cell in line.cells if cell.note}
    notes = [note for note in book.document.footnotes if note.mark in used or not used]
    texts = [f"[{note.mark}] {note.text}" for note in notes[:1]]
    for text in texts:
        sheet.write_string(row, 0, text, book.form(font_size=8, font_color="#595959"))


def _native_chart(book: _Book, chart: Chart, sheet: Any, row: int) -> None:
    """Values beside the chart, and the workbook's own chart over them."""
    sheet.write_string(row, 0, chart.title, book.form(bold=True))
    for at, series in enumerate(chart.series, 1):
        sheet.write_string(row, at, series.name, book.form(bold=True, text_wrap=True))
    for place, name in enumerate(chart.categories, row + 1):
        sheet.write_string(place, 0, name, book.form())
        for at, series in enumerate(chart.series, 1):
            value = series.values[place - row - 1]
            if value is not None:
                sheet.write_number(place, at, value, book.form(num_format="#,##0.##"))
    made = book.book.add_chart({"type": TYPES[chart.kind]})
    last = row + len(chart.categories)
    for at in range(1, len(chart.series) + 1):
        made.add_series(
            {
                "name": [sheet.name, row, at], "categories": [sheet.name, row + 1, 0, last, 0],
                "values": [sheet.name, row + 1, at, last, at], "data_labels": {"value": True}, "gap": 60,
            }
        )  # fmt: skip
    made.set_title({"name": chart.title, "name_font": {"size": 12}})
    made.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    if TYPES[chart.kind] == "bar":
        made.set_y_axis({"reverse": True})
    made.set_size({"width": 620, "height": CHART_ROWS * 18})
    sheet.insert_chart(last + 2, 0, made)
