"""What is assessed: for each unit what it reached and what it was to reach; and the steps that its projects could take next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.engines.assessment.params import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Of one indicator: `value` None is not known; `target` None: nobody set one. Amounts in 亿 yuan."""

    value: Decimal | None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGiven:
    """A task force or unit. `times`: point rule → how often; `exempt`: force majeure, so it cannot be blacklisted."""

    id: str
    name: str
    given: Mapping[str, Given]
    times: Mapping[str, int] = field(default_factory=dict)
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`time_share`: percent of the year that has passed, None when the period is not the year to date."""

    scheme: Scheme
    units: tuple[UnitGiven, ...]
    time_share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The next real step of an existing project, and what it would add to its unit's indicators if it really happens.

    `evidence`: what the step must be shown with. `points`: point rules that would be counted less often.
    """

    id: str
    unit: str
    project: str
    step: str
    evidence: tuple[str, ...]
    adds: Mapping[str, Decimal]
    points: Mapping[str, int] = field(default_factory=dict)
