"""Team orienteering with time windows: ruin and recreate in compiled code on plain arrays.

The method is slack induction by string removals (Christiaens and Vanden Berghe 2020, doi 10.1287/trsc.2019.0914) with a pool of places
left out, insertions ranked by profit for lengthening, and simulated annealing on the profit. Checks of an insertion take constant time: each place
knows the earliest start that the route before it allows and the latest start that the route after it allows.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhaoyin.engines.routing.compiling import allocating, kernel

HOT, COLD = 0.5, 0.05
"""First temperature in mean profits, and the part of it that is left at the end (docs/algorithms/routing.md)."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@kernel
def draw(state: Any) -> float:
    """Uniform in [0, 1): xorshift64*, its state in an array, so that a run can go on in pieces."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def _refresh(r: int, nxt: Any, prv: Any, early: Any, late: Any, dist: Any, opens: Any, closes: Any, n: int) -> None:
    """Earliest and latest starts along route `r`; its ends are the pseudo places n + 2r and n + 2r + 1."""
    first, last = n + 2 * r, n + 2 * r + 1
    i = first
    while i != last:
        j = nxt[i]
        t = early[i] + dist[i, j]
        early[j] = t if t > opens[j] else opens[j]
        i = j
    while i != first:
        j = prv[i]
        t = late[i] - dist[j, i]
        late[j] = t if t < closes[j] else closes[j]
        i = j


@kernel
def _remove(i: int, nxt: Any, prv: Any, route: Any) -> None:
    a, b = prv[i], nxt[i]
    nxt[a] = b
    prv[b] = a
    route[i] = -1


@kernel
def _best_place(
    u: int,
    m: int,
    n: int,
    nxt: Any,
    early: Any,
    late: Any,
    dist: Any,
    opens: Any,
    closes: Any,
    state: Any,
    blink: float,
) -> Any:
    """Cheapest feasible insertion of `u`: (after which, how much later its successor starts), -1 when there is none."""
    best, best_cost = -1, 1 << 60
    for r in range(m):
        i = n + 2 * r
        last = i + 1
        while i != last:
            j = nxt[i]
            t = early[i] + dist[i, u]
            if t > closes[u]:
                break
            start = t if t > opens[u] else opens[u]
            after = start + dist[u, j]
            if after <= late[j] and draw(state) >= blink:
                shift = (after if after > opens[j] else opens[j]) - early[j]
                cost = 4 * shift + (dist[i, u] + dist[u, j] - dist[i, j]) + (start - t)
                if cost < best_cost:
                    best, best_cost = i, cost
            i = j
    return best, best_cost


@kernel
def _insert(u: int, i: int, nxt: Any, prv: Any, route: Any, r: int) -> None:
    j = nxt[i]
    nxt[i] = u
    prv[u] = i
    nxt[u] = j
    prv[j] = u
    route[u] = r


@allocating
def _ruin(
    m: int,
    n: int,
    near: Any,
    nxt: Any,
    prv: Any,
    route: Any,
    sizes: Any,
    state: Any,
    touched: Any,
    average: float,
    longest: int,
) -> int:
    """Takes strings of neighbouring visits out of neighbouring routes; returns how many places went."""
    seed = int(draw(state) * (n - 1)) + 1
    strings = 1 + int(draw(state) * min(m, 3))
    gone = 0
    for r in range(m):
        touched[r] = 0
    for k in range(near.shape[1] + 1):
        if strings == 0:
            break
        c = seed if k == 0 else near[seed, k - 1]
        r = route[c]
        if r < 0 or touched[r]:
            continue
        touched[r] = 1
        strings -= 1
        most = min(longest, sizes[r])
        length = 1 + int(draw(state) * min(most, int(2 * average)))
        if length > sizes[r]:
            length = sizes[r]
        spare = 0
        if draw(state) < 0.5 and length < sizes[r]:
            spare = 1 + int(draw(state) * min(3, sizes[r] - length))
        i = c
        back = int(draw(state) * (length + spare))
        while back > 0 and prv[i] < n:
            i = prv[i]
            back -= 1
        skip_from = int(draw(state) * length) if spare else -1
        taken = 0
        while i < n and taken < length:
            j = nxt[i]
            if spare and taken >= skip_from:
                spare -= 1
            else:
                _remove(i, nxt, prv, route)
                sizes[r] -= 1
                taken += 1
                gone += 1
            i = j
    return gone


@allocating
def _recreate(
    m: int, n: int, nxt: Any, prv: Any, early: Any, late: Any, route: Any, sizes: Any, dist: Any, opens: Any, closes: Any,
    profit: Any, keys: Any, state: Any, order: Any, blink: float,
) -> None:  # fmt: skip
    """Inserts the places left out one after the other, in an order drawn anew: by profit, by window, by nearness, at random."""
    count = 0
    kind = draw(state)
    for u in range(1, n):
        if route[u] < 0:
            order[count] = u
            noise = draw(state)
            if kind < 0.25:
                keys[count] = noise
            elif kind < 0.55:
                keys[count] = -profit[u] * (0.5 + noise)
            elif kind < 0.75:
                keys[count] = (closes[u] - opens[u]) * (0.6 + 0.8 * noise)
            elif kind < 0.9:
                keys[count] = closes[u] * (0.8 + 0.4 * noise)
            else:
                keys[count] = -dist[0, u] * (0.8 + 0.4 * noise)
            count += 1
    ranked = np.argsort(keys[:count])
    for k in range(count):
        u = order[ranked[k]]
        at, _ = _best_place(u, m, n, nxt, early, late, dist, opens, closes, state, blink)
        if at >= 0:
            r = (at - n) >> 1 if at >= n else route[at]
            _insert(u, at, nxt, prv, route, r)
            sizes[r] += 1
            _refresh(r, nxt, prv, early, late, dist, opens, closes, n)


@allocating
def search(
    m: int, n: int, dist: Any, opens: Any, closes: Any, profit: Any, near: Any, nxt: Any, prv: Any, early: Any, late: Any,
    route: Any, best_nxt: Any, scores: Any, state: Any, steps: int, temperature: float, cooling: float,
) -> float:  # fmt: skip
    """`steps` rounds of ruin and recreate on the solution in nxt/prv/route; `scores` = [now, best]. Returns the temperature after it.

    `dist` holds the service at its first place. A worse solution is taken with the chance exp(loss / temperature).
    """
    size = nxt.shape[0]
    keep_nxt, keep_prv, keep_route = nxt.copy(), prv.copy(), route.copy()
    keep_early, keep_late = early.copy(), late.copy()
    sizes, keep_sizes, touched = np.zeros(m, np.int64), np.zeros(m, np.int64), np.zeros(m, np.int64)
    order, keys = np.empty(n, np.int64), np.empty(n, np.float64)
    for u in range(1, n):
        if route[u] >= 0:
            sizes[route[u]] += 1
    keep_sizes[:] = sizes
    for _ in range(steps):
        temperature *= cooling
        _ruin(m, n, near, nxt, prv, route, sizes, state, touched, 5.0, 12)
        for r in range(m):
            if touched[r]:
                _refresh(r, nxt, prv, early, late, dist, opens, closes, n)
        _recreate(m, n, nxt, prv, early, late, route, sizes, dist, opens, closes, profit, keys, state, order, 0.02)
        now = 0.0
        for u in range(1, n):
            if route[u] >= 0:
                now += profit[u]
        length = 0
        for r in range(m):
            length += early[n + 2 * r + 1]
        now -= 1e-7 * length
        if now > scores[0] + temperature * np.log(max(1e-12, draw(state))):
            scores[0] = now
            keep_nxt[:], keep_prv[:], keep_route[:] = nxt, prv, route
            keep_early[:], keep_late[:], keep_sizes[:] = early, late, sizes
            if now > scores[1]:
                scores[1] = now
                best_nxt[:] = nxt
        else:
            nxt[:], prv[:], route[:] = keep_nxt, keep_prv, keep_route
            early[:], late[:], sizes[:] = keep_early, keep_late, keep_sizes
    return temperature if size else 0.0


class Orienteering:
    """A team orienteering problem: place 0 is start and end of every route. All times are whole numbers of one unit.

    `travel[i, j]` from leaving i to being at j, `service[i]`, windows for the start of the service, `profit[i]`; `closes[0]` is the time
    limit. `run` goes on from the best solution so far, so a caller can stop after any piece, or begin with routes of its own.
    """

    def __init__(
        self, *, travel: Ints, service: Ints, opens: Ints, closes: Ints, profit: Floats, teams: int, seed: int
    ) -> None:
        n = len(service)
        self.n, self.teams = n, teams
        size = n + 2 * teams
        origin = np.concatenate([np.arange(n), np.zeros(2 * teams, np.int64)])
        stay = np.where(np.arange(size) < n, service[origin], 0)
        self.dist = np.ascontiguousarray((travel[np.ix_(origin, origin)] + stay[:, None]).astype(np.int32))
        self.opens = np.where(np.arange(size) < n, opens[origin], 0).astype(np.int64)
        self.closes = closes[origin].astype(np.int64)
        self.profit = profit.astype(np.float64)
        reachable = (travel[0] <= closes) & (np.maximum(travel[0], opens) + service + travel[:, 0] <= closes[0])
        self.profit[~reachable] = 0.0
        ranks = np.argsort(travel + np.eye(n, dtype=np.int64) * 10**9, axis=1, kind="stable")
        self.near = np.ascontiguousarray(ranks[:, : min(n - 1, 60)].astype(np.int64))
        self.state = np.array([np.uint64(seed * 2654435761 % 2**63 + 88172645463325252)], np.uint64)
        self.nxt, self.prv = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
        self.early, self.late = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self.route = np.full(size, -1, np.int64)
        for r in range(teams):
            first, last = n + 2 * r, n + 2 * r + 1
            self.nxt[first], self.prv[last] = last, first
            self.route[first] = self.route[last] = r
            self.late[last] = self.late[first] = self.closes[0]
        self.best_nxt = self.nxt.copy()
        self.scores = np.array([-1e18, -1e18])
        self.rounds = 0

    @property
    def score(self) -> float:
        """Profit of the best solution so far."""
        return float(sum(self.profit[u] for route in self.routes() for u in route))

    def routes(self) -> list[list[int]]:
        """The best solution so far: places in order, a list a team."""
        found = []
        for r in range(self.teams):
            route, i = [], int(self.best_nxt[self.n + 2 * r])
            while i < self.n:
                route.append(i)
                i = int(self.best_nxt[i])
            found.append(route)
        return found

    def run(self, steps: int, temperature: float, cooling: float) -> float:
        """`steps` more rounds; returns the temperature after them."""
        self.rounds += steps
        return float(
            search(
                self.teams, self.n, self.dist, self.opens, self.closes, self.profit, self.near, self.nxt, self.prv, self.early,
                self.late, self.route, self.best_nxt, self.scores, self.state, steps, temperature, cooling,
            )
        )  # fmt: skip

    def anneal(self, share: Callable[[], float], *, piece: int = 50) -> None:
        """Runs until `share` (how much of the time or effort is spent, asked after every `piece` rounds) reaches one."""
        mean = float(self.profit[1:].mean()) if self.n > 1 else 1.0
        self.run(1, mean * HOT, 1.0)
        while (spent := share()) < 1.0:
            self.run(piece, mean * HOT * COLD**spent, 1.0)
