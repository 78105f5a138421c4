"""Scores, lists, lights; and which next steps would lift a unit most."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import number_text
from zhaoyin.engines.assessment.params import Indicator, Lights, Method, PointRule
from zhaoyin.engines.assessment.problem import Given, Move, Problem, UnitGiven
from zhaoyin.engines.assessment.result import Assessment, Gap, Lift, Light, Scored, UnitResult

ENGINE_VERSION = "assessment/1"
BASE, SPREAD = Decimal("0.6"), Decimal("0.4")
"""Efficacy coefficient as practice has it: 0.6 w + 0.4 w (x - min) / (max - min)."""
CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def rounded(value: Decimal) -> Decimal:
    """Two decimals, half up, as offices round."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def solve(problem: Problem) -> Assessment:
    """Scores of all units with their working, by rank. The same problem gives the same result.

    An indicator without a value (or, for completion, without a target above zero) is not scored and says so; it never counts as zero.
    When all values are equal (max = min) nobody is better than anybody: everyone has the full weight if their target is met or
    nobody set one, else the 0.6 that the method gives to the last. InvalidValue for two units with one id.
    """
    ids = [unit.id for unit in problem.units]
    if len(set(ids)) != len(ids):
        raise InvalidValue("unit-twice", field="units", value=next(one for one in ids if ids.count(one) > 1))
    results = [_unit(problem, unit) for unit in problem.units]
    ranked = sorted(results, key=lambda unit: (-unit.total, unit.name, unit.id))
    ranked = [replace(unit, rank=1 + sum(other.total > unit.total for other in ranked)) for unit in ranked]
    scheme = problem.scheme
    return Assessment(
        units=tuple(_listed(problem, unit, ranked) for unit in ranked),
        time_share=problem.time_share,
        engine=ENGINE_VERSION,
        scheme=scheme.id,
        scheme_version=scheme.version,
        scheme_sha256=scheme.sha256,
    )


def _unit(problem: Problem, unit: UnitGiven) -> UnitResult:
    scored = tuple(_indicator(problem, indicator, unit) for indicator in problem.scheme.indicators)
    points = tuple(
        (rule.name, unit.times[rule.name], _points(rule, unit.times[rule.name]))
        for rule in problem.scheme.points
        if unit.times.get(rule.name)
    )
    total = sum((one.score for one in scored if one.score is not None), Decimal(0))
    return UnitResult(
        id=unit.id,
        name=unit.name,
        scored=scored,
        points=points,
        total=rounded(total + sum((value for _name, _times, value in points), Decimal(0))),
        rank=0,
        whole=all(one.score is not None for one in scored),
        reached=scored[0].progress if scored else None,
        exempt=unit.exempt,
    )


def _points(rule: PointRule, times: int) -> Decimal:
    points = rule.each * times
    if rule.cap is None:
        return points
    return max(points, rule.cap) if rule.each < 0 else min(points, rule.cap)


def _indicator(problem: Problem, indicator: Indicator, unit: UnitGiven) -> Scored:
    given = unit.given.get(indicator.name, Given(value=None))
    progress = _progress(given)
    ahead = None if progress is None or problem.time_share is None else rounded(progress - problem.time_share)
    light = None if ahead is None else _light(ahead, problem.scheme.lights)
    known = Scored(
        indicator=indicator.name, value=given.value, target=given.target, score=None, working="", progress=progress,
        ahead=ahead, light=light,
    )  # fmt: skip
    if given.value is None:
        return replace(known, gap=Gap.NO_VALUE)
    if indicator.method is Method.COMPLETION:
        return _completion(indicator, known)
    return _efficacy(problem, indicator, known)


def _progress(given: Given) -> Decimal | None:
    if given.value is None or not given.target:
        return None
    return rounded(given.value * HUNDRED / given.target)


def _light(ahead: Decimal, lights: Lights) -> Light:
    if ahead >= lights.green:
        return Light.GREEN
    return Light.YELLOW if ahead >= lights.yellow else Light.RED


def _completion(indicator: Indicator, known: Scored) -> Scored:
    value, target = known.value or Decimal(0), known.target
    if not target:
        return replace(known, gap=Gap.NO_TARGET if target is None else Gap.ZERO_TARGET)
    share = min(value / target, indicator.cap)
    score = rounded(indicator.weight * share)
    weight, cap = number_text(indicator.weight), number_text(indicator.cap)
    shown = f"{number_text(value)}/{number_text(target)}"
    over = value / target > indicator.cap
    working = f"{weight}×min({shown}, {cap})" if over else f"{weight}×{shown}"
    return replace(known, score=score, working=f"{working} = {score}")


def _efficacy(problem: Problem, indicator: Indicator, known: Scored) -> Scored:
    values = [
        given.value
        for unit in problem.units
        if (given := unit.given.get(indicator.name)) is not None and given.value is not None
    ]
    low, high = min(values), max(values)
    weight, value = indicator.weight, known.value or Decimal(0)
    if low == high:
        met = known.target is None or (value <= known.target if indicator.less_is_better else value >= known.target)
        score = rounded(weight if met else BASE * weight)
        return replace(known, score=score, working=f"max = min = {number_text(low)} → {score}")
    above = high - value if indicator.less_is_better else value - low
    score = rounded(BASE * weight + SPREAD * weight * above / (high - low))
    w = number_text(weight)
    part = (
        f"({number_text(high)}−{number_text(value)})"
        if indicator.less_is_better
        else f"({number_text(value)}−{number_text(low)})"
    )
    working = f"0.6×{w} + 0.4×{w}×{part}/({number_text(high)}−{number_text(low)}) = {score}"
    return replace(known, score=score, working=working)


def _listed(problem: Problem, unit: UnitResult, ranked: Sequence[UnitResult]) -> UnitResult:
    lists = problem.scheme.lists
    due = HUNDRED if lists.against == "target" else problem.time_share
    if due is None or unit.reached is None:
        return unit
    last = len(ranked) - lists.black
    from_below = sum(other.total >= unit.total for other in ranked)
    return replace(
        unit,
        red=unit.reached >= due and unit.rank <= lists.red,
        black=unit.reached < due and from_below > last and not unit.exempt,
    )


def lifts(problem: Problem, moves: Sequence[Move], *, unit: str, most: int = 5) -> tuple[Lift, ...]:
    """The moves that lift a unit most, one after the other: each is the best on top of those before it (greedy).

    Only moves of that unit are looked at; a move that brings nothing ends the list. A move never lowers its own unit's
    total unless an indicator counts less as better.
    """
    left = [move for move in moves if move.unit == unit]
    now = problem
    found: list[Lift] = []
    before = _of(solve(now), unit)
    while left and len(found) < most:
        tried = [(move, _of(solve(applied(now, move)), unit)) for move in left]
        move, after = max(tried, key=lambda pair: (pair[1].total, pair[0].id))
        gain = after.total - before.total
        if gain <= 0:
            break
        found.append(Lift(move=move, gain=gain, total=after.total, rank=after.rank))
        now, before = applied(now, move), after
        left = [other for other in left if other.id != move.id]
    return tuple(found)


def _of(assessment: Assessment, unit: str) -> UnitResult:
    for result in assessment.units:
        if result.id == unit:
            return result
    raise InvalidValue("unit-unknown", field="unit", value=unit)


def applied(problem: Problem, move: Move) -> Problem:
    """The problem as it would be if the step had happened. A value that is not known stays unknown."""
    return replace(problem, units=tuple(_moved(unit, move) if unit.id == move.unit else unit for unit in problem.units))


def _moved(unit: UnitGiven, move: Move) -> UnitGiven:
    given = dict(unit.given)
    for name, more in move.adds.items():
        before = given.get(name, Given(value=None))
        if before.value is not None:
            given[name] = replace(before, value=before.value + more)
    times: Mapping[str, int] = {name: max(0, count - move.points.get(name, 0)) for name, count in unit.times.items()}
    return replace(unit, given=given, times=times)
