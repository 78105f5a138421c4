"""Recognition, credit and funds over the API."""

from datetime import date
from uuid import UUID

from ninja import Router, Schema

from zhaoyin.apps.accounts.requests import IdempotencyKey, ZoneRequest, ZoneSlug
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.recognition import access, actions, queries
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

router = Router(tags=["recognition"])


class RecognitionOut(Schema):
    """A request; `recognized_on` is set while it is approved; `version` goes back with a step."""

    id: UUID
    project_id: UUID
    matter: str
    status: str
    claimed_on: date
    recognized_on: date | None
    requested_on: date
    requested_by_id: UUID
    endorsed_by_id: UUID | None
    decided_by_id: UUID | None
    version: int


class RecognitionPage(Schema):
    """Rows and the cursor of the next page ("" at the end)."""

    rows: list[RecognitionOut]
    following: str


class RequestIn(Schema):
    """Ask for recognition: `matter` as in docs/reference/events.md, the day as 2026-05-03, 2026-05, 2026; the word is the evidence."""

    matter: str
    claimed_on: str
    note: str


class StepIn(Schema):
    """A step: endorsed, returned, approved, refused, resubmitted, withdrawn or revoked; `on`: the day that counts (approved)."""

    step: str
    note: str = ""
    on: str | None = None
    expected_version: int | None = None


class ShareIn(Schema):
    """A unit and its share in percent, as a string."""

    unit_id: UUID
    percent: str


class CreditIn(Schema):
    """Credit: basis is first_signing, joint, transfer, dual or decision."""

    shares: list[ShareIn]
    basis: str
    since: str
    note: str = ""


class FundsIn(Schema):
    """Money that arrived: `value` in base units as a string of digits; `amount_kind` funds_in_place or foreign_capital_utilised."""

    value: str
    currency: str = "CNY"
    amount_kind: str = "funds_in_place"
    on: str
    vouchers: int = 0


class Made(Schema):
    """Id of what was made."""

    id: UUID


@router.get("/recognitions", response=RecognitionPage, summary="List requests for recognition")
def list_recognitions(
    request: ZoneRequest, zone_slug: ZoneSlug, show: str = "", matter: str = "", after: str = ""
) -> dict[str, object]:
    """Requests visible to the caller; `show`: waiting (for the caller), open, approved, closed or everything."""
    page = queries.recognition_page(viewer=request.viewer, shown=show, matter=matter, after=after)
    return {"rows": page.rows, "following": page.following}


@router.get("/recognitions/{recognition_id}", response=RecognitionOut, summary="One request")
def read_recognition(request: ZoneRequest, zone_slug: ZoneSlug, recognition_id: UUID) -> object:
    """A request."""
    return access.get_visible(request.viewer, recognition_id)


@router.post("/projects/{project_id}/recognitions", response={201: Made}, summary="Ask for recognition")
def ask(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    project_id: UUID,
    body: RequestIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, dict[str, object]]:
    """The matter, the day and the word of who asks."""
    made = actions.request_recognition(
        viewer=request.viewer,
        project_id=project_id,
        request=actions.Request(matter=body.matter, claimed_on=PartialDate.parse(body.claimed_on), note=body.note),
        idempotency_key=idempotency_key,
    )
    return 201, {"id": made}


@router.post("/recognitions/{recognition_id}/steps", response={204: None}, summary="Take a step on a request")
def step(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    recognition_id: UUID,
    body: StepIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, None]:
    """409 when somebody was faster."""
    actions.take_step(
        viewer=request.viewer,
        recognition_id=recognition_id,
        step=actions.StepTaken(kind=body.step, note=body.note, on=PartialDate.parse(body.on) if body.on else None),
        expected_version=body.expected_version,
        idempotency_key=idempotency_key,
    )
    return 204, None


@router.post("/projects/{project_id}/credit", response={204: None}, summary="State a project's credit")
def credit(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    project_id: UUID,
    body: CreditIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, None]:
    """Shares in percent; above 100 only with basis `dual`."""
    draft = actions.CreditDraft(
        shares=[(share.unit_id, share.percent) for share in body.shares],
        basis=body.basis,
        since=PartialDate.parse(body.since),
        note=body.note,
    )
    actions.state_credit(viewer=request.viewer, project_id=project_id, draft=draft, idempotency_key=idempotency_key)
    return 204, None


@router.post("/projects/{project_id}/funds", response={204: None}, summary="Record money that arrived")
def funds(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    project_id: UUID,
    body: FundsIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, None]:
    """Money without a voucher is kept and does not count as in place."""
    actions.record_funds(
        viewer=request.viewer,
        project_id=project_id,
        amount=Money.from_payload({"value": body.value, "currency": body.currency, "qualifier": "=", "unit": "1"}),
        amount_kind=body.amount_kind,
        on=PartialDate.parse(body.on) if body.on else PartialDate(clock.today()),
        voucher_count=body.vouchers,
        idempotency_key=idempotency_key,
    )
    return 204, None
