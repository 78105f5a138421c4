"""Who may see and change engagements: those of a visible project, and one's own."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.projects.access import WORKS_IN_TASK_FORCE
from zhaoyin.apps.projects.access import visible_to as visible_projects
from zhaoyin.domain.errors import NotAllowed, NotVisible

WRITES = WORKS_IN_TASK_FORCE | {"bureau_chief", "statistician"}


def visible_to(viewer: Viewer) -> QuerySet[Engagement]:
    """Engagements that the viewer may see."""
    rows = Engagement.objects.filter(zone_id=viewer.zone_id)
    if viewer.reads_everything:
        return rows
    return rows.filter(Q(person_id=viewer.person_id) | Q(project_id__in=visible_projects(viewer).values("pk")))


def get_visible(viewer: Viewer, engagement_id: UUID) -> Engagement:
    """NotVisible when it is not there for the viewer."""
    row = visible_to(viewer).select_related("project", "company", "person").filter(pk=engagement_id).first()
    if row is None:
        raise NotVisible("not-found")
    return row


def get_for_change(viewer: Viewer, engagement_id: UUID) -> Engagement:
    """NotVisible or NotAllowed."""
    row = get_visible(viewer, engagement_id)
    require_writer(viewer)
    return row


def require_writer(viewer: Viewer) -> None:
    """NotAllowed for roles that only read."""
    if not viewer.roles & WRITES:
        raise NotAllowed("role-may-not", to="engagement-write")
