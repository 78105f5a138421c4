"""A ledger that goes on in the next sheet without its head."""

from collections.abc import Sequence

from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import Region

_FEWEST_CELLS = 4
_ALIKE = 0.85


def continued(grid: Grid, before: Grid, region: Region) -> Region | None:
    """The region of a sheet without a head whose rows are filled column by column like those of the table before it; None
    when they are not."""
    rows = [row for row in range(grid.height) if len(grid.filled(row)) >= _FEWEST_CELLS]
    old = [
        row for row in range(region.first, min(region.last, before.height)) if len(before.filled(row)) >= _FEWEST_CELLS
    ]
    if not rows or not old or region.beside or before.origin is not None or before.transposed:
        return None
    known = {column.index for column in region.columns}
    if any(set(grid.filled(row)) - known for row in rows[:50]):
        return None
    pairs = [
        (one, two)
        for column in sorted(known)
        if (one := _numeric_share(before, old[:200], column)) is not None
        and (two := _numeric_share(grid, rows[:200], column)) is not None
    ]
    texts = sum(one <= 0.2 and two <= 0.2 for one, two in pairs)
    alike = sum(abs(one - two) <= 0.4 for one, two in pairs)
    if len(pairs) < _FEWEST_CELLS or texts < 2 or alike < _ALIKE * len(pairs):
        return None
    above = [row for row in range(rows[0]) if grid.filled(row)]
    return Region(rows[0], rows[0] - 1, rows[0], grid.height, region.columns, above, 0, grid.width)


def _numeric_share(grid: Grid, rows: Sequence[int], column: int) -> float | None:
    """The share of numbers among the filled cells of a column; None when fewer than a third are filled."""
    filled = [row for row in rows if grid.text(row, column)]
    if len(filled) * 3 < len(rows):
        return None
    return sum(grid.numeric(row, column) for row in filled) / len(filled)
