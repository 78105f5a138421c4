"""Why a meeting is left out: each reason is what stands in the way when the meeting is forced into the plan."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from zhaoyin.engines.routing.model import DAY, MUST, Model, team_allowed
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.result import Unserved, Why
from zhaoyin.engines.routing.schedule import FAR, home, step
from zhaoyin.engines.routing.search import State, cheapest_swap, new_state, ready, renew
from zhaoyin.engines.routing.tables import NEVER
from zhaoyin.engines.routing.timing import Label, Order, Scheduler, schedule

Routes = tuple[tuple[int, ...], ...]


@dataclass
class Outcome:
    """Routes, improved where forcing a meeting in turned out better, their schedules, and the reasons."""

    routes: list[list[int]]
    ends: list[Label | None]
    order: Order
    left: tuple[Unserved, ...] = ()
    schedulers: dict[int, Scheduler] = field(default_factory=dict)

    def end(self, model: Model, k: int, route: list[int]) -> Label | None:
        """The cheapest schedule of a route of team k."""
        if k not in self.schedulers:
            self.schedulers[k] = Scheduler(model, k, order=self.order)
        return schedule(self.schedulers[k], route) if route else None

    def gained(self, model: Model, k: int, changed: list[int]) -> float:
        """Points that another route would bring team k; minus infinity when it has no schedule."""
        now, end = self.ends[k], self.end(model, k, changed)
        if end is None and changed:
            return float("-inf")
        values = model.arrays.value
        more = sum(float(values[u]) for u in changed) - sum(float(values[u]) for u in self.routes[k])
        return more - (end.cost if end else 0.0) + (now.cost if now else 0.0)


def explain(
    model: Model, routes: Routes, ends: list[Label | None], params: RouteParams, load: Callable[[Model, State, Routes], None],
    late: Callable[[], bool], order: Order,
) -> Outcome:  # fmt: skip
    """The reason for every meeting that the routes leave out.

    Forcing one in can show that the plan was not the best: then the better plan is taken. `late` says that the time for improving is over; the
    reasons are found in any case, for the `most_explained` most valuable ones.
    """
    outcome = Outcome([list(route) for route in routes], list(ends), order)
    state = new_state(len(model.problem.meetings), len(routes), params.seed)
    load(model, state, routes)
    simple = not any(meeting.after for meeting in model.problem.meetings)
    again = simple
    while again and not late():
        again = any(_improved(model, state, outcome, u) for u in _left(model, outcome) if not late())
    found = []
    for number, u in enumerate(_left(model, outcome)):
        reason = _alone(model, state, outcome, u)
        if reason is None:
            meeting = model.problem.meetings[u].id
            reason = (
                _swap(model, state, outcome, u)
                if number < params.most_explained
                else Unserved(meeting=meeting, why=Why.NOT_TRIED)
            )
        found.append(reason)
    numbers = {name: number for number, name in enumerate(model.index)}
    outcome.left = tuple(sorted(found, key=lambda item: numbers[item.meeting]))
    return outcome


def _left(model: Model, outcome: Outcome) -> list[int]:
    values, served = model.arrays.value, {u for route in outcome.routes for u in route}
    return sorted((u for u in range(len(values)) if u not in served), key=lambda u: -values[u])


def _route(state: State, k: int) -> list[int]:
    """Team k's meetings as the compiled search holds them; the cheapest schedule may hold more, by slower ways that it does not know."""
    return [int(u) for u in state.seq[k, : state.size[k]]]


def _following(model: Model, outcome: Outcome, gone: set[int]) -> list[int]:
    """Planned meetings that would have to go because one before them goes."""
    found: list[int] = []
    again = True
    while again:
        again = False
        for u in (v for route in outcome.routes for v in route if v not in gone):
            if any(model.index[name] in gone for name in model.problem.meetings[u].after):
                gone.add(u)
                found.append(u)
                again = True
    return found


def _improved(model: Model, state: State, outcome: Outcome, u: int) -> bool:
    if not model.arrays.allowed[:, u].any():
        return False
    gain, k, x, length = cheapest_swap(model.arrays, state, u)
    if k < 0 or gain < -0.5:
        return False
    route = _route(state, k)
    changed = [*route[:x], u, *route[x + length :]]
    gained = outcome.gained(model, k, changed)
    if gained <= 1e-6:
        return False
    end = outcome.end(model, k, changed)
    for v in route[x : x + length]:
        state.team[v] = -1
    outcome.routes[k], outcome.ends[k] = changed, end
    for y, v in enumerate(changed):
        state.seq[k, y], state.team[v] = v, k
    state.size[k] = len(changed)
    renew(model.arrays, state, k)
    return True


def _alone(model: Model, state: State, outcome: Outcome, u: int) -> Unserved | None:
    """The reason that holds whatever else is planned; None when the meeting alone would be possible."""
    meeting = model.problem.meetings[u]
    held = meeting.confirmed and meeting.id not in model.free
    able = [k for k, team in enumerate(model.problem.teams) if team_allowed(meeting, team, hold=held)]
    if not able:
        people = {person for team in model.problem.teams for person in team.members}
        missing = tuple(name for name in (*meeting.needs_all, *meeting.needs_any) if name not in people)
        return Unserved(meeting=meeting.id, why=Why.NO_TEAM, needs=missing or (*meeting.needs_all, *meeting.needs_any))
    able = [k for k in able if model.arrays.allowed[k, u]]
    if not able:
        return Unserved(meeting=meeting.id, why=Why.NO_WINDOW)
    over = [overshoot(model, k, u) for k in able]
    if all(outcome.end(model, k, [u]) is None for k in able):
        known = [item for item in over if item]
        return Unserved(meeting=meeting.id, why=Why.UNREACHABLE, overshoot_minutes=min(known, default=None))
    if not ready(model.arrays, state, u):
        missing = tuple(name for name in meeting.after if state.team[model.index[name]] < 0)
        return Unserved(meeting=meeting.id, why=Why.NEEDS_OTHER, needs=missing)
    return None


def overshoot(model: Model, k: int, u: int) -> int | None:
    """Minutes by which team k misses meeting u although it does nothing else: 0 when it does not, None when there is no way at all."""
    arrays = model.arrays
    n = len(model.problem.meetings)
    s, _, spent, _ = step(
        arrays, k, n, arrays.start_time[k], arrays.start_count[k], arrays.start_travel[k], arrays.start_late[k], u, 0
    )
    if s < FAR:
        back = int(home(arrays, k, u, s, spent))
        return None if back >= FAR else max(0, back - int(arrays.deadline[k]))
    a, b = int(arrays.start_city[k]), int(arrays.city[u])
    day, time = divmod(int(arrays.start_time[k]), DAY)
    arrive = int(arrays.arrive[arrays.habit[k], a, b, min(287, -(-time // 5))]) if a != b else time
    if arrive >= NEVER:
        return None
    return max(1, day * DAY + arrive - int(arrays.high[arrays.end[k, u] - 1]))


def _exchange(model: Model, state: State, outcome: Outcome, u: int) -> tuple[int, list[int]]:
    """(team, its meetings with u in the place of others): the best exchange, with more taken out around it until it has a schedule.

    The compiled test does not see the travel minutes of the days after u, so what it proposes may still be too much.
    """
    _, k, x, length = cheapest_swap(model.arrays, state, u)
    route = _route(state, k) if k >= 0 else []
    for wider in range(len(route) + 1 if k >= 0 else 0):
        changed = [*route[: max(0, x - wider // 2)], u, *route[x + length + (wider + 1) // 2 :]]
        if outcome.end(model, k, changed) is not None:
            return int(k), changed
    alone = (
        k for k in range(len(outcome.ends)) if model.arrays.allowed[k, u] and outcome.end(model, k, [u]) is not None
    )
    return next(alone), [u]


def _swap(model: Model, state: State, outcome: Outcome, u: int) -> Unserved:
    meeting = model.problem.meetings[u]
    k, changed = _exchange(model, state, outcome, u)
    gone = [v for v in outcome.routes[k] if v not in changed]
    gained = outcome.gained(model, k, changed)
    gone += (following := _following(model, outcome, set(gone)))
    gained -= sum(float(model.arrays.value[v]) for v in following)
    gained += MUST * (sum(bool(model.arrays.must[v]) for v in gone) - bool(model.arrays.must[u]))
    lost = max(Decimal(0), Decimal(repr(round(-gained, 6))))
    made = Unserved(meeting=meeting.id, why=Why.COSTS_MORE, lost=lost)
    if not gone:
        return made
    return replace(made, why=Why.DISPLACES, instead_of=tuple(model.problem.meetings[v].id for v in gone))
