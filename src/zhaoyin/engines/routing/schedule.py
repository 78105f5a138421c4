"""One step of a route, forwards (earliest start) and backwards (latest start), in compiled code: what makes insertion checks constant.

A trip of many days is one route: nights, lunch and journeys are a private matter of two consecutive meetings, settled by `step`.
"""

from typing import Any

from zhaoyin.engines.routing.compiling import kernel
from zhaoyin.engines.routing.tables import NEVER

FAR = 1 << 30


@kernel
def step(A: Any, k: int, i: int, s: int, count: int, spent: int, late: int, j: int, bound: int) -> Any:
    """Team k begins meeting i at s, its `count`th of that day, with `spent` travel minutes, after lunch or not: (earliest start of j not
    before `bound`, its count, travel minutes, after lunch?); start FAR when there is none."""
    n = A.minutes.shape[0] - 1
    a = A.city[i] if i < n else A.start_city[k]
    b = A.city[j]
    over = s + A.minutes[i]
    day = over // 1440
    today, at_end, lunch = spent, 0, 0
    if a == b:
        lunch = A.local[i, j] if i < n else A.start_local[k, j]
        ready = over + lunch
    else:
        p = A.habit[k]
        slot = (over - day * 1440 + 4) // 5
        if slot < 288 and spent + A.today[p, a, b, slot] <= A.limit[k]:
            if A.arrive[p, a, b, slot] >= NEVER:
                return FAR, 0, 0, 0
            ready = day * 1440 + A.arrive[p, a, b, slot]
            today = spent + A.today[p, a, b, slot]
            at_end = A.last[p, a, b, slot]
        else:
            if A.arrive[p, a, b, 0] >= NEVER:
                return FAR, 0, 0, 0
            ready = (day + 1) * 1440 + A.arrive[p, a, b, 0]
            at_end = A.last[p, a, b, 0]
    arrival = ready // 1440
    if count >= A.most[k] and ready < (day + 1) * 1440:
        ready = (day + 1) * 1440
    ready = max(ready, bound)
    d = ready // 1440
    if d >= A.first.shape[2]:
        return FAR, 0, 0, 0
    eaten = A.lunch_minutes[k]
    for q in range(A.first[k, j, d], A.end[k, j]):
        t = max(A.low[q], ready)
        on = A.low[q] // 1440
        if on == day and eaten > 0 and late == 0 and A.late[q] == 1:
            since = over if i < n else A.start_free[k]
            t = max(t, max(since, day * 1440 + A.lunch_from[k]) + eaten + lunch)
        if t <= A.high[q]:
            if on == day:
                return t, count + 1, today, A.late[q]
            return t, 1, (at_end if on == arrival else 0), A.late[q]
    return FAR, 0, 0, 0


@kernel
def home(A: Any, k: int, i: int, s: int, spent: int) -> Any:
    """When team k is home after meeting i that begins at s."""
    n = A.minutes.shape[0] - 1
    a = A.city[i] if i < n else A.start_city[k]
    b = A.home[k]
    over = s + A.minutes[i]
    if a == b:
        return over
    p, day = A.habit[k], over // 1440
    slot = (over - day * 1440 + 4) // 5
    if slot < 288 and spent + A.today[p, a, b, slot] <= A.limit[k]:
        return day * 1440 + A.arrive[p, a, b, slot] if A.arrive[p, a, b, slot] < NEVER else FAR
    return (day + 1) * 1440 + A.arrive[p, a, b, 0] if A.arrive[p, a, b, 0] < NEVER else FAR


@kernel
def last_start(A: Any, k: int, i: int, over: int, day: int, full: bool, lunch_over: int) -> Any:
    """Latest start of meeting i that ends by `over`; on `day` only unless `full`; before lunch on `day` by `lunch_over`. -FAR: none."""
    begin = A.first[k, i, 0]
    for q in range(A.end[k, i] - 1, begin - 1, -1):
        on = A.low[q] // 1440
        if on > day or (on == day and full):
            continue
        bound = over
        if on == day and A.late[q] == 0:
            bound = min(bound, lunch_over)
        t = min(A.high[q], bound - A.minutes[i])
        if t >= A.low[q]:
            return t
    return -FAR


@kernel
def step_back(A: Any, k: int, i: int, j: int, latest: int, count: int) -> Any:
    """(latest start of i such that j can begin by `latest`, meetings from i on that day); `count`: meetings from j on, on its day."""
    a, b = A.city[i], A.city[j]
    day = latest // 1440
    lunch_over = FAR
    move = A.local[i, j] if a == b else 0
    if A.lunch_minutes[k] > 0 and latest >= day * 1440 + A.lunch_from[k] + A.lunch_minutes[k]:
        late = 0
        for q in range(A.first[k, j, day], A.end[k, j]):
            if A.low[q] <= latest <= A.high[q]:
                late = A.late[q]
        if late == 1:
            lunch_over = latest - A.lunch_minutes[k] - move
            if lunch_over < day * 1440 + A.lunch_from[k]:
                lunch_over = -FAR
    if a == b:
        over = latest - move
    else:
        gone = A.leave[A.habit[k], a, b, (latest - day * 1440) // 5]
        if gone <= -NEVER:
            return -FAR, 0
        over = day * 1440 + gone
    t = last_start(A, k, i, over, day, count >= A.most[k], lunch_over)
    if t // 1440 == day:
        return t, count + 1
    return t, 1


@kernel
def latest_home(A: Any, k: int, i: int) -> Any:
    """Latest start of meeting i as the last one of team k."""
    over = A.deadline[k]
    day = over // 1440
    if A.city[i] != A.home[k]:
        gone = A.leave[A.habit[k], A.city[i], A.home[k], (over - day * 1440) // 5]
        if gone <= -NEVER:
            return -FAR
        over = day * 1440 + gone
    return last_start(A, k, i, over, day, False, FAR)


@kernel
def forward(A: Any, k: int, seq: Any, size: int, E: Any, C: Any, S: Any, L: Any, bounds: Any) -> bool:
    """Earliest starts E, counts C, travel minutes S, after lunch L along a route; false when a meeting or the way home is impossible."""
    n = A.minutes.shape[0] - 1
    i, s, c, m, late = n, A.start_time[k], A.start_count[k], A.start_travel[k], A.start_late[k]
    for x in range(size):
        j = seq[x]
        if not A.allowed[k, j]:
            return False
        s, c, m, late = step(A, k, i, s, c, m, late, j, bounds[j])
        if s >= FAR:
            return False
        E[x], C[x], S[x], L[x] = s, c, m, late
        i = j
    return size == 0 or home(A, k, i, s, m) <= A.deadline[k]


@kernel
def backward(A: Any, k: int, seq: Any, size: int, B: Any, D: Any) -> None:
    """Latest starts B and meetings left on their day D along a route."""
    for x in range(size - 1, -1, -1):
        if x == size - 1:
            B[x], D[x] = latest_home(A, k, seq[x]), 1
        else:
            B[x], D[x] = step_back(A, k, seq[x], seq[x + 1], B[x + 1], D[x + 1])
        if B[x] < 0:
            for y in range(x):
                B[y], D[y] = -FAR, 1
            return


@kernel
def gap_cost(A: Any, k: int, i: int, j: int, nights: int) -> Any:
    """Points of going from i to j (n: start, -1: home) with so many nights between."""
    n = A.minutes.shape[0] - 1
    a = A.city[i] if i < n else A.start_city[k]
    b = A.city[j] if j >= 0 else A.home[k]
    way = A.cost[k, a, b]
    if nights <= 0:
        return way
    stay = way + nights * min(A.hotel[k, a], A.hotel[k, b])
    if nights > 1:
        stay = min(stay, A.cost[k, a, A.home[k]] + A.cost[k, A.home[k], b])
    return stay


@kernel
def worth(A: Any, k: int, seq: Any, size: int, E: Any, S: Any) -> Any:
    """Points of a route at its earliest schedule: values and changes to the published plan, less journeys and nights."""
    n = A.minutes.shape[0] - 1
    total, i, day = 0.0, n, -1
    for x in range(size):
        j = seq[x]
        on = E[x] // 1440
        nights = on - day if day >= 0 else 0
        total += A.value[j] - gap_cost(A, k, i, j, nights)
        if A.penalty[j] > 0.0 and (A.old_team[j] != k or A.old_day[j] != on):
            total -= A.penalty[j]
        i, day = j, on
    if size > 0:
        total -= gap_cost(A, k, i, -1, home(A, k, i, E[size - 1], S[size - 1]) // 1440 - day)
    return total


@kernel
def fits(
    A: Any, k: int, seq: Any, size: int, x: int, E: Any, C: Any, S: Any, L: Any, B: Any, D: Any, u: int, bound: int
) -> Any:
    """Can u go in before position x? (earliest start of u or FAR, start of its successor)."""
    n = A.minutes.shape[0] - 1
    if x == 0:
        s, c, m, late = step(A, k, n, A.start_time[k], A.start_count[k], A.start_travel[k], A.start_late[k], u, bound)
    else:
        s, c, m, late = step(A, k, seq[x - 1], E[x - 1], C[x - 1], S[x - 1], L[x - 1], u, bound)
    if s >= FAR:
        return FAR, FAR
    if x == size:
        back = home(A, k, u, s, m)
        return (s, back) if back <= A.deadline[k] else (FAR, back)
    t, c, m, late = step(A, k, u, s, c, m, late, seq[x], 0)
    if t > B[x] or (t // 1440 == B[x] // 1440 and c + D[x] - 1 > A.most[k]):
        return FAR, t
    return s, t
