"""A sheet as a grid that resolves merged cells, with views: turned, cut to columns, several rows laid side by side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind, Range, Sheet
from zhaoyin.engines.sheet_reading.result import CellRef
from zhaoyin.engines.sheet_reading.texts import clean, squeeze

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """`rows[r][c]`; `owner[(r, c)]` is the top left cell of a merge that covers (r, c); `origin` maps a place of a view
    to the sheet's own."""

    sheet: Sheet
    rows: Sequence[Sequence[Cell]]
    width: int
    owner: dict[Place, Place] = field(default_factory=dict)
    spans: dict[Place, Range] = field(default_factory=dict)
    origin: dict[Place, Place] | None = None
    transposed: bool = False
    places: dict[int, tuple[int, int, int | None]] = field(default_factory=dict)
    """For views: row → (first line, last line, column or None) of the record in the sheet, all 1-based."""

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def raw(self, row: int, column: int) -> Cell:
        """The cell itself; blank where a merge covers it."""
        line = self.rows[row]
        return line[column] if column < len(line) else BLANK

    def at(self, row: int, column: int) -> Cell:
        """The cell, or the one whose merge covers it."""
        place = self.owner.get((row, column))
        return self.raw(row, column) if place is None else self.raw(*place)

    def text(self, row: int, column: int) -> str:
        """Cleaned text of `raw`."""
        line = self.rows[row]
        return clean(line[column].text) if column < len(line) else ""

    def text_at(self, row: int, column: int) -> str:
        """Cleaned text of `at`."""
        return clean(self.at(row, column).text)

    def owner_of(self, row: int, column: int) -> Place:
        """Where the value of a place stands."""
        return self.owner.get((row, column), (row, column))

    def filled(self, row: int, first: int = 0, last: int | None = None) -> list[int]:
        """Columns of the row with something in their own cell, from `first` up to `last` (exclusive)."""
        line = self.rows[row]
        end = len(line) if last is None else min(last, len(line))
        return [
            column
            for column in range(first, end)
            if (cell := line[column]) is not BLANK
            and (cell.text or cell.kind is CellKind.UNKNOWN)
            and cell.text.strip(" \u3000\n\t") != ""
        ]

    def numeric(self, row: int, column: int) -> bool:
        """True for a number, also one stored as text."""
        cell = self.raw(row, column)
        return cell.kind is CellKind.NUMBER or (cell.kind is CellKind.TEXT and is_number(cell.text))

    def span(self, row: int, column: int) -> Range:
        """The merge that begins at the place, or the single cell."""
        return self.spans.get((row, column)) or Range(row, column, row, column)

    def ref(self, row: int, column: int) -> CellRef:
        """Where the place is in the file."""
        if self.origin is None and not self.transposed:
            return CellRef(self.sheet.name, row, column)
        place = (row, column)
        if self.origin is not None:
            place = self.origin.get(place, place)
        if self.transposed:
            place = (place[1], place[0])
        return CellRef(self.sheet.name, *place)

    def line_number(self, row: int, column: int = 0) -> int:
        """1-based line of the row as Excel numbers it."""
        return self.sheet.number_of(self.ref(row, column).row)


@lru_cache(maxsize=32768)
def is_number(text: str) -> bool:
    """A plain number as text, with or without thousand separators."""
    return len(text) < 40 and _NUMBER.fullmatch(squeeze(text)) is not None


def grid_of(sheet: Sheet) -> Grid:
    """The grid of a sheet."""
    width = max((len(row) for row in sheet.rows), default=0)
    grid = Grid(sheet, sheet.rows, width)
    _add_merges(grid, sheet.merges)
    return grid


def _add_merges(grid: Grid, merges: Iterable[Range]) -> None:
    budget = 3_000_000
    for merge in merges:
        top, left, bottom, right = merge
        bottom, right = min(bottom, grid.height - 1), min(right, max(grid.width - 1, left))
        if top > bottom or left > right or top >= grid.height:
            continue
        budget -= (bottom - top + 1) * (right - left + 1)
        if budget < 0:
            break
        grid.spans[top, left] = Range(top, left, bottom, right)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    grid.owner[row, column] = (top, left)


def turned(grid: Grid) -> Grid:
    """Rows and columns exchanged."""
    rows = [[grid.raw(row, column) for row in range(grid.height)] for column in range(grid.width)]
    view = Grid(grid.sheet, rows, grid.height, transposed=True)
    _add_merges(view, [Range(one.left, one.top, one.right, one.bottom) for one in grid.spans.values()])
    return view


def side_by_side(grid: Grid, groups: Sequence[Sequence[int]], height: int) -> tuple[Grid, list[int]]:
    """Each group of rows as one row of `height` times the width; also the first row of each group."""
    width = grid.width
    rows: list[list[Cell]] = []
    view = Grid(grid.sheet, rows, width * height, origin={})
    assert view.origin is not None
    for number, group in enumerate(groups):
        line: list[Cell] = [BLANK] * (width * height)
        for offset, row in enumerate(group[:height]):
            for column in range(width):
                line[offset * width + column] = grid.raw(row, column)
                view.origin[number, offset * width + column] = (row, column)
                span = grid.spans.get((row, column))
                if span is not None and span.right > span.left:
                    view.spans[number, offset * width + column] = Range(
                        number, offset * width + column, number, offset * width + span.right
                    )
        rows.append(line)
    return view, [group[0] for group in groups]
