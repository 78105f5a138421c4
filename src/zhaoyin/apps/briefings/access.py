"""Who may write briefings, and whose may be read: one's own; the chief and the statistician read all.

What stands in a briefing is what its author may see, so only somebody who sees everything may open another's.
"""

from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.briefings.models import Briefing, BriefingVersion, Schedule, WordTemplate
from zhaoyin.domain.errors import DomainError, NotAllowed, NotVisible

BRINGS_TEMPLATES = WRITES_EVERYTHING | {Role.TASK_FORCE_LEADER}
WRITES = BRINGS_TEMPLATES | {Role.RECRUITER, Role.SERVICE_OFFICER}


def may_write(viewer: Viewer) -> bool:
    """Those who work on projects; roles that only read, and guests of the zone above, read what is there."""
    return viewer.has(WRITES) and not viewer.guest


def require_writer(viewer: Viewer) -> None:
    """NotAllowed for everybody else."""
    if not may_write(viewer):
        raise NotAllowed("role-may-not", to="briefing-write")


def visible_to(viewer: Viewer) -> QuerySet[Briefing]:
    """One's own; all for those who read everything. A guest sees what is final."""
    rows = Briefing.objects.filter(zone_id=viewer.zone_id)
    if viewer.guest:
        return rows.filter(state="final")
    return rows if viewer.reads_everything else rows.filter(owner_id=viewer.person_id)


def get_visible(viewer: Viewer, briefing_id: UUID) -> Briefing:
    """NotVisible when it is not there for the viewer."""
    found = visible_to(viewer).select_related("owner", "template", "schedule").filter(pk=briefing_id).first()
    if found is None:
        raise NotVisible("not-found")
    return found


def may_change(viewer: Viewer, briefing: Briefing) -> bool:
    """Its owner, the chief and the statistician, while it is a draft."""
    mine = briefing.owner_id == viewer.person_id or viewer.has(WRITES_EVERYTHING)
    return mine and may_write(viewer) and briefing.state == "draft"


def get_for_change(viewer: Viewer, briefing_id: UUID) -> Briefing:
    """NotVisible, NotAllowed, or DomainError `briefing-is-final`."""
    found = get_visible(viewer, briefing_id)
    if found.state == "final":
        raise DomainError("briefing-is-final")
    if not may_change(viewer, found):
        raise NotAllowed("role-may-not", to="briefing-write")
    return found


def versions_of(viewer: Viewer, briefing: Briefing) -> QuerySet[BriefingVersion]:
    """Newest first."""
    rows = BriefingVersion.objects.filter(zone_id=viewer.zone_id, briefing=briefing)
    return rows.select_related("made_by").order_by("-number")


def templates(viewer: Viewer) -> QuerySet[WordTemplate]:
    """Templates in use; none for somebody who writes no briefings."""
    if not may_write(viewer):
        return WordTemplate.objects.none()
    return WordTemplate.objects.filter(zone_id=viewer.zone_id, retired_at__isnull=True).order_by("name", "id")


def may_bring_templates(viewer: Viewer) -> bool:
    """Chief, statistician and task force leaders."""
    return viewer.has(BRINGS_TEMPLATES) and not viewer.guest


def require_template_bringer(viewer: Viewer) -> None:
    """NotAllowed for everybody else."""
    if not may_bring_templates(viewer):
        raise NotAllowed("role-may-not", to="template-add")


def get_template(viewer: Viewer, template_id: UUID) -> WordTemplate:
    """NotVisible when it is not there for the viewer."""
    found = templates(viewer).select_related("document").filter(pk=template_id).first()
    if found is None:
        raise NotVisible("not-found")
    return found


def may_schedule_for_others(viewer: Viewer) -> bool:
    """Chief and statistician; everybody else for themselves."""
    return viewer.has(WRITES_EVERYTHING) and not viewer.guest


def schedules(viewer: Viewer) -> QuerySet[Schedule]:
    """Schedules that run: one's own, all for chief and statistician."""
    rows = Schedule.objects.filter(zone_id=viewer.zone_id, stopped_at__isnull=True)
    if not may_schedule_for_others(viewer):
        rows = rows.filter(recipient_id=viewer.person_id)
    return rows.select_related("recipient", "task_force").order_by("created_at", "id")


def get_schedule(viewer: Viewer, schedule_id: UUID) -> Schedule:
    """NotVisible when it is not there for the viewer."""
    require_writer(viewer)
    found = schedules(viewer).filter(pk=schedule_id).first()
    if found is None:
        raise NotVisible("not-found")
    return found
