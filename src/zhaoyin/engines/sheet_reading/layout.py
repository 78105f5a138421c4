"""Where tables are in a grid: their heads (up to five rows), columns, and the rows below that belong to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from zhaoyin.engines.sheet_reading.amounts import MoneyUnit, mu_unit, one_unit, units_in_head, units_stated
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.meaning import core, headness
from zhaoyin.engines.sheet_reading.naming import is_company
from zhaoyin.engines.sheet_reading.problem import BLANK, CellKind, Field
from zhaoyin.engines.sheet_reading.texts import has_numbering, squeeze

_STRONG, _WEAK = 0.62, 0.42
_DEEPEST_HEAD = 5
_NUMBER_LIKE = re.compile(r"[-+]?[\d,.]+%?(?:元|万元|亿元|万|亿|亩|人)?|(?:19|20)\d\d[年./-].*")
_UNIT_ONLY = re.compile(
    r"[(\[]?(?:单位[:：])?(?:人民币)?(?:亿|万|千万|百万)?(?:元|美元|港元|欧元|日元|亩|人|个|%|㎡|平方米|公顷|亿|万)[)\]]?"
)
_STATED = re.compile(r"[^:：]{2,8}[:：].+")
"""A label with its value in the same cell (填报日期：2022年6月2日): a line above a table, not a head."""
_KEYS = frozenset({Field.PROJECT_NAME, Field.INVESTOR})


@dataclass(slots=True)
class HeadColumn:
    """A column of a table: its own head, the heads above it, and the rows of the head it stands in."""

    index: int
    head: str
    group: str
    levels: tuple[str, ...]


@dataclass(slots=True)
class Region:
    """A table: head rows `top` to `bottom` (inclusive), body `first` to `last` (exclusive), columns, lines above it."""

    top: int
    bottom: int
    first: int
    last: int
    columns: list[HeadColumn]
    above: list[int] = field(default_factory=list)
    left: int = 0
    right: int = 0
    beside: bool = False


def head_like(grid: Grid, row: int) -> tuple[int, int, int, set[Field]]:
    """(strong, weak, filled, fields named) of a row that may be a head; zeros for one that cannot."""
    columns = grid.filled(row)
    if len(columns) < 2:
        return 0, 0, len(columns), set()
    if _cannot_be_head(grid, row, columns):
        return 0, 0, len(columns), set()
    strong = weak = 0
    fields: set[Field] = set()
    for column in columns:
        near, named = headness(grid.raw(row, column).text)
        if near >= _STRONG:
            strong += 1
            if named is not None:
                fields.add(named)
        elif near >= _WEAK:
            weak += 1
    return strong, weak, len(columns), fields


def _names_itself(grid: Grid, row: int) -> bool:
    """The very words 项目名称 and 投资方 (or 总投资) in one row of short texts: no record has them."""
    exact: set[Field | None] = set()
    for column in grid.filled(row):
        text = grid.raw(row, column).text
        near, named = headness(text)
        if near >= 0.9:
            exact.add(named)
        if len(squeeze(text)) > 16:
            return False
    return Field.PROJECT_NAME in exact and bool(exact & {Field.INVESTOR, Field.PLANNED_TOTAL})


def _cannot_be_head(grid: Grid, row: int, columns: list[int]) -> bool:
    """Too many numbers, long texts, or labels with their values."""
    if sum(grid.raw(row, column).kind is CellKind.NUMBER for column in columns) * 4 > len(columns):
        return True
    numbers = longs = stated = 0
    for column in columns:
        cell = grid.raw(row, column)
        if cell.kind in {CellKind.NUMBER, CellKind.DATE} or _NUMBER_LIKE.fullmatch(squeeze(cell.text)):
            numbers += 1
        elif len(cell.text) > 42:
            longs += 1
        elif _STATED.match(squeeze(cell.text)):
            stated += 1
    return stated * 2 >= len(columns) or numbers * 4 > len(columns) or longs * 3 > len(columns)


def without_head(grid: Grid) -> Region | None:
    """A table that has no head at all: rows of four and more cells, one column of them companies; None otherwise."""
    rows = [row for row in range(grid.height) if len(grid.filled(row)) >= 4]
    if len(rows) < 2 or len(rows) < 0.6 * sum(1 for row in range(grid.height) if grid.filled(row)):
        return None
    columns = [HeadColumn(column, "", "", ("",)) for column in range(grid.width)]
    firms = [
        column
        for column in range(grid.width)
        if sum(is_company(grid.text(row, column)) for row in rows[:200]) >= 0.6 * len(rows[:200])
    ]
    if not firms:
        return None
    above = [row for row in range(rows[0]) if grid.filled(row)]
    return Region(rows[0], rows[0] - 1, rows[0], grid.height, columns, above, 0, grid.width)


def is_head(grid: Grid, row: int) -> bool:
    """True when the row names enough columns."""
    strong, weak, filled, fields = head_like(grid, row)
    if strong < 2 or len(fields) < 2:
        return False
    if Field.PROJECT_NAME in fields and _names_itself(grid, row):
        return True
    share = (strong + 0.6 * weak) / filled
    if len(fields) >= 3 and strong >= 3:
        return share >= 0.4
    return share >= 0.6 and bool(fields & _KEYS)


def regions(grid: Grid) -> list[Region]:
    """All tables of the grid with heads, in order; side-by-side tables are separate."""
    found: list[Region] = []
    row, free = 0, 0
    while row < grid.height:
        if not is_head(grid, row):
            row += 1
            continue
        top, bottom = _extent(grid, row)
        columns = _columns(grid, top, bottom)
        if found and _repeats(found[-1], columns) and not _other_unit_above(grid, found[-1], columns, top, free):
            row = bottom + 1
            continue
        if found and top < found[-1].first:
            row = bottom + 1
            continue
        above = _lines_above(grid, top, free)
        if found:
            found[-1].last = min([top, *above])
        found.append(Region(top, bottom, bottom + 1, grid.height, columns, above, 0, grid.width))
        free = bottom + 1
        row = bottom + 1
    return [part for region in found for part in _apart(grid, region)]


def _repeats(before: Region, columns: Sequence[HeadColumn]) -> bool:
    """The same head again, as on printed pages."""
    old = {(one.index, core(one.head)) for one in before.columns}
    new = {(one.index, core(one.head)) for one in columns}
    units = {one.index: units_in_head(one.head + one.group) for one in before.columns}
    if any(units_in_head(one.head + one.group) != units.get(one.index, ()) for one in columns):
        return False
    return len(old & new) >= 0.8 * max(len(old), len(new))


def _other_unit_above(grid: Grid, before: Region, columns: Sequence[HeadColumn], top: int, free: int) -> bool:
    """The line above the repeated head states another unit than that above the first: another table."""
    if any(units_in_head(one.head + one.group) for one in columns):
        return False
    stated = _units_of_lines(grid, _lines_above(grid, top, free))
    return bool(stated) and stated != _units_of_lines(grid, before.above)


def _units_of_lines(grid: Grid, rows: Sequence[int]) -> tuple[MoneyUnit, ...]:
    """The unit nearest to the head."""
    for row in reversed(rows):
        for column in grid.filled(row):
            found = units_stated(grid.text(row, column))
            if found:
                return found
    return ()


def _lines_above(grid: Grid, top: int, free: int) -> list[int]:
    """Rows of one or two cells directly above a head: title, unit, date."""
    found: list[int] = []
    row = top - 1
    blanks = 0
    while row >= free:
        filled = grid.filled(row)
        if not filled:
            blanks += 1
            if blanks > 2 and free > 0:
                break
        elif free == 0 or (len(filled) == 1 or _states(grid, row, filled)):
            found.append(row)
            blanks = 0
        else:
            break
        row -= 1
    return sorted(found)


def _states(grid: Grid, row: int, filled: list[int]) -> bool:
    """A line of labels with their values: 填报单位：… 单位：万元."""
    return len(filled) <= 4 and all(
        _STATED.match(squeeze(grid.text(row, column))) or one_unit(squeeze(grid.text(row, column)).strip("()（）"))
        for column in filled
    )


def _extent(grid: Grid, row: int) -> tuple[int, int]:
    top, bottom = row, row
    while top > 0 and row - top < _DEEPEST_HEAD - 1 and _belongs_above(grid, top):
        top -= 1
    for column in range(grid.width):
        for line in range(top, bottom + 1):
            span = grid.spans.get((line, column))
            if (
                span is not None
                and span.bottom > bottom
                and span.bottom - top < _DEEPEST_HEAD
                and _not_body(grid, span.bottom, bottom)
            ):
                bottom = span.bottom
    while bottom + 1 < grid.height and bottom - top < _DEEPEST_HEAD - 1 and _belongs_below(grid, top, bottom):
        bottom += 1
    return top, bottom


def _not_body(grid: Grid, last: int, bottom: int) -> bool:
    """No numbers in the rows that a tall head cell would take in."""
    return not any(
        grid.raw(row, column).kind in {CellKind.NUMBER, CellKind.DATE}
        for row in range(bottom + 1, last + 1)
        for column in grid.filled(row)
    )


def _belongs_above(grid: Grid, top: int) -> bool:
    above = top - 1
    filled = grid.filled(above)
    if not filled:
        return False
    tall = sum(1 for column in filled if grid.span(above, column).bottom >= top)
    if tall:
        return True
    if len(filled) < 2 or any(len(grid.text(above, column)) > 24 for column in filled):
        return False
    if any(re.search(r"[:：]|单位|填报|截至|20\d\d", grid.text(above, column)) for column in filled):
        return False
    if any(grid.raw(above, column).kind is not CellKind.TEXT for column in filled):
        return False
    strong, weak, count, _ = head_like(grid, above)
    wide = sum(1 for column in filled if grid.span(above, column).right > column)
    return wide >= 1 or strong + weak >= 0.5 * count


def _belongs_below(grid: Grid, top: int, bottom: int) -> bool:
    below = bottom + 1
    filled = [column for column in grid.filled(below) if (below, column) not in grid.owner]
    if not filled:
        return False
    texts = [squeeze(grid.text(below, column)) for column in filled]
    if all(_is_unit(text) for text in texts):
        return True
    if _scattered(grid, bottom, below, filled, texts) or _all_heads(grid, bottom, below, texts):
        return True
    if len(filled) == 1 and grid.owner_of(bottom, filled[0]) == (bottom, filled[0]):
        return False
    if len(filled) == 1 and (has_numbering(texts[0]) or grid.span(below, filled[0]).right > filled[0]):
        return False
    if len(filled) >= 3 and _index_row(texts):
        return True
    if any(grid.raw(below, column).kind in {CellKind.NUMBER, CellKind.DATE} for column in filled):
        return False
    covered = sum(
        1
        for column in range(grid.width)
        if grid.owner.get((below, column), (below, 0))[0] <= bottom and (below, column) in grid.owner
    )
    near = sum(1 for text in texts if headness(text)[0] >= _WEAK or _UNIT_ONLY.fullmatch(text))
    if near < 0.6 * len(filled) or any(len(text) > 24 for text in texts):
        return False
    first = grid.filled(bottom)
    gaps = sum(1 for column in filled if not grid.text(bottom, column) or grid.span(bottom, column).right > column)
    groups = sum(
        1
        for column in filled
        if grid.owner_of(bottom, column) != (bottom, column) or grid.span(bottom, column).right > column
    )
    if covered or groups:
        return True
    if gaps and len(filled) < len(first):
        return True
    return (
        near >= 0.8 * len(filled) and is_head(grid, below) and len(filled) >= 3 and not _same_texts(grid, bottom, below)
    )


def _is_unit(text: str) -> bool:
    return _UNIT_ONLY.fullmatch(text) is not None or (len(text) < 16 and one_unit(text.strip("()（）")) is not None)


def _all_heads(grid: Grid, bottom: int, below: int, texts: list[str]) -> bool:
    """Nothing but well-known heads, two and more, and not the row above once more: no record looks so."""
    return (
        len(texts) >= 2
        and all(len(text) <= 16 and headness(text)[0] >= 0.8 and not has_numbering(text) for text in texts)
        and not _same_texts(grid, bottom, below)
    )


def _scattered(grid: Grid, bottom: int, below: int, filled: list[int], texts: list[str]) -> bool:
    """Heads of a lower level under some cells only, without merges: none under the first column, each under a head."""
    first = grid.filled(bottom)
    if not first or filled[0] <= first[0] or len(filled) > 0.7 * len(first):
        return False
    return all(
        grid.text(bottom, column) and headness(text)[0] >= _STRONG and not has_numbering(text) and len(text) <= 16
        for column, text in zip(filled, texts, strict=True)
    )


def _same_texts(grid: Grid, one: int, two: int) -> bool:
    a = {squeeze(grid.text(one, column)) for column in grid.filled(one)}
    b = {squeeze(grid.text(two, column)) for column in grid.filled(two)}
    return len(a & b) >= 0.7 * max(len(a), len(b))


def _index_row(texts: Sequence[str]) -> bool:
    """甲 乙 1 2 3 or 1 2 3 4: numbers of columns under a head."""
    digits = [text.strip("()（）栏列") for text in texts]
    plain = [
        one for one in digits if one not in {"甲", "乙", "丙", "丁", "戊", "—", "-"} and not re.search(r"[=+]", one)
    ]
    return (
        len(plain) >= 3
        and all(one.isdigit() for one in plain)
        and all(int(b) == int(a) + 1 for a, b in pairwise(plain))
    )


def _columns(grid: Grid, top: int, bottom: int) -> list[HeadColumn]:
    found: list[HeadColumn] = []
    carried: dict[int, str] = {}
    for column in range(grid.width):
        levels: list[str] = []
        seen: set[tuple[int, int]] = set()
        for row in range(top, bottom + 1):
            place = grid.owner_of(row, column)
            text = squeeze(grid.text(*place)) if place not in seen else ""
            seen.add(place)
            if place == (row, column) and grid.raw(row, column) is not BLANK and text:
                carried[row] = (
                    text
                    if row < bottom and grid.span(row, column).bottom == row and not _UNIT_ONLY.fullmatch(text)
                    else ""
                )
            elif (
                not text and row < bottom and place == (row, column) and carried.get(row) and grid.text(bottom, column)
            ):
                text = carried[row]
            if text and (not levels or levels[-1] != text):
                levels.append(text)
        if len(levels) > 1 and levels[-1].isdigit():
            levels.pop()
        if not levels:
            continue
        head, group = levels[-1], "".join(levels[:-1])
        if len(levels) > 1 and _is_unit(head):
            head, group = f"{levels[-2]}({head.strip('()（）')})", "".join(levels[:-2])
        found.append(HeadColumn(column, head, group, tuple(levels)))
    return found


def _apart(grid: Grid, region: Region) -> Iterator[Region]:
    """Side-by-side tables: the same heads begin again further right."""
    heads = [core(column.head) for column in region.columns]
    starts = _starts(region.columns, heads)
    if len(starts) < 2:
        yield region
        return
    bounds = [*starts, len(region.columns)]
    for number, (begin, end) in enumerate(pairwise(bounds)):
        part = region.columns[begin:end]
        left = part[0].index if number else 0
        right = region.columns[end].index if end < len(region.columns) else grid.width
        yield Region(region.top, region.bottom, region.first, region.last, part, region.above, left, right, beside=True)


def _starts(columns: Sequence[HeadColumn], heads: Sequence[str]) -> list[int]:
    first = next(
        (index for index, head in enumerate(heads) if headness(head)[1] in {Field.SERIAL, Field.PROJECT_NAME}), None
    )
    if first is None:
        return []
    starts = [index for index, head in enumerate(heads) if head == heads[first]]
    if len(starts) < 2:
        return []
    lengths = [b - a for a, b in zip(starts, [*starts[1:], len(heads)], strict=False)]
    if min(lengths) < 2:
        return []
    whole = set(heads[starts[0] : starts[1]])
    for begin, length in zip(starts[1:], lengths[1:], strict=True):
        if len(whole & set(heads[begin : begin + length])) < 0.6 * min(len(whole), length):
            return []
    return [0, *starts[1:]]


def unit_of_land(column: HeadColumn) -> object:
    """The factor to mu that the column's heads name, if any."""
    return mu_unit(column.head) or mu_unit(column.group)
