"""The cheapest schedule of a team's meetings in a given order: labels over (time, cost), with every way to travel and place to sleep.

The search assumes the earliest schedule at the cheapest journeys; here each journey is chosen among the real ways: leave at once, in the
morning, on the last day, by night, with a night half-way, or home in between.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from zhaoyin.engines.routing.model import DAY, Model, usable
from zhaoyin.engines.routing.problem import Mode, Team, TravelOption
from zhaoyin.engines.routing.tables import NEVER, SLOT

FAR = 1 << 30
MOST_CHANGES = 3


@dataclass(slots=True)
class Leg:
    """One journey: minutes of leaving and arriving since the first day's midnight."""

    leave: int
    reach: int
    origin: int
    destination: int
    option: TravelOption | None


@dataclass(slots=True)
class Label:
    """A way to have begun the last meeting at `start`; `legs` and `nights` (day, city) lie between the one before and it."""

    start: int
    count: int
    spent: int
    late: int
    cost: float
    meeting: int
    before: "Label | None" = None
    legs: tuple[Leg, ...] = ()
    nights: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Journey:
    """Legs from one city to another with their cost in points and the travel minutes they add to the day of arrival.

    `stay` is what a night on the way costs; it is not in `cost`, since all nights are counted together once the next start is known.
    """

    reach: int
    cost: float
    spent: int
    legs: tuple[Leg, ...]
    stay: float = 0.0


@dataclass(frozen=True)
class Order:
    """What other teams' meetings impose: a meeting begins not before `bounds` and is over by `caps` (minutes since the first midnight)."""

    bounds: Mapping[int, int] = field(default_factory=dict)
    caps: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Scheduler:
    """Extends labels of one team; journeys are remembered, since many labels ask for the same one.

    `thorough` tries leaving on every day; otherwise only those after which a later start seldom pays, and every day from home.
    """

    model: Model
    k: int
    beam: int = 24
    thorough: bool = False
    order: Order = field(default_factory=Order)
    known: dict[tuple[int, int, int, int, int], list[Journey]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        weights, arrays = self.model.problem.weights, self.model.arrays
        self.team: Team = self.model.problem.teams[self.k]
        self.habit = (self.team.earliest_leave, self.team.latest_arrival, self.team.most_travel_minutes_a_day)
        self.yuan = float(weights.thousand_yuan) * self.team.people / 1000
        self.hour = float(weights.travel_hour) / 60
        self.home = int(arrays.home[self.k])
        self.deadline = int(arrays.deadline[self.k])
        self.hotel: list[float] = arrays.hotel[self.k].tolist()
        self.city: list[int] = arrays.city.tolist()
        self.minutes: list[int] = arrays.minutes.tolist()
        self.rows: dict[int, list[tuple[int, int, int]]] = {}

    def stretches(self, j: int) -> list[tuple[int, int, int]]:
        """Feasible starts of meeting j: (first, last, after lunch?)."""
        if j not in self.rows:
            arrays = self.model.arrays
            span = range(int(arrays.first[self.k, j, 0]), int(arrays.end[self.k, j]))
            self.rows[j] = [(int(arrays.low[q]), int(arrays.high[q]), int(arrays.late[q])) for q in span]
        return self.rows[j]

    def begin(self) -> Label:
        """Before the first meeting."""
        arrays, k = self.model.arrays, self.k
        return Label(
            int(arrays.start_time[k]),
            int(arrays.start_count[k]),
            int(arrays.start_travel[k]),
            int(arrays.start_late[k]),
            0.0,
            -1,
        )

    def where(self, label: Label) -> tuple[int, int]:
        """(city, minute) at which the team is free after the label's meeting."""
        if label.meeting < 0:
            return int(self.model.arrays.start_city[self.k]), label.start
        return self.city[label.meeting], label.start + self.minutes[label.meeting]

    def local(self, i: int, j: int) -> int:
        """Minutes between two meetings of one city; i < 0: from where the team stands."""
        arrays = self.model.arrays
        return int(arrays.local[i, j] if i >= 0 else arrays.start_local[self.k, j])

    def journeys(self, a: int, b: int, moment: int, spent: int, changes: int = MOST_CHANGES) -> list[Journey]:
        """Ways to leave a from `moment` on within its day, and the break half-way that the arrival function found best."""
        day, time = divmod(moment, DAY)
        key = (a, b, -(-time // SLOT), spent, changes)
        if key not in self.known:
            self.known[key] = self._journeys(a, b, time, spent, changes)
        base = day * DAY
        return [
            Journey(
                item.reach + base,
                item.cost,
                item.spent,
                tuple(Leg(leg.leave + base, leg.reach + base, leg.origin, leg.destination, leg.option) for leg in item.legs),
                item.stay,
            )
            for item in self.known[key]
        ]  # fmt: skip

    def _journeys(self, a: int, b: int, time: int, spent: int, changes: int) -> list[Journey]:
        found = [self._ride(a, b, option, at, spent) for option, at in self._departures(a, b, time, spent)]
        for via in self._stops(a, b, -(-time // SLOT)) if changes else ():
            for option, at in self._departures(a, via, time, spent):
                one = self._ride(a, via, option, at, spent)
                onward = self.journeys(via, b, one.reach, one.spent, changes - 1)
                if one.reach < DAY:
                    onward += self.journeys(via, b, DAY, 0, changes - 1)
                for two in onward:
                    slept = one.reach < DAY <= two.legs[0].leave
                    stay = two.stay + (self.hotel[via] if slept else 0.0)
                    found.append(Journey(two.reach, one.cost + two.cost, two.spent, one.legs + two.legs, stay))
        found.sort(key=lambda item: (item.reach, item.cost + item.stay, item.spent))
        kept: list[Journey] = []
        for item in found:
            # a night train may arrive later and cost more than an evening train, and yet save the hotel
            if not any(
                o.reach // DAY == item.reach // DAY
                and o.cost + o.stay <= item.cost + item.stay
                and o.spent <= item.spent
                for o in kept
            ):
                kept.append(item)
        return kept

    def _stops(self, a: int, b: int, slot: int) -> list[int]:
        """The cities in which the fastest journeys of the rest of the day change or break for the night."""
        stops = self.model.via[int(self.model.arrays.habit[self.k]), a, b, slot:]
        return [int(city) for city in np.unique(stops) if city >= 0]

    def _ride(self, a: int, b: int, option: TravelOption, at: int, spent: int) -> Journey:
        cost = option.minutes * self.hour + float(option.fare) * self.yuan
        reach = at + option.minutes
        night = option.mode is Mode.NIGHT
        return Journey(reach, cost, 0 if night else spent + option.minutes, (Leg(at, reach, a, b, option),))

    def _departures(self, a: int, b: int, time: int, spent: int) -> Iterator[tuple[TravelOption, int]]:
        moment = -(-time // SLOT) * SLOT
        for option in self.model.options.get((a, b), ()):
            night = option.mode is Mode.NIGHT
            if not night and spent + option.minutes > self.habit[2]:
                continue
            if option.departures:
                for at in option.departures[bisect_left(option.departures, moment) :]:
                    if at < DAY and usable(option, at, self.habit):
                        yield option, at
                        break
            else:
                at = max(moment, -(-self.habit[0] // SLOT) * SLOT)
                if at + option.minutes <= self.habit[1]:
                    yield option, at

    def moves(self, label: Label, b: int, until: int) -> Iterator[tuple[Journey, tuple[tuple[int, int], ...]]]:
        """Journeys from the label's place to city b on the days where leaving makes a difference; `until`: the day one is wanted there."""
        a, moment = self.where(label)
        day = moment // DAY
        every = self.thorough or a == self.home
        days: Iterable[int] = range(day, until + 1) if every else sorted({day, day + 1, until - 1, until})
        for leaving in days:
            if leaving < day or leaving > max(until, day + 1):
                continue
            at, spent = (moment, label.spent) if leaving == day else (leaving * DAY, 0)
            if label.meeting < 0 and label.before is None and leaving == day:
                spent = label.spent
            for item in self.journeys(a, b, at, spent):
                yield item, ((day, a), (leaving, -1))
        if self.home not in {a, b}:
            for back in days if self.thorough else (until,):
                if back - day >= 2:
                    yield from self._home_between(a, b, moment, label.spent, back)

    def _home_between(
        self, a: int, b: int, moment: int, spent: int, until: int
    ) -> Iterator[tuple[Journey, tuple[tuple[int, int], ...]]]:
        for at, so_far in ((moment, spent), ((moment // DAY + 1) * DAY, 0)):
            for one in self.journeys(a, self.home, at, so_far):
                for leaving in (until - 1, until):
                    if one.reach // DAY < leaving:
                        for two in self.journeys(self.home, b, leaving * DAY, 0):
                            yield (
                                Journey(two.reach, one.cost + two.cost, two.spent, one.legs + two.legs),
                                ((0, 0), (0, 0)),
                            )

    def nights(self, a: int, moment: int, legs: Sequence[Leg], start: int) -> tuple[tuple[int, int], ...]:
        """(day, city) of each night between `moment` in city a and `start`; nights on a train and at home are none."""
        found, at, pending = [], a, list(legs)
        for day in range(moment // DAY, start // DAY):
            midnight = (day + 1) * DAY
            while pending and pending[0].reach <= midnight:
                at = pending.pop(0).destination
            if pending and pending[0].leave < midnight:
                continue
            if at != self.home:
                found.append((day, at))
        return tuple(found)

    def extend(self, label: Label, j: int) -> list[Label]:
        """Labels with meeting j after `label`."""
        bound = self.order.bounds.get(j, 0)
        a, over = self.where(label)
        b = self.city[j]
        stretches = self.stretches(j)
        if a == b:
            move = self.local(label.meeting, j)
            made = self._placed(label, j, over + move, label.spent, 0.0, (), bound, over, move)
            return [made] if made else []
        first = next((item for item in self._earliest(label, b, stretches, bound)), None)
        if first is None:
            return []
        until = stretches[-1][1] // DAY if self.thorough or a == self.home else first // DAY
        found = []
        for item, _ in self.moves(label, b, until):
            made = self._placed(label, j, item.reach, item.spent, item.cost, item.legs, bound, over, 0)
            if made:
                found.append(made)
        return found

    def _earliest(self, label: Label, b: int, stretches: list[tuple[int, int, int]], bound: int) -> Iterator[int]:
        a, over = self.where(label)
        p, (day, time) = int(self.model.arrays.habit[self.k]), divmod(over, DAY)
        slot = -(-time // SLOT)
        arrive = self.model.arrays.arrive[p, a, b]
        ready = day * DAY + int(arrive[slot]) if slot < len(arrive) else (day + 1) * DAY + int(arrive[0])
        if arrive[0] < NEVER:
            ready = max(ready, bound)
            yield from (max(low, ready) for low, high, _ in stretches if high >= ready)

    def _placed(
        self,
        label: Label,
        j: int,
        ready: int,
        spent: int,
        cost: float,
        legs: tuple[Leg, ...],
        bound: int,
        over: int,
        move: int,
    ) -> Label | None:
        day, team = over // DAY, self.team
        if label.count >= team.most_meetings_a_day:
            ready = max(ready, (day + 1) * DAY)
        ready = max(ready, bound)
        arrival = (legs[-1].reach if legs else over) // DAY
        for low, high, late in self.stretches(j):
            if high < ready:
                continue
            on, start = low // DAY, max(low, ready)
            if on == day and team.lunch and label.late == 0 and late == 1:
                since = over if label.meeting >= 0 else int(self.model.arrays.start_free[self.k])
                start = max(start, max(since, day * DAY + team.lunch.opens) + team.lunch.minutes + move)
            if start > high or start + self.minutes[j] > self.order.caps.get(j, FAR):
                continue
            sleeps = self.nights(self.where(label)[0], over, legs, start) if label.meeting >= 0 or legs else ()
            if label.meeting < 0 and not legs and self.where(label)[0] != self.home:
                sleeps = self.nights(self.where(label)[0], over, legs, start)
            total = label.cost + cost + sum(self.hotel[city] for _, city in sleeps) + self.change(j, on)
            count = label.count + 1 if on == day else 1
            return Label(start, count, spent if on == arrival else 0, late, total, j, label, legs, sleeps)
        return None

    def change(self, j: int, on: int) -> float:
        """Points lost when meeting j on that day is not where the published plan has it."""
        arrays = self.model.arrays
        if arrays.penalty[j] > 0 and (arrays.old_team[j] != self.k or arrays.old_day[j] != on):
            return float(arrays.penalty[j])
        return 0.0

    def finish(self, label: Label) -> Label | None:
        """The cheapest way home; None when there is none in time."""
        a, over = self.where(label)
        if label.meeting < 0 and a == self.home:
            return label
        if a == self.home:
            return Label(over, 0, 0, 0, label.cost, -1, label)
        best: Label | None = None
        day = over // DAY
        for at, spent in ((over, label.spent), ((day + 1) * DAY, 0)):
            for item in self.journeys(a, self.home, at, spent):
                if item.reach <= self.deadline:
                    sleeps = self.nights(a, over, item.legs, item.reach)
                    cost = label.cost + item.cost + sum(self.hotel[city] for _, city in sleeps)
                    if best is None or cost < best.cost:
                        best = Label(item.reach, 0, 0, 0, cost, -1, label, item.legs, sleeps)
        return best

    def narrowed(self, labels: list[Label]) -> list[Label]:
        """The labels that no other beats, at most `beam`; the earliest is always among them."""
        labels.sort(key=lambda item: (item.start, item.cost))
        kept: list[Label] = []
        night = self.hotel[self.city[labels[0].meeting]] if labels else 0.0
        for item in labels:
            if not any(beats(other, item, night) for other in kept):
                kept.append(item)
        if len(kept) > self.beam:
            kept = [kept[0], *sorted(kept[1:], key=lambda item: item.cost)[: self.beam - 1]]
        return kept


def beats(one: Label, other: Label, night: float) -> bool:
    """Whether whatever can follow `other` can follow `one` at no more cost; to wait for the day of `other` costs `night` a day."""
    if one.start > other.start:
        return False
    days = other.start // DAY - one.start // DAY
    if one.cost + days * night > other.cost + 1e-12:
        return False
    return days > 0 or (one.count <= other.count and one.spent <= other.spent)


def schedule(scheduler: Scheduler, meetings: Sequence[int]) -> Label | None:
    """The last label of the cheapest schedule found for the meetings in this order; None when there is none."""
    labels = [scheduler.begin()]
    for j in meetings:
        labels = scheduler.narrowed([made for label in labels for made in scheduler.extend(label, j)])
        if not labels:
            return None
    ends = [end for label in labels if (end := scheduler.finish(label)) is not None]
    return min(ends, key=lambda item: item.cost, default=None)
