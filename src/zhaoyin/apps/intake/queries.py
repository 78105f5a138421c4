"""Reading proposals: the list of documents, the drafts of one, and what may be the same thing already."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.companies.queries import found as companies_found
from zhaoyin.apps.companies.queries import known_names
from zhaoyin.apps.intake.access import readings_visible_to
from zhaoyin.apps.intake.models import DocumentReading, Draft
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.leads.queries import similar as similar_leads
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.ledger.queries import head_seq
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.queries import similar as similar_projects
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.zones.queries import names_around
from zhaoyin.domain.company_name import parse

PAGE = 30
MOST_KNOWN_NAMES = 20_000
"""Names of the zone's own companies that a reading looks for; the latest changed ones when there are more."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a reading knows before it begins."""

    companies: tuple[str, ...]
    zones: tuple[str, ...]


def names_for_reading(*, viewer: Viewer) -> KnownNames:
    """The zone's own names; one query while nothing was recorded since the last reading, else four."""
    return _names_at(viewer.zone_id, head_seq(zone_id=viewer.zone_id))


@lru_cache(maxsize=16)
def _names_at(zone_id: UUID, seq: int) -> KnownNames:
    """Names as of `seq`, which stands for the state of the ledger."""
    companies = known_names(zone_id=zone_id, limit=MOST_KNOWN_NAMES)
    return KnownNames(tuple(companies), tuple(names_around(zone_id=zone_id)))


@dataclass(frozen=True, slots=True)
class Similar:
    """What may be the same: projects, open leads, companies of that name."""

    projects: list[Project]
    leads: list[Lead]
    companies: list[Company]

    @property
    def any(self) -> bool:
        """Whether a person should look first."""
        return bool(self.projects or self.leads)


def reading_page(*, viewer: Viewer, after: str = "", before: str = "") -> Page[DocumentReading]:
    """Documents read, newest first, with counts of their proposals."""
    rows = (
        readings_visible_to(viewer)
        .select_related("document", "document__received_by")
        .annotate(
            proposed=Count("drafts", filter=Q(drafts__state="proposed")),
            accepted=Count("drafts", filter=Q(drafts__state="accepted")),
            refused=Count("drafts", filter=Q(drafts__state="refused")),
        )
    )
    return keyset_page(rows, sort="-read_at", after=after, before=before, size=PAGE)


def drafts_of(reading: DocumentReading) -> list[Draft]:
    """Proposals in the order of the text."""
    rows = Draft.objects.filter(zone_id=reading.zone_id, reading=reading).select_related(
        "lead", "project", "decided_by"
    )
    return list(rows.order_by("position"))


def earlier_document(*, viewer: Viewer, sha256: str) -> Document | None:
    """A document with the same bytes that was read already and that the viewer may see."""
    reading = readings_visible_to(viewer).select_related("document").filter(document__sha256=sha256).first()
    return reading.document if reading else None


def search_word(investor: str) -> str:
    """The part of a firm's name that tells it apart: 禾瑞 of 禾瑞精密机械有限公司."""
    stem = parse(investor.strip()).stem
    return stem if len(stem) >= 2 else investor.strip()


def similar(*, viewer: Viewer, investor: str, name: str, lead_id: UUID | None = None) -> Similar:
    """By the stem of the investor's name and by the project's name; a few queries, none in a loop."""
    word = search_word(investor) if investor.strip() else ""
    return Similar(
        projects=similar_projects(viewer=viewer, name=name, investor=word),
        leads=similar_leads(viewer=viewer, investor=word, apart_from=lead_id),
        companies=companies_found(viewer=viewer, query=word, limit=3) if word else [],
    )


def waiting(*, viewer: Viewer) -> list[DocumentReading]:
    """Documents with undecided proposals, oldest first; at most six."""
    rows = readings_visible_to(viewer).filter(drafts__state="proposed").select_related("document").distinct()
    return list(rows.order_by("read_at")[:6])


def projects_from_documents(*, zone_id: UUID, project_ids: Collection[UUID]) -> set[UUID]:
    """Those of the projects that a proposal became."""
    rows = Draft.objects.filter(zone_id=zone_id, project_id__in=list(project_ids))
    return {pk for pk in rows.values_list("project_id", flat=True) if pk}
