"""One value into one cell of a template, in the unit, precision and habit of its column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles.numbers import is_date_format

from zhaoyin.domain.money import Currency, Money, Qualifier, number_text
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.result import Column, ContactFound, Reading

LONGEST_TEXT = 32_767
_CURRENCY = {
    Currency.CNY: "元", Currency.USD: "美元", Currency.EUR: "欧元", Currency.JPY: "日元", Currency.HKD: "港元", Currency.TWD: "新台币",
    Currency.SGD: "新加坡元", Currency.CHF: "瑞士法郎",
}  # fmt: skip
_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"), (Decimal(1), ""))
_QUALIFIER = {Qualifier.EXACT: "", Qualifier.ABOUT: "约", Qualifier.MORE: "超", Qualifier.LESS: "不超过"}
_DECIMALS = re.compile(r"\.([0#?]+)")


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of one value: `code`, the row's place in what was given (from 0), field, cell, what was written."""

    code: str
    row: int
    field: str
    cell: str
    written: str = ""


def money_text(money: Money) -> str:
    """約1.2亿元, 2-3亿美元: with everything that a number cannot carry."""
    scale, word = next((pair for pair in _SCALES if money.value >= pair[0]), _SCALES[-1])
    amount = number_text(money.value / scale)
    if money.high is not None:
        amount += f"-{number_text(money.high / scale)}"
    return f"{_QUALIFIER[money.qualifier]}{amount}{word}{_CURRENCY[money.currency]}"


def date_text(day: PartialDate) -> str:
    """2026年5月3日, 2026年5月, 2026年第2季度, 2026年."""
    first = day.first
    if day.precision is Precision.DAY:
        return f"{first.year}年{first.month}月{first.day}日"
    if day.precision is Precision.MONTH:
        return f"{first.year}年{first.month}月"
    if day.precision is Precision.QUARTER:
        return f"{first.year}年第{(first.month + 2) // 3}季度"
    return f"{first.year}年"


def contacts_text(people: Sequence[ContactFound], *, part: str = "") -> str:
    """All of them, or the `part` "name" or "phone" of each in the same order."""
    if part:
        return "、".join(filter(None, (getattr(one, part) for one in people)))
    return "；".join(f"{one.name} {one.phone}".strip() for one in people)


def write_text(cell: Cell, text: str) -> str:
    """Text as text: one that begins like a formula is never one. Returns a note code, or ""."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    cell.value = clean
    cell.data_type = "s"
    if clean[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        cell.quotePrefix = True
    return "text-cut" if len(text) > LONGEST_TEXT else ""


def write_value(cell: Cell, column: Column, value: Reading, *, phone_apart: bool) -> str:
    """Write one value; returns a note code when the column could not take it as it is, or ""."""
    if isinstance(value, Money):
        return _write_money(cell, column, value)
    if isinstance(value, PartialDate):
        return _write_date(cell, value)
    if isinstance(value, Decimal):
        number = value / column.unit if column.field is Field.LAND and column.unit else value
        return _write_number(cell, number)
    if isinstance(value, tuple):
        if column.field is Field.PHONE:
            return write_text(cell, contacts_text(value, part="phone"))
        return write_text(cell, contacts_text(value, part="name" if phone_apart else ""))
    return write_text(cell, str(value))


def _write_money(cell: Cell, column: Column, money: Money) -> str:
    if column.unit is None:
        return write_text(cell, money_text(money)) or "unit-unknown"
    if money.currency is not (column.currency or Currency.CNY):
        return write_text(cell, money_text(money)) or "currency-differs"
    if money.high is not None:
        low, high = number_text(money.value / column.unit), number_text(money.high / column.unit)
        return write_text(cell, f"{low}-{high}") or "range-as-text"
    rounded = _write_number(cell, money.value / column.unit)
    return rounded or ("qualifier-left-out" if money.qualifier is not Qualifier.EXACT else "")


def _write_number(cell: Cell, number: Decimal) -> str:
    """The exact number; note when the cell's format shows fewer decimals than it has, or it has more digits than Excel keeps."""
    digits = len(number.normalize().as_tuple().digits)
    if digits > 15:
        return write_text(cell, number_text(number)) or "too-many-digits"
    cell.value = int(number) if number == number.to_integral_value() else number
    found = _DECIMALS.search(cell.number_format)
    shown = len(found[1]) if found else 0
    if cell.number_format in {"General", "@"}:
        return ""
    shown += 2 if "%" in cell.number_format else 0
    return "display-rounds" if number != round(number, shown) else ""


def _write_date(cell: Cell, day: PartialDate) -> str:
    code = cell.number_format
    dated = is_date_format(code)
    shows_day = "d" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", code).lower()
    if day.precision is Precision.DAY:
        cell.value = day.first
        cell.number_format = code if dated else "yyyy-mm-dd"
        return "" if not dated or shows_day else "display-rounds"
    if day.precision is Precision.MONTH and dated and not shows_day:
        cell.value = day.first
        cell.number_format = code
        return ""
    return write_text(cell, date_text(day))
