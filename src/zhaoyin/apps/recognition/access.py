"""Who may see, ask, review and decide. Who sees the project sees its requests; three different people act on one."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.projects.access import get_for_change as project_for_change
from zhaoyin.apps.projects.access import get_visible as visible_project
from zhaoyin.apps.projects.access import visible_to as visible_projects
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.domain.errors import NotAllowed, NotVisible
from zhaoyin.domain.recognition import OPEN, RecognitionStatus

DECIDES = frozenset(WRITES_EVERYTHING)
"""Second level (复审), and who states credit: the statistician and the chief."""
REVIEWS = frozenset(WRITES_EVERYTHING | {Role.TASK_FORCE_LEADER})
"""First level (初审): the leaders of the project's task force too."""
ASKS = frozenset(REVIEWS | {Role.RECRUITER})
"""Who writes projects asks."""


def visible_to(viewer: Viewer) -> QuerySet[Recognition]:
    """Requests about projects that the viewer may see."""
    rows = Recognition.objects.filter(zone_id=viewer.zone_id)
    if viewer.reads_everything:
        return rows
    return rows.filter(project_id__in=visible_projects(viewer).values("pk"))


def get_visible(viewer: Viewer, recognition_id: UUID) -> Recognition:
    """With its project and people; NotVisible when it is not there for the viewer."""
    row = (
        visible_to(viewer)
        .select_related("project", "project__task_force", "requested_by", "endorsed_by", "decided_by")
        .filter(pk=recognition_id)
        .first()
    )
    if row is None:
        raise NotVisible("not-found")
    return row


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do with a request as it stands."""

    endorse: bool = False
    send_back: bool = False
    approve: bool = False
    refuse: bool = False
    resubmit: bool = False
    withdraw: bool = False
    revoke: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is something to do."""
        return any(getattr(self, name) for name in self.__slots__)


def _reviews(viewer: Viewer, project: Project) -> bool:
    if viewer.has(DECIDES):
        return True
    return viewer.has(REVIEWS) and project.task_force_id in scope_of(viewer).leads


def may(viewer: Viewer, row: Recognition) -> May:
    """Steps that are open to the viewer; nobody reviews their own request, nobody reviews twice."""
    status = RecognitionStatus(row.status)
    own = row.requested_by_id == viewer.person_id
    decides = viewer.has(DECIDES)
    reviews = _reviews(viewer, row.project)
    waiting, endorsed = status is RecognitionStatus.REQUESTED, status is RecognitionStatus.ENDORSED
    judges = (waiting and reviews) or (endorsed and decides)
    return May(
        endorse=waiting and reviews and not own,
        send_back=judges and not own,
        approve=endorsed and decides and not own and row.endorsed_by_id != viewer.person_id,
        refuse=judges and not own,
        resubmit=status is RecognitionStatus.RETURNED and (own or reviews),
        withdraw=status in OPEN and own,
        revoke=status is RecognitionStatus.APPROVED and decides,
    )


def waiting_for(viewer: Viewer) -> Q | None:
    """Condition on requests that the viewer can take a step on; None for roles that never do."""
    own = Q(requested_by_id=viewer.person_id)
    returned = Q(status="returned") & own
    if viewer.has(DECIDES):
        second = Q(status="endorsed") & ~Q(endorsed_by_id=viewer.person_id)
        return (Q(status="requested") & ~own) | (second & ~own) | returned
    if Role.TASK_FORCE_LEADER in viewer.roles:
        led = Q(project__task_force_id__in=list(scope_of(viewer).leads))
        return (Q(status="requested") & led & ~own) | returned
    return returned if viewer.has(frozenset({Role.RECRUITER})) else None


def project_to_ask(viewer: Viewer, project_id: UUID) -> Project:
    """A project that the viewer may ask recognition for: who may write it. NotVisible or NotAllowed."""
    return project_for_change(viewer, project_id)


def project_to_credit(viewer: Viewer, project_id: UUID) -> Project:
    """A project whose credit the viewer may state. NotVisible or NotAllowed."""
    project = visible_project(viewer, project_id)
    if not viewer.has(DECIDES):
        raise NotAllowed("role-may-not", to="credit-state")
    return project
