"""Reading trips, candidates, plans, coverage."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q
from django.db.models.functions import TruncMonth

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Person
from zhaoyin.apps.engagements.access import visible_to as visible_engagements
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.leads.access import visible_to as visible_leads
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.projects.access import visible_to as visible_projects
from zhaoyin.apps.taskforces.models import Territory
from zhaoyin.apps.trips.access import visible_to
from zhaoyin.apps.trips.models import (
    CalendarFeed,
    Campaign,
    Publication,
    Stop,
    TravelTable,
    Trip,
    TripMember,
    TripPlan,
    TripTeam,
)
from zhaoyin.apps.trips.worth import Worth, worth
from zhaoyin.domain.region import CITY_LENGTH, cities, province_of

CANDIDATES = 120


def trip_page(
    *, viewer: Viewer, mine: bool = False, campaign: str = "", after: str = "", before: str = ""
) -> Page[Trip]:
    """Trips, the latest first."""
    rows = visible_to(viewer).select_related("task_force", "campaign")
    rows = rows.prefetch_related(Prefetch("members", TripMember.objects.select_related("person")))
    if mine:
        rows = rows.filter(pk__in=TripMember.objects.filter(person_id=viewer.person_id).values("trip_id"))
    if campaign:
        rows = rows.filter(campaign_id=campaign)
    return keyset_page(rows, sort="-starts_on", after=after, before=before)


def stop_counts(trip_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Trip → state → stops; one query."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Stop.objects.filter(trip_id__in=trip_ids).values_list("trip_id", "state").annotate(n=Count("pk"))
    for trip_id, state, number in rows:
        found.setdefault(trip_id, {})[state] = number
    return found


def campaigns(*, zone_id: UUID) -> list[Campaign]:
    """All of the zone, the latest first."""
    return list(Campaign.objects.filter(zone_id=zone_id).order_by("-starts_on")[:50])


def teams_of(trip: Trip) -> list[TripTeam]:
    """Teams with their people; two queries."""
    people = Prefetch("members", TripMember.objects.select_related("person").order_by("person__display_name"))
    return list(TripTeam.objects.filter(zone_id=trip.zone_id, trip=trip).prefetch_related(people).order_by("position"))


def stops_of(trip: Trip) -> list[Stop]:
    """Stops with what they are about, the most valuable first."""
    rows = Stop.objects.filter(zone_id=trip.zone_id, trip=trip)
    return list(rows.select_related("project", "lead", "company", "pinned_team").order_by("-value", "title", "pk"))


def latest_plan(trip: Trip) -> TripPlan | None:
    """The newest plan made."""
    return TripPlan.objects.filter(zone_id=trip.zone_id, trip=trip).order_by("-number").first()


def published_plan(trip: Trip) -> TripPlan | None:
    """The plan that holds for the travellers."""
    row = Publication.objects.filter(zone_id=trip.zone_id, trip=trip).select_related("plan").order_by("-at").first()
    return row.plan if row else None


def travel_tables(*, zone_id: UUID) -> list[TravelTable]:
    """Tables in force, the newest first."""
    rows = TravelTable.objects.filter(zone_id=zone_id, retired_at__isnull=True).select_related("document")
    return list(rows.order_by("-created_at"))


def city_of(origin: str) -> str:
    """City code of an origin: itself when it is known, the seat of the province when only that is, "" abroad."""
    code = origin[:CITY_LENGTH]
    if code in cities():
        return code
    seat = f"{province_of(origin)}01"
    return seat if seat in cities() else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the candidates."""

    q: str = ""
    city: str = ""
    kind: str = ""
    least: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project or lead that might be met: where, worth what and why, last spoken to when."""

    kind: str
    pk: UUID
    title: str
    investor: str
    city: str
    stage: str
    planned_total: Decimal | None
    last_contact: date | None
    worth: Worth
    company_id: UUID | None = None


def last_contacts(*, zone_id: UUID, project_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Project → day of its last held meeting; one query."""
    rows = Engagement.objects.filter(zone_id=zone_id, status="held", project_id__in=list(project_ids))
    return {pk: day for pk, day in rows.values_list("project_id").annotate(last=Max("occurred_on")) if pk}


def steps_due(*, zone_id: UUID, project_ids: Iterable[UUID], until: date) -> set[UUID]:
    """Projects with an open next step that is due by then; one query."""
    rows = Engagement.objects.filter(
        zone_id=zone_id, project_id__in=list(project_ids), next_done=False, next_due_on__lte=until
    )
    return {pk for pk in rows.values_list("project_id", flat=True) if pk}


def candidates(*, viewer: Viewer, trip: Trip, wanted: Wanted) -> list[Candidate]:
    """Projects under way and leads that are open, visible to the viewer, not yet on the trip; best first, at most `CANDIDATES`."""
    found = _projects(viewer, trip, wanted) if wanted.kind != "lead" else []
    if wanted.kind != "project":
        found += _leads(viewer, trip, wanted)
    kept = [item for item in found if not wanted.city or item.city == wanted.city or item.city[:2] == wanted.city]
    kept.sort(key=lambda item: (-item.worth.points, item.title))
    return kept[:CANDIDATES]


def _on_trip(trip: Trip, column: str) -> Any:
    rows = Stop.objects.filter(zone_id=trip.zone_id, trip=trip).exclude(state="cancelled")
    return rows.filter(**{f"{column}__isnull": False}).values(column)


def _least(wanted: Wanted) -> Decimal | None:
    try:
        least = Decimal(wanted.least) * 10**8 if wanted.least else None
    except ArithmeticError:
        return None
    return least if least is not None and least.is_finite() else None


def _projects(viewer: Viewer, trip: Trip, wanted: Wanted) -> list[Candidate]:
    rows = visible_projects(viewer).filter(outcome="", merged_into__isnull=True, stage_rank__lt=7)
    rows = rows.exclude(pk__in=_on_trip(trip, "project_id")).select_related("investor")
    if wanted.q:
        rows = rows.filter(Q(name__icontains=wanted.q) | Q(investor__name__icontains=wanted.q))
    if wanted.city:
        rows = rows.filter(Q(origin__startswith=wanted.city[:2]) | Q(investor__origin__startswith=wanted.city[:2]))
    least = _least(wanted)
    if least is not None:
        rows = rows.filter(planned_total__gte=least)
    listed = list(rows.order_by("-planned_sort")[: CANDIDATES * 2])
    ids = [row.pk for row in listed]
    met = last_contacts(zone_id=viewer.zone_id, project_ids=ids)
    due = steps_due(zone_id=viewer.zone_id, project_ids=ids, until=trip.ends_on)
    today = clock.today()
    return [
        Candidate(
            kind="project",
            pk=row.pk,
            title=row.name,
            investor=row.investor.name if row.investor else "",
            city=city_of(row.investor.origin if row.investor and len(row.investor.origin) > 2 else row.origin),
            stage=row.stage,
            planned_total=row.planned_total,
            last_contact=met.get(row.pk),
            worth=worth(
                planned_yuan=row.planned_total, stage=row.stage, last_contact=met.get(row.pk), today=today,
                step_due=row.pk in due,
            ),
            company_id=row.investor_id,
        )
        for row in listed
    ]  # fmt: skip


def _leads(viewer: Viewer, trip: Trip, wanted: Wanted) -> list[Candidate]:
    rows = visible_leads(viewer).filter(status__in=["pool", "assigned"], project_id__isnull=True)
    rows = rows.exclude(pk__in=_on_trip(trip, "lead_id"))
    if wanted.q:
        rows = rows.filter(Q(title__icontains=wanted.q) | Q(investor_name__icontains=wanted.q))
    if wanted.city:
        rows = rows.filter(origin__startswith=wanted.city[:2])
    least = _least(wanted)
    if least is not None:
        rows = rows.filter(planned_total__gte=least)
    today = clock.today()
    return [
        Candidate(
            kind="lead",
            pk=row.pk,
            title=row.title,
            investor=row.investor_name,
            city=city_of(row.origin),
            stage="",
            planned_total=row.planned_total,
            last_contact=None,
            worth=worth(planned_yuan=row.planned_total, stage="", last_contact=None, today=today),
            company_id=row.company_id,
        )
        for row in rows.order_by("-opened_on")[:CANDIDATES]
    ]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A published meeting as calendars, the Today page and the phone show it."""

    stop: Stop
    trip: Trip
    team: str
    day: date
    starts: int
    ends: int
    number: int


@dataclass(frozen=True, slots=True)
class Published:
    """What a plan says of one trip: meetings by stop id, legs by team."""

    meetings: Mapping[str, Mapping[str, Any]]
    legs: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def published_meetings(
    *, zone_id: UUID, person_id: UUID | None = None, trip_ids: Iterable[UUID] | None = None, since: date, until: date
) -> list[Meeting]:
    """Published meetings in the days [since, until] of a person's teams (or of the trips named); at most four queries."""
    rows = Trip.objects.filter(zone_id=zone_id, starts_on__lte=until, ends_on__gte=since).exclude(state="draft")
    if trip_ids is not None:
        rows = rows.filter(pk__in=list(trip_ids))
    teams: set[str] | None = None
    if person_id is not None:
        memberships = list(
            TripMember.objects.filter(zone_id=zone_id, person_id=person_id, trip__in=rows).values_list(
                "trip_id", "team_id"
            )
        )
        rows = rows.filter(pk__in=[trip_id for trip_id, _team in memberships])
        teams = {str(team_id) for _trip, team_id in memberships}
    trips = {trip.pk: trip for trip in rows}
    plans: dict[UUID, TripPlan] = {}
    for publication in (
        Publication.objects.filter(zone_id=zone_id, trip_id__in=list(trips)).select_related("plan").order_by("at")
    ):
        plans[publication.trip_id] = publication.plan
    stops = {str(stop.pk): stop for stop in Stop.objects.filter(zone_id=zone_id, trip_id__in=list(plans)).select_related("project", "company")}  # fmt: skip
    found = [
        meeting
        for trip_id, plan in plans.items()
        for meeting in _meetings(trips[trip_id], plan, stops)
        if since <= meeting.day <= until and (teams is None or meeting.team in teams)
    ]
    return sorted(found, key=lambda meeting: (meeting.day, meeting.starts))


def minutes_of(text: str) -> int:
    """Minutes since midnight of "HH:MM", "24:00" at most; ValueError for anything else."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text, re.ASCII)
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= 24 * 60:
        raise ValueError(text)
    return minutes


def _meetings(trip: Trip, plan: TripPlan, stops: Mapping[str, Stop]) -> Iterable[Meeting]:
    for team in plan.plan["teams"]:
        for step in team["steps"]:
            stop = stops.get(step.get("meeting", "")) if step["kind"] == "meeting" else None
            if stop is not None:
                yield Meeting(
                    stop=stop,
                    trip=trip,
                    team=team["team"],
                    day=date.fromisoformat(step["day"]),
                    starts=minutes_of(step["from"]),
                    ends=minutes_of(step["to"]),
                    number=plan.number,
                )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Held meetings by city and month; `territories`: city or province code → names of task forces."""

    months: Sequence[date]
    cities: Mapping[str, Mapping[date, int]]
    territories: Mapping[str, Sequence[str]]


def coverage(*, viewer: Viewer, months: int = 12) -> Coverage:
    """Where people have been in the last months, of what the viewer may see; two queries."""
    today = clock.today()
    columns = [_months_back(today, back) for back in range(months - 1, -1, -1)]
    rows = (
        visible_engagements(viewer)
        .filter(status="held", form__in=["visit", "hosted_visit"], occurred_on__gte=columns[0], occurred_on__lte=today)
        .annotate(month=TruncMonth("occurred_on"))
        .values_list("place", "project__origin", "form", "month")
        .annotate(n=Count("pk"))
    )
    found: dict[str, dict[date, int]] = {}
    for place, origin, form, month, number in rows:
        code = city_of(place or (origin or "" if form == "visit" else ""))
        if code:
            cell = found.setdefault(code, {})
            cell[month] = cell.get(month, 0) + number
    territories: dict[str, list[str]] = {}
    current = Territory.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), zone_id=viewer.zone_id)
    for code, name in current.values_list("region_code", "task_force__name"):
        territories.setdefault(code, []).append(name)
    return Coverage(months=columns, cities=found, territories=territories)


def _months_back(today: date, back: int) -> date:
    month = today.year * 12 + today.month - 1 - back
    return date(month // 12, month % 12 + 1, 1)


def people_choices(*, viewer: Viewer) -> list[tuple[str, str]]:
    """People of the zone who may travel."""
    from zhaoyin.apps.accounts.access import people_of

    rows = people_of(viewer).filter(is_active=True).order_by("display_name")
    return [(str(person.pk), person.display_name) for person in rows]


def names_of_people(ids: Iterable[str | UUID]) -> dict[str, str]:
    """Display names by id."""
    rows = Person.objects.filter(pk__in=[str(pk) for pk in ids]).values_list("pk", "display_name")
    return {str(pk): name for pk, name in rows}


def notes_of(trip: Trip) -> dict[UUID, Engagement]:
    """Stop's engagement id → engagement, with its people; one query."""
    ids = Stop.objects.filter(zone_id=trip.zone_id, trip=trip, engagement__isnull=False).values("engagement_id")
    rows = Engagement.objects.filter(zone_id=trip.zone_id, pk__in=ids).select_related("person", "next_person")
    return {row.pk: row for row in rows}


def next_days(viewer: Viewer, days: int = 2) -> list[Meeting]:
    """The viewer's own published meetings from today on."""
    today = clock.today()
    return published_meetings(
        zone_id=viewer.zone_id, person_id=viewer.person_id, since=today, until=today + timedelta(days=days)
    )


def has_feed(*, viewer: Viewer) -> bool:
    """Whether the viewer has a calendar link."""
    rows = CalendarFeed.objects.filter(zone_id=viewer.zone_id, person_id=viewer.person_id, ended_at__isnull=True)
    return rows.exists()


def stops_about(*, viewer: Viewer, project_id: UUID) -> list[Stop]:
    """Stops about a project on trips that the viewer may see, the latest trip first; one query where there is none, else three."""
    rows = Stop.objects.filter(zone_id=viewer.zone_id, project_id=project_id).exclude(state="cancelled")
    stops = list(rows.select_related("trip").order_by("-trip__starts_on")[:10])
    if not stops:
        return []
    seen = set(visible_to(viewer).filter(pk__in=[stop.trip_id for stop in stops]).values_list("pk", flat=True))
    return [stop for stop in stops if stop.trip_id in seen]
