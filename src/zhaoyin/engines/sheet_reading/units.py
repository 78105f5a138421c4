"""Units of money: what the column says, what the cell says, and when a value may not be counted as it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Currency, Money, Qualifier, Unit
from zhaoyin.engines.sheet_reading.amounts import WAN, YI, YUAN, Amount, MoneyUnit, read_amount, units_in_head
from zhaoyin.engines.sheet_reading.params import SheetParams
from zhaoyin.engines.sheet_reading.problem import Cell, CellKind
from zhaoyin.engines.sheet_reading.result import Flag, FlagCode

RATES: dict[Currency, Decimal] = {
    Currency.CNY: Decimal(1), Currency.USD: Decimal(7), Currency.EUR: Decimal("7.6"), Currency.HKD: Decimal("0.9"),
    Currency.JPY: Decimal("0.05"), Currency.TWD: Decimal("0.22"), Currency.SGD: Decimal("5.2"), Currency.CHF: Decimal("7.8"),
}  # fmt: skip
"""Rough yuan for one unit, only to compare magnitudes; no value is ever converted with them."""


@dataclass(frozen=True, slots=True)
class ColumnUnit:
    """`scale` and `currency` of bare numbers; None when unknown. `source` says where the unit is written; `several` are
    the units when more than one is written and the cell has to decide."""

    scale: Decimal | None = None
    currency: Currency | None = None
    source: str = ""
    several: tuple[MoneyUnit, ...] = ()


def column_unit(*, head: str, group: str, lines: Sequence[tuple[str, tuple[MoneyUnit, ...]]]) -> ColumnUnit:
    """The unit of a column: its head, the head above, then the lines that hold for it (section, unit line, title)."""
    for source, found in (("head", units_in_head(head)), ("group", units_in_head(group)), *lines):
        if not found:
            continue
        distinct = {(one.scale, one.currency or Currency.CNY) for one in found}
        if len(distinct) > 1:
            return ColumnUnit(None, None, source, tuple(found))
        scale, currency = distinct.pop()
        return ColumnUnit(scale, currency, source)
    return ColumnUnit()


@dataclass(slots=True)
class MoneyRead:
    """A money cell as read: the amount, whether its unit stands in the cell itself, and its flags."""

    money: Money
    bare: bool
    flags: list[Flag]
    converted: Money | None = None


def read_money(
    cell: Cell, unit: ColumnUnit, *, row_unit: MoneyUnit | None = None, row_currency: Currency | None = None
) -> MoneyRead | None:
    """The amount of a cell under its column's unit; None when it holds none."""
    if cell.kind in {CellKind.UNKNOWN, CellKind.ERROR, CellKind.DATE}:
        return None
    amount = read_amount(cell.text)
    if amount is None:
        return None
    flags: list[Flag] = []
    currency = amount.currency or row_currency or (row_unit.currency if row_unit else None)
    if amount.scale is not None:
        return _with_own_scale(amount, unit, currency, flags)
    scale, currency = _scale_of_bare(amount, unit, row_unit, currency)
    fitting = _fitting(amount.value, unit) if scale is None and currency in {None, Currency.CNY} else None
    if fitting is not None:
        scale, currency = fitting.scale, fitting.currency or Currency.CNY
        flags.append(
            Flag(FlagCode.UNIT_CONFLICT, {"units": [one.text for one in unit.several], "only_fitting": fitting.text})
        )
    if scale is None:
        scale, currency = _guessed(amount.value, unit, currency)
        flags.append(
            Flag(
                FlagCode.UNIT_UNKNOWN,
                {"as_written": cell.text, "candidates": [str(one.text) for one in unit.several], "assumed": str(scale)},
                needs_review=True,
            )
        )
    return _made(
        amount,
        amount.value * scale,
        None if amount.high is None else amount.high * scale,
        scale,
        currency,
        flags,
        bare=True,
    )


def _scale_of_bare(
    amount: Amount, unit: ColumnUnit, row_unit: MoneyUnit | None, currency: Currency | None
) -> tuple[Decimal | None, Currency | None]:
    if row_unit is not None:
        return row_unit.scale, currency or row_unit.currency or unit.currency or Currency.CNY
    if unit.several and currency is not None:
        fits = [one for one in unit.several if (one.currency or Currency.CNY) is currency]
        if len({one.scale for one in fits}) == 1:
            return fits[0].scale, currency
    return unit.scale, currency or unit.currency or Currency.CNY


def _fitting(value: Decimal, unit: ColumnUnit) -> MoneyUnit | None:
    """The only one of the head's units under which the amount is what a project can cost."""
    rules = SheetParams()
    fits = [
        one
        for one in unit.several
        if rules.smallest_median <= value * one.scale * RATES[one.currency or Currency.CNY] <= rules.largest_median
    ]
    return fits[0] if len(fits) == 1 else None


def _guessed(value: Decimal, unit: ColumnUnit, currency: Currency | None) -> tuple[Decimal, Currency]:
    """A scale by magnitude only, for display beside the flag."""
    currency = currency or unit.currency or Currency.CNY
    if unit.several:
        ranked = sorted(unit.several, key=lambda one: _strange(value * one.scale * RATES[one.currency or Currency.CNY]))
        return ranked[0].scale, ranked[0].currency or Currency.CNY
    return min((YI, WAN, YUAN), key=lambda one: _strange(value * one)), currency


def _strange(yuan: Decimal) -> float:
    """Distance of an amount from the usual size of a project (300 million yuan), in powers of ten."""
    return abs(log10(yuan) - 8.5) if yuan > 0 else 99.0


def _with_own_scale(amount: Amount, unit: ColumnUnit, currency: Currency | None, flags: list[Flag]) -> MoneyRead | None:
    if amount.foreign and amount.currency is None:
        flags.append(Flag(FlagCode.CURRENCY_DOUBTFUL, {"written": amount.foreign}, needs_review=True))
    if currency is None:
        currency = unit.currency or Currency.CNY
        foreign = [one for one in unit.several if one.currency not in {None, Currency.CNY}]
        if currency is not Currency.CNY or foreign:
            flags.append(
                Flag(FlagCode.CURRENCY_DOUBTFUL, {"assumed": currency.value, "column": unit.source}, needs_review=True)
            )
    assert amount.scale is not None
    return _made(amount, amount.value, amount.high, amount.scale, currency, flags, bare=False)


def _made(
    amount: Amount,
    value: Decimal,
    high: Decimal | None,
    scale: Decimal,
    currency: Currency | None,
    flags: list[Flag],
    *,
    bare: bool,
) -> MoneyRead | None:
    if amount.compound:
        flags.append(Flag(FlagCode.UNIT_CONFLICT, {"parts": len(amount.others) + 1}, needs_review=True))
    try:
        money = Money(
            value,
            currency or Currency.CNY,
            amount.qualifier if high is None else Qualifier.EXACT,
            _unit_name(scale),
            high,
        )
    except InvalidValue:
        return None
    converted = None
    for other in amount.others:
        if other.scale is not None and other.currency is not None and other.currency is not money.currency:
            converted = Money(other.value, other.currency)
            break
    return MoneyRead(money, bare, flags, converted)


def _unit_name(scale: Decimal) -> Unit:
    return {YI: Unit.YI, WAN: Unit.WAN, Decimal(10**6): Unit.MILLION}.get(scale, Unit.YUAN)


def in_yuan(money: Money) -> Decimal:
    """Rough yuan, to compare magnitudes."""
    return money.value * RATES[money.currency]


def doubts(values: Sequence[MoneyRead], params: SheetParams) -> None:
    """Flags values that do not fit their column, and whole columns whose median no project has."""
    sized = [one for one in values if one.money.value > 0]
    if not sized:
        return
    middle = median(in_yuan(one.money) for one in sized)
    for one in sized:
        if any(flag.needs_review for flag in one.flags):
            continue
        away = log10(in_yuan(one.money) / middle) if middle else 0.0
        slip = next((power for power in (4, -4, 8, -8) if abs(away + power) + params.slip_margin < abs(away)), None)
        if len(sized) >= 4 and slip is not None and abs(away) >= params.slip_from:
            suggested = one.money.value.scaleb(slip)
            one.flags.append(
                Flag(
                    FlagCode.UNIT_DOUBTFUL,
                    {"column_median": str(middle), "ratio": f"{10**away:.3g}", "suggested": str(suggested)},
                    needs_review=True,
                )
            )


def doubtful_column(values: Iterable[MoneyRead], params: SheetParams) -> Flag | None:
    """A flag for every bare value of a column whose median is outside what projects cost."""
    sized = [in_yuan(one.money) for one in values if one.money.value > 0]
    if not sized:
        return None
    middle = median(sized)
    outside = sum(not params.smallest_median <= value <= params.largest_median for value in sized)
    if params.smallest_median <= middle <= params.largest_median or outside * 2 <= len(sized):
        return None
    return Flag(
        FlagCode.UNIT_DOUBTFUL,
        {"column_median": str(middle), "sector_range": f"{params.smallest_median}-{params.largest_median}"},
        needs_review=True,
    )
