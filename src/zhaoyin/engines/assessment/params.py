"""An assessment scheme (考核办法): which figures count how much, points for and against, lists, lights."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Method(StrEnum):
    """How an indicator becomes a score of at most its weight.

    efficacy: 0.6 w + 0.4 w (x - min) / (max - min) among the units (efficacy coefficient). completion: w times the share of the
    target that is reached, up to `cap`.
    """

    EFFICACY = "efficacy"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One weighted indicator. `figure`: of the rule pack; `measure`: projects or amount (in 亿 yuan); `cap`: of completion."""

    name: str
    title: str
    title_en: str
    weight: Decimal
    figure: str
    measure: str = "projects"
    method: Method = Method.EFFICACY
    cap: Decimal = Decimal(1)
    less_is_better: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRule:
    """Points for (above 0) or against (below 0) each time; together no further than `cap` (same sign, None: no end)."""

    name: str
    title: str
    title_en: str
    each: Decimal
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Red: reached and among the first `red`; black: missed and among the last `black`. `against`: what must be reached:
    the year's target, or the part of it that is due by now (pace, 序时)."""

    red: int = 0
    black: int = 0
    against: str = "pace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """Progress less time passed, in points: at least `green` is green, at least `yellow` is yellow, else red."""

    green: Decimal = Decimal(0)
    yellow: Decimal = Decimal(-10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme. `sha256` covers every value, not the layout of the file."""

    id: str
    version: str
    title: str
    title_en: str
    valid_from: date
    basis: str
    basis_en: str
    indicators: tuple[Indicator, ...]
    points: tuple[PointRule, ...] = ()
    lists: Lists = field(default_factory=Lists)
    lights: Lights = field(default_factory=Lights)
    sha256: str = field(default="", compare=False)
