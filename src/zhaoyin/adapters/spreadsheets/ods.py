"""OpenDocument spreadsheets (.ods): the displayed text of each cell is stored beside its value."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from zhaoyin.adapters.spreadsheets.limits import LARGEST_CELLS, LARGEST_COLUMNS, Archive, refuse, xml_tree
from zhaoyin.adapters.spreadsheets.number_formats import date_cell, general_text, text_cell
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind, Range, Sheet, SourceFile

_LARGEST_REPEAT = 10_000


def read(file_name: str, data: bytes) -> SourceFile:
    """The document; InvalidValue when it is encrypted or damaged."""
    archive = Archive(file_name, data)
    if archive.has("META-INF/manifest.xml") and "encryption-data" in archive.xml("META-INF/manifest.xml"):
        raise refuse("file-encrypted", file_name)
    root = xml_tree(archive.xml("content.xml"), file_name)
    hidden_styles = {
        _attribute(style, "name")
        for style in root.iter()
        if _tag(style) == "style" and any(_attribute(part, "display") == "false" for part in style)
    }
    tables = [element for element in root.iter() if _tag(element) == "table"]
    return SourceFile(file_name, tuple(_Table(file_name, table).sheet(hidden_styles) for table in tables))


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _repeat(element: ElementTree.Element, name: str) -> int:
    given = _attribute(element, name)
    return max(1, int(given)) if given.isdigit() and len(given) < 9 else 1


class _Table:
    def __init__(self, file_name: str, table: ElementTree.Element) -> None:
        self.file_name, self.table = file_name, table
        self.rows: list[tuple[Cell, ...]] = []
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.comments: dict[tuple[int, int], str] = {}
        self.count = 0

    def sheet(self, hidden_styles: set[str]) -> Sheet:
        """The table as a sheet."""
        waiting = 0
        for element in _flat(self.table, "table-row"):
            repeat = _repeat(element, "number-rows-repeated")
            cells = self._cells(element, len(self.rows) + waiting)
            if not cells:
                waiting += repeat
                continue
            self.rows.extend(() for _ in range(min(waiting, 1_048_576)))
            waiting = 0
            if _attribute(element, "visibility") in {"collapse", "filter"}:
                self.hidden_rows.update(range(len(self.rows), len(self.rows) + min(repeat, _LARGEST_REPEAT)))
            self.count += len(cells) * min(repeat, _LARGEST_REPEAT)
            if self.count > LARGEST_CELLS:
                raise refuse("sheet-over-limit", self.file_name, limit=LARGEST_CELLS)
            self.rows.extend(cells for _ in range(min(repeat, _LARGEST_REPEAT)))
        width = max((len(row) for row in self.rows), default=0)
        return Sheet(
            name=_attribute(self.table, "name"), rows=tuple(self.rows), merges=tuple(self.merges),
            hidden=_attribute(self.table, "style-name") in hidden_styles, hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(_hidden_columns(self.table, width)), comments=self.comments,
        )  # fmt: skip

    def _cells(self, row: ElementTree.Element, at: int) -> tuple[Cell, ...]:
        found: list[Cell] = []
        waiting = 0
        for element in row:
            if _tag(element) not in {"table-cell", "covered-table-cell"}:
                continue
            repeat = _repeat(element, "number-columns-repeated")
            cell = _cell(element) if _tag(element) == "table-cell" else BLANK
            column = len(found) + waiting
            self._place(element, at, column)
            if cell is BLANK:
                waiting += repeat
                continue
            if column + repeat > LARGEST_COLUMNS:
                raise refuse("sheet-too-wide", self.file_name, limit=LARGEST_COLUMNS)
            found.extend([BLANK] * waiting)
            waiting = 0
            found.extend([cell] * repeat)
        return tuple(found)

    def _place(self, element: ElementTree.Element, row: int, column: int) -> None:
        down, right = _repeat(element, "number-rows-spanned"), _repeat(element, "number-columns-spanned")
        if down > 1 or right > 1:
            self.merges.append(
                Range(row, column, row + min(down, 100_000) - 1, column + min(right, LARGEST_COLUMNS) - 1)
            )
        for part in element:
            if _tag(part) == "annotation":
                self.comments[row, column] = "\n".join(_paragraphs(part))


def _flat(element: ElementTree.Element, wanted: str) -> Iterator[ElementTree.Element]:
    """Rows or columns, also those inside groups and header groups."""
    for part in element:
        if _tag(part) == wanted:
            yield part
        elif wanted.replace("table-", "") in _tag(part) or "header" in _tag(part):
            yield from _flat(part, wanted)


def _hidden_columns(table: ElementTree.Element, width: int) -> Iterator[int]:
    at = 0
    for element in _flat(table, "table-column"):
        repeat = _repeat(element, "number-columns-repeated")
        if _attribute(element, "visibility") in {"collapse", "filter"}:
            yield from range(at, min(at + repeat, width))
        at += repeat


def _paragraphs(element: ElementTree.Element) -> Iterator[str]:
    for part in element:
        if _tag(part) == "p":
            yield "".join(_spaced(part))


def _spaced(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if _tag(part) == "s":
            yield " " * min(_repeat(part, "c"), 1000)
        elif _tag(part) == "line-break":
            yield "\n"
        yield from _spaced(part)
        yield part.tail or ""


def _cell(element: ElementTree.Element) -> Cell:
    text = "\n".join(_paragraphs(element))
    kind = _attribute(element, "value-type")
    written = _attribute(element, "formula")
    formula = "=" + written.rpartition(":=")[2] if written else None
    if kind in {"float", "currency", "percentage"}:
        return _number(text, _attribute(element, "value"), kind, formula)
    if kind == "date":
        found = re.match(r"(\d{4})-(\d{2})-(\d{2})", _attribute(element, "date-value"))
        try:
            return date_cell(date(int(found[1]), int(found[2]), int(found[3])), text=text) if found else text_cell(text)
        except ValueError:
            return text_cell(text)
    if formula is not None and not kind:
        return Cell("", None, CellKind.UNKNOWN, formula)
    return text_cell(text, formula)


def _number(text: str, raw: str, kind: str, formula: str | None) -> Cell:
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return text_cell(text, formula)
    shown = re.sub(r"[,\s]", "", text)
    digits = re.findall(r"-?\d+(?:\.\d+)?", shown)
    if not text:
        text = general_text(value)
    elif len(digits) == 1 and kind != "percentage":
        value = Decimal(digits[0])
    elif not digits:
        return text_cell(text, formula)
    return Cell(text, value, CellKind.NUMBER, formula)
