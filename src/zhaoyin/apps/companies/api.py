"""Companies over the API."""

from uuid import UUID

from ninja import Router, Schema

from zhaoyin.apps.accounts.requests import IdempotencyKey, ZoneRequest, ZoneSlug
from zhaoyin.apps.companies import access, actions, queries

router = Router(tags=["companies"])


class CompanyOut(Schema):
    """A company; empty text is unknown."""

    id: UUID
    name: str
    short_name: str
    credit_code: str
    origin: str
    industry_id: UUID | None
    merged_into_id: UUID | None
    version: int


class CompanyPage(Schema):
    """Rows and the cursor of the next page ("" at the end)."""

    rows: list[CompanyOut]
    following: str


class CompanyIn(Schema):
    """A new company."""

    name: str
    short_name: str = ""
    credit_code: str = ""
    origin: str = ""


class Made(Schema):
    """Id of what was made."""

    id: UUID


@router.get("/companies", response=CompanyPage, summary="List companies")
def list_companies(
    request: ZoneRequest, zone_slug: ZoneSlug, q: str = "", origin: str = "", after: str = ""
) -> dict[str, object]:
    """Companies of the zone by name, a page at a time."""
    page = queries.company_page(viewer=request.viewer, wanted=queries.CompanyFilter(q=q, origin=origin), after=after)
    return {"rows": page.rows, "following": page.following}


@router.get("/companies/{company_id}", response=CompanyOut, summary="Read a company")
def read_company(request: ZoneRequest, zone_slug: ZoneSlug, company_id: UUID) -> object:
    """One company."""
    return access.get_visible(request.viewer, company_id)


@router.post("/companies", response={201: Made}, summary="Register a company")
def register(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    body: CompanyIn,
    idempotency_key: IdempotencyKey = None,
) -> tuple[int, dict[str, UUID]]:
    """422 `company-exists` when its name or credit code is there already."""
    draft = actions.CompanyDraft(**body.dict())
    company_id = actions.register_company(viewer=request.viewer, draft=draft, idempotency_key=idempotency_key)
    return 201, {"id": company_id}
