"""Layouts that are no plain tables: turned sheets, cards, records of several rows, prose; each becomes a grid with a head."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import Region
from zhaoyin.engines.sheet_reading.result import Shape


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
    return [_plain(grid, region) for region in found]


def _plain(grid: Grid, region: Region) -> Found:
    lines = [text for row in region.above for column in grid.filled(row) if (text := grid.text(row, column))]
    return Found(grid, region, Shape.ROWS, lines)
