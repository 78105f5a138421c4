"""Reading leads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.leads.access import visible_to
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger import search
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.ledger.queries import event_rows, to_domain
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.domain.event import LedgerEvent

PAGE = 30


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """What the list is narrowed to; `show`: open (default), pool, mine, dropped, converted, all."""

    q: str = ""
    show: str = ""
    task_force: str = ""


@dataclass(frozen=True, slots=True)
class LeadLine:
    """An event of a lead with who wrote it and when."""

    event: LedgerEvent
    recorded_at: datetime
    who: str


def _scopes(viewer: Viewer) -> tuple[str, ...]:
    if viewer.reads_everything:
        return ("every",)
    own = (str(pk) for pk in sorted(scope_of(viewer).member_of))
    return (*own, str(viewer.person_id), "pool")


def found_ids(*, viewer: Viewer, query: str) -> list[UUID]:
    """Ids of leads that match, newest first, capped."""
    return search.find(zone_id=viewer.zone_id, kind="lead", query=query, scopes=_scopes(viewer))


def lead_page(*, viewer: Viewer, wanted: LeadFilter, after: str = "", before: str = "") -> Page[Lead]:
    """One page, newest first."""
    rows = visible_to(viewer).select_related("task_force", "person", "document")
    statuses = {
        "": ("pool", "assigned"), "pool": ("pool",), "mine": ("assigned",), "dropped": ("dropped",), "converted": ("converted",),
    }  # fmt: skip
    if wanted.show in statuses:
        rows = rows.filter(status__in=statuses[wanted.show])
    if wanted.show == "mine":
        rows = rows.filter(person_id=viewer.person_id)
    if wanted.task_force:
        rows = rows.filter(task_force_id=_uuid(wanted.task_force))
    if wanted.q:
        rows = rows.filter(pk__in=found_ids(viewer=viewer, query=wanted.q))
    return keyset_page(rows, sort="-version", after=after, before=before, size=PAGE)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def found(*, viewer: Viewer, query: str, limit: int) -> list[Lead]:
    """Leads for a search."""
    ids = found_ids(viewer=viewer, query=query)
    return list(visible_to(viewer).filter(pk__in=ids)[:limit]) if ids else []


def similar(*, viewer: Viewer, investor: str, apart_from: UUID | None = None) -> list[Lead]:
    """Open leads of the same investor; at most five."""
    if not investor.strip():
        return []
    ids = found_ids(viewer=viewer, query=investor)[:20]
    rows = visible_to(viewer).filter(pk__in=ids, status__in=("pool", "assigned"))
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from)
    return list(rows.select_related("task_force")[:5]) if ids else []


def waiting(*, viewer: Viewer, limit: int) -> tuple[Sequence[Lead], int]:
    """Leads in the pool, oldest first, and how many there are (up to 100)."""
    rows = visible_to(viewer).filter(status="pool").order_by("version")
    found_rows = list(rows[:100])
    return found_rows[:limit], len(found_rows)


def history_lines(*, zone_id: UUID, lead_id: UUID) -> list[LeadLine]:
    """Events newest first."""
    rows = event_rows(zone_id=zone_id, subject_kind="lead", subject_id=lead_id)
    return [
        LeadLine(to_domain(row), row.recorded_at, row.actor.display_name if row.actor else "") for row in reversed(rows)
    ]


def rest_on(viewer: Viewer, document: Document) -> bool:
    """Whether a lead of the viewer or of their task forces was read in the document; a lead of the pool opens nothing."""
    rows = visible_to(viewer).filter(document_id=document.pk)
    return rows.exclude(task_force__isnull=True, person__isnull=True).exists()


def count_of(*, zone_id: UUID, person_id: UUID) -> int:
    """Open leads of a person."""
    return Lead.objects.filter(zone_id=zone_id, person_id=person_id, status="assigned").count()


def projects_from_leads(*, zone_id: UUID, project_ids: Collection[UUID]) -> set[UUID]:
    """Those of the projects that a lead became."""
    rows = Lead.objects.filter(zone_id=zone_id, project_id__in=list(project_ids))
    return {pk for pk in rows.values_list("project_id", flat=True) if pk}
