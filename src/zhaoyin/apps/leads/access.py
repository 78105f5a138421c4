"""Who may see and change leads: the pool is everybody's who recruits; an assigned lead is its task force's and its person's."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.domain.errors import NotAllowed, NotVisible

RECRUITS = frozenset({Role.TASK_FORCE_LEADER, Role.RECRUITER})
WRITES = frozenset(WRITES_EVERYTHING | RECRUITS)


def visibility(viewer: Viewer) -> Q | None:
    """Condition on leads beyond the zone; None when the viewer sees all of them."""
    if viewer.reads_everything:
        return None
    if not viewer.has(RECRUITS):
        return Q(pk__in=[])
    mine = Q(task_force_id__in=list(scope_of(viewer).member_of)) | Q(person_id=viewer.person_id)
    return mine | Q(task_force__isnull=True, person__isnull=True)


def visible_to(viewer: Viewer) -> QuerySet[Lead]:
    """Leads of the zone that the viewer may see."""
    rows = Lead.objects.filter(zone_id=viewer.zone_id)
    condition = visibility(viewer)
    return rows if condition is None else rows.filter(condition)


def get_visible(viewer: Viewer, lead_id: UUID) -> Lead:
    """With everything its page shows; NotVisible when it is not there for the viewer."""
    rows = visible_to(viewer).select_related("company", "document", "task_force", "person")
    lead = rows.filter(pk=lead_id).first()
    if lead is None:
        raise NotVisible("not-found")
    return lead


def get_for_change(viewer: Viewer, lead_id: UUID) -> Lead:
    """NotVisible or NotAllowed."""
    lead = get_visible(viewer, lead_id)
    require_writer(viewer)
    return lead


def require_writer(viewer: Viewer) -> None:
    """NotAllowed unless the viewer may write leads."""
    if not viewer.has(WRITES):
        raise NotAllowed("role-may-not", to="lead-write")


def may_write(viewer: Viewer) -> bool:
    """Whether the viewer may write leads."""
    return viewer.has(WRITES)
