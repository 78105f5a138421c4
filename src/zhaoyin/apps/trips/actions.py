"""Writing campaigns, trips, teams and stops; confirming, cancelling, noting what was said."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.access import get_visible as visible_company
from zhaoyin.apps.companies.actions import checked_text
from zhaoyin.apps.engagements.actions import EngagementDraft, record_engagement
from zhaoyin.apps.leads.access import get_visible as visible_lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.access import get_visible as visible_project
from zhaoyin.apps.taskforces.access import is_of_zone, people_of_zone
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.apps.trips.access import get_for_change, get_stop_for_change, require_writer
from zhaoyin.apps.trips.arranging import DEFAULTS
from zhaoyin.apps.trips.models import CalendarFeed, Campaign, Stop, Trip, TripMember, TripTeam
from zhaoyin.apps.trips.queries import city_of, last_contacts, minutes_of, steps_due
from zhaoyin.apps.trips.worth import Worth, worth
from zhaoyin.domain.errors import DomainError, InvalidValue, StaleWrite
from zhaoyin.domain.period import EARLIEST, LATEST, PartialDate
from zhaoyin.domain.region import cities

MOST_DAYS = 60
MOST_TEAMS = 6
MOST_STOPS = 400
MOST_POINTS = 1000


def _audit(viewer: Viewer, verb: str, kind: str, subject_id: UUID, details: dict[str, object] | None = None) -> None:
    record(
        zone_id=viewer.zone_id,
        actor_id=viewer.person_id,
        verb=verb,
        subject_kind=kind,
        subject_id=subject_id,
        details=details or {},
    )


def _city(code: str, field: str) -> str:
    if code not in cities():
        raise InvalidValue("city-unknown", field=field, value=code)
    return code


def _days(starts_on: date, ends_on: date) -> None:
    """InvalidValue when they are backwards or of another century."""
    for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if not EARLIEST <= day <= LATEST:
            raise InvalidValue("date-out-of-range", field=name, value=day.isoformat())
    if ends_on < starts_on:
        raise InvalidValue("period-backwards", field="ends_on", value=ends_on.isoformat())


def _worth(given: Decimal | int) -> Decimal:
    """Points with one digit; InvalidValue outside 0 to 1000."""
    value = Decimal(given)
    if not value.is_finite() or not 0 <= value <= MOST_POINTS:
        raise InvalidValue("number-out-of-range", field="value", value=str(value), least=0, most=MOST_POINTS)
    return value.quantize(Decimal("0.1"))


def open_campaign(*, viewer: Viewer, name: str, starts_on: date, ends_on: date, aim: str = "") -> Campaign:
    """A campaign of several trips."""
    require_writer(viewer)
    _days(starts_on, ends_on)
    short = checked_text(name, field="name", limit=80)
    if Campaign.objects.filter(zone_id=viewer.zone_id, name=short).exists():
        raise InvalidValue("name-taken", field="name", value=short)
    with transaction.atomic():
        made = Campaign.objects.create(
            zone_id=viewer.zone_id,
            name=short,
            starts_on=starts_on,
            ends_on=ends_on,
            aim=aim.replace("\0", "").strip()[:200],
            created_by_id=viewer.person_id,
            created_at=clock.now(),
        )
        _audit(viewer, "campaign-opened", "campaign", made.pk)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDraft:
    """People who travel together."""

    name: str
    people: Sequence[UUID] = ()
    home: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TripDraft:
    """A trip: when, from where, who, under which rules."""

    name: str
    home: str
    starts_on: date
    ends_on: date
    task_force_id: UUID | None = None
    campaign_id: UUID | None = None
    teams: Sequence[TeamDraft] = ()
    rules: dict[str, object] = field(default_factory=dict)


def _checked(viewer: Viewer, draft: TripDraft) -> dict[str, object]:
    _days(draft.starts_on, draft.ends_on)
    if (draft.ends_on - draft.starts_on).days >= MOST_DAYS:
        raise InvalidValue("trip-too-long", field="ends_on", value=draft.ends_on.isoformat(), most=MOST_DAYS)
    for model, value, name in (
        (TaskForce, draft.task_force_id, "task_force"),
        (Campaign, draft.campaign_id, "campaign"),
    ):
        if value is not None and not is_of_zone(model, viewer, str(value)):
            raise InvalidValue("reference-unknown", field=name, value=str(value))
    return {
        "name": checked_text(draft.name, field="name", limit=80),
        "home": _city(draft.home, "home"),
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "task_force_id": draft.task_force_id,
        "campaign_id": draft.campaign_id,
        "rules": checked_rules(draft.rules),
    }


def checked_rules(given: dict[str, object]) -> dict[str, object]:
    """Only what differs from the defaults; InvalidValue names what makes no sense."""
    merged: dict[str, Any] = {**DEFAULTS, **given}
    for early, late in (("day_starts", "day_ends"), ("earliest_leave", "latest_arrival")):
        try:
            backwards = minutes_of(str(merged[early])) >= minutes_of(str(merged[late]))
        except ValueError as error:
            raise InvalidValue("time-malformed", field=early, value=str(merged[early])) from error
        if backwards:
            raise InvalidValue("time-backwards", field=late, value=str(merged[late]))
    limits = {
        "most_meetings_a_day": (1, 12), "most_travel_hours_a_day": (1, 16), "hotel_price": (0, 10_000), "margin_percent": (0, 100),
    }  # fmt: skip
    for key, (least, most) in limits.items():
        if not least <= int(merged[key]) <= most:
            raise InvalidValue("number-out-of-range", field=key, value=str(merged[key]), least=least, most=most)
    return {key: merged[key] for key in DEFAULTS if merged[key] != DEFAULTS[key]}


def plan_trip(*, viewer: Viewer, draft: TripDraft) -> Trip:
    """A new trip with its teams."""
    require_writer(viewer)
    values = _checked(viewer, draft)
    with transaction.atomic():
        trip = Trip.objects.create(
            zone_id=viewer.zone_id, created_by_id=viewer.person_id, created_at=clock.now(), **values
        )
        _put_teams(viewer, trip, draft.teams)
        _audit(viewer, "trip-opened", "trip", trip.pk)
    return trip


def change_trip(*, viewer: Viewer, trip_id: UUID, draft: TripDraft, expected_version: int) -> Trip:
    """Other days, people or rules. StaleWrite when somebody was faster."""
    trip = get_for_change(viewer, trip_id)
    values = _checked(viewer, draft)
    with transaction.atomic():
        changed = Trip.objects.filter(pk=trip.pk, version=expected_version).update(
            version=expected_version + 1, **values
        )
        if not changed:
            raise StaleWrite("changed-by-somebody-else", expected=expected_version, version=trip.version)
        trip.refresh_from_db()
        _put_teams(viewer, trip, draft.teams)
        _audit(viewer, "trip-changed", "trip", trip.pk)
    return trip


def _put_teams(viewer: Viewer, trip: Trip, drafts: Sequence[TeamDraft]) -> None:
    """The teams as given: known ones keep their id, others go when no plan that holds needs them."""
    if len(drafts) > MOST_TEAMS:
        raise InvalidValue("too-many-teams", field="teams", value=str(len(drafts)), most=MOST_TEAMS)
    people = [person for draft in drafts for person in draft.people]
    twice = {person for person in people if people.count(person) > 1}
    strangers = set(people) - people_of_zone(viewer)
    if twice or strangers:
        raise InvalidValue("traveller-wrong", field="people", value=", ".join(map(str, twice | strangers)))
    names = [checked_text(draft.name, field="team", limit=40) for draft in drafts]
    for name in names:
        if names.count(name) > 1:
            raise InvalidValue("name-taken", field="team", value=name)
    kept = {draft.id for draft in drafts if draft.id}
    TripMember.objects.filter(zone_id=viewer.zone_id, trip=trip).delete()
    TripTeam.objects.filter(zone_id=viewer.zone_id, trip=trip).exclude(pk__in=kept).delete()
    for pk in kept:  # names may be exchanged between teams, and are unique at every moment
        TripTeam.objects.filter(zone_id=viewer.zone_id, trip=trip, pk=pk).update(name=str(pk))
    for position, (draft, name) in enumerate(zip(drafts, names, strict=True), start=1):
        if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
            raise InvalidValue("period-backwards", field="ends_on", value=draft.ends_on.isoformat())
        values = {
            "position": position,
            "name": name,
            "home": _city(draft.home, "home") if draft.home else "",
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
        }
        team = TripTeam.objects.filter(zone_id=viewer.zone_id, trip=trip, pk=draft.id).first() if draft.id else None
        if team is None:
            team = TripTeam.objects.create(zone_id=viewer.zone_id, trip=trip, **values)
        else:
            TripTeam.objects.filter(pk=team.pk).update(**values)
        for person in draft.people:
            TripMember.objects.create(zone_id=viewer.zone_id, trip=trip, team=team, person_id=person)


def close_trip(*, viewer: Viewer, trip_id: UUID) -> None:
    """Over: nothing is planned any more; the report stays."""
    trip = get_for_change(viewer, trip_id)
    with transaction.atomic():
        Trip.objects.filter(pk=trip.pk).update(state="closed", closed_at=clock.now(), version=trip.version + 1)
        _audit(viewer, "trip-closed", "trip", trip.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDraft:
    """Somebody to meet: a project, a lead, a company, or only a title; the value None is reckoned from what is known."""

    city: str = ""
    project_id: UUID | None = None
    lead_id: UUID | None = None
    company_id: UUID | None = None
    title: str = ""
    address: str = ""
    value: Decimal | None = None
    duration_minutes: int = 90
    windows: Sequence[tuple[date, str, str]] = ()
    must: bool = False


def add_stop(*, viewer: Viewer, trip_id: UUID, draft: StopDraft) -> Stop:
    """Put somebody on the list of a trip. InvalidValue `stop-twice` when the project is there already."""
    trip = get_for_change(viewer, trip_id)
    if Stop.objects.filter(zone_id=viewer.zone_id, trip=trip).count() >= MOST_STOPS:
        raise InvalidValue("too-many-stops", field="stops", value=str(MOST_STOPS))
    title, company_id, origin, reckoned = _about(viewer, trip, draft)
    known = Stop.objects.filter(zone_id=viewer.zone_id, trip=trip).exclude(state="cancelled")
    if draft.project_id and known.filter(project_id=draft.project_id).exists():
        raise InvalidValue("stop-twice", field="project", value=title)
    with transaction.atomic():
        stop = Stop.objects.create(
            zone_id=viewer.zone_id,
            trip=trip,
            project_id=draft.project_id,
            lead_id=draft.lead_id,
            company_id=company_id,
            title=checked_text(draft.title or title, field="title", limit=200),
            city=_city(draft.city or city_of(origin), "city"),
            address=draft.address.replace("\0", "").strip()[:200],
            value=_worth(draft.value) if draft.value is not None else reckoned.points,
            value_reasons=[list(reason) for reason in reckoned.reasons],
            value_by_hand=draft.value is not None,
            created_at=clock.now(),
            **_planned(trip, draft.duration_minutes, draft.windows),
            must=draft.must,
        )
        _audit(viewer, "stop-added", "stop", stop.pk, {"trip": str(trip.pk)})
    return stop


def _about(viewer: Viewer, trip: Trip, draft: StopDraft) -> tuple[str, UUID | None, str, Worth]:
    """Title, company, origin and worth of what is to be met."""
    today = clock.today()
    if draft.project_id is not None:
        project = visible_project(viewer, draft.project_id)
        met = last_contacts(zone_id=viewer.zone_id, project_ids=[project.pk]).get(project.pk)
        due = steps_due(zone_id=viewer.zone_id, project_ids=[project.pk], until=trip.ends_on)
        reckoned = worth(
            planned_yuan=project.planned_total, stage=project.stage, last_contact=met, today=today, step_due=bool(due)
        )
        origin = project.investor.origin if project.investor and len(project.investor.origin) > 2 else project.origin
        return project.name, project.investor_id, origin, reckoned
    if draft.lead_id is not None:
        lead = visible_lead(viewer, draft.lead_id)
        reckoned = worth(planned_yuan=lead.planned_total, stage="", last_contact=None, today=today)
        return lead.title, lead.company_id, lead.origin, reckoned
    reckoned = worth(planned_yuan=None, stage="", last_contact=None, today=today)
    if draft.company_id is not None:
        company = visible_company(viewer, draft.company_id)
        return company.name, company.pk, company.origin, reckoned
    if not draft.title.strip():
        raise InvalidValue("stop-about-nothing", field="title", value="")
    return draft.title, None, "", reckoned


def _planned(trip: Trip, minutes: int, windows: Sequence[tuple[date, str, str]]) -> dict[str, object]:
    """Length and windows, checked against the trip's days."""
    if not 15 <= minutes <= 600:
        raise InvalidValue("number-out-of-range", field="duration_minutes", value=str(minutes), least=15, most=600)
    checked = []
    for day, opens, closes in windows:
        if not trip.starts_on <= day <= trip.ends_on:
            raise InvalidValue("window-outside-trip", field="windows", value=day.isoformat())
        try:
            long_enough = minutes_of(closes) - minutes_of(opens) >= minutes
        except ValueError as error:
            raise InvalidValue("time-malformed", field="windows", value=f"{opens}-{closes}") from error
        if not long_enough:
            raise InvalidValue("window-too-short", field="windows", value=f"{day} {opens}-{closes}", minutes=minutes)
        checked.append([day.isoformat(), opens, closes])
    return {"duration_minutes": minutes, "windows": sorted(checked)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StopChange:
    """Changes of a stop; what is not in `given` stays."""

    given: frozenset[str]
    city: str = ""
    address: str = ""
    value: Decimal | None = None
    duration_minutes: int = 90
    windows: Sequence[tuple[date, str, str]] = ()
    must: bool = False
    pinned_team_id: UUID | None = None
    pinned_on: date | None = None
    pinned_at: str = ""
    forbidden: Collection[str] = ()
    needs: Collection[str] = ()
    after_id: UUID | None = None


def change_stop(*, viewer: Viewer, stop_id: UUID, change: StopChange, expected_version: int | None = None) -> Stop:
    """Another value, time, pin… StaleWrite when somebody was faster."""
    stop = get_stop_for_change(viewer, stop_id)
    values = _changes(viewer, stop, change)
    with transaction.atomic():
        rows = Stop.objects.filter(pk=stop.pk)
        if expected_version is not None:
            rows = rows.filter(version=expected_version)
        if not rows.update(version=stop.version + 1, **values):
            raise StaleWrite("changed-by-somebody-else", expected=expected_version, version=stop.version)
        _audit(viewer, "stop-changed", "stop", stop.pk, {"fields": sorted(values)})
    stop.refresh_from_db()
    return stop


def _changes(viewer: Viewer, stop: Stop, change: StopChange) -> dict[str, object]:
    given = change.given
    values: dict[str, object] = {}
    if "city" in given:
        values["city"] = _city(change.city, "city")
    if "value" in given and change.value is not None:
        values |= {"value": _worth(change.value), "value_by_hand": True}
    if given & {"duration_minutes", "windows"}:
        minutes = change.duration_minutes if "duration_minutes" in given else stop.duration_minutes
        windows = change.windows if "windows" in given else _kept_windows(stop)
        values |= _planned(stop.trip, minutes, windows)
    if given & {"pinned_team_id", "pinned_on", "pinned_at"}:
        values |= _pin(viewer, stop, change)
    for name in ("must", "address"):
        if name in given:
            values[name] = getattr(change, name)
    teams = {str(pk) for pk in stop.trip.teams.values_list("pk", flat=True)}
    if "forbidden" in given:
        values["forbidden"] = sorted(set(change.forbidden) & teams)
    if "needs" in given:
        people = {str(pk) for pk in stop.trip.members.values_list("person_id", flat=True)}
        values["needs"] = sorted(set(change.needs) & people)
    if "after_id" in given:
        if change.after_id == stop.pk:
            raise InvalidValue("stop-after-itself", field="after", value=stop.title)
        _require_order(stop, change.after_id)
        values["after_id"] = change.after_id
    return values


def _require_order(stop: Stop, after_id: UUID | None) -> None:
    """InvalidValue when the other meeting is of another trip, or waits for this one itself."""
    waits = dict(Stop.objects.filter(zone_id=stop.zone_id, trip_id=stop.trip_id).values_list("pk", "after_id"))
    if after_id is not None and after_id not in waits:
        raise InvalidValue("reference-unknown", field="after", value=str(after_id))
    seen: set[UUID] = set()
    while after_id is not None and after_id not in seen:
        if after_id == stop.pk:
            raise InvalidValue("stops-in-circle", field="after", value=stop.title)
        seen.add(after_id)
        after_id = waits.get(after_id)


def _kept_windows(stop: Stop) -> list[tuple[date, str, str]]:
    return [(date.fromisoformat(day), opens, closes) for day, opens, closes in stop.windows]


def _pin(viewer: Viewer, stop: Stop, change: StopChange) -> dict[str, object]:
    values: dict[str, object] = {}
    if "pinned_team_id" in change.given:
        if change.pinned_team_id and not stop.trip.teams.filter(pk=change.pinned_team_id).exists():
            raise InvalidValue("reference-unknown", field="team", value=str(change.pinned_team_id))
        values["pinned_team_id"] = change.pinned_team_id
    if "pinned_on" in change.given:
        day = change.pinned_on
        if day is not None and not stop.trip.starts_on <= day <= stop.trip.ends_on:
            raise InvalidValue("window-outside-trip", field="pinned_on", value=day.isoformat())
        values["pinned_on"] = day
    if "pinned_at" in change.given:
        try:
            values["pinned_at"] = minutes_of(change.pinned_at) if change.pinned_at else None
        except ValueError as error:
            raise InvalidValue("time-malformed", field="pinned_at", value=change.pinned_at) from error
    return values


def answer_stop(*, viewer: Viewer, stop_id: UUID, state: str) -> None:
    """The other side confirmed or called off, or a person took it off the list; `candidate` takes a confirmation back."""
    stop = get_stop_for_change(viewer, stop_id)
    if state not in {"candidate", "confirmed", "cancelled"}:
        raise InvalidValue("not-an-option", field="state", value=state)
    if stop.state == "held":
        raise DomainError("stop-already-held")
    if stop.state == "cancelled" and state != "cancelled":
        _require_once(stop)
    with transaction.atomic():
        Stop.objects.filter(pk=stop.pk).update(state=state, version=stop.version + 1)
        _audit(viewer, f"stop-{state}", "stop", stop.pk)


def _require_once(stop: Stop) -> None:
    """InvalidValue when the project was put on the trip again after this meeting had been called off."""
    others = Stop.objects.filter(zone_id=stop.zone_id, trip_id=stop.trip_id).exclude(pk=stop.pk)
    if stop.project_id and others.filter(project_id=stop.project_id).exclude(state="cancelled").exists():
        raise InvalidValue("stop-twice", field="project", value=stop.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitNote:
    """What was said, by whom it was heard, what comes next."""

    on: date
    note: str
    attended: Sequence[UUID] = ()
    next_step: str = ""
    next_due_on: date | None = None


def note_visit(*, viewer: Viewer, stop_id: UUID, note: VisitNote, idempotency_key: str | None = None) -> UUID:
    """A meeting of a trip was held: an engagement of the project or company, and the stop is done. The same key writes once."""
    stop = get_stop_for_change(viewer, stop_id)
    if not note.note.strip():
        raise InvalidValue("note-empty", field="note", value="")
    if note.on > clock.today():
        raise InvalidValue("date-in-future", field="on", value=note.on.isoformat())
    if note.next_due_on is not None and note.next_due_on < note.on:
        raise InvalidValue("next-step-before-meeting", field="next_due_on", value=note.next_due_on.isoformat())
    due = note.next_due_on or (note.on + timedelta(days=7) if note.next_step.strip() else None)
    draft = EngagementDraft(
        form="visit",
        occurred=PartialDate(note.on),
        project_id=stop.project_id,
        company_id=stop.company_id if stop.company_id else None,
        place=stop.city,
        note=note.note,
        next_step=note.next_step,
        next_due_on=PartialDate(due) if due else None,
    )
    with transaction.atomic():
        made = record_engagement(viewer=viewer, draft=draft, idempotency_key=idempotency_key)
        if stop.engagement_id == made:
            return made
        present = {str(pk) for pk in note.attended} or {str(viewer.person_id)}
        members = {str(pk) for pk in stop.trip.members.values_list("person_id", flat=True)} | {str(viewer.person_id)}
        Stop.objects.filter(pk=stop.pk).update(
            state="held", engagement_id=made, attended=sorted(present & members), version=stop.version + 1
        )
        _audit(viewer, "visit-noted", "stop", stop.pk)
    return made


def make_feed(*, viewer: Viewer) -> str:
    """A new secret for the viewer's calendar link; an older link stops working. Shown once. NotAllowed for roles that only read."""
    require_writer(viewer)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        end_feed(viewer=viewer)
        feed = CalendarFeed.objects.create(
            zone_id=viewer.zone_id,
            person_id=viewer.person_id,
            secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
            created_at=clock.now(),
        )
        _audit(viewer, "calendar-feed-made", "calendar_feed", feed.pk)
    return secret


def end_feed(*, viewer: Viewer) -> None:
    """The viewer's calendar link stops working."""
    require_writer(viewer)
    CalendarFeed.objects.filter(zone_id=viewer.zone_id, person_id=viewer.person_id, ended_at__isnull=True).update(
        ended_at=clock.now()
    )
