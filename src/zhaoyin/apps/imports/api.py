"""Imports over the API."""

from datetime import date, datetime
from uuid import UUID

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.requests import ZoneRequest, ZoneSlug
from zhaoyin.apps.imports import access, actions, queries
from zhaoyin.apps.jobs.presentation import job_view

router = Router(tags=["imports"])


class TermsIn(Schema):
    """What holds for all files of a batch."""

    sender: str = ""
    task_force_id: UUID | None = None
    date_by_report: bool = False
    contact_basis: str = ""
    contacts_until: date | None = None


class FileOut(Schema):
    """A file: what was understood of its tables, or why it could not be read."""

    id: UUID
    file_name: str
    reporting_on: date | None
    tables: list[dict[str, object]]
    problem: dict[str, object] | None


class BatchOut(Schema):
    """A batch with its counts; `percent` of the work under way."""

    id: UUID
    state: str
    sender: str
    created_at: datetime
    counts: dict[str, object]
    percent: int | None
    files: list[FileOut]


class RowOut(Schema):
    """A row: what it would do, what must be answered."""

    id: UUID
    sheet: str
    row: int
    title: str
    state: str
    changes: dict[str, object]
    questions: list[dict[str, object]]
    problems: list[dict[str, object]]
    project_id: UUID | None
    applied_at: datetime | None


class RowsOut(Schema):
    """A page of rows."""

    rows: list[RowOut]
    following: str


class ChoicesIn(Schema):
    """Choices for the columns of a table `"<sheet>|<place>"`: column index → field, unit, currency, ignored."""

    table: str
    choices: dict[str, dict[str, object]]
    reporting_on: date | None = None


class AnswersIn(Schema):
    """Answers by question, as in `RowOut.questions`."""

    answers: dict[str, str]


def _out(viewer: Viewer, batch_id: UUID) -> dict[str, object]:
    batch = access.get_batch(viewer, batch_id)
    job = job_view(queries.job_of(batch=batch))
    return {
        "id": batch.pk, "state": batch.state, "sender": batch.sender, "created_at": batch.created_at, "counts": batch.counts,
        "percent": job.percent if job and job.open else None, "files": queries.files_of(batch=batch),
    }  # fmt: skip


@router.post("/imports", response={201: BatchOut}, summary="Bring ledgers in for a dry run")
def receive(
    request: ZoneRequest, zone_slug: ZoneSlug, files: File[list[UploadedFile]], terms: Form[TermsIn]
) -> tuple[int, dict[str, object]]:
    """The files are kept as received; nothing enters the ledger before the import is started."""
    uploads = [
        actions.Upload(one.name or "", one.read(actions.LARGEST_LEDGER + 1), one.content_type or "") for one in files
    ]
    batch = actions.receive_ledgers(viewer=request.viewer, uploads=uploads, terms=actions.Terms(**terms.dict()))
    return 201, _out(request.viewer, batch.pk)


@router.get("/imports/{batch_id}", response=BatchOut, summary="A batch and how far it is")
def show(request: ZoneRequest, zone_slug: ZoneSlug, batch_id: UUID) -> dict[str, object]:
    """404 when it is not there for the caller."""
    return _out(request.viewer, batch_id)


@router.get("/imports/{batch_id}/rows", response=RowsOut, summary="Rows of a batch")
def rows(request: ZoneRequest, zone_slug: ZoneSlug, batch_id: UUID, show: str = "", after: str = "") -> object:
    """`show`: asked, new, changed, same, suspicious, refused, written; all when left out."""
    batch = access.get_batch(request.viewer, batch_id)
    return queries.row_page(batch=batch, show=show, after=after)


@router.post("/imports/files/{file_id}/columns", response={200: BatchOut}, summary="Say what columns mean")
def columns(request: ZoneRequest, zone_slug: ZoneSlug, file_id: UUID, body: ChoicesIn) -> dict[str, object]:
    """The dry run is made again."""
    actions.choose_columns(
        viewer=request.viewer, file_id=file_id, table=body.table, choices=body.choices, reporting_on=body.reporting_on
    )
    return _out(request.viewer, access.get_file(request.viewer, file_id).batch_id)


@router.post("/imports/rows/{import_row_id}/answers", response={200: RowOut}, summary="Answer the questions of a row")
def answers(request: ZoneRequest, zone_slug: ZoneSlug, import_row_id: UUID, body: AnswersIn) -> object:
    """400 `question-unknown` when it is not open."""
    return actions.answer(viewer=request.viewer, row_id=import_row_id, answers=body.answers)


@router.post("/imports/{batch_id}/import", response={202: BatchOut}, summary="Write what is not in question")
def start(request: ZoneRequest, zone_slug: ZoneSlug, batch_id: UUID) -> tuple[int, dict[str, object]]:
    """Runs in the background; 409 when the batch has moved on."""
    actions.start_import(viewer=request.viewer, batch_id=batch_id)
    return 202, _out(request.viewer, batch_id)


@router.post("/imports/{batch_id}/undo", response={202: BatchOut}, summary="Take the whole import back")
def undo(request: ZoneRequest, zone_slug: ZoneSlug, batch_id: UUID) -> tuple[int, dict[str, object]]:
    """Compensating events; what others have built on is kept and listed."""
    actions.start_undo(viewer=request.viewer, batch_id=batch_id)
    return 202, _out(request.viewer, batch_id)
