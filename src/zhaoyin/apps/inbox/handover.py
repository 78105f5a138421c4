"""Our part of a hand-over."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.inbox.actions import hand_over_items
from zhaoyin.apps.inbox.models import DueItem
from zhaoyin.apps.taskforces.handover import Part, Transfer


def _count(zone_id: UUID, person_id: UUID, on: date) -> int:
    return DueItem.objects.filter(zone_id=zone_id, owner_id=person_id, state="open").count()


def _move(transfer: Transfer) -> int:
    return hand_over_items(
        zone_id=transfer.zone_id, from_person=transfer.from_person_id, to_person=transfer.to_person_id
    )


PART = Part(key="due-items", label=_("待办事项"), order=60, count=_count, move=_move)
