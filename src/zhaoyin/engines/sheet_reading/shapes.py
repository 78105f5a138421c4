"""In which layout a sheet holds its projects: plain tables, turned tables, records of several rows, cards, prose."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhaoyin.engines.sheet_reading.cards import card_region, labels_above, labels_have_values
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import Region, without_head
from zhaoyin.engines.sheet_reading.prose import prose_region
from zhaoyin.engines.sheet_reading.result import Shape
from zhaoyin.engines.sheet_reading.turning import several_rows, turned_region


@dataclass(slots=True)
class Found:
    """A grid with a head, the lines around it, and a title of its own when tables stand side by side."""

    grid: Grid
    region: Region
    shape: Shape
    lines: list[str] = field(default_factory=list)
    title: str = ""


def other_shapes(grid: Grid, found: Sequence[Region]) -> list[Found]:
    """The tables of a sheet in whatever layout they are."""
    above = labels_above(grid, found)
    if above is not None:
        return [Found(above[0], above[1], Shape.CARDS, _short_lines(grid, _first_row(above[0])))]
    body = sum(_records(grid, region) for region in found)
    if body < 2 or not found or labels_have_values(grid):
        special = _special(grid, found)
        if special is not None:
            return [special]
    tables: list[Found] = []
    for region in found:
        several = several_rows(grid, region)
        lines = _lines(grid, region)
        if several is not None:
            tables.append(Found(several[0], several[1], Shape.ROWS, lines))
            several[1].above = []
            continue
        tables.append(Found(grid, region, Shape.ROWS, lines, _own_title(grid, region)))
    return tables


def _lines(grid: Grid, region: Region) -> list[str]:
    """Texts above a table; above one of several side by side only those over its own columns, and lines that stand alone."""
    found = []
    for row in region.above:
        filled = grid.filled(row)
        own = [column for column in filled if region.left <= column < region.right] if region.beside else filled
        found += [text for column in (filled if len(filled) == 1 else own) if (text := grid.text(row, column))]
    return found


def _records(grid: Grid, region: Region) -> int:
    """Rows of the region's body that are filled like records."""
    needed = max(2, len(region.columns) // 4)
    count = 0
    for row in range(region.first, min(region.last, grid.height)):
        if len(grid.filled(row, region.left, region.right or None)) >= needed:
            count += 1
            if count > 3:
                break
    return count


def _special(grid: Grid, found: Sequence[Region]) -> Found | None:
    turned = turned_region(grid)
    if turned is not None:
        return Found(turned[0], turned[1], Shape.COLUMNS, _short_lines(grid, min(6, grid.height)))
    cards = card_region(grid)
    if cards is not None and (not found or len(cards[1].columns) >= 4):
        return Found(cards[0], cards[1], Shape.CARDS, _short_lines(grid, _first_row(cards[0])))
    if found and any(_records(grid, region) for region in found):
        return None
    bare = without_head(grid) if not found else None
    if bare is not None:
        return Found(grid, bare, Shape.ROWS, _short_lines(grid, bare.first))
    prose = prose_region(grid)
    if prose is not None:
        return Found(prose[0], prose[1], Shape.PARAGRAPHS, _short_lines(grid, _first_row(prose[0])))
    return None


def _first_row(view: Grid) -> int:
    """The first row of the sheet that a record of the view comes from."""
    rows = [row for (line, _), (row, _) in (view.origin or {}).items() if line > 0]
    return min(rows, default=0)


def _short_lines(grid: Grid, before: int) -> list[str]:
    """The lines above the records, where titles, units and dates stand."""
    found = []
    for row in range(min(before, grid.height, 8)):
        filled = grid.filled(row)
        if 0 < len(filled) <= 2:
            found += [text for column in filled if len(text := grid.text(row, column)) <= 60]
    return found


def _own_title(grid: Grid, region: Region) -> str:
    """The title above one of several side-by-side tables."""
    if not region.beside:
        return ""
    for row in sorted(region.above, reverse=True):
        filled = grid.filled(row, region.left, region.right)
        if filled and len(grid.filled(row)) > 1:
            return grid.text(row, filled[0])
    groups = {column.group for column in region.columns if column.group}
    return groups.pop() if len(groups) == 1 else ""
