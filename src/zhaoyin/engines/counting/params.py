"""Rule packs (统计口径): dated, versioned, declarative. A pack is a TOML file, read by `pack_file`; this is what it says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.money import AmountKind

PACKS = Path(__file__).parent / "data" / "packs"
DEFAULT_PACK = "county-contract-date"
JOBS = "jobs"
"""A measure beside the kinds of amount: people to be employed, in `Quantity.yuan` of a figure whose measure is "jobs"."""


class Once(StrEnum):
    """How often a project may count in a figure: ever, or anew in each calendar year."""

    EVER = "ever"
    YEAR = "year"


class Dual(StrEnum):
    """A project credited to units with more than one in all: each in full, or nothing beyond one."""

    ALLOWED = "allowed"
    NOT_AGAIN = "not_counted_again"


class Joint(StrEnum):
    """A joint introduction: shares as stated, or the same for each unit."""

    STATED = "as_stated"
    EQUAL = "equal"


class Without(StrEnum):
    """Whose a project is that nobody has divided."""

    ATTRACTING_UNIT = "attracting_unit"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must have happened; exactly one way of saying it. The first event that meets it counts.

    `reaches`: that stage or any later one; `stage`: a step to just that stage; `contracts`: a contract of such a kind;
    `recognised`: one of these matters was approved and is not revoked; `funds`: money of such a kind arrived, with at least
    `vouchers` vouchers; `events`: an event of such a kind.
    """

    name: str
    title: str = ""
    title_en: str = ""
    reaches: str = ""
    stage: str = ""
    contracts: tuple[str, ...] = ()
    recognised: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    vouchers: int = 0
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """`to` must follow `start` within `days` days, or in the same calendar year. "counted" is the day that counts."""

    start: str
    to: str
    days: int = 0
    calendar_year: bool = False


COUNTED = "counted"
"""Name, in an interval, of the event that decides."""


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One figure: `reaches`, `contracts`, `needs` count projects, `funds` counts arrivals, `amount` `of` another adds up.

    `needs`: names of conditions that must all be met, the day being that of the one called `date`, or of the `last`
    (default) or `first`. `funds`: money that arrived inside the period, with at least `vouchers` vouchers for each arrival.
    """

    name: str
    title: str
    title_en: str
    reaches: str = ""
    contracts: tuple[str, ...] = ()
    of: str = ""
    amount: str = ""
    needs: tuple[str, ...] = ()
    date: str = "last"
    intervals: tuple[Interval, ...] = ()
    once: str = Once.EVER.value
    funds: tuple[str, ...] = ()
    vouchers: int = 0

    @property
    def base(self) -> str:
        """The figure whose projects it is about."""
        return self.of or self.name

    @property
    def measure(self) -> str:
        """ "projects", "amount" or "jobs"."""
        return "projects" if not self.amount else "jobs" if self.amount == JOBS else "amount"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A conversion rate: one figure's total in another's. `cohort`: how many of the denominator's projects have come so far."""

    name: str
    title: str
    title_en: str
    numerator: str
    denominator: str
    cohort: bool = False


@dataclass(frozen=True, slots=True)
class Excluded:
    """What never counts: kinds, traits, channels, industries (zone codes), origins (code prefixes), outcomes by the as-of day."""

    project_kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    origin_prefixes: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Required:
    """What a project must be to count: when a list is given, one of it. `monthly_report`: something was said in each full month."""

    project_kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    monthly_report: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """A project counts in `figures` only from `at_least`, for those that it speaks of: the first that fits a project decides.

    Without `currency` yuan, and amounts are converted; with one, it speaks of amounts in that currency and compares as they are.
    """

    at_least: Decimal
    figures: tuple[str, ...]
    currency: str = ""
    industries: tuple[str, ...] = ()
    project_kinds: tuple[str, ...] = ()
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Yuan for one unit of a currency from a day on, as its source states."""

    currency: str
    from_day: date
    yuan: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Substitute:
    """For projects of some kinds another amount stands in: what a firm adds instead of its whole investment."""

    project_kinds: tuple[str, ...]
    instead_of: str
    amount: str


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """How a project is divided among units. `transfer`: shares in the order of the units named, instead of those stated."""

    without: str = Without.ATTRACTING_UNIT.value
    dual: str = Dual.NOT_AGAIN.value
    joint: str = Joint.STATED.value
    transfer: tuple[Decimal, ...] = ()


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
    thresholds: tuple[Threshold, ...] = ()
    rates: tuple[Rate, ...] = ()
    conditions: tuple[Condition, ...] = ()
    required: Required = Required()
    substitutes: tuple[Substitute, ...] = ()
    credit: CreditPolicy = CreditPolicy()
    ratios: tuple[Ratio, ...] = ()
    size_bounds: tuple[Decimal, ...] = ()
    phase: int = 0
    valid_until: date | None = None
    sha256: str = field(default="", compare=False)

    @property
    def bases(self) -> tuple[FigureRule, ...]:
        """Figures that count projects."""
        return tuple(rule for rule in self.figures if not rule.amount)

    @property
    def measures(self) -> tuple[str, ...]:
        """Kinds of amount that the pack adds up, the one that thresholds and sizes look at first."""
        return tuple(dict.fromkeys([self.amount_kind, *(rule.amount for rule in self.figures if rule.amount)]))

    @property
    def uses_industries(self) -> bool:
        """Whether the zone's industry codes matter."""
        return bool(self.excluded.industries) or any(threshold.industries for threshold in self.thresholds)

    def figure(self, name: str) -> FigureRule:
        """InvalidValue when the pack has no such figure."""
        for rule in self.figures:
            if rule.name == name:
                return rule
        raise InvalidValue("figure-unknown", field="figure", value=name)

    def conditions_of(self, rule: FigureRule) -> tuple[Condition, ...]:
        """What the figure needs, in its order; of a plain figure the one condition that it states itself."""
        if rule.needs:
            named = {condition.name: condition for condition in self.conditions}
            return tuple(named[name] for name in rule.needs)
        return (
            Condition(
                rule.name, reaches=rule.reaches, contracts=rule.contracts, funds=rule.funds, vouchers=rule.vouchers
            ),
        )


class PackError(DomainError):
    """A pack cannot be used: `pack`, `line`, `problem`, `fix`, and the same in Chinese, `problem_zh`, `fix_zh`."""


def whole_amount(kind: str) -> bool:
    """Whether amounts of the kind say how large an investment is."""
    return kind in {AmountKind.PLANNED_TOTAL, AmountKind.FIXED_ASSET, AmountKind.INCREMENT}


def near_miss(value: str, known: Iterable[str]) -> str:
    """The known name that is most like the value, "" when none is."""
    return next(iter(get_close_matches(value, sorted(known), n=1)), "")


def shipped_packs() -> tuple[str, ...]:
    """Ids of the packs that the program ships."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.toml")))


def pack_path(name: str) -> Path:
    """File of a shipped pack; InvalidValue with the nearest name when there is none."""
    path = PACKS / f"{name}.toml"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.exists():
        known = shipped_packs()
        near = near_miss(name, known)
        listed = [near, *(one for one in known if one != near)] if near else list(known)
        raise InvalidValue("pack-unknown", field="pack", value=name, known=", ".join(listed), near=near)
    return path


def in_force(packs: Iterable[Pack], day: date) -> Pack | None:
    """Of editions of one pack the one in force on a day: the latest that has begun and not ended; None when there is none."""
    begun = [pack for pack in packs if pack.valid_from <= day and (pack.valid_until is None or day <= pack.valid_until)]
    return max(begun, key=lambda pack: pack.valid_from, default=None)


def credited_shares(policy: CreditPolicy, *, unit: str | None, stated: str) -> tuple[tuple[str | None, Decimal], ...]:
    """Units and shares of a project under the policy; what is left of one stands under None.

    `stated`: the division in force as the mirror keeps it, `basis;unit=share;…`, "" when there is none; `unit`: the one that
    attracted the project. Together exactly one, or more where the pack allows dual credit.
    """
    basis, *parts = stated.split(";")
    named = [(name, Decimal(share)) for name, _, share in (part.partition("=") for part in parts)]
    if not named:
        whose = unit if policy.without == Without.ATTRACTING_UNIT else None
        return ((whose, Decimal(1)),)
    if basis == "joint" and policy.joint == Joint.EQUAL:
        each = (Decimal(1) / len(named)).quantize(Decimal("0.0001"), rounding="ROUND_DOWN")
        named = [(name, each) for name, _share in named]
        named[0] = (named[0][0], 1 - each * (len(named) - 1))
    if basis == "transfer" and policy.transfer:
        named = [(name, share) for (name, _), share in zip(named, policy.transfer, strict=False)]
    if policy.dual == Dual.NOT_AGAIN:
        named = _up_to_one(named)
    left = 1 - sum((share for _name, share in named), Decimal(0))
    found: list[tuple[str | None, Decimal]] = [(name, share) for name, share in named if share]
    return (*found, (None, left)) if left > 0 else tuple(found)


def _up_to_one(named: list[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    left, cut = Decimal(1), []
    for name, share in named:
        cut.append((name, min(share, left)))
        left -= cut[-1][1]
    return cut
