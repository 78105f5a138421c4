"""Who may see a document as received: who received it, their task force, who reads everything, and who works on what rests on it."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.apps.taskforces.models import TaskForceMembership
from zhaoyin.domain.errors import NotAllowed, NotVisible

Share = Callable[[Viewer, Document], bool]
_SHARES: list[Share] = []


def register_share(share: Share) -> None:
    """An app downstream says that a record which the viewer works on rests on a document; then it may be read, too."""
    if share not in _SHARES:
        _SHARES.append(share)


RECEIVES = frozenset(WRITES_EVERYTHING | {Role.TASK_FORCE_LEADER, Role.RECRUITER})


def visible_to(viewer: Viewer) -> QuerySet[Document]:
    """Documents of the zone that the viewer may read."""
    rows = Document.objects.filter(zone_id=viewer.zone_id)
    if viewer.reads_everything:
        return rows
    if not viewer.has(RECEIVES):
        return rows.filter(received_by_id=viewer.person_id)
    colleagues = TaskForceMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on),
        zone_id=viewer.zone_id,
        task_force_id__in=list(scope_of(viewer).member_of),
    ).values("person_id")
    return rows.filter(Q(received_by_id=viewer.person_id) | Q(received_by_id__in=colleagues))


def get_visible(viewer: Viewer, document_id: UUID) -> Document:
    """With its body; NotVisible when it is not there for the viewer."""
    document = visible_to(viewer).select_related("body", "received_by").filter(pk=document_id).first()
    if document is not None:
        return document
    rows = Document.objects.filter(zone_id=viewer.zone_id, pk=document_id)
    shared = rows.select_related("body", "received_by").first() if viewer.has(RECEIVES) else None
    if shared is None or not any(share(viewer, shared) for share in _SHARES):
        raise NotVisible("not-found")
    return shared


def require_receiver(viewer: Viewer) -> None:
    """NotAllowed unless the viewer may bring documents in."""
    if not viewer.has(RECEIVES):
        raise NotAllowed("role-may-not", to="document-receive")


def may_receive(viewer: Viewer) -> bool:
    """Whether the viewer may bring documents in."""
    return viewer.has(RECEIVES)
