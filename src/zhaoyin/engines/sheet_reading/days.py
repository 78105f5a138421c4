"""Dates in cells: 2022.5 · 22/5/3 · 2022年二季度 · 20220518 · 5月3日 · 44605 · 拟6月签约 (planned) · 年底 (vague)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.sheet_reading.problem import Cell, CellKind
from zhaoyin.engines.sheet_reading.texts import is_nothing, squeeze

_HAN = "〇零一二三四五六七八九"
_N = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_PLANNED = re.compile(
    r"拟|预计|计划|力争|争取|预期|将于|待|目标|有望|约定|暂定|准备|下月|下个月|明年|est\.?|expected|plan|tbd", re.I
)
_ACTUAL = re.compile(r"(?:实际|已签|签于|已于|正式)")
_VAGUE = re.compile(r"年底|年末|年初|年内|年中|近期|月底前|尽快|上半年|下半年|待定|前$|之前")
_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>" + _N + r")月(?P<d>" + _N + r")[日号]?",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[./\-年、](?P<m>1[0-2]|0?[1-9])[./\-月、](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)年?第?(?P<q>[一二三四1-4])季度?",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[年\-./]?q(?P<q>[1-4])",
        r"q(?P<q>[1-4])[\s\-/,]*(?P<y>(?:19|20)\d\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>" + _N + r")月份?(?P<part>上旬|中旬|下旬|初|底|末)?",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[./\-](?P<m>1[0-2]|0?[1-9])(?![\d])",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?!\d)",
        r"(?<!\d)(?P<yy>\d\d)年(?P<m>" + _N + r")月(?:(?P<d>" + _N + r")[日号])?",
        r"(?<![\d.])(?P<yy>[0-3]\d)[./\-](?P<m>1[0-2]|0?[1-9])[./\-](?P<d>3[01]|[12]\d|0?[1-9])(?![\d])",
        r"(?P<d>\d{1,2})[-\s]?(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-,\s]*(?P<y>(?:19|20)\d\d)",
        r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?P<d>\d{1,2}),(?P<y>(?:19|20)\d\d)",
        r"(?P<d>\d{1,2})-(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-(?P<yy>\d\d)(?!\d)",
        r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[-'\s]*(?P<y>(?:19|20)\d\d)",
        r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[-']+(?P<yy>\d\d)(?!\d)",
        r"(?P<word>去年|今年|上年|本年|前年)(?:的)?(?P<m>" + _N + r")月(?:份)?(?:(?P<d>" + _N + r")[日号])?",
        r"(?<![\d年])(?P<m>" + _N + r")月(?:份)?(?P<d>" + _N + r")[日号]?",
        r"第?(?P<q>[一二三四1-4])季度",
        r"(?<![\d年个])(?P<m>" + _N + r")月份?(?P<part>上旬|中旬|下旬|初|底|末)?(?!前)",
        r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])[./\-](?P<d>3[01]|[12]\d|0?[1-9])(?![\d.])",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)年?(?!\d|[./-]\d|底|末|初|内|上半|下半|中)",
    )
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = re.compile(r"(?<=\d)[ T]\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.0+)?")
_GATE = re.compile(r"\d|[一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class DayFound:
    """`value` None when nothing can be said; `yearless` when the year was supplied from the reporting date."""

    value: PartialDate | None
    planned: bool = False
    vague: bool = False
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What supplies a missing year: the reporting date (its last day) and the year of the title."""

    reporting: date | None = None
    year: int | None = None

    def year_of(self, month: int, day: int | None) -> int | None:
        """The latest such date not after the reporting date, or in the title's year."""
        if self.reporting is not None:
            probe = (month, day or 1)
            year = self.reporting.year
            return year if probe <= (self.reporting.month, self.reporting.day) else year - 1
        return self.year


NOTHING = DayFound(None)


def read_day(cell: Cell, calendar: Calendar) -> DayFound:
    """The date that a cell means."""
    if cell.kind is CellKind.DATE and cell.day is not None:
        return _shown_day(cell, calendar)
    text = squeeze(_CLOCK.sub("", cell.text)).lower()
    if is_nothing(text):
        return NOTHING
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if serial and 36526 <= int(serial[1]) <= 54788:
        return DayFound(PartialDate(date(1899, 12, 30) + timedelta(days=int(serial[1]))))
    return read_day_text(text, calendar)


def _shown_day(cell: Cell, calendar: Calendar) -> DayFound:
    assert cell.day is not None
    text = squeeze(cell.text).lower()
    numbers = re.findall(r"\d+", text)
    month_only = (len(numbers) == 2 and len(numbers[0]) in {2, 4} and "日" not in text and "月" in text and "年" in text) or (
        len(numbers) == 2 and len(numbers[0]) == 4
    ) or re.fullmatch(r"[a-z]{3,9}[-' ]?\d{2,4}", text) or re.fullmatch(r"\d{1,2}月", text)  # fmt: skip
    if re.fullmatch(r"(?:19|20)\d\d年?", text):
        return _checked(date(cell.day.year, 1, 1), Precision.YEAR)
    if month_only:
        return _checked(cell.day.replace(day=1), Precision.MONTH)
    return _checked(cell.day, Precision.DAY)


def _checked(day: date, precision: Precision, **marks: bool) -> DayFound:
    try:
        return DayFound(PartialDate(day, precision), **marks)
    except InvalidValue:
        return NOTHING


@lru_cache(maxsize=16384)
def read_day_text(text: str, calendar: Calendar) -> DayFound:
    """The date in squeezed lower-case text; of an actual and a planned one, the actual."""
    if not _GATE.search(text):
        return DayFound(None, planned=bool(_PLANNED.search(text)), vague=bool(_VAGUE.search(text)))
    text = _digits_of_year(text)
    actual = _ACTUAL.search(text)
    if actual and re.search(r"\d", text[actual.end() :]):
        found = _first(text[actual.end() :], calendar)
        if found.value is not None:
            return found
    if actual and _PLANNED.search(text) and actual.start() > 0:
        text = text[actual.start() :]
    planned = bool(_PLANNED.search(text)) and not actual
    found = _first(text, calendar)
    vague = bool(_VAGUE.search(text)) and (found.value is None or found.value.precision is Precision.YEAR)
    return DayFound(None if vague else found.value, planned, vague, found.yearless)


def _digits_of_year(text: str) -> str:
    """二〇二二年 → 2022年."""
    return re.sub(
        r"[二两][〇零oO0][一二三][〇零一二三四五六七八九](?=年)",
        lambda found: "20" + "".join(str("零一二三四五六七八九".index(s.replace("〇", "零"))) for s in found[0][2:]),
        text,
    )


def _first(text: str, calendar: Calendar) -> DayFound:
    best: tuple[int, int, DayFound] | None = None
    for order, rule in enumerate(_RULES):
        match = rule.search(text)
        if match is None:
            continue
        found = _of(match, calendar)
        if found is not None and (best is None or match.end() <= best[0]):
            best = (match.start(), order, found)
    return best[2] if best else NOTHING


def _of(match: re.Match[str], calendar: Calendar) -> DayFound | None:
    groups = match.groupdict()
    month, quarter, day = _number(groups.get("m")), _number(groups.get("q")), _number(groups.get("d"))
    if groups.get("mon"):
        month = _MONTHS.index(groups["mon"]) + 1
    year, yearless = _year(groups, calendar, month or (quarter * 3 - 2 if quarter else None), day)
    if year is None:
        return DayFound(None, yearless=True)
    try:
        if quarter:
            return DayFound(PartialDate(date(year, quarter * 3 - 2, 1), Precision.QUARTER), yearless=yearless)
        if month and day:
            return DayFound(PartialDate(date(year, month, day)), yearless=yearless)
        if month:
            return DayFound(PartialDate(date(year, month, 1), Precision.MONTH), yearless=yearless)
        return DayFound(PartialDate(date(year, 1, 1), Precision.YEAR), yearless=yearless)
    except (ValueError, InvalidValue):
        return None


def _year(
    groups: dict[str, str | None], calendar: Calendar, month: int | None, day: int | None
) -> tuple[int | None, bool]:
    if groups.get("y"):
        return int(groups["y"] or 0), False
    if groups.get("yy"):
        return 2000 + int(groups["yy"] or 0), False
    base = calendar.reporting.year if calendar.reporting else calendar.year
    word = groups.get("word")
    if word:
        return (None if base is None else base - {"去": 1, "上": 1, "前": 2}.get(word[0], 0)), False
    if month is None or not 1 <= month <= 12:
        return None, True
    return calendar.year_of(month, day), True


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.index(text) - 1 if text in _HAN else None
    return (_HAN.index(tens) - 1 if tens else 1) * 10 + (_HAN.index(ones) - 1 if ones else 0)


def end_of(moment: PartialDate) -> date:
    """The last day of what is known."""
    return moment.end - timedelta(days=1)


def as_serial(number: Decimal | None) -> bool:
    """True when a bare number may be a day serial of the years 2000 to 2049."""
    return number is not None and number == number.to_integral_value() and 36526 <= number <= 54788
