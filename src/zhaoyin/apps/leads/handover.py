"""Our part of a hand-over."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.leads.actions import hand_over_leads
from zhaoyin.apps.leads.queries import count_of
from zhaoyin.apps.taskforces.handover import Part, Transfer


def _count(zone_id: UUID, person_id: UUID, on: date) -> int:
    return count_of(zone_id=zone_id, person_id=person_id)


def _move(transfer: Transfer) -> int:
    return hand_over_leads(
        zone_id=transfer.zone_id,
        actor_id=transfer.actor_id,
        from_person=transfer.from_person_id,
        to_person=transfer.to_person_id,
    )


PART = Part(key="leads", label=_("线索"), order=20, count=_count, move=_move)
