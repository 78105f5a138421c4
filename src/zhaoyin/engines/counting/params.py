"""Rule packs (统计口径): dated, versioned, declarative. A pack is a TOML file; a mistake in it is named with its line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.money import AmountKind, Currency, decimal_from_text
from zhaoyin.domain.project.stages import Channel, ContractKind, Outcome, ProjectKind, Stage

PACKS = Path(__file__).parent / "data" / "packs"
DEFAULT_PACK = "county-contract-date"


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One figure. Either `reaches` a stage (or any later), or `contracts` of a kind, or an `amount` `of` another."""

    name: str
    title: str
    title_en: str
    reaches: str = ""
    contracts: tuple[str, ...] = ()
    of: str = ""
    amount: str = ""

    @property
    def base(self) -> str:
        """The figure whose projects it is about."""
        return self.of or self.name

    @property
    def measure(self) -> str:
        """ "amount" or "projects"."""
        return "amount" if self.amount else "projects"


@dataclass(frozen=True, slots=True)
class Excluded:
    """What never counts: kinds, channels, industries (zone codes), origins (code prefixes), outcomes by the as-of day."""

    project_kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    origin_prefixes: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A project counts in `figures` only from `at_least` yuan."""

    at_least: Decimal
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Yuan for one unit of a currency from a day on, as its source states."""

    currency: str
    from_day: date
    yuan: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack. `sha256` covers every value, not the layout of the file."""

    id: str
    version: str
    title: str
    title_en: str
    valid_from: date
    basis: str
    basis_en: str
    figures: tuple[FigureRule, ...]
    amount_kind: str
    excluded: Excluded = Excluded()
    threshold: Threshold | None = None
    rates: tuple[Rate, ...] = ()
    sha256: str = field(default="", compare=False)

    @property
    def bases(self) -> tuple[FigureRule, ...]:
        """Figures that count projects."""
        return tuple(rule for rule in self.figures if not rule.amount)

    def figure(self, name: str) -> FigureRule:
        """InvalidValue when the pack has no such figure."""
        for rule in self.figures:
            if rule.name == name:
                return rule
        raise InvalidValue("figure-unknown", field="figure", value=name)


class PackError(DomainError):
    """A pack cannot be used: `pack`, `line`, `problem`, `fix`."""


class _File:
    """The text of a pack and what stands on which line."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.lines = text.splitlines()
        try:
            self.tree = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found.group(1)) if found else 0
            raise PackError("pack-not-toml", pack=name, line=line, problem=str(error), fix="") from error

    def fail(self, key: str, problem: str, fix: str, *, section: str, nth: int = 0) -> PackError:
        """The error at the line that sets `key` in the nth table called `section`, or at that table's head."""
        heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[", line)]
        named = [n for n in heads if re.match(rf"\s*\[+\s*{re.escape(section)}\s*]", self.lines[n])]
        start = named[min(nth, len(named) - 1)] if named else 0
        stop = next((n for n in heads if n > start), len(self.lines)) if named else len(self.lines)
        at = next((n for n in range(start, stop) if re.match(rf"\s*{re.escape(key)}\s*=", self.lines[n])), start)
        return PackError("pack-wrong", pack=self.name, line=at + 1, problem=problem, fix=fix)

    def section(self, name: str, allowed: set[str], *, required: bool = False) -> "_Section":
        """The table `name`; an empty one when the file has none."""
        found = self.tree.get(name, {})
        if not isinstance(found, Mapping):
            raise self.fail(name, f"{name} is not a table", f"write [{name}]", section=name)
        if required and not found:
            raise self.fail(name, f"[{name}] is missing", f"add a [{name}] table", section=name)
        return _Section(self, name, 0, found, allowed)

    def sections(self, name: str, allowed: set[str]) -> list["_Section"]:
        """The tables [[name]]."""
        found = self.tree.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
            raise self.fail(name, f"{name} is not a list of tables", f"write [[{name}]]", section=name)
        return [_Section(self, name, nth, item, allowed) for nth, item in enumerate(found)]


class _Section:
    """One table of the file; every mistake in it is told with its line."""

    def __init__(self, file: _File, name: str, nth: int, table: Mapping[str, object], allowed: set[str]) -> None:
        self.file, self.name, self.nth, self.table = file, name, nth, table
        for key in table:
            self.among(key, key, allowed, "key")

    def fail(self, key: str, problem: str, fix: str) -> PackError:
        """The error at the line of `key`."""
        return self.file.fail(key, problem, fix, section=self.name, nth=self.nth)

    def among(self, key: str, value: str, known: Iterable[str], what: str) -> str:
        """The value, which must be one of those known."""
        options = sorted(known)
        if value not in options:
            near = next(iter(get_close_matches(value, options, n=1)), "")
            fix = f"did you mean {near!r}?" if near else f"use one of {', '.join(options)}" if options else "remove it"
            raise self.fail(key, f"{value!r} is no {what}", fix)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text, not empty unless there is a default."""
        value = self.table.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fail(key, f"{key!r} must be a text", f'write {key} = "…"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not there."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, f"{key!r} must be a list of texts", f'write {key} = ["…"]')
        return tuple(value)

    def options(self, key: str, kind: type[StrEnum]) -> tuple[str, ...]:
        """A list of values of the enumeration."""
        return tuple(self.among(key, value, list(kind), kind.__name__) for value in self.texts(key))

    def option(self, key: str, kind: type[StrEnum]) -> str:
        """A value of the enumeration, "" when it is not there."""
        value = self.text(key, "")
        return self.among(key, value, list(kind), kind.__name__) if value else ""

    def day(self, key: str) -> date:
        """A day."""
        value = self.table.get(key)
        if type(value) is not date:
            raise self.fail(key, f"{key!r} must be a day", f"write {key} = 2025-01-01")
        return value

    def above_zero(self, key: str) -> Decimal:
        """An exact number above zero: a whole number or a text, never a float."""
        value = self.table.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.fail(key, f"{key!r} must be exact", f'write {key} = "7.10"')
        try:
            number = decimal_from_text(str(value))
        except InvalidValue as error:
            raise self.fail(key, f"{value!r} is no number", f'write {key} = "7.10"') from error
        if number <= 0:
            raise self.fail(key, f"{key!r} must be above zero", f'write {key} = "7.10"')
        return number


def _figure(raw: _Section) -> FigureRule:
    name = raw.text("name")
    rule = FigureRule(
        name=name,
        title=raw.text("title"),
        title_en=raw.text("title_en"),
        reaches=raw.option("reaches", Stage),
        contracts=raw.options("contracts", ContractKind),
        of=raw.text("of", ""),
        amount=raw.option("amount", AmountKind),
    )
    ways = [key for key in ("reaches", "contracts", "of") if getattr(rule, key)]
    if len(ways) != 1:
        said = "none of reaches, contracts, of" if not ways else " and ".join(ways)
        raise raw.fail("name", f"figure {name!r} has {said}", "give exactly one of reaches, contracts, of")
    if bool(rule.of) != bool(rule.amount):
        raise raw.fail("name", f"figure {name!r} has one of: of, amount", "give both or neither")
    return rule


_FIGURE_KEYS = {"name", "title", "title_en", "reaches", "contracts", "of", "amount"}


def _figures(file: _File) -> tuple[FigureRule, ...]:
    sections = file.sections("figure", _FIGURE_KEYS)
    figures = tuple(_figure(section) for section in sections)
    if not any(not rule.of for rule in figures):
        raise file.fail(
            "figure", "the pack counts no projects", "add a [[figure]] with reaches or contracts", section="figure"
        )
    names = [rule.name for rule in figures]
    bases = [rule.name for rule in figures if not rule.of]
    for nth, (rule, section) in enumerate(zip(figures, sections, strict=True)):
        if names.index(rule.name) != nth:
            raise section.fail("name", f"figure {rule.name!r} is there twice", "give each its own name")
        if rule.of:
            section.among("of", rule.of, bases, "figure that counts projects")
        if rule.amount and rule.amount != next(other.amount for other in figures if other.amount):
            raise section.fail("amount", "amounts of two kinds in one pack", "use one kind of amount a pack")
    return figures


def _threshold(file: _File, figures: tuple[FigureRule, ...]) -> Threshold | None:
    section = file.section("threshold", {"at_least", "figures"})
    if not section.table:
        return None
    bases = [rule.name for rule in figures if not rule.of]
    named = tuple(
        section.among("figures", name, bases, "figure that counts projects") for name in section.texts("figures")
    )
    if not named:
        raise section.fail("figures", "the threshold names no figure", f'write figures = ["{bases[0]}"]')
    return Threshold(at_least=section.above_zero("at_least"), figures=named)


def _rates(file: _File) -> tuple[Rate, ...]:
    foreign = {code.value for code in Currency} - {Currency.CNY.value}
    rates = [
        Rate(
            currency=section.among("currency", section.text("currency"), foreign, "foreign currency"),
            from_day=section.day("from"),
            yuan=section.above_zero("yuan"),
            source=section.text("source"),
        )
        for section in file.sections("rate", {"currency", "from", "yuan", "source"})
    ]
    return tuple(sorted(rates, key=lambda rate: (rate.currency, rate.from_day)))


def parse_pack(text: str, *, name: str) -> Pack:
    """The pack in a TOML text; PackError says line, problem and fix. `name` is what the message calls it."""
    file = _File(text, name)
    for key in file.tree:
        if key not in {"pack", "exclude", "threshold", "rate", "figure"}:
            raise file.fail(key, f"unknown table {key!r}", "see docs/reference/rule-packs.md", section=key)
    head = file.section(
        "pack", {"id", "version", "title", "title_en", "valid_from", "basis", "basis_en"}, required=True
    )
    out = file.section("exclude", {"project_kinds", "channels", "industries", "origin_prefixes", "outcomes"})
    figures = _figures(file)
    excluded = Excluded(
        project_kinds=out.options("project_kinds", ProjectKind),
        channels=out.options("channels", Channel),
        industries=out.texts("industries"),
        origin_prefixes=out.texts("origin_prefixes"),
        outcomes=out.options("outcomes", Outcome),
    )
    return Pack(
        id=head.text("id"),
        version=head.text("version"),
        title=head.text("title"),
        title_en=head.text("title_en"),
        basis=head.text("basis"),
        basis_en=head.text("basis_en"),
        valid_from=head.day("valid_from"),
        figures=figures,
        amount_kind=next((rule.amount for rule in figures if rule.amount), AmountKind.PLANNED_TOTAL.value),
        excluded=excluded,
        threshold=_threshold(file, figures),
        rates=_rates(file),
        sha256=sha256_hex(canonical_json(file.tree)),
    )


@lru_cache
def load_pack(name: str = DEFAULT_PACK) -> Pack:
    """A pack that the program ships, by id; InvalidValue when there is none."""
    path = PACKS / f"{name}.toml"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.exists():
        raise InvalidValue("pack-unknown", field="pack", value=name, known=", ".join(shipped_packs()))
    return parse_pack(path.read_text(encoding="utf-8"), name=path.name)


def shipped_packs() -> tuple[str, ...]:
    """Ids of the packs that the program ships."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.toml")))
