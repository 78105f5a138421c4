"""How values are written for a person, in the language in force: money, days, moments, counts."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zhaoyin.domain.money import Currency, Money, Qualifier, Unit
from zhaoyin.domain.period import PartialDate, Precision

SHANGHAI = ZoneInfo("Asia/Shanghai")
YI, WAN, BILLION, MILLION = (
    Decimal(10**8),
    Decimal(10**4),
    Decimal(10**9),
    Decimal(10**6),
)

_CHINESE_CURRENCY = {
    Currency.CNY: "元", Currency.USD: "美元", Currency.EUR: "欧元", Currency.JPY: "日元", Currency.HKD: "港元",
    Currency.TWD: "新台币", Currency.SGD: "新加坡元", Currency.CHF: "瑞士法郎",
}  # fmt: skip
_CHINESE_UNIT = {Unit.YUAN: "", Unit.WAN: "万", Unit.MILLION: "百万", Unit.YI: "亿"}


def in_chinese() -> bool:
    """Whether the language in force is Chinese."""
    return (get_language() or "zh").startswith("zh")


def unknown() -> str:
    """未知: never 0, never blank."""
    return _("未知")


def plain(value: Decimal) -> str:
    """Digits with thousands separators, no exponent, no trailing zeros."""
    text = format(value.normalize() if value else Decimal(0), "f")
    whole, _dot, fraction = text.partition(".")
    grouped = f"{int(whole):,}"
    return f"{grouped}.{fraction}" if fraction else grouped


def _scaled(value: Decimal, places: int | None) -> tuple[Decimal, str]:
    """Value in the unit a reader expects, and that unit's name."""
    if in_chinese():
        divisor, name = (YI, "亿") if value >= YI else (WAN, "万") if value >= WAN else (Decimal(1), "")
    else:
        divisor, name = (
            (BILLION, "bn") if value >= BILLION else (MILLION, "m") if value >= MILLION else (Decimal(1), "")
        )
    scaled = value / divisor
    if places is not None:
        scaled = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return scaled, name


def _amount(value: Decimal, currency: Currency, places: int | None) -> str:
    scaled, unit = _scaled(value, places)
    if in_chinese():
        return f"{plain(scaled)} {unit}{_CHINESE_CURRENCY[currency]}"
    return f"{currency.value} {plain(scaled)}{f' {unit}' if unit else ''}"


def _qualifier(qualifier: Qualifier) -> str:
    if qualifier is Qualifier.ABOUT:
        return _("（约）")
    if qualifier is Qualifier.MORE:
        return _("（不低于）")
    if qualifier is Qualifier.LESS:
        return _("（不超过）")
    return ""


def money(amount: Money | Decimal | None, *, places: int | None = None) -> str:
    """10 亿元（约）; 未知 for None. Exact unless `places` (then rounded half to even). A Decimal is yuan."""
    if amount is None:
        return unknown()
    if not isinstance(amount, Money):
        return _amount(Decimal(amount), Currency.CNY, places)
    text = _amount(amount.value, amount.currency, places)
    if amount.high is not None:
        text = f"{text} – {_amount(amount.high, amount.currency, places)}"
    return text + _qualifier(amount.qualifier)


def money_as_written(amount: Money | Decimal | None) -> str:
    """The exact value in the unit that the source used; "" for None."""
    if amount is None:
        return ""
    if not isinstance(amount, Money):
        return f"{plain(Decimal(amount))} {_CHINESE_CURRENCY[Currency.CNY] if in_chinese() else 'CNY'}"
    value = plain(amount.value / amount.unit.factor)
    if in_chinese():
        return f"{value} {_CHINESE_UNIT[amount.unit]}{_CHINESE_CURRENCY[amount.currency]}"
    factor = {
        Unit.YUAN: "",
        Unit.WAN: " × 10,000",
        Unit.MILLION: " m",
        Unit.YI: " × 100 m",
    }[amount.unit]
    return f"{amount.currency.value} {value}{factor}"


def day(value: PartialDate | date | None) -> str:
    """2026-05-03; 2026 年 5 月 / 2026-05 and so on for a wider date; 未知 for None."""
    if value is None:
        return unknown()
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date().isoformat()
    if not isinstance(value, PartialDate):
        return value.isoformat()
    if not in_chinese() or value.precision is Precision.DAY:
        return str(value)
    year, month = value.first.year, value.first.month
    if value.precision is Precision.YEAR:
        return f"{year} 年"
    if value.precision is Precision.QUARTER:
        return f"{year} 年第 {(month + 2) // 3} 季度"
    return f"{year} 年 {month} 月"


def precision_hint(value: PartialDate | date | None) -> str:
    """Says that a date is only known to its month, quarter or year; "" for a day."""
    if not isinstance(value, PartialDate) or value.precision is Precision.DAY:
        return ""
    words = {
        Precision.MONTH: pgettext("date precision", "只知到月"),
        Precision.QUARTER: pgettext("date precision", "只知到季度"),
        Precision.YEAR: pgettext("date precision", "只知到年"),
    }
    return words[value.precision]


def moment(value: datetime | None) -> str:
    """2026-05-03 14:20 in Shanghai; 未知 for None."""
    if value is None:
        return unknown()
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def number(value: int | Decimal | None) -> str:
    """Grouped digits; 未知 for None."""
    return unknown() if value is None else plain(Decimal(value))
