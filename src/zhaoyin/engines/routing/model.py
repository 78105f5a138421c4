"""A problem as arrays: what the compiled search reads. Minute 0 is midnight of the first day of any team."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from zhaoyin.engines.routing.problem import Lunch, Meeting, Mode, Problem, Start, Team, TravelOption, most_days
from zhaoyin.engines.routing.tables import NEVER, SLOT, SLOTS, close_tables, latest_departures

DAY = 1440
MUST = 1e6
MOST_PASSED = 80
"""Up to so many cities, journeys may break in those without a meeting too."""


class Arrays(NamedTuple):
    """The arrays. Index n among the meetings is the start of a team; k counts teams, p travel habits, q stretches of feasible starts."""

    city: Any
    minutes: Any
    value: Any
    must: Any
    near: Any
    local: Any
    allowed: Any
    first: Any
    end: Any
    low: Any
    high: Any
    late: Any
    habit: Any
    home: Any
    start_city: Any
    start_time: Any
    start_count: Any
    start_travel: Any
    start_late: Any
    start_local: Any
    start_free: Any
    deadline: Any
    most: Any
    limit: Any
    lunch_from: Any
    lunch_minutes: Any
    arrive: Any
    today: Any
    last: Any
    leave: Any
    cost: Any
    close: Any
    hotel: Any
    penalty: Any
    old_team: Any
    old_day: Any
    before: Any


@dataclass(frozen=True)
class Model:
    """The arrays, with the names they stand for. `options[a, b]` are the ways between two cities that some team may use."""

    problem: Problem
    arrays: Arrays
    days: int
    day_zero: date
    cities: Mapping[str, int]
    options: Mapping[tuple[int, int], Sequence[TravelOption]]
    via: Any
    index: Mapping[str, int]
    free: frozenset[str] = field(default_factory=frozenset)

    def day(self, minute: int) -> date:
        """The date on which a minute lies."""
        return self.day_zero + timedelta(days=minute // DAY)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of (latitude, longitude) pairs in degrees, sphere of 6371 km."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def local_minutes(problem: Problem, one: Meeting | Start, other: Meeting) -> int:
    """Minutes between two meetings of one city."""
    rule = problem.local
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return rule.default_minutes
    away = kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))
    return math.ceil((rule.base_minutes + away / rule.km_an_hour * 60 - 1e-6) / SLOT) * SLOT


def lunch_parts(lunch: Lunch | None, minutes: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Starts (first, last) of a meeting before lunch and after it; before: lunch fits after it, after: it fits before.

    A short meeting right after the earliest lunch would end before a meeting ahead of the latest lunch lets one go; it starts later
    instead, so that beginning a meeting later never means leaving it earlier.
    """
    if lunch is None:
        return (0, DAY - minutes), (DAY, -1)
    last = lunch.closes - lunch.minutes - minutes
    return (0, last), (max(lunch.opens + lunch.minutes, lunch.closes - minutes, last + 1), DAY - minutes)


def feasible_starts(meeting: Meeting, team: Team, *, day_zero: date, hold: bool) -> list[tuple[int, int, int]]:
    """(first, last, after lunch?) stretches of starts; `hold`: a confirmed meeting may only stand at its published slot."""
    minutes, found = meeting.duration_minutes, []
    spans = _spans(meeting, team)
    fixed: tuple[date | None, int | None] = (None, None)
    if meeting.pinned:
        fixed = (meeting.pinned.day, meeting.pinned.starts)
    if hold and meeting.published and meeting.confirmed:
        fixed = (meeting.published.day, meeting.published.starts)
    for day, opened in spans.items():
        if fixed[0] not in {None, day} or (team.start and day < team.start.day):
            continue
        base = (day - day_zero).days * DAY
        for opens, closes in sorted(opened):
            low, high = max(opens, team.day_starts), min(closes, team.day_ends) - minutes
            if fixed[1] is not None:
                low, high = max(low, fixed[1]), min(high, fixed[1])
            if team.start and day == team.start.day:
                low = max(low, team.start.time)
            for late, (first, last) in enumerate(lunch_parts(team.lunch, minutes)):
                if max(low, first) <= min(high, last):
                    found.append((base + max(low, first), base + min(high, last), late))
    return sorted(found)


def _spans(meeting: Meeting, team: Team) -> dict[date, list[tuple[int, int]]]:
    """When the meeting may take place, by day of the team."""
    spans: dict[date, list[tuple[int, int]]] = defaultdict(list)
    if not meeting.windows:
        return {
            team.first_day + timedelta(days=n): [(0, DAY)] for n in range((team.last_day - team.first_day).days + 1)
        }
    for window in meeting.windows:
        if team.first_day <= window.day <= team.last_day:
            spans[window.day].append((window.opens, window.closes))
    return spans


def team_allowed(meeting: Meeting, team: Team, *, hold: bool) -> bool:
    """Whether the team may take the meeting: its lists, the persons it needs, its pin."""
    if (meeting.allowed_teams and team.id not in meeting.allowed_teams) or team.id in meeting.forbidden_teams:
        return False
    if meeting.pinned and meeting.pinned.team not in {None, team.id}:
        return False
    if hold and meeting.confirmed and meeting.published and meeting.published.team != team.id:
        return False
    people = set(team.members)
    return set(meeting.needs_all) <= people and (not meeting.needs_any or bool(people & set(meeting.needs_any)))


def compile_problem(problem: Problem, *, free: frozenset[str] = frozenset()) -> Model:
    """The model of a problem with at least one team; confirmed meetings keep their slot unless they are in `free`."""
    day_zero = min(team.first_day for team in problem.teams)
    days = most_days(problem) + 1
    cities = _cities(problem)
    options = _options(problem, cities)
    habits = sorted({_habit(team) for team in problem.teams})
    arrive, today, last, leave, via = _tables(habits, options, len(cities))
    held = [meeting.confirmed and meeting.id not in free for meeting in problem.meetings]
    allowed, first, end, low, high, late = _stretches(problem, day_zero, days, held)
    weights = problem.weights
    index = {meeting.id: number for number, meeting in enumerate(problem.meetings)}
    cost, close = _pair_costs(problem, options, len(cities))
    city = np.array([cities[meeting.city] for meeting in problem.meetings] + [0], np.int64)
    local = _local(problem)
    people = [team.people for team in problem.teams]
    price = {hotel.city: hotel.price for hotel in problem.hotels}
    hotel = np.array([
        [0.0 if name == team.home else float(price.get(name, problem.hotel_price) * weights.thousand_yuan / 1000) * people[k] + float(weights.night)
         for name in cities] for k, team in enumerate(problem.teams)
    ])  # fmt: skip
    teams = {team.id: k for k, team in enumerate(problem.teams)}
    slots = [meeting.published for meeting in problem.meetings]
    starts = [_start(team, day_zero, cities) for team in problem.teams]
    arrays = Arrays(
        city=city,
        minutes=np.array([meeting.duration_minutes for meeting in problem.meetings] + [0], np.int64),
        value=np.array([float(meeting.value) + (MUST if meeting.must or hold else 0.0) for meeting, hold in zip(problem.meetings, held, strict=True)]),
        must=np.array([meeting.must or hold for meeting, hold in zip(problem.meetings, held, strict=True)], np.bool_),
        near=_near(city[:-1], close, local),
        local=local,
        allowed=allowed, first=first, end=end, low=low, high=high, late=late,
        habit=np.array([habits.index(_habit(team)) for team in problem.teams], np.int64),
        home=np.array([cities[team.home] for team in problem.teams], np.int64),
        start_city=np.array([item[0] for item in starts], np.int64),
        start_time=np.array([item[1] for item in starts], np.int64),
        start_count=np.array([item[2] for item in starts], np.int64),
        start_travel=np.array([item[3] for item in starts], np.int64),
        start_late=np.array([item[4] for item in starts], np.int64),
        start_local=_start_local(problem),
        start_free=np.array([item[5] for item in starts], np.int64),
        deadline=np.array([(team.last_day - day_zero).days * DAY + team.latest_arrival for team in problem.teams], np.int64),
        most=np.array([team.most_meetings_a_day for team in problem.teams], np.int64),
        limit=np.array([team.most_travel_minutes_a_day for team in problem.teams], np.int64),
        lunch_from=np.array([team.lunch.opens if team.lunch else 0 for team in problem.teams], np.int64),
        lunch_minutes=np.array([team.lunch.minutes if team.lunch else 0 for team in problem.teams], np.int64),
        arrive=arrive, today=today, last=last, leave=leave, cost=cost, close=close, hotel=hotel,
        penalty=np.array([
            float(weights.confirmed_moved if meeting.id in free else weights.changed) if meeting.published else 0.0 for meeting in problem.meetings
        ]),
        old_team=np.array([teams.get(slot.team, -1) if slot else -1 for slot in slots], np.int64),
        old_day=np.array([(slot.day - day_zero).days if slot else -1 for slot in slots], np.int64),
        before=_before(problem, index),
    )  # fmt: skip
    return Model(
        problem=problem,
        arrays=arrays,
        days=days,
        day_zero=day_zero,
        cities=cities,
        options=options,
        via=via,
        index=index,
        free=free,
    )


def _habit(team: Team) -> tuple[int, int, int]:
    return team.earliest_leave, team.latest_arrival, team.most_travel_minutes_a_day


def _start(team: Team, day_zero: date, cities: Mapping[str, int]) -> tuple[int, int, int, int, int, int]:
    after = team.lunch.opens + team.lunch.minutes if team.lunch else 0
    if team.start is None:
        time = (team.first_day - day_zero).days * DAY + team.earliest_leave
        return cities[team.home], time, 0, 0, int(team.earliest_leave >= after), time
    at = team.start
    base = (at.day - day_zero).days * DAY
    free = at.time if at.free_since is None else min(at.time, at.free_since)
    return (
        cities[at.city],
        base + at.time,
        at.meetings_that_day,
        at.travel_minutes_that_day,
        int(free >= after),
        base + free,
    )


def _cities(problem: Problem) -> dict[str, int]:
    names = [team.home for team in problem.teams] + [team.start.city for team in problem.teams if team.start]
    needed = dict.fromkeys([*names, *(meeting.city for meeting in problem.meetings)])
    passed = dict.fromkeys(city for option in problem.travel for city in (option.origin, option.destination))
    every = needed | passed
    return {name: n for n, name in enumerate(every if len(every) <= MOST_PASSED else needed)}


def _options(problem: Problem, cities: Mapping[str, int]) -> dict[tuple[int, int], list[TravelOption]]:
    """The ways between each two cities that no other way beats in minutes, fare and freedom of departure."""
    found: dict[tuple[int, int], list[TravelOption]] = defaultdict(list)
    for option in problem.travel:
        if option.origin in cities and option.destination in cities and option.origin != option.destination:
            found[cities[option.origin], cities[option.destination]].append(option)
    return {
        pair: [o for o in ways if not any(
            w is not o and not w.departures and w.mode is not Mode.NIGHT and w.minutes <= o.minutes and w.fare <= o.fare
            and (w.minutes, w.fare, 0) < (o.minutes, o.fare, 1) and o.mode is not Mode.NIGHT
            for w in ways
        )] for pair, ways in found.items()
    }  # fmt: skip


def _tables(
    habits: list[tuple[int, int, int]], options: Mapping[tuple[int, int], list[TravelOption]], n: int
) -> tuple[Any, ...]:
    arrive = np.full((len(habits), n, n, SLOTS), NEVER, np.int16)
    today, last = np.zeros_like(arrive), np.zeros_like(arrive)
    leave = np.full_like(arrive, -NEVER)
    via = np.full_like(arrive, -1)
    slots = np.arange(SLOTS) * SLOT
    nights = np.full((n, n), -1, np.int64)
    for pair, ways in options.items():
        nights[pair] = max((max(way.departures) // SLOT for way in ways if way.mode is Mode.NIGHT), default=-1)
    nights = np.minimum(nights, SLOTS - 1)
    for p, (first, latest, limit) in enumerate(habits):
        for (a, b), ways in options.items():
            row, spent, ends = arrive[p, a, b], today[p, a, b], last[p, a, b]
            for way in ways:
                for dep in way.departures or (None,):
                    _put(row, spent, ends, way, dep, (first, latest, limit), slots)
        direct = (today[p] > 0).any(axis=2)
        close_tables(arrive[p], today[p], last[p], via[p], direct, nights, latest, limit)
        latest_departures(arrive[p], leave[p])
    return arrive, today, last, leave, via


def usable(way: TravelOption, departure: int, habit: tuple[int, int, int]) -> bool:
    """Whether a team with these habits (earliest leave, latest arrival, travel minutes a day) may leave by it at that time of day."""
    if way.mode is Mode.NIGHT:
        return departure + way.minutes > DAY
    return way.minutes <= habit[2] and departure >= habit[0] and departure + way.minutes <= habit[1]


def _put(
    row: Any, spent: Any, ends: Any, way: TravelOption, dep: int | None, habit: tuple[int, int, int], slots: Any
) -> None:
    night = way.mode is Mode.NIGHT
    if dep is not None:
        where = slice(dep // SLOT, dep // SLOT + 1) if usable(way, dep, habit) and dep < DAY else slice(0, 0)
        times = np.full(1, dep + way.minutes)[: where.stop - where.start]
    elif way.minutes > habit[2] or night:
        return
    else:
        low, high = -(-habit[0] // SLOT), (habit[1] - way.minutes) // SLOT
        where = slice(low, max(low, high + 1))
        times = slots[where] + way.minutes
    better = times < row[where]
    row[where] = np.where(better, times, row[where])
    spent[where] = np.where(better, 0 if night else way.minutes, spent[where])
    ends[where] = np.where(better, 0 if night else way.minutes, ends[where])


def _pair_costs(problem: Problem, options: Mapping[tuple[int, int], list[TravelOption]], n: int) -> tuple[Any, Any]:
    """cost[k, a, b]: points of the cheapest way, journeys with a change of train through a third city included; close: its minutes."""
    weights = problem.weights
    cost = np.full((len(problem.teams), n, n), 1e9)
    close = np.full((n, n), 1e6)
    for (a, b), ways in options.items():
        close[a, b] = min((way.minutes for way in ways), default=10**6)
        for k, team in enumerate(problem.teams):
            yuan, hour = float(weights.thousand_yuan) * team.people / 1000, float(weights.travel_hour) / 60
            cost[k, a, b] = min((way.minutes * hour + float(way.fare) * yuan for way in ways), default=1e9)
    for c in range(n):
        close = np.minimum(close, close[:, c, None] + close[None, c, :])
        cost = np.minimum(cost, cost[:, :, c, None] + cost[:, None, c, :])
    for a in range(n):
        cost[:, a, a] = 0.0
        close[a, a] = 0.0
    return cost, close


def _local(problem: Problem) -> Any:
    meetings = problem.meetings
    local = np.zeros((len(meetings) + 1, len(meetings) + 1), np.int16)
    groups: dict[str, list[int]] = defaultdict(list)
    for n, meeting in enumerate(meetings):
        groups[meeting.city].append(n)
    places = np.array(
        [
            (m.latitude, m.longitude) if None not in (m.latitude, m.longitude) else (math.nan, math.nan)
            for m in meetings
        ],
        float,
    ).reshape(-1, 2)
    for members in groups.values():
        block = _block(problem, places[members])
        np.fill_diagonal(block, 0)
        local[np.ix_(members, members)] = block
    return local


def _block(problem: Problem, places: Any) -> Any:
    """`local_minutes` between all places of one city at once."""
    rule, angles = problem.local, np.radians(places)
    north, east = angles[:, 0], angles[:, 1]
    half = (
        np.sin((north[:, None] - north) / 2) ** 2
        + np.cos(north)[:, None] * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    )
    away = 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    minutes = np.ceil((rule.base_minutes + away / rule.km_an_hour * 60 - 1e-6) / SLOT) * SLOT
    return np.minimum(NEVER, np.where(np.isnan(minutes), rule.default_minutes, minutes)).astype(np.int16)


def _start_local(problem: Problem) -> Any:
    """Minutes from where each team stands to each meeting of the same city; 0 unless it comes from a meeting."""
    found = np.zeros((len(problem.teams), len(problem.meetings)), np.int64)
    for k, team in enumerate(problem.teams):
        for j, meeting in enumerate(problem.meetings):
            if team.start and team.start.after_meeting and team.start.city == meeting.city:
                found[k, j] = local_minutes(problem, team.start, meeting)
    return found


def _near(city: Any, close: Any, local: Any) -> Any:
    n = len(city)
    if n == 0:
        return np.zeros((0, 1), np.int64)
    most = min(40, max(1, n - 1))
    found = np.empty((n, most), np.int64)
    for i in range(n):
        away = close[city[i], city] + local[i, :n]
        away[i] = 1e12
        nearest = np.argpartition(away, most - 1)[:most]
        found[i] = nearest[np.argsort(away[nearest], kind="stable")]
    return found


def _stretches(problem: Problem, day_zero: date, days: int, held: list[bool]) -> tuple[Any, ...]:
    teams, n = len(problem.teams), len(problem.meetings)
    allowed = np.zeros((teams, n), np.bool_)
    first, end = np.zeros((teams, n, days + 1), np.int32), np.zeros((teams, n), np.int32)
    rows: list[tuple[int, int, int]] = []
    cached: dict[tuple[object, ...], list[tuple[int, int, int]]] = {}
    for k, team in enumerate(problem.teams):
        habits = (team.first_day, team.last_day, team.day_starts, team.day_ends, team.lunch, team.start)
        for i, meeting in enumerate(problem.meetings):
            if not team_allowed(meeting, team, hold=held[i]):
                continue
            key = (
                habits,
                meeting.windows,
                meeting.duration_minutes,
                meeting.pinned,
                meeting.published if held[i] else None,
            )
            if key not in cached:
                cached[key] = feasible_starts(meeting, team, day_zero=day_zero, hold=held[i])
            found = cached[key]
            base = len(rows)
            rows += found
            allowed[k, i] = bool(found)
            end[k, i] = len(rows)
            at = np.searchsorted([item[1] for item in found], np.arange(days + 1) * DAY) if found else 0
            first[k, i] = base + at
    low, high, late = (np.array([row[part] for row in rows] or [0], np.int32) for part in range(3))
    return allowed, first, end, low, high, late


def _before(problem: Problem, index: Mapping[str, int]) -> Any:
    most = max((len(meeting.after) for meeting in problem.meetings), default=0)
    before = np.full((len(problem.meetings), most), -1, np.int64)
    for i, meeting in enumerate(problem.meetings):
        for place, name in enumerate(meeting.after):
            before[i, place] = index[name]
    return before
