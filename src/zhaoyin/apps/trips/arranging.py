"""Rows of a trip → the planner's problem; the settings of a trip and their defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from zhaoyin.adapters.calendar_cn import state_calendar
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.trips.models import Stop, Trip, TripPlan, TripTeam
from zhaoyin.apps.trips.queries import minutes_of
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.region import cities
from zhaoyin.engines.routing.problem import (
    Local,
    Lunch,
    Meeting,
    Pin,
    Place,
    Problem,
    Slot,
    Team,
    TravelOption,
    Weights,
    Window,
)

DEFAULTS: Mapping[str, object] = {
    "day_starts": "09:00", "day_ends": "18:00", "lunch": True, "most_meetings_a_day": 4, "most_travel_hours_a_day": 9,
    "earliest_leave": "06:30", "latest_arrival": "23:00", "hotel_price": 400, "margin_percent": 15, "weekends": False,
}  # fmt: skip
WEIGHTS = Weights(
    travel_hour=Decimal(1),
    thousand_yuan=Decimal(2),
    night=Decimal(1),
    changed=Decimal(3),
    confirmed_moved=Decimal(30),
)
"""In points of `worth` (a good meeting has 40 to 80): an hour on a train costs 1, a thousand yuan 2, moving a confirmed one 30."""
LUNCH = Lunch(opens=690, closes=810, minutes=60)


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of a trip with the defaults filled in; times in minutes since midnight."""

    day_starts: int
    day_ends: int
    lunch: bool
    most_meetings_a_day: int
    most_travel_hours_a_day: int
    earliest_leave: int
    latest_arrival: int
    hotel_price: int
    margin_percent: int
    weekends: bool


def rules_of(trip: Trip) -> Rules:
    """What holds for the trip."""
    values: dict[str, Any] = {**DEFAULTS, **trip.rules}
    for key in ("day_starts", "day_ends", "earliest_leave", "latest_arrival"):
        values[key] = minutes_of(str(values[key]))
    return Rules(**{key: values[key] for key in DEFAULTS})


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Changes to try: days more (or fewer) at the end, one more person's team, another home city."""

    days: int = 0
    more_teams: int = 0
    home: str = ""


def problem_of(
    trip: Trip,
    *,
    teams: Sequence[TripTeam],
    stops: Sequence[Stop],
    travel: Sequence[TravelOption],
    published: TripPlan | None,
    now: datetime,
    what_if: WhatIf | None = None,
) -> Problem:
    """The planner's problem. A meeting called off only after its time is still in it, worth nothing, because the days before are
    what they were; one that was held before its time is over and no longer in it. InvalidValue when there is no team or nobody to meet."""
    wish, rules = what_if or WhatIf(), rules_of(trip)
    if not teams:
        raise InvalidValue("trip-without-team", field="teams", value="")
    slots = slots_of(published)
    over = {"cancelled", "held"}
    kept = [stop for stop in stops if stop.state not in over or _was_before(slots.get(str(stop.pk)), now)]
    if not kept:
        raise InvalidValue("trip-without-stops", field="stops", value="")
    routed = [_team(trip, team, rules, wish) for team in teams]
    for extra in range(wish.more_teams):
        routed.append(_extra_team(trip, routed[0], extra))
    usual = () if rules.weekends else _working_days(routed, rules)
    known = {team.id for team in routed}
    names = {team.home for team in routed} | {stop.city for stop in kept}
    return Problem(
        teams=tuple(routed),
        meetings=tuple(
            _meeting(stop, slots.get(str(stop.pk)), known, {str(one.pk) for one in kept}, usual) for stop in kept
        ),
        places=tuple(_place(code) for code in sorted(names)),
        travel=tuple(travel),
        hotel_price=Decimal(rules.hotel_price),
        local=Local(),
        weights=WEIGHTS,
    )


def _place(code: str) -> Place:
    city = cities().get(code)
    if city is None:
        raise InvalidValue("city-unknown", field="city", value=code)
    return Place(code=code, name=city.name, latitude=city.latitude, longitude=city.longitude)


def _team(trip: Trip, team: TripTeam, rules: Rules, wish: WhatIf) -> Team:
    last = (team.ends_on or trip.ends_on) + timedelta(days=wish.days)
    first = team.starts_on or trip.starts_on
    if last < first:
        raise InvalidValue("trip-without-days", field="ends_on", value=last.isoformat())
    return Team(
        id=str(team.pk),
        home=wish.home or team.home or trip.home,
        first_day=first,
        last_day=last,
        members=tuple(str(member.person_id) for member in team.members.all()),
        day_starts=rules.day_starts,
        day_ends=rules.day_ends,
        lunch=LUNCH if rules.lunch else None,
        most_meetings_a_day=rules.most_meetings_a_day,
        most_travel_minutes_a_day=rules.most_travel_hours_a_day * 60,
        earliest_leave=rules.earliest_leave,
        latest_arrival=rules.latest_arrival,
    )


def _extra_team(trip: Trip, like: Team, number: int) -> Team:
    return Team(
        id=f"extra-{number + 1}",
        home=like.home,
        first_day=trip.starts_on,
        last_day=like.last_day,
        day_starts=like.day_starts,
        day_ends=like.day_ends,
        lunch=like.lunch,
        most_meetings_a_day=like.most_meetings_a_day,
        most_travel_minutes_a_day=like.most_travel_minutes_a_day,
        earliest_leave=like.earliest_leave,
        latest_arrival=like.latest_arrival,
    )


def slots_of(plan: TripPlan | None) -> dict[str, Slot]:
    """Stop id → where it stands in a plan."""
    if plan is None:
        return {}
    return {
        step["meeting"]: Slot(team=team["team"], day=date.fromisoformat(step["day"]), starts=minutes_of(step["from"]))
        for team in plan.plan["teams"]
        for step in team["steps"]
        if step["kind"] == "meeting"
    }


def is_past(slot: Slot, now: datetime) -> bool:
    """Whether the slot has begun."""
    local = now.astimezone(clock.SHANGHAI)
    return (slot.day, slot.starts) <= (local.date(), local.hour * 60 + local.minute)


def _was_before(slot: Slot | None, now: datetime) -> bool:
    return slot is not None and is_past(slot, now)


def _pin(stop: Stop) -> Pin | None:
    if stop.pinned_team_id is None and stop.pinned_on is None and stop.pinned_at is None:
        return None
    return Pin(
        team=str(stop.pinned_team_id) if stop.pinned_team_id else None, day=stop.pinned_on, starts=stop.pinned_at
    )


def _working_days(teams: Sequence[Team], rules: Rules) -> tuple[Window, ...]:
    """When anybody may be met who said nothing else: the working days of the State calendar, in the trip's hours.

    InvalidValue when there is none: no window would mean any day.
    """
    first, last = min(team.first_day for team in teams), max(team.last_day for team in teams)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    calendar = state_calendar()
    found = tuple(
        Window(day=day, opens=rules.day_starts, closes=rules.day_ends) for day in days if calendar.is_working(day)
    )
    if not found:
        raise InvalidValue("trip-without-working-days", field="weekends", value=f"{first}/{last}")
    return found


def _windows(stop: Stop, usual: tuple[Window, ...]) -> tuple[Window, ...]:
    """The stop's own times, else the usual ones; a day or time that a person pinned needs no more."""
    if not stop.windows and (stop.pinned_on is not None or stop.state == "confirmed"):
        return ()
    return (
        usual
        if not stop.windows
        else tuple(
            Window(day=date.fromisoformat(day), opens=minutes_of(opens), closes=minutes_of(closes))
            for day, opens, closes in stop.windows
        )
    )


def _meeting(stop: Stop, slot: Slot | None, teams: set[str], stops: set[str], usual: tuple[Window, ...]) -> Meeting:
    standing = slot if slot is not None and slot.team in teams else None
    return Meeting(
        id=str(stop.pk),
        title=stop.title,
        city=stop.city,
        value=Decimal(0) if stop.state == "cancelled" else stop.value,
        duration_minutes=stop.duration_minutes,
        windows=_windows(stop, usual),
        must=stop.must,
        needs_all=tuple(stop.needs),
        after=(str(stop.after_id),) if stop.after_id and str(stop.after_id) in stops else (),
        forbidden_teams=tuple(team for team in stop.forbidden if team in teams),
        pinned=_pin(stop),
        confirmed=stop.state == "confirmed" and standing is not None,
        published=standing,
        past=stop.state in {"held", "cancelled"} and standing is not None,
    )
