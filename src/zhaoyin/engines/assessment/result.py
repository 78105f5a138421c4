"""Scores with their working."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhaoyin.engines.assessment.problem import Move


class Light(StrEnum):
    """Progress against time."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Gap(StrEnum):
    """Why an indicator has no score, or a light is off."""

    NO_VALUE = "no-value"
    NO_TARGET = "no-target"
    ZERO_TARGET = "zero-target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One indicator of one unit. `working` is the calculation as one writes it; `progress`: percent of the target; `ahead`: percentage
    points before (or behind) the time that has passed. `score` None: not scored, `gap` says why."""

    indicator: str
    value: Decimal | None
    target: Decimal | None
    score: Decimal | None
    working: str
    progress: Decimal | None = None
    ahead: Decimal | None = None
    light: Light | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """A unit: its scores, points, total and rank (ties share one). `whole`: every indicator was scored. `reached`: percent of the
    first indicator's target, which decides about the lists."""

    id: str
    name: str
    scored: tuple[Scored, ...]
    points: tuple[tuple[str, int, Decimal], ...]
    total: Decimal
    rank: int
    whole: bool
    reached: Decimal | None
    red: bool = False
    black: bool = False
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Units by rank."""

    units: tuple[UnitResult, ...]
    time_share: Decimal | None
    engine: str
    scheme: str
    scheme_version: str
    scheme_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """What a move brings to its unit on top of those before it in the list: points of total, and the total and rank then."""

    move: Move
    gain: Decimal
    total: Decimal
    rank: int
