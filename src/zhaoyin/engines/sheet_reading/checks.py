"""Totals rows as checksums: what the rows add up to, and which rows could explain a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhaoyin.engines.sheet_reading.amounts import read_amount
from zhaoyin.engines.sheet_reading.columns import Columns, Meaning
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.params import SheetParams
from zhaoyin.engines.sheet_reading.problem import MONEY_FIELDS, CellKind, Field
from zhaoyin.engines.sheet_reading.records import Draft
from zhaoyin.engines.sheet_reading.result import RowKind, Suspect, TotalCheck
from zhaoyin.engines.sheet_reading.rowkinds import Row
from zhaoyin.engines.sheet_reading.units import read_money


@dataclass(slots=True)
class _Part:
    """A row's share of a column: its value in base units (None: not known) and half of its last digit."""

    line: int
    value: Decimal | None
    rounding: Decimal
    hidden: bool


def checks(
    grid: Grid, columns: Columns, rows: Sequence[Row], drafts: dict[int, Draft], params: SheetParams
) -> list[TotalCheck]:
    """One check for each money cell of each totals row."""
    found: list[TotalCheck] = []
    for place, row in enumerate(rows):
        if row.kind not in {RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.SECTION} or _no_sum(row.text):
            continue
        for wanted in MONEY_FIELDS:
            meaning = columns.one(wanted)
            check = _check(grid, meaning, rows, place, drafts, params) if meaning else None
            if check is not None:
                found.append(check)
    return found


def _no_sum(text: str) -> bool:
    return any(word in text.lower() for word in ("平均", "均值", "中位", "最大", "最小", "其中", "average", "avg"))


def _check(
    grid: Grid, meaning: Meaning, rows: Sequence[Row], place: int, drafts: dict[int, Draft], params: SheetParams
) -> TotalCheck | None:
    row = rows[place]
    column = meaning.family[0] if meaning.family else meaning.head.index
    cell = grid.raw(row.row, column)
    if cell.kind in {CellKind.UNKNOWN, CellKind.BLANK, CellKind.ERROR} or read_amount(cell.text) is None:
        return None
    read = read_money(cell, meaning.unit)
    if read is None or any(flag.needs_review for flag in read.flags):
        return None
    stated = read.money.value
    scopes = _scopes(rows, place)
    best: TotalCheck | None = None
    for scope in scopes:
        parts = [_part(grid, meaning.field, one, drafts[one.row]) for one in scope if one.row in drafts]
        if not parts:
            continue
        made = _compared(grid, row, meaning, stated, cell.text, parts, params)
        if made.agrees:
            return made
        if best is None:
            best = made
    if best is not None and row.kind is RowKind.SECTION:
        return best if abs(best.difference) < abs(best.stated) else None
    return best


def _scopes(rows: Sequence[Row], place: int) -> list[list[Row]]:
    """Records the row may add up, likeliest first: since the last section or subtotal, since the last total, all, below."""
    before = rows[:place]
    kind = rows[place].kind
    near: list[Row] = []
    for one in reversed(before):
        if one.kind in {RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.SECTION} and near:
            break
        if one.kind is None:
            near.insert(0, one)
    since: list[Row] = []
    for one in reversed(before):
        if one.kind is RowKind.TOTAL or (one.kind is RowKind.SUBTOTAL and kind is RowKind.SUBTOTAL and since):
            break
        if one.kind is None:
            since.insert(0, one)
    everything = [one for one in rows if one.kind is None]
    above = [one for one in before if one.kind is None]
    below: list[Row] = []
    for one in rows[place + 1 :]:
        if one.kind in {RowKind.TOTAL, RowKind.SUBTOTAL} or (one.kind is RowKind.SECTION and below):
            break
        if one.kind is None:
            below.append(one)
    following = [one for one in rows[place + 1 :] if one.kind is None]
    if kind is RowKind.SECTION:
        return [scope for scope in (below, following, everything) if scope]
    order = (
        [near, since, above, below, following, everything]
        if kind is RowKind.SUBTOTAL
        else [above, since, following, everything, near, below]
    )
    return [scope for scope in order if scope]


def _part(grid: Grid, wanted: Field, row: Row, draft: Draft) -> _Part:
    read = draft.money.get(wanted)
    hidden = row.row in grid.sheet.hidden_rows
    if read is None:
        unknown = any(flag.evidence.get("field") == wanted.value for flag in draft.flags)
        return _Part(grid.line_number(row.row), None if unknown else Decimal(0), Decimal(0), hidden)
    written = draft.values[wanted].as_written
    return _Part(grid.line_number(row.row), read.money.value, _half_digit(written, read.money.value), hidden)


def _half_digit(written: str, value: Decimal) -> Decimal:
    """Half of the last written digit, in base units."""
    amount = read_amount(written)
    if amount is None or not amount.value or not value:
        return Decimal(0)
    decimals = len(written.partition(".")[2].split("-")[0].rstrip("亿万元 ")) if "." in written else 0
    scale = amount.scale or (value / amount.value)
    return scale * Decimal(10) ** -decimals / 2


def _compared(
    grid: Grid, row: Row, meaning: Meaning, stated: Decimal, written: str, parts: Sequence[_Part], params: SheetParams
) -> TotalCheck:
    computed = sum((part.value for part in parts if part.value is not None), Decimal(0))
    tolerance = sum((part.rounding for part in parts), Decimal(0)) + _half_digit(written, stated)
    if any("%" in written for _ in parts[:1]):
        tolerance = abs(stated)
    tolerance = min(max(tolerance, abs(stated) * Decimal("1e-9")), abs(stated) * Decimal("0.01"))
    difference = stated - computed
    if abs(difference) <= tolerance:
        difference = Decimal(0)
    suspects = _suspects(difference, tolerance, parts, params) if difference else ()
    return TotalCheck(
        grid.line_number(row.row), row.text[:60], meaning.field, stated, computed, difference,
        tuple(part.line for part in parts), suspects,
    )  # fmt: skip


def _suspects(
    difference: Decimal, tolerance: Decimal, parts: Sequence[_Part], params: SheetParams
) -> tuple[Suspect, ...]:
    found: list[Suspect] = []
    known = [part for part in parts if part.value]
    for part in known:
        assert part.value is not None
        for power in (4, -4, 8, -8):
            moved = part.value.scaleb(power)
            if abs(moved - part.value - difference) <= tolerance + part.rounding:
                found.append(Suspect("factor-slip", (part.line,), {"value": str(part.value), "suggested": str(moved)}))
    unknown = tuple(part.line for part in parts if part.value is None)
    if unknown and difference > 0:
        found.append(Suspect("unknown-value", unknown, {"missing": str(difference)}))
    hidden = [part for part in known if part.hidden]
    if hidden and abs(sum((part.value or Decimal(0) for part in hidden), Decimal(0)) + difference) <= tolerance:
        found.append(Suspect("hidden-rows", tuple(part.line for part in hidden)))
    if difference < 0:
        found += _extra(-difference, tolerance, known, params)
    if not found and difference > 0:
        found.append(Suspect("missing-row", (), {"missing": str(difference)}))
    return tuple(found[:8])


def _extra(excess: Decimal, tolerance: Decimal, known: Sequence[_Part], params: SheetParams) -> list[Suspect]:
    """One row, or two, that add up to the excess."""
    for part in known:
        if part.value is not None and abs(part.value - excess) <= tolerance:
            return [Suspect("extra-row", (part.line,), {"value": str(part.value)})]
    by_value = {part.value: part.line for part in known[: params.largest_subset]}
    for part in known[: params.largest_subset]:
        other = by_value.get(excess - (part.value or Decimal(0)))
        if other is not None and other != part.line:
            return [Suspect("extra-row", tuple(sorted((part.line, other))))]
    return []
