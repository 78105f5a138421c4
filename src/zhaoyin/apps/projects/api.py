"""Projects over the API: list, read, create, record an event."""

from datetime import date
from uuid import UUID

from ninja import Field, Router, Schema

from zhaoyin.apps.accounts.requests import IdempotencyKey, ZoneRequest, ZoneSlug
from zhaoyin.apps.projects import access, actions, doubles, likeness, queries
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

router = Router(tags=["projects"])


class MoneyIn(Schema):
    """An amount: `value` in base units (yuan, dollars) as a string of digits."""

    value: str = Field(examples=["1000000000"])
    currency: str = "CNY"
    qualifier: str = "="
    unit: str = "1"
    high: str | None = None


class ProjectOut(Schema):
    """A project; `amounts` by kind, absent when unknown; `version` goes back with a write."""

    id: UUID
    name: str
    stage: str
    outcome: str
    kind: str
    origin: str
    investor: str | None
    industry_id: UUID | None
    task_force_id: UUID | None
    lead_person_id: UUID | None
    amounts: dict[str, MoneyIn]
    jobs: int | None
    signed_on: date | None
    last_progress_on: date | None
    merged_into_id: UUID | None
    version: int

    @staticmethod
    def resolve_investor(row: object) -> str | None:
        """Name of the leading investor."""
        investor = getattr(row, "investor", None)
        return investor.name if investor else None


class ProjectPage(Schema):
    """Rows and the cursor of the next page ("" at the end)."""

    rows: list[ProjectOut]
    following: str


class ProjectIn(Schema):
    """A new project."""

    name: str
    investors: list[str] = []
    planned_total: MoneyIn | None = None
    product: str = ""
    industry_id: UUID | None = None
    task_force_id: UUID | None = None
    lead_person_id: UUID | None = None
    origin: str = ""
    kind: str = "new"
    channel: str = ""
    jobs: int | None = None
    negotiating_on: str | None = None


class EventIn(Schema):
    """One event: `kind` and `payload` as documented in docs/reference/events.md; `occurred` as 2026-05-03, 2026-05, 2026."""

    kind: str
    occurred: str
    payload: dict[str, str | int | bool | None] = {}
    note: str = ""
    expected_version: int | None = None


class Made(Schema):
    """Id of what was made."""

    id: UUID


@router.get("/projects", response=ProjectPage, summary="List projects")
def list_projects(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    q: str = "",
    stage: str = "",
    task_force: str = "",
    industry: str = "",
    sort: str = "",
    after: str = "",
) -> dict[str, object]:
    """Projects visible to the caller, a page at a time."""
    wanted = queries.ProjectFilter(q=q, stage=stage, task_force=task_force, industry=industry)
    page = queries.project_page(viewer=request.viewer, wanted=wanted, sort=sort, after=after)
    return {"rows": page.rows, "following": page.following}


class AlikeOut(Schema):
    """A project that may be the same one; `reasons`: [code, weight], for (positive) and against, most telling first."""

    project: ProjectOut
    score: float
    reasons: list[tuple[str, float]]


class PairOut(Schema):
    """Two projects that may be one."""

    first: ProjectOut
    second: ProjectOut
    score: float
    reasons: list[tuple[str, float]]


class PairPage(Schema):
    """Pairs and the cursor of the next page ("" at the end)."""

    rows: list[PairOut]
    following: str


class PairIn(Schema):
    """Two projects; `distinct`: they are two (false takes that word back)."""

    one: UUID = UUID(int=0)
    two: UUID = UUID(int=0)
    distinct: bool = True


@router.get("/projects/doubles", response=PairPage, summary="Projects that may stand twice")
def list_doubles(
    request: ZoneRequest, zone_slug: ZoneSlug, settled: bool = False, after: str = ""
) -> dict[str, object]:
    """Pairs of the last search of the zone, likeliest first; `settled`: those said to be two."""
    page = queries.pair_page(viewer=request.viewer, settled=settled, after=after)
    return {"rows": page.rows, "following": page.following}


@router.post("/projects/doubles/decide", response={204: None}, summary="Say that two projects are two")
def decide_pair(request: ZoneRequest, zone_slug: ZoneSlug, body: PairIn) -> tuple[int, None]:
    """Kept for good with who and when; the pair is not shown again until the word is taken back."""
    doubles.decide_distinct(viewer=request.viewer, one=body.one, two=body.two, distinct=body.distinct)
    return 204, None


@router.get("/projects/{project_id}/doubles", response=list[AlikeOut], summary="Likely doubles of a project")
def doubles_of_project(request: ZoneRequest, zone_slug: ZoneSlug, project_id: UUID) -> object:
    """Compared when asked, best first."""
    project = access.get_visible(request.viewer, project_id)
    return likeness.alike_to(viewer=request.viewer, project=project)


@router.get("/projects/{project_id}", response=ProjectOut, summary="Read a project")
def read_project(request: ZoneRequest, zone_slug: ZoneSlug, project_id: UUID) -> object:
    """One project; 404 when it is not there for the caller."""
    return access.get_visible(request.viewer, project_id)


@router.post("/projects", response={201: Made}, summary="Create a project")
def create_project(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    body: ProjectIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, dict[str, UUID]]:
    """The same Idempotency-Key again gives the same project and writes nothing."""
    draft = actions.ProjectDraft(
        name=body.name,
        investor_names=body.investors,
        planned_total=Money.from_payload(body.planned_total.dict()) if body.planned_total else None,
        product=body.product,
        industry_id=body.industry_id,
        task_force_id=body.task_force_id,
        lead_person_id=body.lead_person_id,
        origin=body.origin,
        kind=body.kind,
        channel=body.channel,
        jobs=body.jobs,
        negotiating_on=PartialDate.parse(body.negotiating_on) if body.negotiating_on else None,
    )
    return 201, {"id": actions.create_project(viewer=request.viewer, draft=draft, idempotency_key=idempotency_key)}


API_KINDS = frozenset({"stage_reached", "contract_signed", "ended", "resumed", "described", "placed", "classified"})


@router.post("/projects/{project_id}/events", response={201: Made}, summary="Record an event of a project")
def record_event(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    project_id: UUID,
    body: EventIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, dict[str, UUID]]:
    """409 when `expected_version` is not the project's version any more."""
    if body.kind not in API_KINDS:
        raise InvalidValue("event-kind-unknown", field="kind", value=body.kind)
    actions.record_event(
        viewer=request.viewer,
        project_id=project_id,
        kind=body.kind,
        occurred=PartialDate.parse(body.occurred),
        payload=dict(body.payload),
        note=body.note,
        expected_version=body.expected_version,
        idempotency_key=idempotency_key,
    )
    return 201, {"id": project_id}
