"""The checker finds what is wrong: each rule is broken on purpose in a plan that keeps them all."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from zhaoyin.engines.route_checking.solve import check

PROBLEM: dict[str, Any] = {
    "schema": "zhaoyin-route-1",
    "teams": [{
        "id": "T", "home": "A", "members": ["li", "wang"], "first_day": "2026-03-02", "last_day": "2026-03-03", "most_meetings_a_day": 3,
        "most_travel_minutes_a_day": 300, "lunch": {"from": "11:30", "to": "13:30", "minutes": 60},
    }],
    "meetings": [
        {"id": "m", "city": "B", "value": "5", "duration_minutes": 60, "windows": [{"day": "2026-03-02", "from": "09:00", "to": "12:00"}]},
        {"id": "n", "city": "B", "value": "4", "duration_minutes": 90, "after": ["m"], "needs_all": ["li"]},
        {"id": "o", "city": "B", "value": "3", "duration_minutes": 60},
        {"id": "left", "city": "B", "value": "1", "duration_minutes": 60},
    ],
    "travel": [{"from": a, "to": b, "mode": "rail", "minutes": 120, "fare": "50", "departures": ["07:00", "19:00"]} for a, b in ("AB", "BA")],
}  # fmt: skip
DAY = "2026-03-02"
NEXT = "2026-03-03"


def leg(day: str, at: str, to: str, a: str, b: str) -> dict[str, Any]:
    return {
        "kind": "leg", "day": day, "city": a, "from": at, "to": to, "end_day": day, "destination": b, "mode": "rail", "minutes": 120, "fare": "100",
        "source": "",
    }  # fmt: skip


def meeting(day: str, at: str, to: str, name: str) -> dict[str, Any]:
    return {"kind": "meeting", "day": day, "city": "B", "from": at, "to": to, "end_day": day, "meeting": name}


def local(at: str, to: str) -> dict[str, Any]:
    return leg(DAY, at, to, "B", "B") | {"mode": "local", "minutes": 30, "fare": "0"}


PLAN: dict[str, Any] = {
    "schema": "zhaoyin-plan-1",
    "teams": [{"team": "T", "steps": [
        leg(DAY, "07:00", "09:00", "A", "B"), meeting(DAY, "10:00", "11:00", "m"), local("13:00", "13:30"), meeting(DAY, "13:30", "15:00", "n"),
        {"kind": "night", "day": DAY, "city": "B", "fare": "700"}, meeting(NEXT, "09:00", "10:00", "o"), leg(NEXT, "19:00", "21:00", "B", "A"),
    ]}],
    "unserved": [{"meeting": "left", "why": "costs-more", "overshoot_minutes": None, "instead_of": [], "lost": "0", "needs": []}],
    "totals": {
        "meetings": 3, "must_missed": 0, "value": "12", "travel_minutes": 240, "fares": "200", "hotels": "700", "nights": 1, "changed": 0,
        "confirmed_moved": 0, "travel_cost": "0.8", "money_cost": "0.45", "night_cost": "0.1", "change_cost": "0", "score": "10.65",
    },
}  # fmt: skip


def steps(plan: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = plan["teams"][0]["steps"]
    return found


def set_problem(path: str, **values: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def change(problem: dict[str, Any], plan: dict[str, Any]) -> None:
        kind, number = path.split(".")
        problem[kind][int(number)].update(values)

    return change


def set_step(number: int, **values: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    return lambda problem, plan: steps(plan)[number].update(values)


def drop(number: int) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    return lambda problem, plan: steps(plan).__delitem__(number)


def test_a_good_plan_has_no_findings() -> None:
    assert check(PROBLEM, PLAN) == []


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("place-and-time", drop(0)),
        ("home", drop(6)),
        ("nights", drop(4)),
        ("nights", set_step(4, fare="350")),
        ("leg-option", set_step(0, fare="50")),
        ("leg-option", set_step(0, **{"from": "07:10", "to": "09:10"})),
        ("leg-minutes", set_step(0, minutes=110)),
        ("window", set_problem("meetings.0", windows=[{"day": NEXT}])),
        ("duration", set_problem("meetings.0", duration_minutes=61)),
        ("working-hours", set_problem("teams.0", day_ends="14:30")),
        ("travel-hours", set_problem("teams.0", earliest_leave="07:30")),
        ("home", set_problem("teams.0", latest_arrival="20:30")),
        ("meetings-a-day", set_problem("teams.0", most_meetings_a_day=1)),
        ("travel-a-day", set_problem("teams.0", most_travel_minutes_a_day=100)),
        ("lunch", set_problem("teams.0", lunch={"from": "11:30", "to": "13:30", "minutes": 100})),
        ("persons", set_problem("meetings.1", needs_all=["zhao"])),
        ("persons", set_problem("meetings.1", needs_any=["zhao"])),
        ("team", set_problem("meetings.1", forbidden_teams=["T"])),
        ("team", set_problem("meetings.1", pinned={"team": "U"})),
        ("pinned", set_problem("meetings.1", pinned={"time": "14:00"})),
        ("pinned", set_problem("meetings.1", pinned={"day": NEXT})),
        ("after", set_problem("meetings.0", after=["o"])),
        ("after", set_problem("meetings.0", after=["left"])),
        ("local", set_problem("meetings.2", id="x")),
        ("days", set_problem("teams.0", last_day=DAY)),
        ("totals", set_problem("meetings.0", value="6")),
        ("totals", set_problem("meetings.0", published={"team": "T", "day": NEXT, "time": "10:00"})),
        ("past", set_problem("meetings.0", past=True, published={"team": "T", "day": NEXT, "time": "10:00"})),
        ("unserved", lambda problem, plan: plan["unserved"].clear()),
        ("unserved", lambda problem, plan: plan["unserved"].append(plan["unserved"][0] | {"meeting": "m"})),
        ("meeting-unknown", set_step(1, meeting="n")),
        ("team-unknown", lambda problem, plan: plan["teams"].append(plan["teams"][0])),
    ],
)  # fmt: skip
def test_it_finds_the_broken_rule(rule: str, change: Callable[[dict[str, Any], dict[str, Any]], None]) -> None:
    problem, plan = copy.deepcopy(PROBLEM), copy.deepcopy(PLAN)
    if rule == "local":
        steps(plan)[3:4] = [meeting(DAY, "11:20", "12:50", "n")]
        del steps(plan)[2]
    else:
        change(problem, plan)
    assert rule in {item.rule for item in check(problem, plan)}


def test_it_refuses_a_night_train_that_arrives_on_the_same_day() -> None:
    problem, plan = copy.deepcopy(PROBLEM), copy.deepcopy(PLAN)
    problem["travel"][0] |= {"mode": "night"}
    steps(plan)[0] |= {"mode": "night"}
    assert "night-train" in {item.rule for item in check(problem, plan)}
