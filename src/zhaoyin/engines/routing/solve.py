"""`solve`: a problem → the best plan found in the time given, with the reason for everything left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from zhaoyin.engines.routing.assembling import chain, team_plan, totals
from zhaoyin.engines.routing.exact import prove
from zhaoyin.engines.routing.explaining import explain
from zhaoyin.engines.routing.model import DAY, MUST, Model, compile_problem
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Problem, check_references
from zhaoyin.engines.routing.result import ENGINE_VERSION, Identity, Plan, TeamPlan, Unserved, Why
from zhaoyin.engines.routing.search import State, improve, new_state, ready, recreate, renew
from zhaoyin.engines.routing.timing import Label, Order, Scheduler, schedule
from zhaoyin.engines.routing.writing import problem_hash

HEAT, COOL, STRING, HURRY, TRIED = 0.3, 0.1, 4, 0.1, 40
"""Measured on generated campaigns of 40 to 300 meetings at one second (docs/algorithms/routing.md)."""
Routes = tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Found:
    """Routes as meeting numbers, how many rounds it took, what ended the run."""

    routes: Routes
    rounds: int
    stopped: str


def solve(*, problem: Problem, params: RouteParams | None = None, warm: Plan | None = None) -> Plan:
    """The best plan found: all must-do meetings that can be kept, then the greatest value less travel, money, nights and changes.

    Every plan returned keeps all rules; a meeting that cannot be planned is in `unserved` with its reason. `warm`: a plan to begin from; what
    it holds and no longer fits is left out. InvalidValue when the problem contradicts itself (see `check_references`).
    """
    options = params or RouteParams()
    check_references(problem)
    identity = Identity(engine=ENGINE_VERSION, problem=problem_hash(problem), seed=options.seed)
    if not problem.teams:
        nobody = tuple(Unserved(meeting=meeting.id, why=Why.NO_TEAM) for meeting in problem.meetings)
        return Plan(
            teams=(), unserved=nobody, totals=totals(problem, ()), identity=identity, bound=Decimal(0), proved=True
        )
    began = options.clock() if options.clock else 0.0
    model = compile_problem(problem)
    hurried = options.clock is not None and options.seconds <= 0
    proof, order = None if hurried else prove(model, options.prove_up_to, lambda: _late(options, began, 0.4)), Order()
    if proof is not None:
        found, ends = Found(proof.routes, 0, "proved"), [proof.end]
    else:
        found = look(model, options, routes_of(model, warm) if warm else (), began)
        held = {meeting.id for meeting in problem.meetings if meeting.confirmed and meeting.published}
        lost = held - {problem.meetings[u].id for route in found.routes for u in route}
        if lost:
            model = compile_problem(problem, free=frozenset(lost))
            again = look(model, options, found.routes, began)
            found = Found(again.routes, found.rounds + again.rounds, again.stopped)
        order = order_of(model, found.routes)
        found.routes, ends = in_order(model, *polished(model, found.routes, order), order)
    done = {u for route in found.routes for u in route}
    left = tuple(Unserved(meeting=m.id, why=Why.NOT_TRIED) for u, m in enumerate(problem.meetings) if u not in done)
    if options.explain:
        outcome = explain(model, found.routes, ends, options, load, lambda: _late(options, began), order)
        ends, left = outcome.ends, outcome.left
    plans = written(model, ends)
    return Plan(
        teams=plans,
        unserved=left,
        totals=totals(problem, plans),
        identity=identity,
        bound=bound(model) if proof is None else totals(problem, plans).score,
        proved=proof is not None,
        iterations=found.rounds,
        stopped=found.stopped,
    )


def _late(params: RouteParams, began: float, share: float = 0.95) -> bool:
    """Whether that share of the time is over."""
    return bool(params.clock and params.clock() - began >= params.seconds * share)


def routes_of(model: Model, plan: Plan) -> Routes:
    """The plan's meetings as numbers of the model, a route a team; what the problem no longer has is left out."""
    planned = {team.team: team.meetings for team in plan.teams}
    return tuple(
        tuple(model.index[name] for name in planned.get(team.id, ()) if name in model.index)
        for team in model.problem.teams
    )


def load(model: Model, state: State, routes: Routes) -> None:
    """Puts routes into the state; meetings that do not fit are left out."""
    for k, route in enumerate(routes):
        fresh = [u for u in route if state.team[u] < 0]
        state.seq[k, : len(fresh)], state.size[k] = fresh, len(fresh)
        state.team[fresh] = k
        if renew(model.arrays, state, k):
            continue
        state.size[k], state.team[fresh] = 0, -1
        renew(model.arrays, state, k)
        for u in fresh:
            size = int(state.size[k])
            state.seq[k, size], state.size[k], state.team[u] = u, size + 1, k
            if not renew(model.arrays, state, k):
                state.size[k], state.team[u] = size, -1
                renew(model.arrays, state, k)


def look(model: Model, params: RouteParams, routes: Routes, began: float) -> Found:
    """Ruin and recreate until the time, the rounds or the patience of `stop` are over."""
    arrays, problem = model.arrays, model.problem
    n = len(problem.meetings)
    state = new_state(n, len(problem.teams), params.seed)
    if n == 0:
        return Found(tuple(() for _ in problem.teams), 0, "nothing to plan")
    load(model, state, routes)
    recreate(arrays, state, 0.0, 0.0, n)
    _keep(state)
    mean = float(np.mean(arrays.value % MUST)) or 1.0
    pressure = mean / 150.0
    rounds, piece, stopped = 0, 4 if n > 60 else 40, "rounds"
    budget = params.seconds * (0.7 if params.clock else 1.0)
    while True:
        share = rounds / params.iterations
        if params.clock:
            share = (params.clock() - began) / budget if budget > 0 else 1.0
        if share >= 1.0:
            stopped = "time" if params.clock else "rounds"
            break
        if params.stop and params.stop():
            stopped = "asked to stop"
            break
        temperature = mean * HEAT * COOL**share
        improve(arrays, state, piece, temperature, STRING, pressure * HURRY, TRIED)
        rounds += piece
    return Found(
        tuple(tuple(int(u) for u in state.best_seq[k, : state.best_size[k]]) for k in range(len(problem.teams))),
        rounds,
        stopped,
    )


def _keep(state: State) -> None:
    state.scores[0] = state.scores[1] = state.points.sum()
    state.best_seq[:], state.best_size[:] = state.seq, state.size


def order_of(model: Model, routes: Routes) -> Order:
    """What `after` imposes between meetings of different teams, at the earliest schedules that keep it; nothing without `after`."""
    meetings = model.problem.meetings
    if not any(meeting.after for meeting in meetings):
        return Order()
    state = new_state(len(meetings), len(routes), 1)
    load(model, state, routes)
    bounds: dict[int, int] = {}
    for _ in meetings:
        again = False
        for u in (u for route in routes for u in route if meetings[u].after):
            ready(model.arrays, state, u)
            again = again or int(state.bounds[u]) > bounds.get(u, 0)
            bounds[u] = int(state.bounds[u])
        if not again:
            break
        for k in range(len(routes)):
            renew(model.arrays, state, k)
    starts = {int(state.seq[k, x]): int(state.E[k, x]) for k in range(len(routes)) for x in range(int(state.size[k]))}
    caps: dict[int, int] = {}
    for u in bounds:
        for name in meetings[u].after:
            p = model.index[name]
            if u in starts and state.team[p] != state.team[u]:
                caps[p] = min(caps.get(p, starts[u]), starts[u])
    return Order(bounds=bounds, caps=caps)


def polished(model: Model, routes: Routes, order: Order) -> tuple[Routes, list[Label | None]]:
    """The cheapest schedules of the routes, after taking out each meeting that costs more than it is worth."""
    meetings = model.problem.meetings
    linked = {name for meeting in meetings for name in (*meeting.after, meeting.id) if meeting.after}
    dear = 3.0 * float(np.mean(model.arrays.value % MUST)) if meetings else 0.0
    found: list[tuple[int, ...]] = []
    ends: list[Label | None] = []
    for k, route in enumerate(routes):
        kept, scheduler = list(route), Scheduler(model, k, order=order)
        away = model.arrays.start_city[k] != model.arrays.home[k]
        end = schedule(scheduler, kept) if kept or away else None
        while end is None and kept:  # the compiled search took a way that no label takes: what hangs on it goes
            kept.pop()
            end = schedule(scheduler, kept) if kept or away else None
        for u in tuple(kept) if end is not None else ():
            value = float(meetings[u].value)
            if model.arrays.must[u] or meetings[u].id in linked or value > dear or _cheaply(model, k, kept, u) <= value:
                continue
            shorter = [v for v in kept if v != u]
            other = schedule(scheduler, shorter) if shorter else None
            if (
                end is not None
                and (other is not None or not shorter)
                and end.cost - (other.cost if other else 0.0) > value
            ):
                kept, end = shorter, other
        found.append(tuple(kept) if end is not None else ())
        ends.append(end)
    return tuple(found), ends


def in_order(model: Model, routes: Routes, ends: list[Label | None], order: Order) -> tuple[Routes, list[Label | None]]:
    """The same without meetings whose `after` the schedules do not keep; seldom any, since the search keeps it."""
    meetings, kept = model.problem.meetings, [list(route) for route in routes]
    while any(meeting.after for meeting in meetings):
        starts = {
            label.meeting: label.start for end in ends if end is not None for label in chain(end) if label.meeting >= 0
        }
        over = {meetings[u].id: start + meetings[u].duration_minutes for u, start in starts.items()}
        lost = [u for u in starts if any(over.get(name, starts[u] + 1) > starts[u] for name in meetings[u].after)]
        if not lost:
            break
        for k, route in enumerate(kept):
            if set(route) & set(lost):
                kept[k] = [u for u in route if u not in lost]
                away = model.arrays.start_city[k] != model.arrays.home[k]
                ends[k] = schedule(Scheduler(model, k, order=order), kept[k]) if kept[k] or away else None
                kept[k] = kept[k] if ends[k] is not None else []
    return tuple(tuple(route) for route in kept), ends


def _cheaply(model: Model, k: int, route: Sequence[int], u: int) -> float:
    """An upper guess of what a meeting costs: its detour and two nights."""
    x = route.index(u)
    arrays = model.arrays
    a = arrays.city[route[x - 1]] if x else arrays.start_city[k]
    b = arrays.city[route[x + 1]] if x + 1 < len(route) else arrays.home[k]
    c = arrays.city[u]
    return float(arrays.cost[k, a, c] + arrays.cost[k, c, b] - arrays.cost[k, a, b] + 2 * arrays.hotel[k, c])


def written(model: Model, ends: Sequence[Label | None]) -> tuple[TeamPlan, ...]:
    """The plans of all teams."""
    return tuple(team_plan(model, k, end) for k, end in enumerate(ends))


def bound(model: Model) -> Decimal:
    """No plan scores more: every meeting that some team can take, at most as many a day as the teams may, at no cost at all."""
    room = sum(team.most_meetings_a_day * ((team.last_day - team.first_day).days + 1) for team in model.problem.teams)
    values = sorted(
        (m.value for i, m in enumerate(model.problem.meetings) if model.arrays.allowed[:, i].any()), reverse=True
    )
    return sum(values[:room], Decimal(0))


__all__ = ["DAY", "bound", "look", "polished", "routes_of", "solve", "written"]
