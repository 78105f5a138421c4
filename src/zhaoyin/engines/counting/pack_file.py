"""Reading a pack file: every mistake with its line and what to write, in Chinese and English; all of them, not the first only."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import AmountKind, decimal_from_text
from zhaoyin.engines.counting.pack_schema import INTERVAL_KEYS, TABLES, Form, Key
from zhaoyin.engines.counting.params import (
    COUNTED,
    Condition,
    CreditPolicy,
    Excluded,
    FigureRule,
    Interval,
    Pack,
    Rate,
    Ratio,
    Required,
    Substitute,
    Threshold,
    near_miss,
)

Said = tuple[str, str]
"""The same in English and in Chinese."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a pack file: an error (it cannot be used) or a warning; `line` from 1."""

    line: int
    error: bool
    problem: Said
    fix: Said


class Section:
    """One table of the file; what is wrong in it is kept with its line, and reading goes on."""

    def __init__(self, file: "PackFile", name: str, nth: int, table: Mapping[str, object]) -> None:
        self.file, self.name, self.nth, self.table = file, name, nth, table
        self.values: dict[str, object] = {}
        shape = TABLES[name]
        strangers = [key for key in table if not self._among(key, key, shape.keys, ("key", "字段"))]
        meant = {near_miss(key, shape.keys) for key in strangers}
        for key, form in shape.keys.items():
            if key in table:
                self.values[key] = self._read(key, form)
            elif form.required and key not in meant:
                self.wrong(key, (f"{key!r} is missing", f"缺少 {key}"), _example(key, form))

    def wrong(self, key: str, problem: Said, fix: Said, *, error: bool = True) -> None:
        """Keep a finding at the line of `key`, or at the table's head when it has none."""
        self.file.say(self.file.line_of(self.name, key, self.nth), problem, fix, error=error)

    def text(self, key: str) -> str:
        """A text or option, "" when it is missing."""
        return str(self.values.get(key) or "")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self.values.get(key)
        return tuple(str(item) for item in found) if isinstance(found, list | tuple) else ()

    def whole(self, key: str) -> int:
        """A whole number, 0 when it is missing."""
        found = self.values.get(key)
        return found if isinstance(found, int) else 0

    def exact(self, key: str) -> Decimal:
        """An exact number; 1 stands for one that is wrong, which has been said."""
        found = self.values.get(key)
        return found if isinstance(found, Decimal) else Decimal(1)

    def day(self, key: str) -> date:
        """A day; the first one of all stands for one that is wrong."""
        found = self.values.get(key)
        return found if isinstance(found, date) else date.min

    def among(self, key: str, value: str, known: Iterable[str], what: Said) -> bool:
        """Whether the value is one of those known; what is not is said, with the nearest."""
        return self._among(key, value, known, what)

    def _among(self, key: str, value: str, known: Iterable[str], what: Said) -> bool:
        options = sorted(known)
        if value in options:
            return True
        near = near_miss(value, options)
        listed = ", ".join(options)
        fix = (f"did you mean {near!r}?", f"是不是“{near}”？") if near else (f"use one of {listed}", f"可用：{listed}")
        if not options:
            fix = ("remove it", "请删去")
        self.wrong(key, (f"{value!r} is no {what[0]}", f"“{value}”不是{what[1]}"), fix)
        return False

    def _read(self, key: str, form: Key) -> object:
        value = self.table[key]
        if form.form in {Form.TEXT, Form.OPTION}:
            if not isinstance(value, str) or (form.required and not value.strip()):
                return self._bad(key, form)
            known = not form.options or value == "" or self._among(key, value, form.options, ("option", "可选值"))
            return value if known else None
        if form.form in {Form.TEXTS, Form.OPTIONS}:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                return self._bad(key, form)
            good = [v for v in value if not form.options or self._among(key, v, form.options, ("option", "可选值"))]
            return tuple(dict.fromkeys(good))
        if form.form is Form.DAY:
            return value if type(value) is date else self._bad(key, form)
        if form.form is Form.FLAG:
            return value if isinstance(value, bool) else self._bad(key, form)
        if form.form is Form.WHOLE:
            return value if type(value) is int and value >= 0 else self._bad(key, form)
        if form.form is Form.EXACT:
            return self._number(key, value)
        if form.form is Form.EXACTS:
            return [self._number(key, item) for item in value] if isinstance(value, list) else self._bad(key, form)
        return value if isinstance(value, list) else self._bad(key, form)

    def _bad(self, key: str, form: Key) -> object:
        self.wrong(key, (f"{key!r} must be {_article(form.form)}", f"{key} 写法不对"), _example(key, form))
        return None

    def _number(self, key: str, value: object) -> Decimal | None:
        """An exact number above zero: a whole number or a text, never a float."""
        fix = (f'write {key} = "7.10"', f'请写成 {key} = "7.10"')
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.wrong(key, (f"{key!r} must be exact", f"{key} 必须是精确数（写成带引号的文本）"), fix)
            return None
        try:
            number = decimal_from_text(str(value))
        except InvalidValue:
            self.wrong(key, (f"{value!r} is no number", f"“{value}”不是数"), fix)
            return None
        if number <= 0:
            self.wrong(key, (f"{key!r} must be above zero", f"{key} 必须大于零"), fix)
            return None
        return number


_SAMPLES = {
    Form.TEXT: '"…"', Form.TEXTS: '["…"]', Form.DAY: "2025-01-01", Form.EXACT: '"100000000"', Form.EXACTS: '["100000000"]',
    Form.WHOLE: "1", Form.FLAG: "true", Form.INTERVALS: '[{ from = "…", to = "…", days = 365 }]',
}  # fmt: skip


def _article(form: Form) -> str:
    listed = form in {Form.TEXTS, Form.OPTIONS}
    return "a list of texts" if listed else f"an {form.value}" if form.value[0] in "aeio" else f"a {form.value}"


def _example(key: str, form: Key) -> Said:
    one = form.options[0] if form.options else "…"
    sample = (
        f'"{one}"' if form.form is Form.OPTION else f'["{one}"]' if form.form is Form.OPTIONS else _SAMPLES[form.form]
    )
    return f"write {key} = {sample}", f"请写 {key} = {sample}"


class PackFile:
    """The text of a pack, its sections and what was found in it."""

    def __init__(self, text: str, name: str) -> None:
        self.name, self.lines, self.findings = name, text.splitlines(), list[Finding]()
        self.tree: dict[str, object] = {}
        try:
            self.tree = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            self.say(int(found.group(1)) if found else 1, (str(error), f"不是有效的 TOML：{error}"), ("", ""))
        self.broken = bool(self.findings)
        for key in self.tree:
            if key not in TABLES:
                near = near_miss(key, TABLES)
                fix = (f"did you mean [{near}]?", f"是不是 [{near}]？") if near else ("remove it", "请删去")
                self.say(self.line_of(key, key, 0), (f"unknown table {key!r}", f"没有 {key} 这个表"), fix)

    def say(self, line: int, problem: Said, fix: Said, *, error: bool = True) -> None:
        """Keep a finding."""
        self.findings.append(Finding(line, error, problem, fix))

    def line_of(self, section: str, key: str, nth: int) -> int:
        """Line that sets `key` in the nth table called `section`, else of that table's head, else 1."""
        heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[", line)]
        named = [n for n in heads if re.match(rf"\s*\[+\s*{re.escape(section)}\s*]", self.lines[n])]
        start = named[min(nth, len(named) - 1)] if named else 0
        stop = next((n for n in heads if n > start), len(self.lines)) if named else len(self.lines)
        found = (n for n in range(start, stop) if re.match(rf"\s*{re.escape(key)}\s*=", self.lines[n]))
        return next(found, start) + 1

    def sections(self, name: str) -> list[Section]:
        """The tables of that name; a single table counts as a list of one."""
        found, shape = self.tree.get(name), TABLES[name]
        if found is None or (isinstance(found, list | Mapping) and not found):
            if shape.required:
                self.say(
                    1, (f"[{name}] is missing", f"缺少 [{name}]"), (f"add a [{name}] table", f"请加一个 [{name}] 表")
                )
            return []
        listed = [found] if isinstance(found, Mapping) else found
        if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
            self.say(
                self.line_of(name, name, 0),
                (f"{name} is not a table", f"{name} 不是表"),
                (f"write [{name}]", f"请写 [{name}]"),
            )
            return []
        if len(listed) > 1 and not shape.many:
            self.say(
                self.line_of(name, name, 1),
                (f"[{name}] is there twice", f"[{name}] 出现两次"),
                ("keep one", "请留一个"),
            )
        return [Section(self, name, nth, item) for nth, item in enumerate(listed)]

    def only(self, name: str) -> Section:
        """The one table of that name; an empty one when there is none."""
        return next(iter(self.sections(name)), None) or _Nothing(self, name)


class _Nothing(Section):
    """A table that is not there: all its values are empty."""

    def __init__(self, file: PackFile, name: str) -> None:
        self.file, self.name, self.nth, self.table, self.values = file, name, 0, {}, {}


def _intervals(section: Section, names: Iterable[str]) -> tuple[Interval, ...]:
    found: list[Interval] = []
    known = [*names, COUNTED]
    listed = section.values.get("intervals")
    for item in listed if isinstance(listed, list) else []:
        if not isinstance(item, Mapping):
            section.wrong("intervals", ("an interval is a table", "期限要写成表"), ('write { from = "…", to = "…", days = 365 }', '请写 { from = "…", to = "…", days = 365 }'))  # fmt: skip
            continue
        for key in item:
            section.among("intervals", str(key), INTERVAL_KEYS, ("key", "字段"))
        start, to = str(item.get("from", "")), str(item.get("to", ""))
        for name in (start, to):
            section.among("intervals", name, known, ("condition", "条件名"))
        days, year = item.get("days", 0), item.get("calendar_year", False)
        good = type(days) is int and days >= 0 and isinstance(year, bool)
        if not good or bool(days) == bool(year):
            section.wrong(
                "intervals",
                ("an interval has days or calendar_year", "期限要写 days 或 calendar_year 其一"),
                ("write days = 365 or calendar_year = true", "请写 days = 365 或 calendar_year = true"),
            )
            continue
        found.append(Interval(start, to, days=int(days), calendar_year=bool(year)))
    return tuple(found)


_WAYS = ("reaches", "contracts", "needs", "funds", "of")


def _figure(section: Section, conditions: Mapping[str, Condition]) -> FigureRule:
    name = section.text("name")
    needs = tuple(n for n in section.texts("needs") if section.among("needs", n, conditions, ("condition", "条件名")))
    rule = FigureRule(
        name=name,
        title=section.text("title"),
        title_en=section.text("title_en"),
        reaches=section.text("reaches"),
        contracts=section.texts("contracts"),
        of=section.text("of"),
        amount=section.text("amount"),
        needs=needs,
        date=section.text("date") or "last",
        intervals=_intervals(section, conditions),
        once=section.text("once") or "ever",
        funds=section.texts("funds"),
        vouchers=section.whole("vouchers"),
    )
    ways = [key for key in _WAYS if section.table.get(key)]
    if len(ways) != 1:
        said = "none of " + ", ".join(_WAYS) if not ways else " and ".join(ways)
        zh = "没有写明怎样算数" if not ways else "同时写了 " + "、".join(ways)
        fix = ("give exactly one of " + ", ".join(_WAYS), "请恰好写其一：" + "、".join(_WAYS))
        section.wrong("name", (f"figure {name!r} has {said}", f"指标 {name} {zh}"), fix)
    if bool(rule.of) != bool(rule.amount):
        problem = (f"figure {name!r} has one of: of, amount", f"指标 {name} 只写了 of、amount 之一")
        section.wrong("name", problem, ("give both or neither", "请都写或都不写"))
    if rule.date not in {"last", "first"}:
        section.among("date", rule.date, ["last", "first", *needs], ("day of a needed condition", "所需条件之一"))
    return rule


def _condition(section: Section) -> Condition:
    condition = Condition(
        name=section.text("name"),
        title=section.text("title"),
        title_en=section.text("title_en"),
        reaches=section.text("reaches"),
        stage=section.text("stage"),
        contracts=section.texts("contracts"),
        recognised=section.texts("recognised"),
        funds=section.texts("funds"),
        vouchers=section.whole("vouchers"),
        events=section.texts("events"),
    )
    ways = ("reaches", "stage", "contracts", "recognised", "funds", "events")
    given = [key for key in ways if section.table.get(key)]
    if len(given) != 1:
        problem = (
            f"condition {condition.name!r} says {len(given)} things",
            f"条件 {condition.name} 写了 {len(given)} 种判断",
        )
        section.wrong("name", problem, ("give exactly one of " + ", ".join(ways), "请恰好写其一：" + "、".join(ways)))
    return condition


def _threshold(section: Section) -> Threshold:
    return Threshold(
        at_least=section.exact("at_least"),
        figures=section.texts("figures"),
        currency=section.text("currency"),
        industries=section.texts("industries"),
        project_kinds=section.texts("project_kinds"),
        amount=section.text("amount"),
    )


def _ratio(section: Section) -> Ratio:
    return Ratio(
        section.text("name"), section.text("title"), section.text("title_en"), section.text("numerator"),
        section.text("denominator"), cohort=section.values.get("cohort") is True,
    )  # fmt: skip


def _excluded(out: Section) -> Excluded:
    return Excluded(
        project_kinds=out.texts("project_kinds"),
        channels=out.texts("channels"),
        industries=out.texts("industries"),
        origin_prefixes=out.texts("origin_prefixes"),
        outcomes=out.texts("outcomes"),
        traits=out.texts("traits"),
    )


def _numbers(section: Section, key: str) -> tuple[Decimal, ...]:
    listed = section.values.get(key)
    return tuple(item for item in listed if isinstance(item, Decimal)) if isinstance(listed, list) else ()


@dataclass(frozen=True, slots=True)
class Read:
    """A file with what it says; `pack` may only be used when no finding is an error."""

    file: PackFile
    pack: Pack
    sections: Mapping[str, list[Section]]


def read_pack(text: str, *, name: str) -> Read:
    """What the text says, with everything that is wrong with single tables and keys."""
    file = PackFile(text, name)
    if file.broken:
        return Read(file, _EMPTY, {})
    head = file.only("pack")
    sections = {table: file.sections(table) for table, shape in TABLES.items() if shape.many}
    conditions = tuple(_condition(section) for section in sections["condition"])
    named = {condition.name: condition for condition in conditions}
    figures = tuple(_figure(section, named) for section in sections["figure"])
    credit, need = file.only("credit"), file.only("require")
    rates = [Rate(s.text("currency"), s.day("from"), s.exact("yuan"), s.text("source")) for s in sections["rate"]]
    pack = Pack(
        id=head.text("id"),
        version=head.text("version"),
        title=head.text("title"),
        title_en=head.text("title_en"),
        basis=head.text("basis"),
        basis_en=head.text("basis_en"),
        valid_from=head.day("valid_from"),
        valid_until=head.day("valid_until") if "valid_until" in head.values else None,
        phase=head.whole("phase"),
        figures=figures,
        amount_kind=next((rule.amount for rule in figures if rule.amount), AmountKind.PLANNED_TOTAL.value),
        excluded=_excluded(file.only("exclude")),
        required=Required(
            need.texts("project_kinds"), need.texts("channels"), need.texts("traits"),
            need.values.get("monthly_report") is True,
        ),
        thresholds=tuple(_threshold(section) for section in sections["threshold"]),
        rates=tuple(sorted(rates, key=lambda rate: (rate.currency, rate.from_day))),
        conditions=conditions,
        substitutes=tuple(
            Substitute(s.texts("project_kinds"), s.text("instead_of"), s.text("amount")) for s in sections["substitute"]
        ),
        credit=CreditPolicy(
            **{key: credit.text(key) for key in ("without", "dual", "joint") if credit.text(key)},
            transfer=_numbers(credit, "transfer"),
        ),
        ratios=tuple(_ratio(section) for section in sections["ratio"]),
        size_bounds=_numbers(file.only("sizes"), "bounds"),
        sha256=sha256_hex(canonical_json(file.tree)) if not _has_float(file.tree) else "",
    )  # fmt: skip
    return Read(file, pack, {**sections, "pack": [head]})


def _has_float(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_has_float(item) for item in value.values())
    return isinstance(value, float) or (isinstance(value, list) and any(_has_float(item) for item in value))


_EMPTY = Pack("", "", "", "", date.min, "", "", (), AmountKind.PLANNED_TOTAL.value)
