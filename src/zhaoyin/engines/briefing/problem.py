"""What a briefing is written from: rows that somebody has counted, listed or noted. No row is fetched or computed here.

Every table is a tuple of rows, so a richer source only adds rows. Texts are in the language of the problem already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhaoyin.domain.period import Period

PROJECTS, AMOUNT, JOBS = "projects", "amount", "jobs"
"""What a figure measures: projects, yuan, people to be employed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Projects and the sum of their known amounts in yuan (of a figure of jobs: people); `unknown`: projects whose amount nobody stated.

    `unconverted`: foreign amounts without a rate, as (currency, amount in its units).
    """

    projects: int = 0
    yuan: Decimal = Decimal(0)
    unknown: int = 0
    unconverted: tuple[tuple[str, Decimal], ...] = ()

    def size(self, measure: str) -> Decimal | int:
        """The number that is printed."""
        return self.projects if measure == PROJECTS else self.yuan if measure == AMOUNT else int(self.yuan)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure of the pack. `measure`: projects, amount or jobs. `last_year` None: not known. `target`: of the year, projects or yuan."""

    name: str
    title: str
    measure: str
    value: Value
    last_year: Value | None = None
    months: tuple[tuple[str, Value], ...] = ()
    target: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """A task force: values and yearly targets by figure name (targets in projects or yuan)."""

    name: str
    values: Mapping[str, Value] = field(default_factory=dict)
    targets: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelRow:
    """Projects that have come at least so far."""

    label: str
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioRow:
    """A conversion rate of the pack with its two numbers; `measure` says what they are."""

    title: str
    numerator: Decimal
    denominator: Decimal
    measure: str = PROJECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRow:
    """One cause of a change; the causes sum to the change."""

    label: str
    projects: int
    yuan: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount as it is known: `qualifier` one of "=", "~", ">", "<"; `high` for a range."""

    value: Decimal
    currency: str = "CNY"
    qualifier: str = "="
    high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project in a list; "" and None are not known."""

    name: str
    stage: str = ""
    team: str = ""
    industry: str = ""
    origin: str = ""
    amount: Amount | None = None
    day: date | None = None
    silent_days: int | None = None
    progress: str = ""
    difficulty: str = ""
    next_step: str = ""
    due_on: date | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A meeting on a trip, from its note."""

    day: date
    company: str
    place: str = ""
    project: str = ""
    people: str = ""
    note: str = ""
    outcome: str = ""
    next_step: str = ""
    due_on: date | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A cited fact for a meeting: `source` says where it stands, `day` when it was true or written."""

    topic: str
    text: str
    source: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the figures rest on. `known_on` None: all that is in the ledger; `figures_sha256`: of their canonical JSON."""

    pack: str
    pack_title: str
    pack_version: str
    pack_sha256: str
    pack_basis: str
    covered: Period
    as_of: date
    last_seq: int
    engine: str
    figures_sha256: str
    known_on: date | None = None
    by_report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A briefing to write. `language` "zh" or "en"; `hidden`: projects of the lists that the reader may not see.

    `time_share`: percent of the year that has passed, None when the period is not the year to date.
    `signed_total`, `stuck_total`: all that there are when a list is cut; `quiet`: projects under way without anything to list.
    `causes`: why the figure `changed` (its `last_year` there is what it was as known on the day `since`).
    """

    kind: str
    zone: str
    issued_on: date
    period: Period
    language: str = "zh"
    title: str = ""
    issuer: str = ""
    number: str = ""
    team: str = ""
    subject: str = ""
    basis: Basis | None = None
    figures: tuple[FigureRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()
    funnel: tuple[FunnelRow, ...] = ()
    ratios: tuple[RatioRow, ...] = ()
    causes: tuple[CauseRow, ...] = ()
    signed: tuple[ProjectRow, ...] = ()
    progress: tuple[ProjectRow, ...] = ()
    stuck: tuple[ProjectRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    time_share: Decimal | None = None
    stuck_days: int = 30
    hidden: int = 0
    signed_total: int | None = None
    stuck_total: int | None = None
    quiet: int = 0
    since: date | None = None
    changed: FigureRow | None = None
