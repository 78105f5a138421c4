"""Forms with a label beside (or above) each value, one or several a sheet, stacked or side by side."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import HeadColumn, Region, is_head
from zhaoyin.engines.sheet_reading.meaning import core, headness
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, Field, Range
from zhaoyin.engines.sheet_reading.stages import stage_of_cell
from zhaoyin.engines.sheet_reading.texts import has_numbering, squeeze, without_numbering

_STRONG, _FAIR = 0.62, 0.5
_INLINE = re.compile(r"^\s*([^:：\n]{2,14})[:：]\s*(\S.*)$", re.S)
_VALUE_LIKE = re.compile(r"公司$|项目$|\d{3,}|^[\d.,]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value, with their places (row, column)."""

    label: str
    row: int
    column: int
    value: Cell
    value_row: int
    value_column: int


def pairs_of(grid: Grid) -> list[Pair]:
    """Labels with the value to their right; the first of them that is no label itself. A short text in a column where
    several labels stand is a label too, though its words are less known."""
    counted = Counter(
        column for row in range(grid.height) for column in grid.filled(row) if _is_label(grid.text(row, column))
    )
    usual = frozenset(column for column, count in counted.items() if count >= 3)
    names = _numbered_names(grid)
    found: list[Pair] = []
    for row in range(grid.height):
        columns = grid.filled(row)
        if row in names:
            column = columns[0]
            value = Cell(without_numbering(grid.text(row, column)))
            found.append(Pair("项目名称", row, column, value, row, column))
            continue
        position = 0
        while position < len(columns):
            column = columns[position]
            text = grid.text(row, column)
            inline = _INLINE.match(text)
            if inline and headness(inline[1])[0] >= _STRONG and len(columns) <= 4:
                for label, said in _inline_pairs(inline[1], inline[2]):
                    own = Cell(said, None, grid.raw(row, column).kind)
                    found.append(Pair(squeeze(label), row, column, own, row, column))
                position += 1
                continue
            if len(columns) == 1 and found and _goes_on(found[-1], row, column, text):
                found[-1] = replace(found[-1], value=Cell(f"{found[-1].value.text}\n{text}"))
                position += 1
                continue
            if not _is_label(text) and not (column in usual and _may_be_label(text)):
                position += 1
                continue
            after = columns[position + 1] if position + 1 < len(columns) else None
            right = grid.span(row, column).right
            if after is not None and after == right + 1 and _is_value(grid, row, column, after, usual):
                found.append(Pair(squeeze(text).rstrip(":："), row, column, grid.raw(row, after), row, after))
                position += 2
                continue
            if after == right + 1 and _is_label(grid.text(row, after or 0)) and _below_is_value(grid, row, column):
                position += 1
                continue
            found.append(Pair(squeeze(text).rstrip(":："), row, column, BLANK, row, right + 1))
            position += 1
    return found


_NEXT_LABEL = re.compile(r"[,，;；。]\s*(?=([^\s:：,，;；。\d]{2,8})[:：])")


def _inline_pairs(label: str, text: str) -> list[tuple[str, str]]:
    """总投资：5亿元，用地：30亩 holds two labels with their values."""
    found: list[tuple[str, str]] = []
    start = 0
    for match in _NEXT_LABEL.finditer(text):
        if headness(match[1])[0] >= _STRONG:
            found.append((label, text[start : match.start()]))
            label, start = match[1], match.end() + len(match[1]) + 1
    return [*found, (label, text[start:])]


def _numbered_names(grid: Grid) -> frozenset[int]:
    """Rows that hold only a numbered name over lines with the same label each time (1、某某项目 / 投资方：…), in a sheet whose
    labels do not give the name."""
    lines = [
        (row, grid.text(row, columns[0]))
        for row in range(min(grid.height, 20_000))
        if len(columns := grid.filled(row)) == 1
    ]
    found: list[int] = []
    below: Counter[str] = Counter()
    for (row, text), (_, following) in pairwise(lines):
        label = _INLINE.match(following)
        flat = squeeze(text)
        if (
            _INLINE.match(text)
            or not has_numbering(text)
            or not 5 <= len(flat) <= 44
            or flat.endswith(("。", ";", "；"))
        ):
            continue
        if label and headness(label[1])[0] >= _STRONG and headness(label[1])[1] is not Field.PROJECT_NAME:
            found.append(row)
            below[squeeze(label[1])] += 1
    if len(found) < 2 or max(below.values()) < 0.8 * len(found):
        return frozenset()
    named = any((one := _INLINE.match(text)) and headness(one[1])[1] is Field.PROJECT_NAME for _, text in lines)
    return frozenset() if named else frozenset(found)


def _goes_on(before: Pair, row: int, column: int, text: str) -> bool:
    """A line without a label under a line with a label and its value in one cell belongs to that value."""
    inline = before.row == before.value_row and before.column == before.value_column
    near = row - before.row <= 1 + before.value.text.count("\n")
    return (
        inline
        and near
        and column == before.column
        and bool(re.search(r"\w", text))
        and not re.match(r"[-=*_]{3,}", text)
    )


def _is_label(text: str) -> bool:
    flat = squeeze(text)
    if _VALUE_LIKE.search(flat.rstrip(":：")) and headness(flat.rstrip(":："))[0] < 0.95:
        return False
    near = headness(flat.rstrip(":："))[0]
    return near >= _STRONG or (near >= _FAIR and flat.endswith((":", "：")))


def _is_value(grid: Grid, row: int, column: int, after: int, usual: frozenset[int]) -> bool:
    """The cell beside a label is its value: no label, a stage beside 阶段, or where values usually stand."""
    text = grid.text(row, after)
    if not _is_label(text):
        return True
    if headness(grid.text(row, column).rstrip(":："))[1] is Field.STAGE and stage_of_cell(text) is not None:
        return True
    beyond = grid.span(row, after).right + 1
    if grid.text(row, beyond) and not _is_label(grid.text(row, beyond)) and headness(text)[0] >= 0.9:
        return False
    return column in usual and after not in usual and not text.endswith((":", "："))


def _may_be_label(text: str) -> bool:
    flat = squeeze(text).rstrip(":：")
    return 2 <= len(flat) <= 14 and not _VALUE_LIKE.search(flat) and headness(flat)[0] >= 0.3


def _below_is_value(grid: Grid, row: int, column: int) -> bool:
    return row + 1 < grid.height and bool(grid.text(row + 1, column))


def labels_have_values(grid: Grid) -> bool:
    """True when a label of the project's name has its value beside it, which no head of a table has."""
    for row in range(min(grid.height, 40)):
        columns = grid.filled(row)
        for one, two in pairwise(columns):
            near, named = headness(grid.text(row, one).rstrip(":："))
            if named is not Field.PROJECT_NAME or near < 0.8:
                continue
            text = grid.text(row, two)
            if (
                two == grid.span(row, one).right + 1
                and headness(text.rstrip(":："))[0] < _FAIR
                and len(squeeze(text)) > 5
            ):
                return True
    return False


def card_region(grid: Grid) -> tuple[Grid, Region] | None:
    """A grid with one row a card and the labels as head; None when the sheet holds no cards."""
    if grid.height > 20_000 or grid.width > 60:
        return None
    pairs = pairs_of(grid)
    anchors = [
        pair
        for pair in pairs
        if headness(pair.label)[1] is Field.PROJECT_NAME
        and headness(pair.label)[0] >= _STRONG
        and pair.value is not BLANK
    ]
    if not anchors:
        anchors = [pair for pair in pairs if headness(pair.label)[1] is Field.INVESTOR and pair.value is not BLANK]
    filled = [pair for pair in pairs if pair.value is not BLANK]
    if not anchors or len(filled) < 3 * len(anchors):
        return None
    rows_of_labels = {pair.row for pair in filled}
    if len(rows_of_labels) < 2 * len({anchor.row for anchor in anchors}):
        return None
    cards = _cards(grid, pairs, anchors)
    return _view(grid, cards)


def labels_above(grid: Grid, regions: Sequence[Region]) -> tuple[Grid, Region] | None:
    """Cards whose labels stand above their values, several such pairs of rows a card; None when there are none."""
    if len(regions) < 3 or any(len(_filled_below(grid, region)) > 1 for region in regions):
        return None
    pairs = []
    for region in regions:
        rows = _filled_below(grid, region)
        if not rows:
            continue
        for column in region.columns:
            pairs.append(
                Pair(column.head, region.bottom, column.index, grid.raw(rows[0], column.index), rows[0], column.index)
            )
    anchors = [pair for pair in pairs if headness(pair.label)[1] is Field.PROJECT_NAME and pair.value is not BLANK]
    if not anchors or len({anchor.row for anchor in anchors}) == len(regions):
        return None
    return _view(grid, _cards(grid, pairs, anchors))


def _filled_below(grid: Grid, region: Region) -> list[int]:
    """Rows of two and more cells directly below a head, at most two of them."""
    rows = range(region.first, min(region.first + 2, grid.height))
    found = [row for row in rows if len(grid.filled(row)) >= 2]
    return found[:1] if len(found) == 2 and is_head(grid, found[1]) else found


def _cards(grid: Grid, pairs: list[Pair], anchors: list[Pair]) -> list[list[Pair]]:
    lanes = sorted({anchor.column for anchor in anchors})
    by_lane: dict[int, list[Pair]] = defaultdict(list)
    multiple = _side_by_side(anchors)
    for pair in pairs:
        lane = max((one for one in lanes if one <= pair.column), default=lanes[0]) if multiple else lanes[0]
        by_lane[lane].append(pair)
    found: list[list[Pair]] = []
    for lane in sorted(by_lane):
        own = sorted(by_lane[lane], key=lambda pair: (pair.row, pair.column))
        rows = [anchor.row for anchor in anchors if anchor in own]
        if not rows:
            continue
        starts = _starts(grid, own, rows)
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else grid.height
            found.append([pair for pair in own if start <= pair.row < end])
    return [card for card in found if card]


def _side_by_side(anchors: list[Pair]) -> bool:
    rows: dict[int, set[int]] = defaultdict(set)
    for anchor in anchors:
        rows[anchor.row].add(anchor.column)
    return any(len(columns) > 1 for columns in rows.values())


def _starts(grid: Grid, own: list[Pair], rows: list[int]) -> list[int]:
    """Where each card begins: as many label rows before its project name as the first card has, but not past a blank row."""
    label_rows = sorted({pair.row for pair in own if pair.value is not BLANK})
    lead = len([row for row in label_rows if row < rows[0]])
    starts = []
    for number, row in enumerate(rows):
        floor = rows[number - 1] + 1 if number else 0
        start = row
        for _ in range(lead):
            before = start - 1
            if before < floor or before not in label_rows:
                break
            start = before
        starts.append(start if number else min(label_rows[0], start))
    return starts


def _view(grid: Grid, cards: list[list[Pair]]) -> tuple[Grid, Region]:
    keys: dict[tuple[str, int], int] = {}
    labels: list[str] = []
    for card in cards:
        seen: dict[str, int] = defaultdict(int)
        for pair in card:
            key = (core(pair.label), seen[core(pair.label)])
            seen[core(pair.label)] += 1
            if key not in keys:
                keys[key] = len(labels)
                labels.append(pair.label)
    view = Grid(grid.sheet, [], len(labels), origin={})
    assert view.origin is not None
    lines: list[list[Cell]] = [[Cell(label) for label in labels]]
    several = len({min(pair.row for pair in card) for card in cards}) < len(cards)
    for number, card in enumerate(cards, start=1):
        line = [BLANK] * len(labels)
        seen = defaultdict(int)
        for pair in card:
            index = keys[core(pair.label), seen[core(pair.label)]]
            seen[core(pair.label)] += 1
            line[index] = _with_unit(pair, labels[index])
            view.origin[number, index] = (pair.value_row, pair.value_column)
        lines.append(line)
        top, last = min(pair.row for pair in card), max(_bottom(grid, pair) for pair in card)
        column = min(pair.column for pair in card) + 1 if several else None
        view.places[number] = (grid.sheet.number_of(top), grid.sheet.number_of(last), column)
    for index in range(len(labels)):
        view.origin[0, index] = (cards[0][0].row, cards[0][0].column)
    view.rows = lines
    heads = [HeadColumn(index, label, "", (label,)) for index, label in enumerate(labels)]
    return view, Region(0, 0, 1, len(lines), heads, [], 0, len(labels))


def _with_unit(pair: Pair, head: str) -> Cell:
    """A unit that this card's own label names and the common head does not stays with the value."""
    if pair.label == head or pair.value is BLANK:
        return pair.value
    own = re.search(r"[(（]([^()（）]*)[)）]", pair.label)
    common = re.search(r"[(（]([^()（）]*)[)）]", head)
    if own and (not common or own[1] != common[1]) and re.fullmatch(r"[\d.,]+", squeeze(pair.value.text)):
        return Cell(pair.value.text + own[1])
    return pair.value


def _bottom(grid: Grid, pair: Pair) -> int:
    span: Range = grid.span(pair.value_row, pair.value_column)
    return max(pair.row, span.bottom)
