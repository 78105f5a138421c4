"""Documents and proposals over the API."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from ninja import Router, Schema

from zhaoyin.apps.accounts.requests import ZoneRequest, ZoneSlug
from zhaoyin.apps.intake import access, actions, queries
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.stages import Stage

router = Router(tags=["intake"])


class DocumentIn(Schema):
    """A text to be read; `kind` is paste or note."""

    text: str
    kind: str = "paste"
    title: str = ""
    source_url: str = ""
    published_on: date | None = None


class DraftOut(Schema):
    """A proposal: `content` holds values, each with its span in the document's text."""

    id: UUID
    position: int
    kind: str
    state: str
    content: dict[str, object]
    lead_id: UUID | None
    project_id: UUID | None


class ReadingOut(Schema):
    """A document with its proposals; `known`: the same bytes had been read before."""

    document_id: UUID
    published_on: date | None
    boilerplate: list[list[int]]
    drafts: list[DraftOut]
    known: bool = False


class DecisionIn(Schema):
    """What is taken over; a field left out is taken as proposed. `to`: lead or project."""

    to: str = "lead"
    investor: str | None = None
    name: str | None = None
    amount: dict[str, str] | None = None
    stage: str | None = None
    occurred: str | None = None
    task_force_id: UUID | None = None
    person_id: UUID | None = None
    although_similar: bool = False


class AcceptedOut(Schema):
    """What was made."""

    lead_id: UUID
    project_id: UUID | None


class DraftState(Schema):
    """A proposal and its state."""

    id: UUID
    state: str


def _out(viewer: object, document_id: UUID, *, known: bool = False) -> dict[str, object]:
    reading = access.get_reading(viewer, document_id)  # type: ignore[arg-type]
    return {
        "document_id": document_id, "published_on": reading.published_on, "boilerplate": reading.boilerplate,
        "drafts": queries.drafts_of(reading), "known": known,
    }  # fmt: skip


@router.post("/documents", response={201: ReadingOut}, summary="Read a text into proposals")
def read_document(request: ZoneRequest, zone_slug: ZoneSlug, body: DocumentIn) -> tuple[int, dict[str, object]]:
    """The document is kept as received; nothing is made of it before somebody accepts a proposal."""
    if body.kind not in {"paste", "note"}:
        raise InvalidValue("not-an-option", field="kind", value=body.kind)
    received = actions.receive_text(
        viewer=request.viewer,
        text=body.text,
        kind=body.kind,
        title=body.title,
        source_url=body.source_url,
        published_on=body.published_on,
    )
    return 201, _out(request.viewer, received.document.pk, known=received.known)


@router.get("/documents/{document_id}/drafts", response=ReadingOut, summary="Proposals of a document")
def list_drafts(request: ZoneRequest, zone_slug: ZoneSlug, document_id: UUID) -> dict[str, object]:
    """404 when the document is not there for the caller."""
    return _out(request.viewer, document_id)


@router.post("/drafts/{draft_id}/accept", response={200: AcceptedOut}, summary="Accept a proposal")
def accept_draft(request: ZoneRequest, zone_slug: ZoneSlug, draft_id: UUID, body: DecisionIn) -> actions.Accepted:
    """400 `similar-exists` unless `although_similar`; 409 when it was decided already."""
    content = access.get_draft_for_change(request.viewer, draft_id).content
    if body.to not in {"lead", "project"}:
        raise InvalidValue("not-an-option", field="to", value=body.to)
    said = actions.as_proposed(content, to=body.to)
    decision = replace(
        said,
        investor=said.investor if body.investor is None else body.investor,
        name=said.name if body.name is None else body.name,
        planned_total=Money.from_payload(dict(body.amount)) if body.amount else said.planned_total,
        stage=_stage(body.stage or said.stage),
        contract_kind=said.contract_kind if body.stage is None else "",
        occurred=PartialDate.parse(body.occurred) if body.occurred else None if body.occurred == "" else said.occurred,
        task_force_id=body.task_force_id,
        person_id=body.person_id,
        although_similar=body.although_similar,
    )
    return actions.accept(viewer=request.viewer, draft_id=draft_id, decision=decision)


def _stage(text: str) -> str:
    try:
        return Stage(text).value
    except ValueError as error:
        raise InvalidValue("not-an-option", field="stage", value=text) from error


@router.post("/drafts/{draft_id}/refuse", response={200: DraftState}, summary="Refuse a proposal")
def refuse_draft(request: ZoneRequest, zone_slug: ZoneSlug, draft_id: UUID) -> dict[str, object]:
    """Nothing is made of it."""
    actions.refuse(viewer=request.viewer, draft_id=draft_id)
    return {"id": draft_id, "state": "refused"}
