"""How an official would write it: numbers, amounts, days, periods and changes, in Chinese and in English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from zhaoyin.domain.period import Period
from zhaoyin.engines.briefing.problem import AMOUNT, JOBS, PROJECTS, Amount, Value

YI, WAN, MILLION, BILLION = Decimal(10**8), Decimal(10**4), Decimal(10**6), Decimal(10**9)
CURRENCIES = {
    "CNY": ("元", "yuan"), "USD": ("美元", "US dollars"), "EUR": ("欧元", "euros"), "JPY": ("日元", "yen"),
    "HKD": ("港元", "Hong Kong dollars"), "TWD": ("新台币元", "New Taiwan dollars"), "SGD": ("新加坡元", "Singapore dollars"),
    "CHF": ("瑞士法郎", "Swiss francs"),
}  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def plain(value: Decimal, places: int = 2) -> str:
    """With thousands signs, at most so many places, no trailing zeros; half to even."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `zh` says which."""

    language: str

    @property
    def zh(self) -> bool:
        """Whether it is Chinese."""
        return self.language == "zh"

    def pick(self, chinese: str, english: str) -> str:
        """One of the two."""
        return chinese if self.zh else english

    def count(self, number: int) -> str:
        """A number of projects."""
        return f"{number:,d}"

    def projects(self, number: int) -> str:
        """ "29个", "29 projects", "1 project"."""
        return f"{number:,d}个" if self.zh else f"{number:,d} project{'' if number == 1 else 's'}"

    def yuan(self, value: Decimal) -> str:
        """ "58.4亿元", "3,500万元"; "5.84 billion yuan", "35 million yuan". Two places; the exact value is in the workbook."""
        return self.money(value, "CNY")

    def money(self, value: Decimal, currency: str) -> str:
        """In the unit that suits the size."""
        name = CURRENCIES.get(currency, (currency, currency))[0 if self.zh else 1]
        size = abs(value)
        if self.zh:
            if size >= YI:
                return f"{plain(value / YI)}亿{name}"
            return f"{plain(value / WAN)}万{name}" if size >= WAN else f"{plain(value)}{name}"
        if size >= BILLION:
            return f"{plain(value / BILLION)} billion {name}"
        return f"{plain(value / MILLION)} million {name}" if size >= WAN else f"{plain(value)} {name}"

    def amount(self, amount: Amount | None) -> str:
        """An amount as it is known; 未知 when nobody said."""
        if amount is None:
            return self.pick("未知", "unknown")
        text = self.money(amount.value, amount.currency)
        if amount.high is not None:
            return f"{text}—{self.money(amount.high, amount.currency)}" if self.zh else f"{text} to {self.money(amount.high, amount.currency)}"  # fmt: skip
        signs = {"~": ("约", "about "), ">": ("超", "over "), "<": ("不超过", "at most ")}
        return signs.get(amount.qualifier, ("", ""))[0 if self.zh else 1] + text

    def value(self, value: Value, measure: str) -> str:
        """A figure without what stands apart from it."""
        size = value.size(measure)
        return self.yuan(Decimal(size)) if measure == AMOUNT else self.count(int(size))

    def unit(self, measure: str) -> str:
        """What stands after a number in a Chinese sentence; an amount has its own."""
        return {PROJECTS: "个", JOBS: "人"}.get(measure, "") if self.zh else ""

    def unconverted(self, amounts: Sequence[tuple[str, Decimal]]) -> str:
        """Foreign amounts without a rate, each in its own currency."""
        return self.pick("、", ", ").join(self.money(value, code) for code, value in amounts)

    def day(self, day: date | None) -> str:
        """ "5月3日" is too short for a list of two years: "2026-05-03"."""
        return day.isoformat() if day else "—"

    def long_day(self, day: date) -> str:
        """As in a sentence."""
        return f"{day.year}年{day.month}月{day.day}日" if self.zh else f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def percent(self, value: Decimal) -> str:
        """One place always: 8.0%."""
        return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN):,f}%"

    def points(self, value: Decimal) -> str:
        """Percentage points with their sign."""
        return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN):+,f}"

    def joined(self, parts: Sequence[str]) -> str:
        """A、B和C; A, B and C."""
        if len(parts) < 2:
            return "".join(parts)
        if self.zh:
            return "、".join(parts[:-1]) + "和" + parts[-1]
        return ", ".join(parts[:-1]) + " and " + parts[-1]

    def month(self, text: str) -> str:
        """ "2026-05" → "5月", "May"."""
        number = int(text[5:7])
        return f"{number}月" if self.zh else MONTHS[number - 1][:3]

    def period(self, period: Period) -> str:
        """ "2026年1—5月", "2026年5月", "2026年一季度", "2026年", otherwise both days."""
        first, last = period.start, period.last_day
        if self._whole_months(period) and first.year == last.year:
            return self._months(first.year, first.month, last.month)
        if first == last:
            return self.long_day(first)
        if self.zh:
            tail = f"{last.month}月{last.day}日" if first.year == last.year else self.long_day(last)
            return f"{self.long_day(first)}至{tail}"
        return f"{self.long_day(first)} to {self.long_day(last)}"

    def _whole_months(self, period: Period) -> bool:
        return period.start.day == 1 and period.end.day == 1

    def _months(self, year: int, first: int, last: int) -> str:
        if (first, last) == (1, 12):
            return f"{year}年" if self.zh else f"{year}"
        if first == last:
            return f"{year}年{first}月" if self.zh else f"{MONTHS[first - 1]} {year}"
        if first % 3 == 1 and last == first + 2:
            quarter = (first - 1) // 3
            return f"{year}年{QUARTERS[quarter]}" if self.zh else f"Q{quarter + 1} {year}"
        if self.zh:
            return f"{year}年{first}—{last}月"
        return f"{MONTHS[first - 1]}–{MONTHS[last - 1]} {year}"

    def change(self, now: Decimal, before: Decimal, measure: str) -> str:
        """Against the same period of last year: more, less, the same; no percentage of nothing."""
        diff = now - before
        if not diff:
            return self.pick("，与上年同期持平", ", the same as a year earlier")
        size = self.yuan(abs(diff)) if measure == AMOUNT else f"{abs(diff):,f}{self.unit(measure)}"
        if not before:
            return self.pick("（上年同期为零）", " (none a year earlier)")
        share = self.percent(abs(diff) * 100 / before)
        if self.zh:
            more = ("同比增加", "增长") if diff > 0 else ("同比减少", "下降")
            return f"，{more[0]}{size}、{more[1]}{share}"
        return f", {'up' if diff > 0 else 'down'} {size} ({share}) on a year earlier"
