"""Every plan keeps the rules; the exact method is never beaten; re-planning keeps the past; reasons hold when the meeting is forced in."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.routing.problems import FIRST, small
from zhaoyin.engines.route_checking.solve import check
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Problem, read_problem
from zhaoyin.engines.routing.replanning import replan, with_slots
from zhaoyin.engines.routing.result import Plan, StepKind, Why, read_plan, write_plan
from zhaoyin.engines.routing.solve import solve
from zhaoyin.engines.routing.whatif import Change, what_if
from zhaoyin.engines.routing.writing import write_problem

QUICK = RouteParams(iterations=200, prove_up_to=0)


def plain(document: object) -> Any:
    return json.loads(json.dumps(document))


def broken(problem: Problem, plan: Plan) -> list[str]:
    return [
        f"{item.rule}: {item.where}: {item.detail}"
        for item in check(plain(write_problem(problem)), plain(write_plan(plan)))
    ]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6))
def test_it_keeps_every_rule_on_random_problems(seed: int) -> None:
    problem = read_problem(small(seed))
    plan = solve(problem=problem, params=QUICK)
    assert broken(problem, plan) == []
    assert plan.bound is None or plan.totals.score <= plan.bound
    assert read_plan(plain(write_plan(plan))) == plan
    assert read_problem(plain(write_problem(problem))) == problem


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_it_is_never_better_than_the_exact_method(seed: int) -> None:
    problem = read_problem(small(seed, meetings=6, teams=1))
    best = solve(problem=problem, params=replace(QUICK, prove_up_to=6))
    found = solve(problem=problem, params=QUICK)
    assert broken(problem, best) == []
    if best.proved:
        assert (found.totals.must_missed, -found.totals.score) >= (
            best.totals.must_missed,
            -best.totals.score - Decimal("0.00001"),
        )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 3), st.integers(400, 1200))
def test_it_keeps_the_past_when_it_plans_again(seed: int, days: int, time: int) -> None:
    problem = read_problem(small(seed))
    published = solve(problem=problem, params=QUICK)
    now = FIRST + timedelta(days=days)
    gone = sorted(published.served)[-1:]
    begun = {
        (team.team, step) for team in published.teams for step in team.steps
        if step.kind is not StepKind.NIGHT and (step.day, step.starts) < (now, time)
    }  # fmt: skip
    held = {step.meeting for _, step in begun}
    after = {name for meeting in problem.meetings for name in meeting.after}
    cancelled = {name for name in gone if name not in held and name not in after}
    changed = replace(problem, meetings=tuple(meeting for meeting in problem.meetings if meeting.id not in cancelled))
    plan = replan(problem=changed, published=published, day=now, time=time, params=QUICK)
    assert begun <= {(team.team, step) for team in plan.teams for step in team.steps}
    assert broken(with_slots(changed, published), plan) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_its_reasons_hold_when_the_meeting_is_forced_in(seed: int) -> None:
    document = small(seed, meetings=6, teams=1)
    for row in document["meetings"]:
        row["must"] = False
        row.pop("after", None)
    problem = read_problem(document)
    plan = solve(problem=problem, params=replace(QUICK, prove_up_to=6))
    for item in plan.unserved if plan.proved else ():
        forced = replace(
            problem, meetings=tuple(replace(meeting, must=meeting.id == item.meeting) for meeting in problem.meetings)
        )
        other = solve(problem=forced, params=replace(QUICK, prove_up_to=6, explain=False))
        if item.why in {Why.NO_TEAM, Why.NO_WINDOW}:
            assert item.meeting not in other.served
        elif (
            item.why is Why.UNREACHABLE
        ):  # alone; another meeting on the way can open a slower way with fewer minutes a day
            alone = replace(
                forced, meetings=tuple(meeting for meeting in forced.meetings if meeting.id == item.meeting)
            )
            assert solve(problem=alone, params=replace(QUICK, prove_up_to=6)).served == set()
        elif item.why in {Why.DISPLACES, Why.COSTS_MORE} and other.proved:
            assert item.meeting in other.served
            assert other.totals.score <= plan.totals.score + Decimal("0.00001")
            assert other.totals.score >= plan.totals.score - item.lost - Decimal("0.00001")


def one_city(**meeting: Any) -> dict[str, Any]:
    return {
        "schema": "zhaoyin-route-1",
        "teams": [{"id": "T", "home": "A", "first_day": "2026-03-02", "last_day": "2026-03-03", "members": ["li"]}],
        "meetings": [{"id": "m", "city": "B", "value": "5", "duration_minutes": 60} | meeting],
        "travel": [{"from": a, "to": b, "mode": "rail", "minutes": 120, "fare": "50"} for a, b in ("AB", "BA")],
    }


@pytest.mark.parametrize(
    ("meeting", "why"),
    [
        ({"windows": [{"day": "2026-04-01"}]}, Why.NO_WINDOW),
        ({"windows": [{"day": "2026-03-02", "from": "10:00", "to": "10:30"}]}, Why.NO_WINDOW),
        ({"duration_minutes": 600}, Why.NO_WINDOW),
        ({"windows": [{"day": "2026-03-02", "from": "21:00", "to": "23:00"}]}, Why.NO_WINDOW),
        ({"needs_any": ["zhao"]}, Why.NO_TEAM),
        ({"forbidden_teams": ["T"]}, Why.NO_TEAM),
        ({"city": "Z"}, Why.UNREACHABLE),
        ({"value": "0"}, Why.COSTS_MORE),
    ],
)
def test_it_says_why_a_meeting_is_left_out(meeting: dict[str, Any], why: Why) -> None:
    problem = read_problem(one_city(**meeting))
    for most in (0, 8):
        plan = solve(problem=problem, params=replace(QUICK, prove_up_to=most))
        assert [item.why for item in plan.unserved] == [why]
        assert broken(problem, plan) == []


def test_it_tells_by_how_many_minutes_a_meeting_is_missed() -> None:
    document = one_city(windows=[{"day": "2026-03-02", "from": "09:00", "to": "10:00"}])
    document["travel"][0]["minutes"] = 180  # 06:30 + 180 = 09:30, the meeting must begin at 09:00
    document["teams"][0]["last_day"] = "2026-03-02"
    (item,) = solve(problem=read_problem(document), params=QUICK).unserved
    assert (item.why, item.overshoot_minutes) == (Why.UNREACHABLE, 30)


def test_it_sleeps_half_way_when_the_journey_is_too_long_for_a_day() -> None:
    document = one_city(city="C", value="50", windows=[{"day": "2026-03-03", "from": "14:00", "to": "18:00"}])
    document["teams"][0] |= {"last_day": "2026-03-05", "most_travel_minutes_a_day": 400}
    document["travel"] = [
        {"from": a, "to": b, "mode": "rail", "minutes": 380, "fare": "1", "departures": ["15:00"] if a == "A" else []}
        for a, b in ("AB", "BC", "CB", "BA")
    ]
    document["meetings"].append({"id": "n", "city": "B", "value": "1", "duration_minutes": 60})
    problem = read_problem(document)
    plan = solve(problem=problem, params=QUICK)
    assert "m" in plan.served
    assert broken(problem, plan) == []


def test_a_confirmed_meeting_stays_and_only_what_cannot_stay_moves() -> None:
    document = small(7, meetings=8, teams=2)
    for row in document["meetings"]:
        row.pop("after", None)
    problem = read_problem(document)
    published = solve(problem=problem, params=QUICK)
    slots = with_slots(problem, published)
    agreed = replace(slots, meetings=tuple(replace(m, confirmed=m.published is not None) for m in slots.meetings))
    again = solve(problem=agreed, params=QUICK, warm=published)
    assert again.totals.confirmed_moved == 0
    assert again.served >= published.served
    assert broken(agreed, again) == []


def test_one_day_more_brings_what_did_not_fit() -> None:
    document = one_city(duration_minutes=300)
    document["teams"][0]["last_day"] = "2026-03-02"
    document["meetings"] += [{"id": "n", "city": "B", "value": "4", "duration_minutes": 300}]
    problem = read_problem(document)
    plan = solve(problem=problem, params=QUICK)
    assert plan.served == {"m"}
    gain = what_if(problem=problem, plan=plan, change=Change.DAY, team="T", params=QUICK)
    assert (gain.gained, gain.lost) == (("n",), ())
    assert gain.score > 0


def test_a_team_without_days_or_no_team_at_all_still_gets_an_answer() -> None:
    document = one_city()
    document["teams"] = []
    plan = solve(problem=read_problem(document), params=QUICK)
    assert [item.why for item in plan.unserved] == [Why.NO_TEAM]
    document = one_city()
    document["meetings"] = []
    assert solve(problem=read_problem(document), params=QUICK).totals.meetings == 0


def test_the_same_seed_gives_the_same_plan_and_a_stop_ends_the_search() -> None:
    problem = read_problem(small(11, meetings=9, teams=2))
    one, two = (solve(problem=problem, params=QUICK) for _ in range(2))
    assert one == two
    assert solve(problem=problem, params=replace(QUICK, stop=lambda: True)).stopped == "asked to stop"


def test_five_thousand_meetings_get_a_plan_and_a_reason_each() -> None:
    rows = [
        {"id": f"m{n}", "city": "AB"[n % 2], "value": str(1 + n % 9), "duration_minutes": 60 + n % 4 * 15}
        for n in range(5000)
    ]
    document = one_city() | {"meetings": rows}
    problem = read_problem(document)
    plan = solve(problem=problem, params=replace(QUICK, iterations=4, most_explained=50))
    assert len(plan.served) + len(plan.unserved) == 5000
    assert broken(problem, plan) == []
    assert date(2026, 3, 2) in {step.day for team in plan.teams for step in team.steps}
