"""Reading engagements."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.engagements.access import visible_to
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.ledger.pages import Page, keyset_page


def of_project(*, viewer: Viewer, project_id: UUID, limit: int = 20) -> list[Engagement]:
    """Newest first."""
    rows = visible_to(viewer).filter(project_id=project_id).select_related("person", "next_person")
    return list(rows.order_by("-occurred_on", "-version")[:limit])


def of_company(*, viewer: Viewer, company_id: UUID, limit: int = 20) -> list[Engagement]:
    """Newest first."""
    rows = visible_to(viewer).filter(company_id=company_id).select_related("person", "project")
    return list(rows.order_by("-occurred_on", "-version")[:limit])


def engagement_page(*, viewer: Viewer, mine: bool, after: str = "", before: str = "") -> Page[Engagement]:
    """All engagements the viewer may see, newest first."""
    rows = visible_to(viewer).select_related("project", "company", "person", "next_person")
    if mine:
        rows = rows.filter(person_id=viewer.person_id)
    return keyset_page(rows, sort="-occurred_on", after=after, before=before)


def on_day(*, viewer: Viewer, day: date) -> list[Engagement]:
    """The viewer's own engagements planned for a day."""
    rows = Engagement.objects.filter(
        zone_id=viewer.zone_id, person_id=viewer.person_id, occurred_on=day, status="planned"
    )
    return list(rows.select_related("project", "company")[:20])


def subjects_met(*, zone_id: UUID, project_ids: Collection[UUID] = (), company_ids: Collection[UUID] = ()) -> set[UUID]:
    """Those of the projects and companies that an engagement names."""
    found: set[UUID] = set()
    for column, ids in (("project_id", project_ids), ("company_id", company_ids)):
        rows = Engagement.objects.filter(zone_id=zone_id, **{f"{column}__in": list(ids)})
        found |= set(rows.values_list(column, flat=True))
    return found
