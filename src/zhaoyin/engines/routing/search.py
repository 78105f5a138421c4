"""Ruin and recreate over trips of several teams and many days, in compiled code; the same method as `orienteering`, over `schedule`."""

from typing import Any, NamedTuple

import numpy as np

from zhaoyin.engines.routing.compiling import allocating, kernel
from zhaoyin.engines.routing.orienteering import draw
from zhaoyin.engines.routing.schedule import FAR, backward, fits, forward, gap_cost, home, step, worth


class State(NamedTuple):
    """Routes and what is known of them. seq[k, x], size[k]; team[u] or -1; scores = [now, best]; random: the generator's state."""

    seq: Any
    size: Any
    team: Any
    E: Any
    C: Any
    S: Any
    L: Any
    B: Any
    D: Any
    points: Any
    bounds: Any
    random: Any
    scores: Any
    best_seq: Any
    best_size: Any


def new_state(meetings: int, teams: int, seed: int) -> State:
    """Empty routes."""
    shape = (teams, meetings + 1)
    random = np.array([np.uint64((seed * 2654435761 + 88172645463325252) % 2**63 + 1)], np.uint64)
    E, C, S, L, B, D, seq, best = (np.zeros(shape, np.int64) for _ in range(8))
    return State(
        seq=seq, size=np.zeros(teams, np.int64), team=np.full(meetings, -1, np.int64), E=E, C=C, S=S, L=L, B=B, D=D, points=np.zeros(teams),
        bounds=np.zeros(meetings + 1, np.int64), random=random, scores=np.array([0.0, -1e300]), best_seq=best,
        best_size=np.zeros(teams, np.int64),
    )  # fmt: skip


@kernel
def renew(A: Any, X: Any, k: int) -> Any:
    """Schedules and points of route k after a change; false when it is impossible."""
    good = forward(A, k, X.seq[k], X.size[k], X.E[k], X.C[k], X.S[k], X.L[k], X.bounds)
    if good:
        backward(A, k, X.seq[k], X.size[k], X.B[k], X.D[k])
        X.points[k] = worth(A, k, X.seq[k], X.size[k], X.E[k], X.S[k])
    return good


@kernel
def take_out(X: Any, k: int, x: int, length: int) -> None:
    """Takes `length` meetings from position x out of route k."""
    for y in range(x, x + length):
        X.team[X.seq[k, y]] = -1
    for y in range(x, X.size[k] - length):
        X.seq[k, y] = X.seq[k, y + length]
    X.size[k] -= length


@kernel
def put_in(X: Any, k: int, x: int, u: int) -> None:
    """Puts u before position x of route k."""
    for y in range(X.size[k], x, -1):
        X.seq[k, y] = X.seq[k, y - 1]
    X.seq[k, x] = u
    X.size[k] += 1
    X.team[u] = k


@kernel
def best_spot(A: Any, X: Any, u: int, hurry: float, blink: float) -> Any:
    """(gain in points, team, position) of the best feasible insertion of u; team -1 when there is none."""
    n = A.minutes.shape[0] - 1
    best, team, spot = -1e300, -1, -1
    for k in range(A.habit.shape[0]):
        if not A.allowed[k, u]:
            continue
        size, b = X.size[k], A.city[u]
        opens, closes = A.low[A.first[k, u, 0]], A.high[A.end[k, u] - 1]
        for x in range(size + 1):
            if x > 0 and X.E[k, x - 1] > closes:
                break
            if x < size and X.B[k, x] < opens:
                continue
            i = X.seq[k, x - 1] if x > 0 else n
            j = X.seq[k, x] if x < size else -1
            a = A.city[i] if i < n else A.start_city[k]
            free = X.E[k, x - 1] + A.minutes[i] if x > 0 else A.start_time[k]
            over = max(free + A.close[a, b], opens) + A.minutes[u]
            if x < size:
                if over + A.close[b, A.city[j]] > X.B[k, x]:
                    continue
            elif over + A.close[b, A.home[k]] > A.deadline[k]:
                continue
            if blink > 0.0 and draw(X.random) < blink:
                continue
            gain = (
                A.value[u]
                - gap_cost(A, k, i, u, 0)
                - gap_cost(A, k, u, j, 0)
                + (gap_cost(A, k, i, j, 0) if size > 0 else 0.0)
            )
            if gain <= best:
                continue
            s, t = fits(A, k, X.seq[k], size, x, X.E[k], X.C[k], X.S[k], X.L[k], X.B[k], X.D[k], u, X.bounds[u])
            if s >= FAR:
                continue
            if A.penalty[u] > 0.0 and (A.old_team[u] != k or A.old_day[u] != s // 1440):
                gain -= A.penalty[u]
            shift = (t - X.E[k, x]) if x < size else s - (X.E[k, x - 1] if x > 0 else A.start_time[k])
            gain -= hurry * shift
            if gain > best:
                best, team, spot = gain, k, x
    return best, team, spot


@kernel
def ready(A: Any, X: Any, u: int) -> bool:
    """Whether all meetings that must come before u are planned; sets the bound of u behind them."""
    X.bounds[u] = 0
    for place in range(A.before.shape[1]):
        p = A.before[u, place]
        if p < 0:
            continue
        k = X.team[p]
        if k < 0:
            return False
        for x in range(X.size[k]):
            if X.seq[k, x] == p:
                X.bounds[u] = max(X.bounds[u], X.E[k, x] + A.minutes[p])
    return True


@kernel
def mend(A: Any, X: Any) -> None:
    """Takes out what has lost the meeting that must come before it, or now begins before that one is over."""
    if A.before.shape[1] == 0:
        return
    again = True
    while again:
        again = False
        for u in range(A.before.shape[0]):
            k = X.team[u]
            if k < 0 or A.before[u, 0] < 0:
                continue
            good = ready(A, X, u)
            for x in range(X.size[k]):
                if X.seq[k, x] == u:
                    if good and X.E[k, x] >= X.bounds[u]:
                        break
                    take_out(X, k, x, 1)
                    X.bounds[u] = 0
                    again = True
                    while not renew(A, X, k):
                        take_out(X, k, X.size[k] - 1, 1)
                    break


@allocating
def ruin(A: Any, X: Any, average: int) -> None:
    """Takes strings of visits around a place out of some routes."""
    n, teams = A.near.shape[0], A.habit.shape[0]
    seed = int(draw(X.random) * n)
    strings = 1 + int(draw(X.random) * min(teams, 3))
    touched = np.zeros(teams, np.bool_)
    for c in range(-1, A.near.shape[1]):
        u = seed if c < 0 else A.near[seed, c]
        k = X.team[u]
        if k < 0 or touched[k]:
            continue
        touched[k] = True
        where = 0
        while X.seq[k, where] != u:
            where += 1
        length = min(X.size[k], 1 + int(draw(X.random) * 2 * average))
        begin = max(0, min(where - int(draw(X.random) * length), X.size[k] - length))
        if draw(X.random) < 0.3 and length > 2:
            half = length // 2
            take_out(X, k, begin, half)
            skip = int(draw(X.random) * 3)
            if begin + skip < X.size[k]:
                take_out(X, k, begin + skip, min(length - half, X.size[k] - begin - skip))
        else:
            take_out(X, k, begin, length)
        while not renew(A, X, k):
            take_out(X, k, X.size[k] - 1, 1)
        strings -= 1
        if strings == 0:
            break
    mend(A, X)


@allocating
def recreate(A: Any, X: Any, hurry: float, blink: float, most: int) -> None:
    """Inserts what is left out, one after the other, in an order drawn anew; at most `most` are tried."""
    n = A.near.shape[0]
    order, keys, count = np.empty(n, np.int64), np.empty(n), 0
    kind = draw(X.random)
    for u in range(n):
        if X.team[u] < 0:
            noise = draw(X.random)
            order[count] = u
            if kind < 0.5:
                keys[count] = -A.value[u] * (0.5 + noise)
            elif kind < 0.8:
                keys[count] = -A.value[u] / (A.minutes[u] + 60.0) * (0.5 + noise)
            else:
                keys[count] = noise - (1e3 if A.must[u] else 0.0)
            count += 1
    ranked = np.argsort(keys[:count])
    for _ in range(1 if A.before.shape[1] == 0 else 2):
        for y in range(min(count, most)):
            u = order[ranked[y]]
            if X.team[u] >= 0 or not ready(A, X, u):
                continue
            gain, k, x = best_spot(A, X, u, hurry, blink)
            if k < 0 or gain + hurry * 300.0 < 0.0:
                continue
            put_in(X, k, x, u)
            if not renew(A, X, k):
                take_out(X, k, x, 1)
                renew(A, X, k)
    mend(A, X)


@allocating
def improve(A: Any, X: Any, steps: int, temperature: float, average: int, pressure: float, most: int) -> None:
    """`steps` rounds; a worse plan is taken with the chance exp(loss / temperature); the best so far is kept in best_seq."""
    teams = A.habit.shape[0]
    seq, size, team, bounds = X.seq.copy(), X.size.copy(), X.team.copy(), X.bounds.copy()
    for _ in range(steps):
        ruin(A, X, average)
        recreate(A, X, pressure * draw(X.random), 0.02, most)
        now = X.points.sum()
        if now > X.scores[0] + temperature * np.log(max(1e-12, draw(X.random))):
            X.scores[0] = now
            seq[:], size[:], team[:], bounds[:] = X.seq, X.size, X.team, X.bounds
            if now > X.scores[1] + 1e-9:
                X.scores[1] = now
                X.best_seq[:], X.best_size[:] = X.seq, X.size
        else:
            X.seq[:], X.size[:], X.team[:], X.bounds[:] = seq, size, team, bounds
            for k in range(teams):
                renew(A, X, k)


@kernel
def cheapest_swap(A: Any, X: Any, u: int) -> Any:
    """(change in points, team, first position, length): the best way to put u in the place of some consecutive meetings, maybe of none."""
    n = A.minutes.shape[0] - 1
    best, team, at, length = -1e300, -1, 0, 0
    for k in range(A.habit.shape[0]):
        if not A.allowed[k, u]:
            continue
        size, b = X.size[k], A.city[u]
        for x in range(size + 1):
            i = X.seq[k, x - 1] if x > 0 else n
            a = A.city[i] if i < n else A.start_city[k]
            if x == 0:
                s, c, m, late = step(
                    A, k, n, A.start_time[k], A.start_count[k], A.start_travel[k], A.start_late[k], u, X.bounds[u]
                )
            else:
                s, c, m, late = step(
                    A, k, i, X.E[k, x - 1], X.C[k, x - 1], X.S[k, x - 1], X.L[k, x - 1], u, X.bounds[u]
                )
            if s >= FAR:
                continue
            lost, before = 0.0, A.city[i] if i < n else A.start_city[k]
            for y in range(x, size + 1):
                after = A.city[X.seq[k, y]] if y < size else A.home[k]
                gain = (
                    A.value[u]
                    - lost
                    - A.cost[k, a, b]
                    - A.cost[k, b, after]
                    + (A.cost[k, before, after] if y > 0 or size > 0 else 0.0)
                )
                if gain > best:
                    if y == size:
                        good = home(A, k, u, s, m) <= A.deadline[k]
                    else:
                        t, count, _, _ = step(A, k, u, s, c, m, late, X.seq[k, y], 0)
                        good = t <= X.B[k, y] and (t // 1440 < X.B[k, y] // 1440 or count + X.D[k, y] - 1 <= A.most[k])
                    if good:
                        best, team, at, length = gain, k, x, y - x
                if y < size:
                    lost += A.value[X.seq[k, y]] - A.cost[k, before, after]
                    before = after
    return best, team, at, length
