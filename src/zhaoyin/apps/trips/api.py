"""Trips over the API: list, plan, publish, notes; the planner itself for problems that others bring."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Body, Router, Schema

from zhaoyin.apps.accounts.requests import IdempotencyKey, ZoneRequest, ZoneSlug
from zhaoyin.apps.trips import access, actions, planning, queries

router = Router(tags=["trips"])
JsonDocument = Annotated[dict[str, Any], Body()]
"""A document of which the engine itself checks every field."""


class TripOut(Schema):
    """A trip; `home` is a four-digit region code."""

    id: UUID
    name: str
    state: str
    home: str
    starts_on: date
    ends_on: date
    task_force_id: UUID | None
    version: int


class TripPage(Schema):
    """Rows and the cursor of the next page ("" at the end)."""

    rows: list[TripOut]
    following: str


class StopOut(Schema):
    """Somebody to meet."""

    id: UUID
    title: str
    city: str
    value: Decimal
    state: str
    must: bool
    duration_minutes: int
    project_id: UUID | None
    lead_id: UUID | None


class StopIn(Schema):
    """A project, a lead, a company, or only a title with a city; `windows`: [day, "HH:MM", "HH:MM"]."""

    project_id: UUID | None = None
    lead_id: UUID | None = None
    company_id: UUID | None = None
    title: str = ""
    city: str = ""
    address: str = ""
    value: Decimal | None = None
    duration_minutes: int = 90
    windows: list[tuple[date, str, str]] = []
    must: bool = False


class PlanOut(Schema):
    """The newest plan: its number and the document (schema `zhaoyin-plan-1`, docs/reference/trips.md)."""

    number: int
    plan: dict[str, Any]


class PublishIn(Schema):
    """The number of the plan that was looked at."""

    number: int


class NoteIn(Schema):
    """What was said; `attended`: ids of people of the trip."""

    on: date
    note: str
    attended: list[UUID] = []
    next_step: str = ""
    next_due_on: date | None = None


class Made(Schema):
    """Id of what was made."""

    id: UUID


@router.get("/trips", response=TripPage, summary="List trips")
def list_trips(request: ZoneRequest, zone_slug: ZoneSlug, mine: bool = False, after: str = "") -> dict[str, object]:
    """Trips visible to the caller, the latest first."""
    page = queries.trip_page(viewer=request.viewer, mine=mine, after=after)
    return {"rows": page.rows, "following": page.following}


@router.get("/trips/{trip_id}/stops", response=list[StopOut], summary="Whom a trip is to meet")
def list_stops(request: ZoneRequest, zone_slug: ZoneSlug, trip_id: UUID) -> object:
    """The most valuable first."""
    return queries.stops_of(access.get_visible(request.viewer, trip_id))


@router.post("/trips/{trip_id}/stops", response={201: Made}, summary="Add somebody to meet")
def add_stop(request: ZoneRequest, zone_slug: ZoneSlug, trip_id: UUID, body: StopIn) -> tuple[int, dict[str, object]]:
    """Without a value it is reckoned from amount, stage and last contact."""
    stop = actions.add_stop(viewer=request.viewer, trip_id=trip_id, draft=actions.StopDraft(**body.dict()))
    return 201, {"id": stop.pk}


@router.post("/trips/{trip_id}/plan", response={201: PlanOut}, summary="Plan a trip (on the road: the rest of it)")
def make_plan(request: ZoneRequest, zone_slug: ZoneSlug, trip_id: UUID) -> tuple[int, dict[str, object]]:
    """About a second."""
    made = planning.make_plan(viewer=request.viewer, trip_id=trip_id)
    return 201, {"number": made.number, "plan": made.plan}


@router.get("/trips/{trip_id}/plan", response=PlanOut, summary="The plan that holds")
def read_plan(request: ZoneRequest, zone_slug: ZoneSlug, trip_id: UUID) -> dict[str, object]:
    """The published plan, else the newest draft; 404 when there is none."""
    return planning.standing_plan(access.get_visible(request.viewer, trip_id))


@router.post("/trips/{trip_id}/publish", response={204: None}, summary="Publish the newest plan")
def publish(request: ZoneRequest, zone_slug: ZoneSlug, trip_id: UUID, body: PublishIn) -> tuple[int, None]:
    """409 when a newer plan has been made."""
    planning.publish(viewer=request.viewer, trip_id=trip_id, number=body.number)
    return 204, None


@router.post("/trips/stops/{stop_id}/notes", response={201: Made}, summary="Note a meeting of a trip")
def note(
    request: ZoneRequest, zone_slug: ZoneSlug, stop_id: UUID, body: NoteIn, idempotency_key: IdempotencyKey = None
) -> tuple[int, dict[str, object]]:
    """The id of the engagement; the same Idempotency-Key writes once."""
    made = actions.note_visit(
        viewer=request.viewer,
        stop_id=stop_id,
        note=actions.VisitNote(**body.dict()),
        idempotency_key=idempotency_key,
    )
    return 201, {"id": made}


@router.post("/route/solve", response=dict[str, Any], summary="Solve a problem brought along")
def solve_problem(
    request: ZoneRequest, zone_slug: ZoneSlug, body: JsonDocument, seconds: float = 1.0
) -> dict[str, Any]:
    """A problem (schema `zhaoyin-route-1`) → a plan (`zhaoyin-plan-1`); nothing is kept. At most 10 seconds."""
    access.require_writer(request.viewer)
    return planning.solve_document(body, seconds=seconds)


@router.post("/route/check", response=list[str], summary="Check a plan against its problem")
def check_plan(request: ZoneRequest, zone_slug: ZoneSlug, body: JsonDocument) -> list[str]:
    """`{"problem": …, "plan": …}` → every broken rule, empty when there is none."""
    access.require_writer(request.viewer)
    return planning.check_document(body)
