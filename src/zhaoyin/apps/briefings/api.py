"""Briefings over the API: compose, read, reword, finish, download."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema

from zhaoyin.apps.accounts.requests import IdempotencyKey, ZoneRequest, ZoneSlug
from zhaoyin.apps.briefings import access, actions, queries
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.canonical import canonical_json

router = Router(tags=["briefings"])


class ComposeIn(Schema):
    """What to write; "" is the usual value."""

    kind: str = "bulletin"
    language: str = "zh"
    period: str = ""
    pack: str = ""
    as_of: str = ""
    known_at: str = ""
    known_basis: str = ""
    since: str = ""
    task_force: str = ""
    project: str = ""
    number: str = ""


class BriefingOut(Schema):
    """A briefing without its text."""

    id: UUID
    kind: str
    language: str
    title: str
    state: str
    version: int
    created_at: datetime
    changed_at: datetime


class RewordIn(Schema):
    """Wording by paragraph id, with `{figure}` in place of each figure; `version` is the one that was read."""

    version: int = 0
    edits: dict[str, str] = {}
    title: str = ""


class RewordOut(Schema):
    """The draft after saving, and why an edit was refused, by paragraph."""

    briefing: BriefingOut
    refused: dict[str, str]


class VersionIn(Schema):
    """The version that was read."""

    version: int = 0


@router.get("/briefings", response=list[BriefingOut], summary="Briefings")
def briefing_list(request: ZoneRequest, zone_slug: ZoneSlug, after: str = "") -> object:
    """The newest thirty that the caller may open."""
    return queries.page(viewer=request.viewer, after=after).rows


@router.post("/briefings", response={201: BriefingOut}, summary="Compose a briefing")
def briefing_add(
    request: ZoneRequest, zone_slug: ZoneSlug, given: ComposeIn, idempotency_key: IdempotencyKey = None
) -> tuple[int, object]:
    """Count, write and keep a draft."""
    access.require_writer(request.viewer)
    wanted = queries.parse_wanted(given.model_dump(), zone_id=request.viewer.zone_id)
    found = actions.compose(viewer=request.viewer, zone=request.zone, wanted=wanted, idempotency_key=idempotency_key)
    return 201, found


@router.get("/briefings/{briefing_id}", summary="A briefing's document")
def briefing_read(
    request: ZoneRequest, zone_slug: ZoneSlug, briefing_id: UUID, version: int | None = None
) -> HttpResponse:
    """Canonical JSON of a saved version: blocks, locked figures, footnotes, with the version and its hash."""
    briefing = access.get_visible(request.viewer, briefing_id)
    row, document = queries.version_document(viewer=request.viewer, briefing=briefing, number=version)
    head = canonical_json({"id": briefing.pk, "state": briefing.state, "version": row.number, "sha256": row.sha256})
    body = f'{head[:-1]},"document":{document.canonical()}}}'
    return HttpResponse(body, content_type="application/json; charset=utf-8")


@router.post("/briefings/{briefing_id}/wording", response=RewordOut, summary="Reword paragraphs")
def briefing_reword(request: ZoneRequest, zone_slug: ZoneSlug, briefing_id: UUID, given: RewordIn) -> object:
    """Figures stay; an edit that loses one is refused and the others are saved."""
    done = actions.reword(
        viewer=request.viewer, briefing_id=briefing_id, version=given.version, edits=given.edits, title=given.title
    )
    return {"briefing": done.briefing, "refused": {key: words(error) for key, error in done.refused.items()}}


@router.post("/briefings/{briefing_id}/finish", response=BriefingOut, summary="Finish a briefing")
def briefing_finish(request: ZoneRequest, zone_slug: ZoneSlug, briefing_id: UUID, given: VersionIn) -> object:
    """Freeze it with its hash."""
    return actions.finish(viewer=request.viewer, briefing_id=briefing_id, version=given.version)


@router.get("/briefings/{briefing_id}/file", summary="Download a briefing", openapi_extra={"responses": {200: {"description": "docx, xlsx or pdf"}}})  # fmt: skip
def briefing_file(
    request: ZoneRequest, zone_slug: ZoneSlug, briefing_id: UUID, form: str = "docx", version: int | None = None,
    template: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """A saved version as a file; `template`: through one of the zone's Word templates."""
    found = actions.download(
        viewer=request.viewer, briefing_id=briefing_id, form=form, number=version, template_id=template
    )
    return HttpResponse(found.content, content_type=found.media_type)
