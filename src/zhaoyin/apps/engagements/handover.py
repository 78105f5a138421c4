"""Our part of a hand-over."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.engagements.actions import hand_over_steps
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.taskforces.handover import Part, Transfer


def _count(zone_id: UUID, person_id: UUID, on: date) -> int:
    return Engagement.objects.filter(zone_id=zone_id, next_person_id=person_id, next_done=False).count()


def _move(transfer: Transfer) -> int:
    return hand_over_steps(
        zone_id=transfer.zone_id,
        actor_id=transfer.actor_id,
        from_person=transfer.from_person_id,
        to_person=transfer.to_person_id,
    )


PART = Part(key="next-steps", label=_("下一步"), order=50, count=_count, move=_move)
