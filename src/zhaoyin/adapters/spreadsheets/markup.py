"""Tables saved as web pages under the name .xls (HTML, MHTML), and XML spreadsheets of 2003.

A page is laid out as Excel opens it: everything in one sheet, text between tables on rows of its own.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from xml.etree import ElementTree

from zhaoyin.adapters.spreadsheets.limits import LARGEST_CELLS, LARGEST_COLUMNS, refuse, xml_text, xml_tree
from zhaoyin.adapters.spreadsheets.number_formats import displayed, is_date_format, text_cell
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind, Range, Sheet, SourceFile

_BREAKS = frozenset({"br", "p", "div", "li"})
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "caption", "li", "body"})
_SILENT = frozenset({"style", "script", "title", "head", "xml", "noscript", "template"})
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,100})</x:Name>")
_DEEPEST = 200


def read_html(file_name: str, data: bytes) -> SourceFile:
    """A web page with tables."""
    text = _decoded(data)
    return SourceFile(file_name, (_page(text, file_name),))


def read_mhtml(file_name: str, data: bytes) -> SourceFile:
    """A web archive: one sheet for each part with a table."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        pages = [
            _decoded(part.get_payload(decode=True) or b"")
            for part in message.walk()
            if part.get_content_type() == "text/html"
        ]
    except (ValueError, LookupError, AttributeError, TypeError, KeyError, IndexError, AssertionError) as error:
        raise refuse("file-corrupt", file_name) from error
    sheets = tuple(_page(page, file_name) for page in pages if "<table" in page.lower())
    if not sheets:
        raise refuse("file-not-a-sheet", file_name)
    return SourceFile(file_name, sheets)


def _decoded(data: object) -> str:
    if not isinstance(data, bytes):
        return str(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096])
    order = [named[1].decode("ascii", errors="replace").lower()] if named else []
    order = ["gb18030" if name in {"gb2312", "gbk", "x-gbk"} else name for name in order]
    for encoding in ["utf-8-sig", *order, "gb18030"]:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", errors="replace")


def _page(text: str, file_name: str) -> Sheet:
    reader = _Page(file_name)
    reader.feed(text)
    reader.close()
    reader.finish()
    name = _SHEET_NAME.search(text)
    return Sheet(
        name=name[1] if name else "", rows=tuple(tuple(_trimmed(row)) for row in reader.rows), merges=tuple(reader.merges),
        hidden_rows=frozenset(reader.hidden),
    )  # fmt: skip


def _trimmed(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and row[end - 1] is BLANK:
        end -= 1
    return row[:end]


class _Page(HTMLParser):
    def __init__(self, file_name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file_name = file_name
        self.rows: list[list[Cell]] = []
        self.merges: list[Range] = []
        self.hidden: set[int] = set()
        self.spans: dict[tuple[int, int], bool] = {}
        self.depth = 0
        self.silent = 0
        self.text: list[str] = []
        self.cell: tuple[int, int] | None = None
        self.row: list[Cell] | None = None
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.finish()
            self.depth = min(self.depth + 1, _DEEPEST)
        elif self.depth and tag == "tr":
            self._end_row()
            self.row = []
            if "display:none" in given.get("style", "").replace(" ", "").lower() or "hidden" in given:
                self.hidden.add(len(self.rows))
        elif self.depth and tag in {"td", "th"}:
            self._end_cell()
            if self.row is None:
                self.row = []
            self.cell = (_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag in _BREAKS and self.cell is not None and (tag == "br" or self.text):
            self.text.append("\n")
        elif (tag in _BLOCKS and not self.depth) or (tag == "br" and not self.depth):
            self.finish()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self.depth = max(0, self.depth - 1)
        elif tag in _BLOCKS and not self.depth:
            self.finish()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def finish(self) -> None:
        """What stands outside tables becomes a row of its own."""
        if self.depth and self.row is not None:
            self._end_row()
        text = self._taken()
        if text and not self.depth:
            self.rows.append([text_cell(text)])

    def _taken(self) -> str:
        text = re.sub(r" *\n *", "\n", "".join(self.text).replace("\xa0", " ")).strip()
        self.text = []
        return text

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            self.text = [] if self.depth else self.text
            return
        text, (right, down) = self._taken(), self.cell
        self.cell = None
        at = len(self.rows)
        while self.spans.pop((at, len(self.row)), False):
            self.row.append(BLANK)
        column = len(self.row)
        if column + right > LARGEST_COLUMNS:
            if text:
                raise refuse("sheet-too-wide", self.file_name, limit=LARGEST_COLUMNS)
            return
        self.count += right * down
        if self.count > LARGEST_CELLS:
            raise refuse("sheet-over-limit", self.file_name, limit=LARGEST_CELLS)
        self.row.append(text_cell(text))
        self.row.extend(BLANK for _ in range(right - 1))
        for below in range(1, down):
            for beside in range(right):
                self.spans[at + below, column + beside] = True
        if right > 1 or down > 1:
            self.merges.append(Range(at, column, at + down - 1, column + right - 1))

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None:
            self.rows.append(self.row)
        self.row = None


def _span(text: str | None) -> int:
    return min(max(1, int(text)), LARGEST_COLUMNS) if text and text.strip().isdigit() and len(text) < 7 else 1


_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_xml_2003(file_name: str, data: bytes) -> SourceFile:
    """An XML spreadsheet of Excel 2003."""
    text = xml_text(data, file_name)
    root = xml_tree(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), file_name)
    formats = {
        style.get(f"{_SPREADSHEET}ID", ""): part.get(f"{_SPREADSHEET}Format", "General")
        for style in root.iter(f"{_SPREADSHEET}Style")
        for part in style.iter(f"{_SPREADSHEET}NumberFormat")
    }
    return SourceFile(
        file_name, tuple(_worksheet(sheet, formats, file_name) for sheet in root.iter(f"{_SPREADSHEET}Worksheet"))
    )


def _worksheet(element: ElementTree.Element, formats: dict[str, str], file_name: str) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    merges: list[Range] = []
    hidden_rows: set[int] = set()
    for row in element.iter(f"{_SPREADSHEET}Row"):
        index = _integer(row.get(f"{_SPREADSHEET}Index"))
        if index and index - 1 > len(rows):
            rows.extend(() for _ in range(min(index - 1, 1_048_576) - len(rows)))
        at = len(rows)
        if row.get(f"{_SPREADSHEET}Hidden") == "1":
            hidden_rows.add(at)
        cells: list[Cell] = []
        for cell in row.iter(f"{_SPREADSHEET}Cell"):
            place = _integer(cell.get(f"{_SPREADSHEET}Index"))
            column = place - 1 if place else len(cells)
            if column >= LARGEST_COLUMNS:
                raise refuse("sheet-too-wide", file_name, limit=LARGEST_COLUMNS)
            cells.extend(BLANK for _ in range(column - len(cells)))
            right, down = (_integer(cell.get(f"{_SPREADSHEET}{name}")) for name in ("MergeAcross", "MergeDown"))
            if right or down:
                merges.append(Range(at, column, at + min(down, 100_000), column + min(right, LARGEST_COLUMNS)))
            cells.append(_xml_cell(cell, formats))
            cells.extend(BLANK for _ in range(min(right, LARGEST_COLUMNS)))
        rows.append(tuple(_trimmed(cells)))
        if len(rows) > 1_048_576:
            raise refuse("sheet-over-limit", file_name, limit=LARGEST_CELLS)
    visible = next((part.text for part in element.iter() if part.tag.endswith("}Visible")), "")
    return Sheet(
        name=element.get(f"{_SPREADSHEET}Name", ""), rows=tuple(rows), merges=tuple(merges),
        hidden="Hidden" in (visible or ""), hidden_rows=frozenset(hidden_rows), hidden_columns=frozenset(_hidden(element)),
    )  # fmt: skip


def _hidden(element: ElementTree.Element) -> Iterator[int]:
    at = 0
    for column in element.iter(f"{_SPREADSHEET}Column"):
        at = _integer(column.get(f"{_SPREADSHEET}Index")) - 1 if column.get(f"{_SPREADSHEET}Index") else at
        span = min(_integer(column.get(f"{_SPREADSHEET}Span")), LARGEST_COLUMNS) + 1
        if column.get(f"{_SPREADSHEET}Hidden") == "1":
            yield from range(at, at + span)
        at += span


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 0


def _xml_cell(cell: ElementTree.Element, formats: dict[str, str]) -> Cell:
    data = next(iter(cell.iter(f"{_SPREADSHEET}Data")), None)
    written = cell.get(f"{_SPREADSHEET}Formula")
    if data is None:
        return Cell("", None, CellKind.UNKNOWN, written) if written else BLANK
    text = "".join(data.itertext())
    kind = data.get(f"{_SPREADSHEET}Type", "String")
    code = formats.get(cell.get(f"{_SPREADSHEET}StyleID", ""), "General")
    if kind == "Number":
        try:
            return displayed(Decimal(text.strip()), _named_format(code), formula=written)
        except InvalidOperation:
            return text_cell(text, written)
    if kind == "DateTime":
        found = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
        if found:
            try:
                serial = (date(int(found[1]), int(found[2]), int(found[3])) - date(1899, 12, 30)).days
            except ValueError:
                return text_cell(text, written)
            named = _named_format(code)
            return displayed(Decimal(serial), named if is_date_format(named) else "yyyy/m/d", formula=written)
    if kind == "Error":
        return Cell(text, None, CellKind.ERROR, written)
    return text_cell(text, written)


def _named_format(code: str) -> str:
    return {
        "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Short Date": "yyyy/m/d", "Long Date": "yyyy/m/d",
        "General Date": "yyyy/m/d", "Medium Date": "d-mmm-yy", "Currency": "#,##0.00",
    }.get(code, code)  # fmt: skip
