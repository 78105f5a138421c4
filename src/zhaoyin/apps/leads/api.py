"""Leads over the API: list, read, create, assign, drop."""

from datetime import date
from uuid import UUID

from ninja import Router, Schema

from zhaoyin.apps.accounts.requests import IdempotencyKey, ZoneRequest, ZoneSlug
from zhaoyin.apps.leads import access, actions, queries
from zhaoyin.domain.money import Money

router = Router(tags=["leads"])


class LeadOut(Schema):
    """A lead; `amount` in base units as a string of digits, null when unknown."""

    id: UUID
    title: str
    investor_name: str
    product: str
    status: str
    said_stage: str
    amount: dict[str, str] | None
    task_force_id: UUID | None
    person_id: UUID | None
    document_id: UUID | None
    project_id: UUID | None
    opened_on: date | None
    version: int


class LeadPage(Schema):
    """Rows and the cursor of the next page ("" at the end)."""

    rows: list[LeadOut]
    following: str


class LeadIn(Schema):
    """A new lead; without task force and person it goes into the pool."""

    investor: str
    title: str = ""
    product: str = ""
    amount: dict[str, str] | None = None
    task_force_id: UUID | None = None
    person_id: UUID | None = None


class AssignIn(Schema):
    """Who follows it; both null: back to the pool."""

    task_force_id: UUID | None = None
    person_id: UUID | None = None
    expected_version: int | None = None


class DropIn(Schema):
    """Why it is given up: no_intention, unsuitable, lost, duplicate, other."""

    reason: str
    note: str = ""
    expected_version: int | None = None


class Made(Schema):
    """Id of what was made."""

    id: UUID


@router.get("/leads", response=LeadPage, summary="List leads")
def list_leads(
    request: ZoneRequest, zone_slug: ZoneSlug, q: str = "", show: str = "", after: str = ""
) -> dict[str, object]:
    """Leads visible to the caller, newest first."""
    page = queries.lead_page(viewer=request.viewer, wanted=queries.LeadFilter(q=q, show=show), after=after)
    return {"rows": page.rows, "following": page.following}


@router.get("/leads/{lead_id}", response=LeadOut, summary="Read a lead")
def read_lead(request: ZoneRequest, zone_slug: ZoneSlug, lead_id: UUID) -> object:
    """One lead; 404 when it is not there for the caller."""
    return access.get_visible(request.viewer, lead_id)


@router.post("/leads", response={201: Made}, summary="Create a lead")
def create_lead(
    request: ZoneRequest, zone_slug: ZoneSlug, body: LeadIn, idempotency_key: IdempotencyKey = None
) -> tuple[int, dict[str, UUID]]:
    """The same Idempotency-Key again gives the same lead."""
    draft = actions.LeadDraft(
        title=body.title or body.investor,
        investor=body.investor,
        product=body.product,
        planned_total=Money.from_payload(dict(body.amount)) if body.amount else None,
        task_force_id=body.task_force_id,
        person_id=body.person_id,
    )
    return 201, {"id": actions.open_lead(viewer=request.viewer, draft=draft, idempotency_key=idempotency_key)}


@router.post("/leads/{lead_id}/assign", response={200: Made}, summary="Assign a lead")
def assign_lead(request: ZoneRequest, zone_slug: ZoneSlug, lead_id: UUID, body: AssignIn) -> dict[str, UUID]:
    """409 when somebody changed it since `expected_version`."""
    actions.assign_lead(
        viewer=request.viewer,
        lead_id=lead_id,
        person_id=body.person_id,
        task_force_id=body.task_force_id,
        expected_version=body.expected_version,
    )
    return {"id": lead_id}


@router.post("/leads/{lead_id}/drop", response={200: Made}, summary="Give a lead up")
def drop_lead(request: ZoneRequest, zone_slug: ZoneSlug, lead_id: UUID, body: DropIn) -> dict[str, UUID]:
    """It stays in the ledger and can be reopened."""
    actions.drop_lead(
        viewer=request.viewer,
        lead_id=lead_id,
        reason=body.reason,
        note=body.note,
        expected_version=body.expected_version,
    )
    return {"id": lead_id}
