"""Who may see and change projects. Another task force's project does not exist for a recruiter."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.domain.errors import NotAllowed, NotVisible
from zhaoyin.domain.project import Stage
from zhaoyin.domain.project.stages import Channel

WORKS_IN_TASK_FORCE = frozenset({Role.TASK_FORCE_LEADER, Role.RECRUITER})


def visibility(viewer: Viewer) -> Q | None:
    """Condition on projects beyond the zone; None when the viewer sees all of them."""
    if viewer.reads_everything:
        return None
    condition = Q(pk__in=[])
    if viewer.has(WORKS_IN_TASK_FORCE):
        condition |= Q(task_force_id__in=list(scope_of(viewer).member_of)) | Q(lead_person_id=viewer.person_id)
    if Role.FUND_MANAGER in viewer.roles:
        condition |= Q(channel=Channel.FUND.value)
    if Role.SITE_MANAGER in viewer.roles:
        condition |= Q(stage_rank__gte=Stage.PRE_SIGNING.rank)
    if Role.SERVICE_OFFICER in viewer.roles:
        condition |= Q(stage_rank__gte=Stage.SIGNED.rank)
    return condition


def search_scopes(viewer: Viewer) -> tuple[str, ...] | None:
    """Scope words under which the viewer finds projects; None when rows must be filtered one by one."""
    if viewer.reads_everything:
        return ("every",)
    if viewer.roles & {Role.FUND_MANAGER, Role.SITE_MANAGER, Role.SERVICE_OFFICER}:
        return None
    if viewer.has(WORKS_IN_TASK_FORCE):
        return (*(str(pk) for pk in sorted(scope_of(viewer).member_of)), str(viewer.person_id))
    return ()


def visible_to(viewer: Viewer) -> QuerySet[Project]:
    """Projects of the zone that the viewer may see, merged ones included."""
    rows = Project.objects.filter(zone_id=viewer.zone_id, void=False)
    condition = visibility(viewer)
    return rows if condition is None else rows.filter(condition)


def get_visible(viewer: Viewer, project_id: UUID) -> Project:
    """With everything its page shows; NotVisible when it is not there for the viewer."""
    project = (
        visible_to(viewer)
        .select_related(
            "industry", "task_force", "attracting_unit", "landing_place", "lead_person", "sponsoring_leader",
            "investor", "merged_into",
        )
        .filter(pk=project_id)
        .first()
    )  # fmt: skip
    if project is None:
        raise NotVisible("not-found")
    return project


def may_change(viewer: Viewer, project: Project) -> bool:
    """The chief and the statistician; leaders and recruiters of its task force; the person in charge."""
    if viewer.has(WRITES_EVERYTHING):
        return True
    if not viewer.has(WORKS_IN_TASK_FORCE):
        return False
    return project.lead_person_id == viewer.person_id or project.task_force_id in scope_of(viewer).member_of


def get_for_change(viewer: Viewer, project_id: UUID) -> Project:
    """NotVisible or NotAllowed."""
    project = get_visible(viewer, project_id)
    if not may_change(viewer, project):
        raise NotAllowed("role-may-not", to="project-write")
    return project


def may_author(viewer: Viewer) -> bool:
    """Whether the viewer may open projects at all."""
    return viewer.has(WRITES_EVERYTHING | WORKS_IN_TASK_FORCE)


def require_author(viewer: Viewer) -> None:
    """NotAllowed for roles that only read."""
    if not may_author(viewer):
        raise NotAllowed("role-may-not", to="project-create")


def require_creator(viewer: Viewer, task_force_id: UUID | None) -> None:
    """NotAllowed unless the viewer may open a project in that task force."""
    if viewer.has(WRITES_EVERYTHING):
        return
    if viewer.has(WORKS_IN_TASK_FORCE) and task_force_id in scope_of(viewer).member_of:
        return
    raise NotAllowed("role-may-not", to="project-create")
