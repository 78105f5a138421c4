"""Who may use, add and change templates. What is written into one is what the viewer may see of the projects."""

from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.exports.models import ReportTemplate
from zhaoyin.apps.projects.access import may_author
from zhaoyin.domain.errors import NotAllowed, NotVisible


def visible_to(viewer: Viewer) -> QuerySet[ReportTemplate]:
    """Templates in use; an administrator without another role has no projects and no templates."""
    if viewer.roles == {"administrator"}:
        return ReportTemplate.objects.none()
    return ReportTemplate.objects.filter(zone_id=viewer.zone_id, retired_at__isnull=True)


def get_visible(viewer: Viewer, template_id: UUID) -> ReportTemplate:
    """NotVisible when it is not there for the viewer."""
    found = visible_to(viewer).select_related("created_by", "document").filter(pk=template_id).first()
    if found is None:
        raise NotVisible("not-found")
    return found


def may_add(viewer: Viewer) -> bool:
    """Whoever may open projects."""
    return may_author(viewer)


def require_adder(viewer: Viewer) -> None:
    """NotAllowed for roles that only read."""
    if not may_add(viewer):
        raise NotAllowed("role-may-not", to="template-add")


def may_change(viewer: Viewer, template: ReportTemplate) -> bool:
    """Who brought it, the chief and the statistician."""
    return viewer.has(WRITES_EVERYTHING) or (template.created_by_id == viewer.person_id and may_add(viewer))


def get_for_change(viewer: Viewer, template_id: UUID) -> ReportTemplate:
    """NotVisible or NotAllowed."""
    found = get_visible(viewer, template_id)
    if not may_change(viewer, found):
        raise NotAllowed("role-may-not", to="template-change")
    return found
