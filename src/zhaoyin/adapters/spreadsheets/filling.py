"""A person's own .xlsx template filled with rows: heads, merges, widths, formats, formulas, units and totals stay as they are."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhaoyin.adapters.spreadsheets.cell_writing import Note, write_text, write_value
from zhaoyin.adapters.spreadsheets.limits import refuse
from zhaoyin.adapters.spreadsheets.row_insertion import Insertion, insert_rows
from zhaoyin.adapters.spreadsheets.sections import assigned, stands_above
from zhaoyin.adapters.spreadsheets.workbook import read_file
from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.sheet_reading.problem import RECORD_FIELDS, ColumnChoice, Field, SheetProblem, TableKey
from zhaoyin.engines.sheet_reading.result import Column, FileReading, Reading, RowKind, Shape, Table
from zhaoyin.engines.sheet_reading.solve import solve

MOST_ROWS = 20_000
Choices = Mapping[TableKey, Mapping[int, ColumnChoice]]
Row = Mapping[Field, Reading]
_HABITS = {"/", "／", "—", "——", "--", "无", "未知"}
_BELOW = {
    RowKind.TOTAL,
    RowKind.SUBTOTAL,
    RowKind.NOTE,
    RowKind.SUMMARY,
    RowKind.SECTION,
    RowKind.HEADER,
    RowKind.UNIT_LINE,
}


@dataclass(frozen=True, slots=True)
class Filled:
    """The file, how many rows stand in it, notes on single values, fields that no column takes, parts the file lost."""

    data: bytes
    rows: int
    notes: tuple[Note, ...] = ()
    unplaced: tuple[Field, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows go: the sheet, the first row, and the last row that the template keeps for them (first - 1 when none)."""

    sheet: str
    first: int
    last: int
    columns: tuple[Column, ...] = field(default=())
    heading: str = ""


def understand_template(*, file_name: str, data: bytes, choices: Choices | None = None) -> FileReading:
    """What the template's tables and columns are taken for. InvalidValue as `read_file`, or template-not-xlsx."""
    _require_xlsx(file_name, data)
    source = read_file(file_name=file_name, data=data)
    return solve(problem=SheetProblem((source,), overrides=choices or {})).files[0]


def fill(*, file_name: str, data: bytes, rows: Sequence[Row], choices: Choices | None = None) -> Filled:
    """The template with one line a row, in the order given.

    Fields that a row does not have stay blank, or get the sign that the template uses for it. InvalidValue
    template-not-xlsx, template-has-no-table (no table with a column for the project's name), too-many-rows.
    """
    if len(rows) > MOST_ROWS:
        raise refuse("too-many-rows", file_name, limit=MOST_ROWS, rows=len(rows))
    reading = understand_template(file_name=file_name, data=data, choices=choices)
    table = best_table(reading)
    if table is None:
        raise refuse("template-has-no-table", file_name)
    try:
        book = load_workbook(io.BytesIO(data))
        sheet = book[table.sheet]
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, AttributeError) as error:
        raise refuse("file-corrupt", file_name) from error
    places = _places(sheet, table)
    shares, notes = _shares(places, rows)
    if any(other is not table and other.records for other in reading.tables):
        notes.append(Note("other-tables-kept", 0, "", ""))
    for place, share in reversed(list(zip(places, shares, strict=True))):
        notes += _write(book, sheet, place, share)
    notes.sort(key=lambda note: note.row)
    book.calculation.fullCalcOnLoad = True
    buffer = io.BytesIO()
    book.save(buffer)
    given = {name for row in rows for name in row}
    taken = {column.field for column in places[0].columns}
    unplaced = tuple(name for name in RECORD_FIELDS if name in given and name not in taken)
    return Filled(buffer.getvalue(), sum(map(len, shares)), tuple(notes), unplaced, _lost(data))


def best_table(reading: FileReading) -> Table | None:
    """The table with rows and a column for the project's name that has most columns for fields of records."""
    able = [
        table
        for table in reading.tables
        if table.shape is Shape.ROWS
        and table.head_rows
        and any(one.field is Field.PROJECT_NAME for one in table.columns)
    ]
    return max(able, key=lambda table: sum(one.field in RECORD_FIELDS for one in table.columns), default=None)


def _require_xlsx(file_name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        names = set()
    if "xl/workbook.xml" not in names:
        raise refuse("template-not-xlsx", file_name)


def _lost(data: bytes) -> tuple[str, ...]:
    """Parts of the template that the writer cannot carry over."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name.lower() for name in archive.namelist()]
    kinds = (
        ("xl/charts/", "chart"),
        ("xl/vbaproject.bin", "macro"),
        ("xl/media/", "picture"),
        ("xl/ctrlprops/", "control"),
    )
    return tuple(kind for start, kind in kinds if any(name.startswith(start) for name in names))


def _place(sheet: Worksheet, table: Table) -> Place:
    """Below the head: old records and blank styled lines are the place; a total on top, and what follows, are not."""
    first = max(table.head_rows) + 1
    kinds = {one.row: one.kind for one in table.non_records if one.row >= first and not _is_example(one.text)}
    while kinds.get(first) in {RowKind.TOTAL, RowKind.SUBTOTAL} and _is_above(sheet, first):
        first += 1
    ends = [row for row, kind in kinds.items() if row >= first and kind in _BELOW]
    last = min(ends) - 1 if ends else max([sheet.max_row, first - 1])
    columns = tuple(one for one in table.columns if one.field is not None)
    return Place(table.sheet, first, last, columns)


def _places(sheet: Worksheet, table: Table) -> list[Place]:
    """One place, or one under each heading of a section; a heading that one of another rank follows at once stands above it."""
    kinds = {
        one.row: one
        for one in table.non_records
        if one.row > max(table.head_rows) and one.kind is not RowKind.CONTINUATION and not _is_example(one.text)
    }
    headings = sorted(row for row, one in kinds.items() if one.kind is RowKind.SECTION)
    columns = tuple(one for one in table.columns if one.field is not None)
    found: list[Place] = []
    outer = ""
    for row in headings:
        if row + 1 in headings and stands_above(kinds[row].text, kinds[row + 1].text):
            outer = kinds[row].text
            continue
        end = min((other for other in kinds if other > row), default=sheet.max_row + 1)
        found.append(Place(table.sheet, row + 1, end - 1, columns, f"{outer} {kinds[row].text}".strip()))
    return found or [_place(sheet, table)]


_Share = list[tuple[int, Row]]


def _shares(places: Sequence[Place], rows: Sequence[Row]) -> tuple[list[_Share], list[Note]]:
    """Rows of each place with their numbers; notes for rows that no section takes, or when none of them could be told apart."""
    found = assigned([place.heading for place in places], rows)
    notes: list[Note] = []
    if rows and all(at is None for at in found):
        found = [0] * len(rows)
        notes.append(Note("sections-not-split", 0, "", ""))
    shares: list[_Share] = [[] for _ in places]
    for number, (at, row) in enumerate(zip(found, rows, strict=True)):
        if at is None:
            notes.append(Note("no-section", number, Field.PROJECT_NAME.value, "", str(row.get(Field.PROJECT_NAME, ""))))
        else:
            shares[at].append((number, row))
    return shares, notes


def _is_example(text: str) -> bool:
    """A line that shows how to fill the template is replaced."""
    return any(word in text[:40] for word in ("示例", "样例", "例如", "例：", "举例", "填写说明：例"))


def _is_above(sheet: Worksheet, row: int) -> bool:
    """A total that adds up what is below it, or a heading with blank lines drawn under it."""
    formulas = [str(cell.value) for cell in sheet[row] if cell.data_type == "f"]
    if formulas:
        return any(f"{row + 1}:" in formula for formula in formulas)
    below = [sheet.cell(row + 1, cell.column) for cell in sheet[row]]
    return all(cell.value is None for cell in below) and any(cell.has_style for cell in below)


def _write(book: Workbook, sheet: Worksheet, place: Place, rows: _Share) -> list[Note]:
    habits = _habits(sheet, place)
    pattern = _pattern(sheet, place)
    _empty(sheet, place, keep=set(pattern.formulas))
    room = place.last - place.first + 1
    insert_rows(book, sheet, Insertion(place.first, place.last, max(0, len(rows) - room)))
    pattern.formulas = {column: str(sheet.cell(place.first, column).value) for column in pattern.formulas}
    phone_apart = any(column.field is Field.PHONE for column in place.columns)
    notes: list[Note] = []
    for at, (number, row) in enumerate(rows):
        line = place.first + at
        pattern.draw(sheet, line)
        for column in place.columns:
            if column.index + 1 in pattern.formulas:
                continue
            cell = sheet.cell(line, column.index + 1)
            code = _write_field(cell, column, row, at, habits, phone_apart=phone_apart)
            if code and column.field is not None:
                notes.append(Note(code, number, column.field.value, cell.coordinate, str(cell.value)))
    return notes


def _write_field(cell: Cell, column: Column, row: Row, at: int, habits: Mapping[int, str], *, phone_apart: bool) -> str:
    if isinstance(cell, MergedCell):
        return "cell-merged" if column.field in row else ""
    if column.field is Field.SERIAL:
        cell.value = at + 1
        return ""
    name = Field.CONTACTS if column.field is Field.PHONE else column.field
    value = row.get(name) if name is not None else None
    if value is None or value in ("", ()):
        habit = habits.get(column.index)
        return write_text(cell, habit) if habit else ""
    return write_value(cell, column, value, phone_apart=phone_apart)


def _habits(sheet: Worksheet, place: Place) -> dict[int, str]:
    """What the template's own lines write for what is not known, by column."""
    found: dict[int, str] = {}
    for column in place.columns:
        for line in range(place.first, min(place.last, place.first + 50) + 1):
            text = str(sheet.cell(line, column.index + 1).value or "").strip()
            if text in _HABITS:
                found[column.index] = text
    return found


@dataclass(slots=True)
class _Pattern:
    """How the first line of the place looks: styles, formulas, height, cells merged side by side."""

    line: int
    styles: dict[int, object]
    formulas: dict[int, str]
    height: float | None
    merges: list[tuple[int, int]]
    drawn_to: int

    def draw(self, sheet: Worksheet, line: int) -> None:
        """Make a line look like the first one; lines that the template drew itself keep their own style."""
        fresh = line > self.drawn_to
        for column, style in self.styles.items():
            cell = sheet.cell(line, column)
            if fresh or not cell.has_style:
                cell._style = copy(style)
        if fresh and self.height is not None:
            sheet.row_dimensions[line].height = self.height
        for column, formula in self.formulas.items():
            origin = sheet.cell(self.line, column).coordinate
            cell = sheet.cell(line, column)
            cell.value = Translator(formula, origin=origin).translate_formula(cell.coordinate)
        for left, right in self.merges:
            sheet.merge_cells(start_row=line, end_row=line, start_column=left, end_column=right)


def _pattern(sheet: Worksheet, place: Place) -> _Pattern:
    room = place.last >= place.first
    line = place.first if room else place.first - 1
    styles = {column: copy(sheet.cell(line, column)._style) for column in range(1, sheet.max_column + 1)}
    if not room:
        styles = {column: _plain(sheet, line, place.first, column) for column in styles}
    formulas = {
        cell.column: str(cell.value) for cell in (sheet[line] if room else ()) if cell.data_type == "f" and isinstance(cell.value, str)
    }  # fmt: skip
    merges = [
        (one.min_col, one.max_col) for one in sheet.merged_cells.ranges if room and one.min_row == one.max_row == line
    ]
    height = sheet.row_dimensions[line].height if room else None
    return _Pattern(place.first, styles, formulas, height, merges, place.last)


def _plain(sheet: Worksheet, head: int, below: int, column: int) -> object:
    """Without a line to copy: the borders of the head, the number format of the line below, nothing else."""
    probe = sheet.cell(sheet.max_row + 2, column)
    probe.border = copy(sheet.cell(head, column).border)
    probe.number_format = sheet.cell(below, column).number_format
    style = copy(probe._style)
    del sheet._cells[probe.row, probe.column]
    return style


def _empty(sheet: Worksheet, place: Place, *, keep: set[int]) -> None:
    """Old lines lose their values and what was merged over several of them; a label drawn along all of them stays."""
    for merged in list(sheet.merged_cells.ranges):
        inside = place.first <= merged.min_row and merged.max_row <= place.last
        along = merged.min_row == place.first and merged.max_row == place.last and merged.max_row > merged.min_row
        taken = any(merged.min_col <= column.index + 1 <= merged.max_col for column in place.columns)
        if inside and (not along or taken):
            sheet.unmerge_cells(str(merged))
    labels = {
        (row, column)
        for merged in sheet.merged_cells.ranges
        if place.first <= merged.min_row <= place.last and merged.max_row > merged.min_row
        for row, column in merged.cells
    }
    for line in range(place.first, place.last + 1):
        for cell in sheet[line]:
            if cell.column in keep or isinstance(cell, MergedCell) or (cell.row, cell.column) in labels:
                continue
            cell.value = None


def filled_or_problem(
    *, file_name: str, data: bytes, rows: Sequence[Row], choices: Choices | None = None
) -> Filled | DomainError:
    """For several templates at once: one that cannot be filled does not stop the others."""
    try:
        return fill(file_name=file_name, data=data, rows=rows, choices=choices)
    except DomainError as error:
        return error
