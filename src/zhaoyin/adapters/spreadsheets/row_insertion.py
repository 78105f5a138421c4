"""Rows put into the middle of a sheet: what is below moves, formulas of all sheets follow, ranges over the rows grow.

openpyxl's own insert_rows moves cells only. Pure bookkeeping over an open workbook; nothing is computed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!\[\]]+)!)?(?P<a>\$?[A-Za-z]{0,3}\$?)(?P<top>\d{1,7})(?::(?P<b>\$?[A-Za-z]{0,3}\$?)(?P<bottom>\d{1,7}))?"
)


@dataclass(frozen=True, slots=True)
class Insertion:
    """`count` rows are put in below row `last` (1-based), the last of the rows that begin at `first`."""

    first: int
    last: int
    count: int

    def span(self, top: int, bottom: int, *, upright: bool = True) -> tuple[int, int]:
        """Where a range of rows is afterwards: one that ends with the rows, or was empty in their place, takes the new ones in.

        A range of a single row grows only when it is `upright` (one column) and the rows were one.
        """
        if top > bottom:
            empty = top == self.last + 1
            return (self.first, self.last + self.count) if empty else (self.row(top), self.row(bottom))
        if top > self.last:
            return top + self.count, bottom + self.count
        ends = bottom == self.last and (top < bottom or (upright and top == self.first))
        return top, bottom + self.count if bottom > self.last or ends else bottom

    def row(self, row: int) -> int:
        """Where a single row is afterwards."""
        return row + self.count if row > self.last else row

    def formula(self, text: str, *, own: bool, title: str) -> str:
        """The formula with its references moved; `own`: it stands on the sheet `title` itself."""
        tokens = Tokenizer(text)
        for token in tokens.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self.reference(token.value, own=own, title=title)
        return "=" + "".join(token.value for token in tokens.items)

    def reference(self, text: str, *, own: bool, title: str) -> str:
        """One reference; names, whole columns and references to other sheets stay."""
        found = _REFERENCE.fullmatch(text)
        if found is None:
            return text
        sheet = found["sheet"] or ""
        named = sheet[:-1].strip("'").replace("''", "'")
        if (named and named.lower() != title.lower()) or (not named and not own):
            return text
        if found["bottom"] is None:
            return f"{sheet}{found['a']}{self.row(int(found['top']))}" if found["a"].strip("$") else text
        upright = found["a"].strip("$").upper() == found["b"].strip("$").upper()
        top, bottom = self.span(int(found["top"]), int(found["bottom"]), upright=upright)
        return f"{sheet}{found['a']}{top}:{found['b']}{bottom}"

    def ranges(self, text: str) -> str:
        """References separated by spaces, as rules and filters keep them."""
        return " ".join(self.reference(part, own=True, title="") for part in str(text).split())


def insert_rows(book: Workbook, sheet: Worksheet, insertion: Insertion) -> None:
    """Make room; the new rows are empty and without style."""
    if insertion.count <= 0:
        return
    heights = {row: found.height for row, found in sheet.row_dimensions.items()}
    hidden = {row for row, found in sheet.row_dimensions.items() if found.hidden}
    if sheet.max_row > insertion.last:
        area = f"A{insertion.last + 1}:{get_column_letter(max(1, sheet.max_column))}{sheet.max_row}"
        sheet.move_range(area, rows=insertion.count, cols=0)
    for row in sorted((row for row in heights if row > insertion.last), reverse=True):
        sheet.row_dimensions[row + insertion.count].height = heights[row]
        sheet.row_dimensions[row + insertion.count].hidden = row in hidden
        sheet.row_dimensions[row].height, sheet.row_dimensions[row].hidden = None, False
    _move_formulas(book, sheet, insertion)
    _move_merges(sheet, insertion)
    _move_rules(sheet, insertion)
    _move_names(book, sheet, insertion)


def _move_formulas(book: Workbook, sheet: Worksheet, insertion: Insertion) -> None:
    for page in book.worksheets:
        for cell in _formula_cells(page):
            value = cell.value
            if isinstance(value, ArrayFormula):
                value.text = insertion.formula(str(value.text), own=page is sheet, title=sheet.title)
                value.ref = insertion.ranges(value.ref) if page is sheet else value.ref
            else:
                cell.value = insertion.formula(str(value), own=page is sheet, title=sheet.title)


def _formula_cells(page: Worksheet) -> Iterator[Cell]:
    for cell in list(page._cells.values()):
        if cell.data_type == "f" or isinstance(cell.value, ArrayFormula):
            yield cell


def _move_merges(sheet: Worksheet, insertion: Insertion) -> None:
    for merged in sheet.merged_cells.ranges:
        merged.min_row, merged.max_row = insertion.span(merged.min_row, merged.max_row, upright=False)
    for link in sheet._hyperlinks:
        link.ref = insertion.ranges(link.ref)


def _move_rules(sheet: Worksheet, insertion: Insertion) -> None:
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = insertion.ranges(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = insertion.ranges(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = insertion.ranges(table.autoFilter.ref)
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange(insertion.ranges(check.sqref))
        check.formula1, check.formula2 = (_rule(insertion, text, sheet) for text in (check.formula1, check.formula2))
    kept = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            rule.formula = [_rule(insertion, text, sheet) for text in rule.formula or ()]
            kept.add(insertion.ranges(formatting.sqref), rule)
    sheet.conditional_formatting = kept


def _rule(insertion: Insertion, text: str | None, sheet: Worksheet) -> str | None:
    """The formula of a rule, which is written without its sign."""
    return insertion.formula(f"={text}", own=True, title=sheet.title)[1:] if text else text


def _move_names(book: Workbook, sheet: Worksheet, insertion: Insertion) -> None:
    if sheet.print_area:
        areas = sheet.print_area if isinstance(sheet.print_area, list) else str(sheet.print_area).split(",")
        sheet.print_area = [insertion.reference(area.rpartition("!")[2], own=True, title="") for area in areas]
    for page in [book, *book.worksheets]:
        for name in page.defined_names.values():
            if name.attr_text and "!" in name.attr_text and "#REF" not in name.attr_text:
                name.attr_text = insertion.formula(f"={name.attr_text}", own=False, title=sheet.title)[1:]
