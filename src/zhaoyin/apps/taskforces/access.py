"""Which task forces a viewer works in."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import ZoneRole
from zhaoyin.apps.taskforces.models import TaskForceMembership
from zhaoyin.apps.zones.models import ZoneOwned
from zhaoyin.domain.errors import NotVisible


@dataclass(frozen=True, slots=True)
class Scope:
    """Task forces the viewer works in on the day, and those they lead."""

    member_of: frozenset[UUID]
    leads: frozenset[UUID]


def scope_of(viewer: Viewer) -> Scope:
    """One query."""
    rows = TaskForceMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on),
        zone_id=viewer.zone_id,
        person_id=viewer.person_id,
        starts_on__lte=viewer.on,
    ).values_list("task_force_id", "role")
    found = list(rows)
    return Scope(
        member_of=frozenset(task_force for task_force, _ in found),
        leads=frozenset(task_force for task_force, role in found if role == "leader"),
    )


def people_of_zone(viewer: Viewer) -> set[UUID]:
    """Ids of the people who hold a role in the viewer's zone on the day."""
    rows = ZoneRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), zone_id=viewer.zone_id, starts_on__lte=viewer.on
    )
    return set(rows.values_list("person_id", flat=True))


Owned = TypeVar("Owned", bound=ZoneOwned)


def get_owned(model: type[Owned], viewer: Viewer, row_id: UUID) -> Owned:
    """A row of the viewer's zone; NotVisible otherwise."""
    row = model._default_manager.filter(zone_id=viewer.zone_id, pk=row_id).first()
    if row is None:
        raise NotVisible("not-found")
    return row


def is_of_zone(model: type[Owned], viewer: Viewer, row_id: str) -> bool:
    """Whether an id as written names a row of the viewer's zone."""
    try:
        wanted = UUID(row_id)
    except ValueError:
        return False
    return model._default_manager.filter(zone_id=viewer.zone_id, pk=wanted).exists()
