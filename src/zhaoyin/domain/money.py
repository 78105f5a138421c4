"""Money as people write it: exact value, currency, unit as written, qualifier and kind. Never a float."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from zhaoyin.domain.errors import InvalidValue

LARGEST = Decimal(10) ** 15
"""One thousand trillion: above every investment on earth; a larger amount is a slip of units."""


class Currency(StrEnum):
    """ISO 4217 codes seen in ledgers and notices."""

    CNY = "CNY"
    USD = "USD"
    EUR = "EUR"
    JPY = "JPY"
    HKD = "HKD"
    TWD = "TWD"
    SGD = "SGD"
    CHF = "CHF"


class Qualifier(StrEnum):
    """How sure the writer was: exactly, 约, 超/不低于, 不超过."""

    EXACT = "="
    ABOUT = "~"
    MORE = ">"
    LESS = "<"


class AmountKind(StrEnum):
    """Which amount it is; kinds are never added together."""

    PLANNED_TOTAL = "planned_total_investment"
    FIXED_ASSET = "fixed_asset_investment"
    AGREED_OUTSIDE = "agreed_outside_capital"
    IN_PLACE = "funds_in_place"
    FOREIGN = "foreign_capital_utilised"
    INCREMENT = "increment_investment"


class Unit(StrEnum):
    """Unit as written; the code keeps how the amount was given, the value is always in whole currency units."""

    YUAN = "1"
    WAN = "1e4"
    MILLION = "1e6"
    YI = "1e8"

    @property
    def factor(self) -> Decimal:
        """How many base units (yuan, dollars) one of this unit is."""
        return {"1": Decimal(1), "1e4": Decimal(10**4), "1e6": Decimal(10**6), "1e8": Decimal(10**8)}[self.value]


@dataclass(frozen=True, slots=True)
class Money:
    """`value` in base units (yuan, dollars); `high` only for a range (value is its low end)."""

    value: Decimal
    currency: Currency = Currency.CNY
    qualifier: Qualifier = Qualifier.EXACT
    unit: Unit = Unit.YUAN
    high: Decimal | None = None

    def __post_init__(self) -> None:
        for amount in (self.value, self.high):
            if amount is None:
                continue
            if not amount.is_finite() or amount < 0 or amount > LARGEST:
                raise InvalidValue("money-out-of-range", field="amount", value=str(amount), largest=str(LARGEST))
        if self.high is not None and self.high < self.value:
            raise InvalidValue("money-range-reversed", field="amount", value=f"{self.value}-{self.high}")

    def to_payload(self) -> dict[str, object]:
        """Form kept in events: decimals as plain strings."""
        payload: dict[str, object] = {
            "value": format(self.value.normalize() if self.value else Decimal(0), "f"),
            "currency": self.currency.value,
            "qualifier": self.qualifier.value,
            "unit": self.unit.value,
        }
        if self.high is not None:
            payload["high"] = format(self.high.normalize(), "f")
        return payload

    @classmethod
    def from_payload(cls, payload: dict[str, object]) -> "Money":
        """Inverse of `to_payload`; InvalidValue names the offending part."""
        try:
            high = payload.get("high")
            return cls(
                value=decimal_from_text(str(payload["value"])),
                currency=Currency(str(payload.get("currency", "CNY"))),
                qualifier=Qualifier(str(payload.get("qualifier", "="))),
                unit=Unit(str(payload.get("unit", "1"))),
                high=None if high is None else decimal_from_text(str(high)),
            )
        except (KeyError, ValueError) as error:
            raise InvalidValue("money-malformed", field="amount", value=str(payload)) from error


_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?(?:[eE][+-]?\d{1,4})?")
"""Commas only between groups of three; what is no number at all is left to `Decimal`."""


def decimal_from_text(text: str) -> Decimal:
    """A plain decimal number ("1,234.5" allowed, "1,5" not: it may be meant as 1.5); InvalidValue when it is none."""
    cleaned = text.strip().replace("，", ",")
    if _NUMBER.fullmatch(cleaned) is None:
        raise InvalidValue("not-a-number", field="amount", value=text)
    try:
        value = Decimal(cleaned.replace(",", ""))
    except InvalidOperation as error:
        raise InvalidValue("not-a-number", field="amount", value=text) from error
    if not value.is_finite():
        raise InvalidValue("not-a-number", field="amount", value=text)
    return value


def range_from_text(text: str) -> tuple[Decimal, Decimal | None]:
    """ "2.5" → (2.5, None); "2-3", "2~3", "2 至 3" → (2, 3); InvalidValue when a part is no number or the range is reversed."""
    parts = re.split(r"\s*[-–—~～至到]\s*", text.strip(), maxsplit=1)
    low = decimal_from_text(parts[0])
    if len(parts) == 1:
        return low, None
    high = decimal_from_text(parts[1])
    if high < low:
        raise InvalidValue("money-range-reversed", field="amount", value=text)
    return low, high


def number_text(value: Decimal) -> str:
    """Digits without exponent and trailing zeros."""
    return format(value.normalize() if value else Decimal(0), "f")
