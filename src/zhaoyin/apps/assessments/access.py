"""Who sees assessments and hints: scores like figures; the steps and hints of a task force its leaders, the chief and the statistician."""

from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.assessments.models import SignedOff
from zhaoyin.apps.reports.access import require_figures
from zhaoyin.apps.taskforces.access import is_of_zone, scope_of
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.domain.errors import NotAllowed, NotVisible

DECIDES = frozenset(WRITES_EVERYTHING)


def require_scores(viewer: Viewer) -> None:
    """NotAllowed for an administrator without another role."""
    require_figures(viewer)


def may_decide(viewer: Viewer) -> bool:
    """Chief and statistician: schemes, exemptions, signing off."""
    return viewer.has(DECIDES)


def require_decider(viewer: Viewer) -> None:
    """NotAllowed for everybody else."""
    if not may_decide(viewer):
        raise NotAllowed("role-may-not", to="assessment-write")


def seen_task_forces(viewer: Viewer) -> frozenset[UUID] | None:
    """Task forces whose steps and hints the viewer sees: None is all, empty is none."""
    if viewer.has(DECIDES):
        return None
    if Role.TASK_FORCE_LEADER in viewer.roles:
        return scope_of(viewer).leads
    return frozenset()


def sees_hints(viewer: Viewer) -> bool:
    """Whether there is anything of hints for the viewer."""
    seen = seen_task_forces(viewer)
    return seen is None or bool(seen)


def require_task_force(viewer: Viewer, task_force: str) -> None:
    """NotVisible unless the viewer sees that task force's steps."""
    seen = seen_task_forces(viewer)
    if seen is not None and task_force not in {str(pk) for pk in seen}:
        raise NotVisible("not-found")


def require_own_task_force(viewer: Viewer, task_force_id: UUID) -> None:
    """NotVisible for a task force of another zone."""
    if not is_of_zone(TaskForce, viewer, str(task_force_id)):
        raise NotVisible("not-found")


def signed_off(viewer: Viewer) -> QuerySet[SignedOff]:
    """Assessments that were signed off."""
    require_scores(viewer)
    return SignedOff.objects.filter(zone_id=viewer.zone_id)
