"""Assessment: an example a person can check, guards, lists, lights, moves, schemes with mistakes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.assessment import (
    Given,
    Indicator,
    Light,
    Lists,
    Method,
    Move,
    PointRule,
    Problem,
    Scheme,
    SchemeError,
    UnitGiven,
    lifts,
    load_scheme,
    parse_scheme,
    shipped_schemes,
    solve,
)

D = Decimal
SIGNED = Indicator(name="signed", title="签约", title_en="Signed", weight=D(20), figure="newly_signed")
PACE = Indicator(
    name="talks", title="洽谈", title_en="Talks", weight=D(80), figure="newly_negotiating", method=Method.COMPLETION, cap=D("1.2")
)  # fmt: skip
SCHEME = Scheme(
    id="s", version="1", title="t", title_en="t", valid_from=date(2025, 1, 1), basis="b", basis_en="b", indicators=(SIGNED, PACE),
    points=(PointRule(name="late", title="l", title_en="l", each=D(-1), cap=D(-3)),), lists=Lists(red=1, black=1),
)  # fmt: skip


def unit(name: str, signed: int | None, talks: int | None, **more: object) -> UnitGiven:
    values = {
        "signed": Given(value=None if signed is None else D(signed), target=D(10)),
        "talks": Given(value=None if talks is None else D(talks), target=D(40)),
    }
    return UnitGiven(id=name, name=name, given=values, **more)  # type: ignore[arg-type]


def test_it_scores_an_example_that_a_person_can_check() -> None:
    problem = Problem(
        scheme=SCHEME,
        units=(unit("甲", 12, 20), unit("乙", 3, 60), unit("丙", 15, 10, times={"late": 5})),
        time_share=D(50),
    )
    found = {result.id: result for result in solve(problem).units}
    first = found["甲"].scored[0]
    assert first.score == D("18.00")
    assert first.working == "0.6×20 + 0.4×20×(12−3)/(15−3) = 18.00"
    assert found["乙"].scored[1].score == D("96.00")
    assert found["乙"].scored[1].working == "80×min(60/40, 1.2) = 96.00"
    assert found["丙"].points == (("late", 5, D(-3)),)
    assert found["丙"].total == D("20.00") + D("20.00") - 3
    assert [result.rank for result in solve(problem).units] == [1, 2, 3]
    assert (first.progress, first.ahead, first.light) == (D("120.00"), D("70.00"), Light.GREEN)
    assert found["乙"].scored[0].light is Light.RED
    assert found["丙"].scored[1].light is Light.RED


def test_it_is_red_when_due_and_first_black_when_behind_and_last_unless_exempt() -> None:
    units = (unit("甲", 9, 30), unit("乙", 2, 10))
    found = {result.id: result for result in solve(Problem(scheme=SCHEME, units=units, time_share=D(50))).units}
    assert (found["甲"].red, found["乙"].black) == (True, True)
    spared = (units[0], replace(units[1], exempt=True))
    found = {result.id: result for result in solve(Problem(scheme=SCHEME, units=spared, time_share=D(50))).units}
    assert not found["乙"].black
    undated = solve(Problem(scheme=SCHEME, units=units)).units
    assert not any(result.red or result.black or result.scored[0].light for result in undated)


def test_it_gives_all_the_same_when_all_are_equal() -> None:
    met = solve(Problem(scheme=SCHEME, units=(unit("甲", 10, 1), unit("乙", 10, 1)))).units
    assert {result.scored[0].score for result in met} == {D("20.00")}
    missed = solve(Problem(scheme=SCHEME, units=(unit("甲", 4, 1), unit("乙", 4, 1)))).units
    assert {result.scored[0].score for result in missed} == {D("12.00")}
    assert {result.rank for result in missed} == {1}


@pytest.mark.parametrize(("target", "gap"), [(None, "no-target"), (D(0), "zero-target")])
def test_it_says_when_a_target_is_missing_or_zero(target: Decimal | None, gap: str) -> None:
    one = UnitGiven(id="甲", name="甲", given={"signed": Given(value=D(3)), "talks": Given(value=D(3), target=target)})
    result = solve(Problem(scheme=SCHEME, units=(one,), time_share=D(50))).units[0]
    assert (result.scored[1].score, result.scored[1].gap) == (None, gap)
    assert not result.whole


def test_it_never_scores_the_unknown_as_zero() -> None:
    problem = Problem(scheme=SCHEME, units=(unit("甲", None, 10), unit("乙", 5, 10), unit("丙", 9, 10)))
    found = {result.id: result for result in solve(problem).units}
    assert (found["甲"].scored[0].score, found["甲"].scored[0].gap) == (None, "no-value")
    assert found["乙"].scored[0].score == D("12.00")
    with pytest.raises(InvalidValue, match="unit-twice"):
        solve(Problem(scheme=SCHEME, units=(unit("甲", 1, 1), unit("甲", 2, 2))))


NUMBERS = st.integers(min_value=0, max_value=200)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=8), NUMBERS, st.integers(0, 7))
def test_more_never_lowers_ones_own_score(values: list[tuple[int, int]], more: int, which: int) -> None:
    units = tuple(unit(str(n), signed, talks) for n, (signed, talks) in enumerate(values))
    mine = str(which % len(units))
    problem = Problem(scheme=SCHEME, units=units)
    move = Move(id="m", unit=mine, project="p", step="signed", evidence=(), adds={"signed": D(more)})
    before = next(result for result in solve(problem).units if result.id == mine).total
    found = lifts(problem, [move], unit=mine)
    assert sum((lift.gain for lift in found), D(0)) >= 0
    assert not found or found[0].total == before + found[0].gain


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=8))
def test_every_efficacy_score_lies_between_six_tenths_and_the_whole_weight(values: list[tuple[int, int]]) -> None:
    units = tuple(unit(str(n), signed, talks) for n, (signed, talks) in enumerate(values))
    for result in solve(Problem(scheme=SCHEME, units=units)).units:
        assert D(12) <= (result.scored[0].score or D(0)) <= D(20)


def test_it_lists_the_steps_that_lift_most_each_on_top_of_the_last() -> None:
    problem = Problem(scheme=SCHEME, units=(unit("甲", 5, 10, times={"late": 2}), unit("乙", 9, 10), unit("丙", 1, 10)))
    moves = [
        Move(id="a", unit="甲", project="p1", step="signed", evidence=("contract",), adds={"signed": D(1)}),
        Move(id="b", unit="甲", project="p2", step="negotiating", evidence=(), adds={"talks": D(4)}),
        Move(id="c", unit="甲", project="p3", step="report", evidence=(), adds={}, points={"late": 1}),
        Move(id="d", unit="乙", project="p4", step="signed", evidence=(), adds={"signed": D(9)}),
        Move(id="e", unit="甲", project="p5", step="nothing", evidence=(), adds={}),
    ]
    found = lifts(problem, moves, unit="甲")
    assert [lift.move.id for lift in found] == ["b", "c", "a"] or [lift.move.id for lift in found] == ["b", "a", "c"]
    assert found[0].gain == D("8.00")
    totals = [lift.total for lift in found]
    assert totals == sorted(totals)
    with pytest.raises(InvalidValue, match="unit-unknown"):
        lifts(problem, moves, unit="丁")


def test_its_shipped_schemes_can_be_read() -> None:
    for name in shipped_schemes():
        assert sum(indicator.weight for indicator in load_scheme(name).indicators) == 100
    with pytest.raises(InvalidValue, match="scheme-unknown"):
        load_scheme("nothing")


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ('weight = "40"', 'weight = "41"', 28, "add up to 101"),
        ('weight = "40"', "weight = 0.4", 14, "exact number"),
        ('figure = "newly_signed"', 'figur = "newly_signed"', 15, "'figur' is no key"),
        ('method = "completion"', 'method = "complete"', 30, "is no method"),
        ('cap = "-5"', 'cap = "5"', 38, "another sign"),
        ('each = "-0.1"', 'each = "0"', 37, "change nothing"),
        ('yellow = "-10"', 'yellow = "1"', 47, "not below green"),
        ('against = "pace"', 'against = "peace"', 43, "is no measure"),
        ("valid_from = 2022-01-01", 'valid_from = "2022"', 7, "must be a day"),
        ("[lists]", "[list]", 1, "unknown table"),
        ('name = "investment"', 'name = "signed"', 18, "twice"),
        ("[[indicator]]", "[[indicator]", 11, "line"),
    ],
)  # fmt: skip
def test_it_names_the_line_of_a_mistake_and_the_fix(before: str, after: str, line: int, problem: str) -> None:
    from zhaoyin.engines.assessment.scheme_file import SCHEMES

    text = (SCHEMES / "task-force-year.toml").read_text(encoding="utf-8").replace(before, after, 1)
    with pytest.raises(SchemeError) as caught:
        parse_scheme(text, name="my.toml")
    assert problem in str(caught.value.params["problem"])
    assert abs(int(str(caught.value.params["line"])) - line) <= 3
