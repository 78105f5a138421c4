"""Files of cells to records, each value with its cell, its unit and how sure that is."""

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from zhaoyin.engines.sheet_reading.amounts import units_stated
from zhaoyin.engines.sheet_reading.context import Surroundings, of_file, surroundings, with_section
from zhaoyin.engines.sheet_reading.continuing import continued
from zhaoyin.engines.sheet_reading.grid import Grid, grid_of
from zhaoyin.engines.sheet_reading.layout import Region, is_head, regions
from zhaoyin.engines.sheet_reading.meaning import headness
from zhaoyin.engines.sheet_reading.params import SheetParams
from zhaoyin.engines.sheet_reading.problem import RECORD_FIELDS, Sheet, SheetProblem, SourceFile
from zhaoyin.engines.sheet_reading.result import FileReading, Problem, Shape, SheetReading, Table
from zhaoyin.engines.sheet_reading.shapes import Found, other_shapes
from zhaoyin.engines.sheet_reading.tables import TableTask, read_table

_FIRST_LINES = 8


def solve(*, problem: SheetProblem, params: SheetParams | None = None) -> SheetReading:
    """Reads every visible sheet of every file.

    Nothing is dropped: what no field took is in `Record.unmapped`, rows that are no records in `Table.non_records`. A
    value whose unit is not certain carries a flag with `needs_review`. The same problem gives the same result.
    """
    rules = params or SheetParams()
    with _collection_paused():
        return SheetReading(tuple(_file(file, problem, rules) for file in problem.files))


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Nothing here makes reference cycles, and walking a million fresh objects for them costs a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _file(file: SourceFile, problem: SheetProblem, params: SheetParams) -> FileReading:
    shown = [sheet for sheet in file.sheets if not sheet.hidden] or list(file.sheets)
    skipped = tuple(sheet.name for sheet in file.sheets if sheet not in shown)
    whole = of_file(
        file_name=file.name, sheets=[(sheet.name, _first_lines(sheet)) for sheet in shown], given=problem.reporting_date
    )
    tables: list[Table] = []
    problems: list[Problem] = []
    before: Before | None = None
    for sheet in shown:
        found, before = _sheet(file.name, sheet, problem, whole, params, before)
        if not any(table.records for table in found) and any(sheet.rows):
            problems.append(Problem("no-records", sheet.name))
        tables += found
    return FileReading(file.name, tuple(tables), whole.reporting, tuple(problems), skipped)


def _first_lines(sheet: Sheet) -> list[str]:
    """What stands above the first head."""
    found: list[str] = []
    grid = grid_of(Sheet(sheet.name, sheet.rows[:_FIRST_LINES]))
    for row in range(grid.height):
        if is_head(grid, row):
            break
        filled = [grid.text(row, column) for column in grid.filled(row)]
        if 0 < len(filled) <= 4:
            found += [text for text in filled if len(text) <= 60 and not _tells_of_project(text)]
    return found


def _tells_of_project(text: str) -> bool:
    """A line that speaks of one project; its dates are not the ledger's own."""
    label = re.match(r"\s*([^:：\n]{2,12})[:：]", text)
    if label and headness(label[1])[1] in RECORD_FIELDS and headness(label[1])[0] >= 0.62:
        return True
    return re.search(r"有限(?:责任)?公司|签约[(（]", text) is not None


@dataclass(frozen=True, slots=True)
class Before:
    """The last plain table of the sheets before, which a sheet without a head may continue."""

    part: Found
    around: Surroundings


def _sheet(
    name: str, sheet: Sheet, problem: SheetProblem, whole: Surroundings, params: SheetParams, before: Before | None
) -> tuple[list[Table], Before | None]:
    grid = grid_of(sheet)
    headed = regions(grid)
    more = continued(grid, before.part.grid, before.part.region) if before is not None and not headed else None
    if more is not None and before is not None:
        found = [Found(grid, more, Shape.ROWS, [grid.text(row, at) for row in more.above for at in grid.filled(row)])]
        whole = replace(_shared(whole, before.around), stage=before.around.stage)
    else:
        found = other_shapes(grid, headed)
    tables: list[Table] = []
    first: Surroundings | None = None
    for part in found:
        around = _around(part, whole if first is None else _shared(whole, first))
        first = first or around
        choices = problem.overrides.get((name, sheet.name, len(tables)), {})
        task = TableTask(part.grid, part.region, around, choices, len(tables), part.shape, _sum_texts(grid, part))
        table = read_table(task, params)
        if table.records or part.shape is Shape.ROWS:
            tables.append(table)
        if table.records and part.shape is Shape.ROWS:
            before = Before(
                part, around if not _unit_changed(table, around) else replace(around, units=(), unit_text="")
            )
    return tables, before


def _unit_changed(table: Table, around: Surroundings) -> bool:
    """A line or heading within the table states another unit, so that the table's end has not the unit of its beginning."""
    below = [one for one in table.non_records if one.row > max(table.head_rows, default=0)]
    return any(units and units != around.units for one in below for units in [units_stated(one.text)])


def _shared(whole: Surroundings, first: Surroundings) -> Surroundings:
    """The first table's unit line and date hold for later tables of the sheet that say nothing."""
    return Surroundings(
        whole.title,
        whole.stage,
        None,
        None,
        first.units or whole.units,
        first.unit_text,
        first.calendar,
        first.reporting,
    )


def _around(part: Found, whole: Surroundings) -> Surroundings:
    around = surroundings(sheet_name=part.grid.sheet.name, lines=part.lines, file=whole)
    return with_section(around, part.title) if part.title else around


def _sum_texts(grid: Grid, part: Found) -> Sequence[str]:
    """Lines that may state the sum of the table: titles, notes, section headings."""
    found = list(part.lines)
    region: Region = part.region
    if part.shape is not Shape.ROWS:
        return found
    for row in range(region.first, min(region.last, grid.height)):
        filled = grid.filled(row)
        if len(filled) == 1:
            found.append(grid.text(row, filled[0]))
        if len(found) > 400:
            break
    return found
