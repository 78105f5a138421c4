"""A figure: how much, of what, in which cell of the table, and why a project is in it or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Exclusion(StrEnum):
    """Why a project is not counted; the order here is the order in which the rules are asked."""

    MERGED = "merged"
    NOT_REACHED = "not_reached"
    OTHER_CONTRACT = "other_contract_kind"
    CONDITIONS_UNMET = "conditions_unmet"
    NO_VOUCHERS = "no_vouchers"
    BEFORE_PERIOD = "before_period"
    AFTER_PERIOD = "after_period"
    DATE_TOO_VAGUE = "date_too_vague"
    PROJECT_KIND = "project_kind_excluded"
    TRAIT = "trait_excluded"
    CHANNEL = "channel_excluded"
    INDUSTRY = "industry_excluded"
    ORIGIN = "origin_excluded"
    NOT_REQUIRED = "not_as_required"
    ENDED = "ended"
    NOT_REPORTED = "not_reported_monthly"
    FOLLOW_UP_MISSING = "follow_up_missing"
    FOLLOW_UP_LATE = "follow_up_late"
    AMOUNT_UNKNOWN = "amount_unknown"
    AMOUNT_UNCONVERTED = "amount_unconverted"
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True, slots=True)
class Quantity:
    """Projects counted and the sum of their amounts.

    `yuan` covers the known amounts only; `unknown` is the number of projects whose amount nobody has stated;
    `unconverted` holds foreign amounts without a rate, by currency, in units of that currency.
    """

    projects: int = 0
    yuan: Decimal = Decimal(0)
    unknown: int = 0
    unconverted: Mapping[str, Decimal] = field(default_factory=dict)

    def __add__(self, other: "Quantity") -> "Quantity":
        if not self.unconverted and not other.unconverted:
            return Quantity(
                self.projects + other.projects, self.yuan + other.yuan, self.unknown + other.unknown, self.unconverted
            )
        currencies = sorted({*self.unconverted, *other.unconverted})
        return Quantity(
            projects=self.projects + other.projects,
            yuan=self.yuan + other.yuan,
            unknown=self.unknown + other.unknown,
            unconverted={
                code: self.unconverted.get(code, Decimal(0)) + other.unconverted.get(code, Decimal(0))
                for code in currencies
            },
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """Part of a figure: ids of task force and industry (None: nobody said), month as `2026-05`."""

    task_force: str | None
    industry: str | None
    month: str | None
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number with its table; `measure` is "projects" or "amount"."""

    name: str
    measure: str
    total: Quantity
    cells: tuple[Cell, ...]
    excluded: Mapping[str, int]
    _tables: dict[tuple[str, ...], dict[tuple[str | None, ...], Quantity]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def by(self, *names: str) -> dict[tuple[str | None, ...], Quantity]:
        """The table summed over everything but `names` (of task_force, industry, month); made once, not to be changed."""
        kept = self._tables.get(names)
        if kept is not None:
            return kept
        found: dict[tuple[str | None, ...], Quantity] = {}
        for cell in self.cells:
            key = tuple(getattr(cell, name) for name in names)
            found[key] = found[key] + cell.quantity if key in found else cell.quantity
        self._tables[names] = found
        return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one project is in a figure. `rule` None: it counts; `event`: number of the event that decided.

    `day`: when the deciding event happened (its first possible day); `canonical`: the project that it was merged into.
    """

    project: str
    canonical: str
    figure: str
    rule: Exclusion | None
    event: int | None
    day: date | None
    task_force: str | None
    industry: str | None
    origin: str | None
    amount: Decimal | None
    currency: str | None


def total(quantities: Iterable[Quantity]) -> Quantity:
    """Sum."""
    result = Quantity()
    for quantity in quantities:
        result = result + quantity
    return result
