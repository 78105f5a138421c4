"""Who sees a due item: its owner, whom it was escalated to, and the leaders of the owner's unit of work."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.inbox.models import DueItem
from zhaoyin.domain.errors import NotVisible


def visible_to(viewer: Viewer) -> QuerySet[DueItem]:
    """One's own items and those escalated to one."""
    mine = Q(owner_id=viewer.person_id) | Q(escalated_to_id=viewer.person_id)
    return DueItem.objects.filter(mine, zone_id=viewer.zone_id)


def get_for_change(viewer: Viewer, item_id: UUID) -> DueItem:
    """NotVisible when it is not there for the viewer."""
    item = visible_to(viewer).filter(pk=item_id).first()
    if item is None:
        raise NotVisible("not-found")
    return item
