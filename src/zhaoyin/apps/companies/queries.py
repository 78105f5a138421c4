"""Reading companies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.access import contacts_visible_to, may_see_phone, visible_to
from zhaoyin.apps.companies.models import Company, CompanyName, Contact
from zhaoyin.apps.ledger import search
from zhaoyin.apps.ledger.pages import Page, keyset_page

PAGE = 30


@dataclass(frozen=True, slots=True)
class CompanyFilter:
    """What the list is narrowed to; "" is everything."""

    q: str = ""
    origin: str = ""
    industry: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact as the viewer may see it."""

    id: UUID
    name: str
    title: str
    phone: str
    masked: bool
    source: str
    keep_until: object


def company_page(*, viewer: Viewer, wanted: CompanyFilter, after: str = "", before: str = "") -> Page[Company]:
    """One page by name; two queries (search and rows) at most."""
    rows = visible_to(viewer).filter(merged_into__isnull=True).select_related("industry")
    if wanted.origin:
        rows = rows.filter(origin__startswith=wanted.origin)
    if wanted.industry:
        rows = rows.filter(industry_id=_uuid(wanted.industry))
    if wanted.q:
        rows = rows.filter(
            pk__in=search.find(zone_id=viewer.zone_id, kind="company", query=wanted.q, scopes=("every",))
        )
    return keyset_page(rows, sort="name", after=after, before=before, size=PAGE)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def found(*, viewer: Viewer, query: str, limit: int) -> list[Company]:
    """Best companies for a search: exact and leading matches first."""
    ids = search.find(zone_id=viewer.zone_id, kind="company", query=query, scopes=("every",))
    if not ids:
        return []
    candidates = visible_to(viewer).filter(pk__in=ids, merged_into__isnull=True)
    wanted = search.folded(query)
    ranked = sorted(
        (not (name := search.folded(full)).startswith(wanted), wanted not in name, len(name), pk)
        for pk, full in candidates.values_list("id", "name")
    )
    best = [pk for *_, pk in ranked[:limit]]
    rows = {row.pk: row for row in Company.objects.filter(pk__in=best)}
    return [rows[pk] for pk in best]


def by_exact_name(*, zone_id: UUID, names: Sequence[str]) -> dict[str, UUID]:
    """Companies (canonical ids) by their name or another name, exactly as written."""
    known: dict[str, UUID] = {}
    aliases = CompanyName.objects.filter(zone_id=zone_id, name__in=names).values_list(
        "name", "company_id", "company__merged_into_id"
    )
    for name, pk, merged in aliases:
        known[name] = merged or pk
    for name, pk, merged in Company.objects.filter(zone_id=zone_id, name__in=names).values_list(
        "name", "id", "merged_into_id"
    ):
        known[name] = merged or pk
    return known


def known_names(*, zone_id: UUID, limit: int) -> list[str]:
    """Names of the zone's companies, latest changed first, then their other names; at most `limit`; two queries."""
    rows = Company.objects.filter(zone_id=zone_id, merged_into__isnull=True, void=False).order_by("-version", "id")
    found: dict[str, None] = {}
    for name, short in rows.values_list("name", "short_name")[:limit]:
        found[name] = None
        found[short] = None
    others = CompanyName.objects.filter(zone_id=zone_id).order_by("-company__version", "id")
    for name in others.values_list("name", flat=True)[:limit]:
        found[name] = None
    found.pop("", None)
    return list(found)[:limit]


def names_of(*, viewer: Viewer, company_id: UUID) -> list[CompanyName]:
    """Other names of a company."""
    return list(CompanyName.objects.filter(zone_id=viewer.zone_id, company_id=company_id).order_by("use", "name"))


def contacts_of(*, viewer: Viewer, company_ids: Sequence[UUID]) -> dict[UUID, list[ContactLine]]:
    """Contacts by company, phones marked as masked for who may not see them; one query."""
    found: dict[UUID, list[ContactLine]] = {pk: [] for pk in company_ids}
    for row in contacts_visible_to(viewer, company_ids).order_by("name"):
        shown = may_see_phone(viewer, row.owner_id)
        line = ContactLine(row.pk, row.name, row.title, row.phone, not shown, row.source, row.keep_until)
        found[row.company_id].append(line)
    return found


def contact_lines(*, viewer: Viewer, company_id: UUID) -> list[ContactLine]:
    """Contacts of one company."""
    return contacts_of(viewer=viewer, company_ids=[company_id])[company_id]


def names_with_ids(*, zone_id: UUID) -> list[tuple[str, UUID]]:
    """Every name under which a company of the zone is known, with the company that stands for it; two queries."""
    found: dict[tuple[str, UUID], None] = {}
    rows = Company.objects.filter(zone_id=zone_id, void=False).order_by("id")
    for name, pk, merged in rows.values_list("name", "id", "merged_into_id"):
        found[name, merged or pk] = None
    others = CompanyName.objects.filter(zone_id=zone_id).order_by("company_id")
    for name, owner, into in others.values_list("name", "company_id", "company__merged_into_id"):
        found[name, into or owner] = None
    return list(found)


def contact_keys(*, zone_id: UUID, company_ids: Iterable[UUID]) -> set[tuple[UUID, str, str]]:
    """(company, name, phone) of the contacts that are kept."""
    rows = Contact.objects.filter(zone_id=zone_id, company_id__in=set(company_ids), removed_at__isnull=True)
    return set(rows.values_list("company_id", "name", "phone"))


def contacts_unchanged(*, zone_id: UUID, contact_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """(contact, company) of those that are kept as they were added."""
    rows = Contact.objects.filter(zone_id=zone_id, pk__in=set(contact_ids), removed_at__isnull=True, version=1)
    return list(rows.values_list("id", "company_id"))


def same_company(*, zone_id: UUID, company_id: UUID) -> set[UUID]:
    """The company and every record that was merged into it, at any remove."""
    found, newest = {company_id}, {company_id}
    while newest:
        rows = Company.objects.filter(zone_id=zone_id, merged_into_id__in=newest).values_list("id", flat=True)
        newest = set(rows) - found
        found |= newest
    return found
