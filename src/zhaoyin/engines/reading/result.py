"""What the reading engine returns: facts and drafts, every one with its span in the text as given."""

from datetime import date
from decimal import Decimal

from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.stages import ContractKind, Outcome, ProjectKind, Stage
from zhaoyin.domain.value import value
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.links import RelationKind
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.stages import Step
from zhaoyin.engines.reading.statistics import Indicator


@value
class Span:
    """Code points `start` to `end` (exclusive) of the given text; `text` is what stands there."""

    start: int
    end: int
    text: str


@value
class NameFound:
    """A name in the text; mentions with the same `thing` name the same thing."""

    span: Span
    kind: Kind
    thing: str


@value
class AmountFound:
    """An amount of money and what it is."""

    span: Span
    money: Money
    role: AmountRole


@value
class DateFound:
    """A day or period; `last` is inclusive, both are None when the year is unknown."""

    span: Span
    first: PartialDate | None
    last: PartialDate | None

    @property
    def value(self) -> str | None:
        """`2022-05`, or `2022-01/2022-05`."""
        if self.first is None:
            return None
        return str(self.first) if self.last is None else f"{self.first}/{self.last}"


@value
class NumberFound:
    """A count (projects, firms, visits, jobs) or an area in square metres."""

    span: Span
    value: Decimal


@value
class Confidence:
    """Probability (0 to 1) that each field of a draft is right; calibrated on hand-written texts."""

    company: float
    amount: float
    stage: float


@value
class ProjectDraft:
    """A proposed lead or project: the latest state the text supports. Unknown is None, never 0.

    `companies` are all surfaces of the investor (or joint investors); `stage_said` is False when the stage is only
    presumed. `confidence` (0 to 1) is for company, amount and stage together, below 0.6 a person must look closely; `fields` has
    it for each of them. `step` is the finer stage the words give (a place chosen or won lies between signature and registration), `signs`
    what the confidence was computed from.
    """

    companies: tuple[str, ...]
    company: Span | None
    name: Span | None
    amount: AmountFound | None
    stage: Stage
    contract_kind: ContractKind | None
    outcome: Outcome | None
    stage_span: Span | None
    kind: ProjectKind
    jobs: NumberFound | None
    dated: DateFound | None
    place: Span | None
    confidence: float
    fields: Confidence
    step: Step
    signs: tuple[float, ...] = ()

    @property
    def stage_said(self) -> bool:
        """Whether words of the text say the stage."""
        return self.stage_span is not None


@value
class RelationFound:
    """`head` stands in relation `kind` to `tail` (None: an unnamed organisation); `span` is the sentence."""

    kind: RelationKind
    head: tuple[str, ...]
    tail: tuple[str, ...] | None
    role: str
    span: Span


@value
class StatisticFound:
    """A figure about an area: count and/or amount over a period."""

    indicator: Indicator
    count: NumberFound | None
    amount: AmountFound | None
    period: DateFound | None
    zone: Span | None
    span: Span


@value
class Reading:
    """Everything read; `boilerplate` spans yielded nothing."""

    text: str
    published_on: date | None
    boilerplate: tuple[tuple[int, int], ...]
    names: tuple[NameFound, ...]
    amounts: tuple[AmountFound, ...]
    dates: tuple[DateFound, ...]
    jobs: tuple[NumberFound, ...]
    counts: tuple[NumberFound, ...]
    areas: tuple[NumberFound, ...]
    projects: tuple[ProjectDraft, ...]
    relations: tuple[RelationFound, ...]
    statistics: tuple[StatisticFound, ...]
