"""Our part of a hand-over."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.companies.actions import hand_over_contacts
from zhaoyin.apps.companies.models import Contact
from zhaoyin.apps.taskforces.handover import Part, Transfer


def _count(zone_id: UUID, person_id: UUID, on: date) -> int:
    return Contact.objects.filter(zone_id=zone_id, owner_id=person_id, removed_at__isnull=True).count()


def _move(transfer: Transfer) -> int:
    return hand_over_contacts(
        zone_id=transfer.zone_id, from_person=transfer.from_person_id, to_person=transfer.to_person_id
    )


PART = Part(key="contacts", label=_("联系人"), order=40, count=_count, move=_move)
