"""Days, months, quarters, years and periods as notices write them, resolved against the publication date.

The year of 6月1日 is the year of publication, or the year of the last full date before it in the text when that is
given; without either it stays unknown and the atom has no value. Vague words (近日, 近年来) and durations are no dates.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from zhaoyin.domain.atoms.numbers import han_value
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.domain.value import value


@value
class DateAtom:
    """`text[start:end]` names `first` (to `last`, inclusive, when it is a period); both None when the year is unknown."""

    start: int
    end: int
    first: PartialDate | None
    last: PartialDate | None = None

    @property
    def value(self) -> str | None:
        """`2022`, `2022-05`, `2022-05-03`, `2022-Q2`, or `from/to`."""
        if self.first is None:
            return None
        return str(self.first) if self.last is None else f"{self.first}/{self.last}"


Value = tuple[PartialDate | None, PartialDate | None] | None
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|[一二]\s?[〇零九][〇零一二三四五六七八九]{2})\s?年|(?P<word>今年|去年|明年|前年|后年|上年|本年度|来年))"
_DASH = r"\s?[-—–~～至到]+\s?"
_RULES: tuple[tuple[str, str], ...] = (
    ("dotted", r"(?P<y>(?:19|20)\d{2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"),
    ("same_period", r"(?:去|上|前)年同期|同期(?=相比)"),
    ("day_range", rf"(?:{_YEAR})?\s?(?P<m>{_N})\s?月\s?(?P<d>{_N})\s?[日号]?{_DASH}(?:(?P<m2>{_N})\s?月\s?)?(?P<d2>{_N})\s?[日号]"),
    ("day", rf"(?:{_YEAR})?\s?(?P<m>{_N})\s?月(?:份)?\s?(?P<d>{_N})\s?[日号]"),
    ("month_range", rf"(?:{_YEAR}(?:的)?)?\s?(?P<m>{_N})\s?月?(?:份)?{_DASH}(?P<m2>{_N})\s?月(?:份)?(?![\d一二三四五六七八九十]+[日号])"),
    ("first_months", rf"(?:{_YEAR}(?:的)?)?前\s?(?P<m2>{_N})\s?个?月"),
    ("month_end", rf"(?:{_YEAR}(?:的)?)?\s?(?P<m>{_N})\s?月份?(?:底|末)"),
    ("month", rf"(?:{_YEAR}(?:的)?)?\s?(?<![\d个半每.\-])(?P<m>{_N})\s?月(?:份)?(?:初|中旬|上旬|下旬|中)?"),
    ("quarters", rf"(?:{_YEAR}(?:的)?)?前(?P<q2>[一二三两1-3])(?:个)?季度"),
    ("quarter", rf"(?:{_YEAR}(?:的)?)?第?(?P<q>[一二三四1-4])季(?:度(?:末|初)?)?"),
    ("half", rf"(?:{_YEAR}(?:的)?)?(?P<half>上半年|下半年)"),
    ("year_end", rf"(?:{_YEAR})?(?P<ye>年底|年末)(?!前后)|(?P<yw>去|今|明|前)年[底末]"),
    ("year", rf"{_YEAR}(?:度)?(?!底|末|产|均|内|轻|初|中)"),
    ("year_part", rf"{_YEAR}(?:度)?(?=初|中|内)"),
    ("years_ago", r"(?P<ago>[一二两三四五六七八九十]|\d{1,2})年(?P<dir>前|后)(?!的今天)"),
    ("month_word", r"(?P<mw>上个?月|本月|这个月|当月|下个?月)(?:底|末|初)?"),
    ("day_word", r"(?P<dw>今天|昨天|昨日|今日|明天|前天|明日|(?:昨|今|前|明)\(\s?\d{1,2}\s?\)日)"),
    ("weekday", r"(?<!老)(?<!小)(?P<wp>本|这|上|下)?(?P<wk>周|星期|礼拜)(?P<wd>[一二三四五六日天])(?![个家条批年楼期])"),
    ("bare_day", r"(?<![\d.月第/])(?P<bd>\d{1,2})[日](?=[^\d本元圆式内])"),
)  # fmt: skip
_GROUP = re.compile(r"\(\?P<(\w+)>|\(\?P=(\w+)\)")


def _prefixed(name: str, pattern: str) -> str:
    renamed = _GROUP.sub(lambda found: f"(?P<{name}__{found[1]}>" if found[1] else f"(?P={name}__{found[2]})", pattern)
    return f"(?P<{name}>{renamed})"


_FIRST = r"(?=[\d〇零一二三四五六七八九十两今去明前后上下来第本这昨当周星礼同年])"
_ANY = re.compile(_FIRST + "(?:" + "|".join(_prefixed(name, pattern) for name, pattern in _RULES) + ")")
_GATE = re.compile(r"[年月日号周期拜天度]|\d[./-]\d|\)日")
_WEEKDAYS = "[一二三四五六日天]"
_TRIGGER = re.compile(
    r"[\d〇零一二三四五六七八九十两今去明前后上下来第本这昨当周星礼同年](?:"
    rf"(?<=[\d一二三四五六七八九十两])(?=\d{{3}}[./-]|\s?[\d〇零一二三四五六七八九十]{{0,3}}(?:\s?[年月日季]|\s?份?\s?[-—–~～至到]+\s?{_N}\s?月))"
    r"|(?<=[今明昨去前后上来])(?=[年天日(])|(?<=前)(?=\s?[\d一二三四五六七八九十两])"
    r"|(?<=[上下])(?=半年|个?月)|(?<=本)(?=年度|月)|(?<=这)(?=个月)|(?<=当)(?=月)|(?<=[本这上下])(?=周|星期|礼拜)"
    rf"|(?<=第)(?=.季)|(?<=周)(?={_WEEKDAYS})|(?<=星)(?=期{_WEEKDAYS})|(?<=礼)(?=拜{_WEEKDAYS})|(?<=年)(?=[底末])|(?<=同)(?=期)"
    r")"
)
"""A sign that opens one of the rules, with as much behind it as every such rule needs: most numbers and most 上 and 本 open none."""


class _Reader:
    """Resolves matches in the order of the text; remembers the last period for 同期 and the last month for a bare day."""

    def __init__(self, published_on: date | None) -> None:
        self.published_on = published_on
        self.year = published_on.year if published_on else None
        self.month: tuple[int, int] | None = None
        self.period: Value = None

    def read(self, rule: str, match: re.Match[str]) -> Value:
        """First and last of the match; None when it is no date after all."""
        groups = {name: match[group] for name, group in _NAMES[rule]}
        year = self._year(groups.get("year"), groups.get("word"))
        try:
            value = _RESOLVERS[rule](self, groups, year)
        except (InvalidValue, ValueError, OverflowError):
            return None
        if value is not None and value[0] is not None:
            self._remember(rule, value)
        return value

    def _remember(self, rule: str, value: tuple[PartialDate | None, PartialDate | None]) -> None:
        first = value[0]
        assert first is not None
        if first.precision is Precision.DAY or (first.precision is Precision.MONTH and self.month is None):
            self.month = (first.first.year, first.first.month)
        if rule in {"month_range", "first_months", "quarters", "half", "quarter", "month", "year"}:
            self.period = value

    def _year(self, written: str | None, word: str | None) -> int | None:
        if written:
            spelled = han_value(written.replace(" ", ""))
            return int(written) if written.isdigit() else (int(spelled) if spelled is not None else None)
        if word is None:
            return self.year
        if self.year is None:
            return None
        step = {"去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "后": 2}.get(word[0], 0)
        return self.year + step


def _number(text: str | None) -> int:
    if text is None:
        raise ValueError("no number")
    if text.isdigit():
        return int(text)
    value = han_value(text)
    if value is None:
        raise ValueError(text)
    return int(value)


def _day(year: int | None, month: int, day: int) -> PartialDate | None:
    if year is None:
        date(2024, month, day)
        return None
    return PartialDate(date(year, month, day))


def _month(year: int | None, month: int) -> PartialDate | None:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return None if year is None else PartialDate(date(year, month, 1), Precision.MONTH)


def _quarter(year: int | None, quarter: int) -> PartialDate | None:
    return None if year is None else PartialDate(date(year, quarter * 3 - 2, 1), Precision.QUARTER)


Groups = dict[str, str | None]


def _dotted(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _day(_number(groups["y"]), _number(groups["m"]), _number(groups["d"])), None


def _day_range(reader: _Reader, groups: Groups, year: int | None) -> Value:
    month = _number(groups["m"])
    second = _number(groups["m2"]) if groups["m2"] else month
    return _day(year, month, _number(groups["d"])), _day(year, second, _number(groups["d2"]))


def _single_day(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _day(year, _number(groups["m"]), _number(groups["d"])), None


def _month_range(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _month(year, _number(groups["m"])), _month(year, _number(groups["m2"]))


def _first_months(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _month(year, 1), _month(year, _number(groups["m2"]))


def _single_month(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _month(year, _number(groups["m"])), None


def _month_end(reader: _Reader, groups: Groups, year: int | None) -> Value:
    month = _number(groups["m"])
    if year is None:
        return _month(year, month), None
    return _day(year, month, monthrange(year, month)[1]), None


def _quarters(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _month(year, 1), _month(year, 3 * _number((groups["q2"] or "").replace("两", "二")))


def _single_quarter(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return _quarter(year, _number(groups["q"])), None


def _half(reader: _Reader, groups: Groups, year: int | None) -> Value:
    first = 1 if groups["half"] == "上半年" else 7
    return _month(year, first), _month(year, first + 5)


def _year_end(reader: _Reader, groups: Groups, year: int | None) -> Value:
    step = {"去": -1, "前": -2, "明": 1}.get(groups.get("yw") or "", 0)
    return _month(year + step if year is not None else None, 12), None


def _single_year(reader: _Reader, groups: Groups, year: int | None) -> Value:
    return (None if year is None else PartialDate(date(year, 1, 1), Precision.YEAR)), None


def _years_ago(reader: _Reader, groups: Groups, year: int | None) -> Value:
    step = _number((groups["ago"] or "").replace("两", "二"))
    return _single_year(
        reader, {}, None if reader.year is None else reader.year + (step if groups["dir"] == "后" else -step)
    )


def _month_word(reader: _Reader, groups: Groups, year: int | None) -> Value:
    published = reader.published_on
    if published is None:
        return None, None
    step = {"上": -1, "下": 1}.get((groups["mw"] or "")[0], 0)
    index = published.year * 12 + published.month - 1 + step
    return _month(index // 12, index % 12 + 1), None


def _day_word(reader: _Reader, groups: Groups, year: int | None) -> Value:
    word, published = groups["dw"] or "", reader.published_on
    if published is None:
        return None, None
    step = {"昨": -1, "前": -2, "明": 1}.get(word[0], 0)
    written = re.search(r"\d+", word)
    if written is None:
        return PartialDate(published + timedelta(days=step)), None
    day = int(written[0])
    index = published.year * 12 + published.month - 1 - (1 if day > published.day and step <= 0 else 0)
    return _day(index // 12, index % 12 + 1, day), None


def _weekday(reader: _Reader, groups: Groups, year: int | None) -> Value:
    published = reader.published_on
    if published is None:
        return None, None
    wanted = "一二三四五六日".index((groups["wd"] or "").replace("天", "日"))
    monday = published - timedelta(days=published.weekday())
    if groups["wp"] in {"上", "下"}:
        monday += timedelta(days=7 if groups["wp"] == "下" else -7)
        return PartialDate(monday + timedelta(days=wanted)), None
    found = monday + timedelta(days=wanted)
    return PartialDate(found if found <= published else found - timedelta(days=7)), None


def _same_period(reader: _Reader, groups: Groups, year: int | None) -> Value:
    if reader.period is None:
        return _single_year(reader, {}, None if reader.year is None else reader.year - 1)
    return _year_before(reader.period[0]), _year_before(reader.period[1])


def _year_before(moment: PartialDate | None) -> PartialDate | None:
    if moment is None:
        return None
    last = monthrange(moment.first.year - 1, moment.first.month)[1]
    day = min(moment.first.day, last)
    return PartialDate(moment.first.replace(year=moment.first.year - 1, day=day), moment.precision)


def _bare_day(reader: _Reader, groups: Groups, year: int | None) -> Value:
    known = reader.month or ((reader.published_on.year, reader.published_on.month) if reader.published_on else None)
    if known is None:
        return None, None
    return _day(known[0], known[1], _number(groups["bd"])), None


Resolver = Callable[[_Reader, Groups, int | None], Value]
_RESOLVERS: dict[str, Resolver] = {
    "dotted": _dotted, "day_range": _day_range, "day": _single_day, "month_range": _month_range,
    "first_months": _first_months, "month_end": _month_end, "month": _single_month, "quarters": _quarters,
    "quarter": _single_quarter, "half": _half, "year_end": _year_end, "year": _single_year, "year_part": _single_year,
    "years_ago": _years_ago, "month_word": _month_word, "day_word": _day_word, "weekday": _weekday,
    "same_period": _same_period, "bare_day": _bare_day,
}  # fmt: skip
_NAMES = {
    rule: tuple((name, _ANY.groupindex[f"{rule}__{name}"]) for name in re.findall(r"\(\?P<(\w+)>", pattern))
    for rule, pattern in _RULES
}
"""For each rule its groups and their numbers in `_ANY`."""


def find_dates(text: str, published_on: date | None) -> Iterator[DateAtom]:
    """Every day, month, quarter, year or period in `text`, left to right, without overlaps."""
    if not _GATE.search(text):
        return
    reader = _Reader(published_on)
    position = 0
    while (trigger := _TRIGGER.search(text, position)) is not None:
        match = _ANY.match(text, trigger.start())
        if match is None:
            position = trigger.start() + 1
            continue
        position = match.end()
        rule = match.lastgroup or ""
        rule = rule if rule in _RESOLVERS else next(name for name in _RESOLVERS if match.group(name))
        value = reader.read(rule, match)
        if value is not None:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield DateAtom(start, match.end(), value[0], value[1])
