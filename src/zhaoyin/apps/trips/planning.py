"""Making, re-making and publishing plans; what another day, person or home city would bring."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhaoyin.adapters.travel.network import fill_travel
from zhaoyin.adapters.travel.params import TravelParams
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.trips import queries
from zhaoyin.apps.trips.access import get_for_change
from zhaoyin.apps.trips.arranging import WhatIf, problem_of, rules_of
from zhaoyin.apps.trips.models import Publication, Stop, Trip, TripPlan
from zhaoyin.apps.trips.tables import own_ways
from zhaoyin.domain.errors import DomainError, InvalidValue, NotVisible, StaleWrite
from zhaoyin.engines.route_checking.solve import check
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Problem, read_problem
from zhaoyin.engines.routing.replanning import replan
from zhaoyin.engines.routing.result import Plan, read_plan, write_plan
from zhaoyin.engines.routing.solve import solve
from zhaoyin.engines.routing.writing import write_problem

SECONDS = 1.0
TRY_SECONDS = 0.6
"""Of each what-if; four of them answer within the time of a page."""


def _problem(trip: Trip, what_if: WhatIf | None = None) -> tuple[Problem, list[Stop]]:
    """The trip as a problem with ways between its cities: the zone's own tables first, then the model with the trip's margin."""
    teams, stops = queries.teams_of(trip), queries.stops_of(trip)
    problem = problem_of(
        trip,
        teams=teams,
        stops=stops,
        travel=own_ways(zone_id=trip.zone_id),
        published=queries.published_plan(trip),
        now=clock.now(),
        what_if=what_if,
    )
    return fill_travel(problem, params=TravelParams(margin_per_cent=rules_of(trip).margin_percent)), stops


def _params(seconds: float) -> RouteParams:
    return RouteParams(seconds=seconds, clock=time.monotonic)


def make_plan(
    *, viewer: Viewer, trip_id: UUID, seconds: float = SECONDS, params: RouteParams | None = None
) -> TripPlan:
    """A plan of the trip as it stands, in about `seconds` (or as `params` say). On the road (published and begun) what has begun
    stays and confirmed meetings move as little as possible. InvalidValue when there is no team or nobody to meet."""
    trip = get_for_change(viewer, trip_id)
    problem, _stops = _problem(trip)
    published = queries.published_plan(trip)
    now = clock.now().astimezone(clock.SHANGHAI)
    how = params or _params(seconds)
    if published is not None and _has_begun(trip, now):
        plan = replan(
            problem=problem,
            published=read_plan(published.plan),
            day=now.date(),
            time=now.hour * 60 + now.minute,
            params=how,
        )
        return _keep(viewer, trip, problem, plan, "replanned")
    newest = queries.latest_plan(trip)
    warm = read_plan(newest.plan) if newest else None
    plan = solve(problem=problem, params=how, warm=warm)
    return _keep(viewer, trip, problem, plan, "planned")


def _has_begun(trip: Trip, now: datetime) -> bool:
    return trip.starts_on <= now.date()


def _keep(viewer: Viewer, trip: Trip, problem: Problem, plan: Plan, reason: str) -> TripPlan:
    with transaction.atomic():
        locked = Trip.objects.select_for_update().get(pk=trip.pk)
        newest = queries.latest_plan(locked)
        kept = TripPlan.objects.create(
            zone_id=trip.zone_id,
            trip=trip,
            number=newest.number + 1 if newest else 1,
            reason=reason,
            problem=write_problem(problem),
            plan=write_plan(plan),
            made_at=clock.now(),
            made_by_id=viewer.person_id,
        )
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb=f"trip-{reason}",
            subject_kind="trip",
            subject_id=trip.pk,
            details={"number": kept.number},
        )
    return kept


def publish(*, viewer: Viewer, trip_id: UUID, number: int) -> None:
    """The plan with this number goes to the travellers: their phones, calendars and Today pages. Idempotent.

    StaleWrite when a newer plan has been made: people should look at what they publish.
    """
    trip = get_for_change(viewer, trip_id)
    with transaction.atomic():
        locked = Trip.objects.select_for_update().get(pk=trip.pk)
        newest = queries.latest_plan(locked)
        if newest is None:
            raise DomainError("trip-without-plan")
        if newest.number != number:
            raise StaleWrite("changed-by-somebody-else", expected=number, version=newest.number)
        known = queries.published_plan(locked)
        if known is not None and known.pk == newest.pk:
            return
        Publication.objects.create(zone_id=trip.zone_id, trip=trip, plan=newest, at=clock.now(), by_id=viewer.person_id)
        Trip.objects.filter(pk=trip.pk).update(state="published")
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="trip-published",
            subject_kind="trip",
            subject_id=trip.pk,
            details={"number": number},
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change would bring: meetings and points more or less than the plan as it stands, and which meetings."""

    kind: str
    meetings: int
    score: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


KINDS = ("day_more", "day_less", "person_more", "other_home")


def try_change(*, viewer: Viewer, trip_id: UUID, kind: str, home: str = "") -> Tried:
    """One more day, one day less, one more team or another home city, compared with the newest plan."""
    trip = get_for_change(viewer, trip_id)
    newest = queries.latest_plan(trip)
    if newest is None:
        raise DomainError("trip-without-plan")
    wishes = {
        "day_more": WhatIf(days=1), "day_less": WhatIf(days=-1), "person_more": WhatIf(more_teams=1),
        "other_home": WhatIf(home=home),
    }  # fmt: skip
    if kind not in wishes or (kind == "other_home" and not home):
        raise InvalidValue("not-an-option", field="kind", value=kind)
    problem, stops = _problem(trip, wishes[kind])
    old = read_plan(newest.plan)
    params = RouteParams(seconds=TRY_SECONDS, clock=time.monotonic, explain=False)
    new = solve(problem=problem, params=params, warm=old)
    titles = {str(stop.pk): stop.title for stop in stops}
    return Tried(
        kind=kind,
        meetings=len(new.served) - len(old.served),
        score=format((new.totals.score - old.totals.score).quantize(Decimal("0.1")), "+f"),
        gained=tuple(titles.get(one, one) for one in sorted(new.served - old.served)),
        lost=tuple(titles.get(one, one) for one in sorted(old.served - new.served)),
    )


def standing_plan(trip: Trip) -> dict[str, object]:
    """The published plan, else the newest; NotVisible when none was made."""
    kept = queries.published_plan(trip) or queries.latest_plan(trip)
    if kept is None:
        raise NotVisible("not-found")
    return {"number": kept.number, "plan": kept.plan}


LONGEST_SECONDS = 10.0


def solve_document(document: object, *, seconds: float) -> dict[str, object]:
    """A problem that somebody brought; InvalidValue names the field that is wrong. Nothing is kept."""
    return write_plan(solve(problem=read_problem(document), params=_params(min(max(seconds, 0.0), LONGEST_SECONDS))))


def check_document(document: Mapping[str, object]) -> list[str]:
    """Every rule that a plan breaks, in words; InvalidValue when problem or plan is missing or not well formed."""
    problem, plan = document.get("problem"), document.get("plan")
    if not isinstance(problem, dict) or not isinstance(plan, dict):
        raise InvalidValue("route-invalid-value", field="problem", value="", expected='{"problem": {…}, "plan": {…}}')
    read_problem(problem)
    read_plan(plan)
    return [f"{found.rule}: {found.where}: {found.detail}" for found in check(problem, plan)]
