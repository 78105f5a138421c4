"""Templates over the API: list, add, fill."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from zhaoyin.apps.accounts.requests import ZoneRequest, ZoneSlug
from zhaoyin.apps.exports import actions, presentation, queries
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.queries import ProjectFilter

router = Router(tags=["exports"])


class TemplateOut(Schema):
    """A template in use."""

    id: UUID
    name: str
    file_name: str
    created_at: datetime


class ColumnOut(Schema):
    """A column of the table that is filled: what is written there ("" for nothing), the unit and currency of an amount."""

    index: int
    head: str
    field: str
    unit: str
    currency: str


class TemplateWithColumns(TemplateOut):
    """A template and what was understood of it."""

    columns: list[ColumnOut]


class FillQuery(Schema):
    """Templates and the filters of the project list; "" is everything."""

    template: list[UUID]
    q: str = ""
    stage: str = ""
    industry: str = ""
    task_force: str = ""
    outcome: str = ""
    origin: str = ""
    kind: str = ""
    person: str = ""
    stuck_days: str = ""
    sort: str = ""


@router.get("/exports/templates", response=list[TemplateOut], summary="Templates")
def template_list(request: ZoneRequest, zone_slug: ZoneSlug) -> object:
    """Templates in use, by name."""
    return queries.templates(viewer=request.viewer)


@router.post("/exports/templates", response={201: TemplateWithColumns}, summary="Add a template")
def template_add(
    request: ZoneRequest, zone_slug: ZoneSlug, name: Form[str] = "", file: File[UploadedFile | None] = None
) -> tuple[int, dict[str, object]]:
    """An .xlsx with the heads of a table of projects; answers what each column was taken for."""
    content = file.read() if file is not None else b""
    file_name = (file.name if file is not None else "") or ""
    found = actions.add_template(viewer=request.viewer, name=name, file_name=file_name, content=content)
    table = queries.main_table(queries.understood(found))
    columns = presentation.columns(table, {}) if table else []
    return 201, {
        "id": found.pk, "name": found.name, "file_name": found.file_name, "created_at": found.created_at, "columns": columns,
    }  # fmt: skip


@router.get("/exports/file", summary="Fill templates", openapi_extra={"responses": {200: {"description": "an .xlsx, or a .zip when several templates are asked for"}}})  # fmt: skip
def file(request: ZoneRequest, zone_slug: ZoneSlug, asked: Query[FillQuery]) -> HttpResponse:
    """The projects of the filter that the token's person may see, in the templates asked for."""
    wanted = ProjectFilter(**{name: getattr(asked, name)[:80] for name in ProjectFilter.__dataclass_fields__})
    found = actions.export(
        viewer=request.viewer, template_ids=asked.template, wanted=wanted, sort=asked.sort, on=clock.today(),
        remarks=presentation.remarks_of,
    )  # fmt: skip
    return HttpResponse(found.content, headers=actions.headers(found))
