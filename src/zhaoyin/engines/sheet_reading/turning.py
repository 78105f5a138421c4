"""Sheets whose projects stand in columns, and records that take two or three rows under a head of as many rows."""

from collections.abc import Sequence

from zhaoyin.engines.sheet_reading.grid import Grid, side_by_side, turned
from zhaoyin.engines.sheet_reading.layout import HeadColumn, Region, regions
from zhaoyin.engines.sheet_reading.meaning import headness
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.rowkinds import serial_like
from zhaoyin.engines.sheet_reading.texts import squeeze

_STRONG = 0.62


def label_columns(grid: Grid) -> dict[int, list[int]]:
    """Column → rows whose cell there is a label (a head that names a field)."""
    found: dict[int, list[int]] = {}
    for column in range(min(grid.width, 40)):
        rows = []
        for row in range(min(grid.height, 400)):
            if (row, column) in grid.owner:
                continue
            text = grid.text(row, column)
            if text and headness(text.rstrip(":："))[0] >= _STRONG and not grid.numeric(row, column):
                rows.append(row)
        if rows:
            found[column] = rows
    return found


def turned_region(grid: Grid) -> tuple[Grid, Region] | None:
    """The grid turned, when a column of heads has projects to its right; None when it is no such sheet."""
    if grid.width < 3 or grid.height > 120:
        return None
    for column, rows in label_columns(grid).items():
        fields = {headness(grid.text(row, column))[1] for row in rows}
        if len(rows) < 4 or len(fields) < 4 or not fields & {Field.PROJECT_NAME, Field.INVESTOR}:
            continue
        name = _name_row(grid, column, rows)
        beside = [one for one in grid.filled(name, column + 1) if headness(grid.text(name, one))[0] < _STRONG]
        labels_right = sum(
            1 for row in rows for one in grid.filled(row, column + 1) if headness(grid.text(row, one))[0] >= 0.8
        )
        if len(beside) < 2 or labels_right > len(rows) // 2:
            continue
        view = turned(grid)
        found = [region for region in regions(view) if region.top <= column <= region.bottom]
        if not found:
            found = [Region(column, column, column + 1, view.height, _heads(view, column), [], 0, view.width)]
        region = found[0]
        region.last = view.height
        region.above = []
        for number in range(region.first, region.last):
            first = min((row for row in rows), default=0)
            view.places[number] = (grid.sheet.number_of(first), grid.sheet.number_of(max(rows)), number + 1)
        return view, region
    return None


def _name_row(grid: Grid, column: int, rows: Sequence[int]) -> int:
    """The row of the projects' names, or of the investors: of several such labels (a title 在谈项目… is one by its words)
    the one with the most values beside it."""
    for wanted in (Field.PROJECT_NAME, Field.INVESTOR):
        named = [row for row in rows if headness(grid.text(row, column))[1] is wanted]
        if named:
            return max(named, key=lambda row: len(grid.filled(row, column + 1)))
    raise LookupError("no label of a name")


def _heads(view: Grid, row: int) -> list[HeadColumn]:
    found = []
    for column in view.filled(row):
        text = squeeze(view.text(row, column))
        found.append(HeadColumn(column, text, "", (text,)))
    return found


def several_rows(grid: Grid, region: Region) -> tuple[Grid, Region] | None:
    """Records of as many rows as the head has, laid side by side; None when the head is a usual one."""
    height = region.bottom - region.top + 1
    if height < 2 or height > 4 or region.beside:
        return None
    stacked = 0
    for column in range(grid.width):
        own = [
            row
            for row in range(region.top, region.bottom + 1)
            if (row, column) not in grid.owner and grid.text(row, column)
        ]
        singles = [row for row in own if grid.span(row, column).right == column]
        strong = {
            headness(grid.text(row, column))[1] for row in singles if headness(grid.text(row, column))[0] >= _STRONG
        }
        stacked += len(strong) >= 2
    if stacked < 2 or _has_gaps(grid, region) or not _alternates(grid, region):
        return None
    groups = _groups(grid, region, height)
    if len([group for group in groups if len(group) == height]) < 1:
        return None
    head = [list(range(region.top, region.bottom + 1))]
    view, firsts = side_by_side(grid, [*head, *groups], height)
    columns = []
    for column in view.filled(0):
        text = squeeze(view.text(0, column))
        columns.append(HeadColumn(column, text, "", (text,)))
    for number, group in enumerate([*head, *groups]):
        view.places[number] = (grid.line_number(firsts[number]), grid.line_number(group[-1]), None)
    return view, Region(0, 0, 1, view.height, columns, region.above, 0, view.width)


def _has_gaps(grid: Grid, region: Region) -> bool:
    """A blank above a head, without a merge, belongs to a group head that was not merged."""
    gaps = 0
    for column in range(grid.width):
        for row in range(region.top, region.bottom):
            if (
                (row, column) not in grid.owner
                and not grid.text(row, column)
                and grid.text(row + 1, column)
                and column > region.columns[0].index
            ):
                gaps += 1
    return gaps > 1


def _alternates(grid: Grid, region: Region) -> bool:
    """The first column is filled, or merged, once for each record and not on every row."""
    column = region.columns[0].index
    filled = blank = 0
    for row in range(region.first, min(region.last, grid.height, region.first + 200)):
        if not grid.filled(row):
            continue
        if (row, column) in grid.owner or not grid.text(row, column):
            blank += 1
        else:
            filled += 1
    return blank >= 0.6 * filled


def _groups(grid: Grid, region: Region, height: int) -> list[list[int]]:
    """Rows of one record together; a heading, total or note stays alone."""
    found: list[list[int]] = []
    row = region.first
    while row < min(region.last, grid.height):
        filled = grid.filled(row)
        if not filled:
            row += 1
            continue
        tall = max((grid.span(row, column).bottom for column in filled), default=row) - row + 1
        if tall >= 2:
            found.append(list(range(row, row + min(tall, height))))
            row += tall
            continue
        alone = len(filled) == 1 or not _starts_record(grid, row, filled)
        size = 1 if alone else height
        end = min(row + size, region.last, grid.height)
        found.append(list(range(row, end)))
        row = end
    return found


def _starts_record(grid: Grid, row: int, filled: Sequence[int]) -> bool:
    first = grid.text(row, filled[0])
    return serial_like(first) or (
        len(filled) >= 3 and not any(word in first for word in ("合计", "小计", "总计", "注"))
    )
