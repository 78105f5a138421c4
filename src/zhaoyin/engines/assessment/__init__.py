"""Assessment: indicators and targets of units → scores with their working, ranks, red and black lists, lights, what would lift most."""

from zhaoyin.engines.assessment.params import Indicator, Lights, Lists, Method, PointRule, Scheme
from zhaoyin.engines.assessment.problem import Given, Move, Problem, UnitGiven
from zhaoyin.engines.assessment.result import Assessment, Lift, Light, Scored, UnitResult
from zhaoyin.engines.assessment.scheme_file import SchemeError, load_scheme, parse_scheme, shipped_schemes
from zhaoyin.engines.assessment.solve import ENGINE_VERSION, lifts, solve

__all__ = [
    "ENGINE_VERSION",
    "Assessment",
    "Given",
    "Indicator",
    "Lift",
    "Light",
    "Lights",
    "Lists",
    "Method",
    "Move",
    "PointRule",
    "Problem",
    "Scheme",
    "SchemeError",
    "Scored",
    "UnitGiven",
    "UnitResult",
    "lifts",
    "load_scheme",
    "parse_scheme",
    "shipped_schemes",
    "solve",
]
