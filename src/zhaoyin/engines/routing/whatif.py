"""What one more day, one more person or team, or another home city would bring."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Problem, Team
from zhaoyin.engines.routing.result import Plan
from zhaoyin.engines.routing.solve import solve


class Change(StrEnum):
    """What would be different: a day more for a team, a person more in it (`value`), a second team like it, another home city (`value`)."""

    DAY = "day"
    PERSON = "person"
    TEAM = "team"
    HOME = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What the change brings: meetings that come in and go out, points of score, and the plan itself."""

    change: Change
    team: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    score: Decimal
    plan: Plan


def changed(problem: Problem, *, change: Change, team: str, value: str = "") -> Problem:
    """The problem with the change made to the team of that id."""
    made = {item.id: _teams(item, change, value, problem) if item.id == team else (item,) for item in problem.teams}
    return replace(problem, teams=tuple(item for group in made.values() for item in group))


def _teams(team: Team, change: Change, value: str, problem: Problem) -> tuple[Team, ...]:
    if change is Change.DAY:
        return (replace(team, last_day=team.last_day + timedelta(days=1)),)
    if change is Change.PERSON:
        return (replace(team, members=(*team.members, value)),)
    if change is Change.HOME:
        return (replace(team, home=value),)
    taken = {item.id for item in problem.teams}
    name = next(f"{team.id}+{number}" for number in range(1, len(taken) + 2) if f"{team.id}+{number}" not in taken)
    return team, replace(team, id=name, members=tuple(f"{person}+" for person in team.members))


def what_if(
    *, problem: Problem, plan: Plan, change: Change, team: str, value: str = "", params: RouteParams | None = None
) -> Gain:
    """What the change would bring against `plan`, which is also where the search begins.

    A second team has people of its own, so meetings that need a certain person stay with the first.
    """
    other = solve(problem=changed(problem, change=change, team=team, value=value), params=params, warm=plan)
    return Gain(
        change=change,
        team=team,
        gained=tuple(sorted(other.served - plan.served)),
        lost=tuple(sorted(plan.served - other.served)),
        score=other.totals.score - plan.totals.score,
        plan=other,
    )
