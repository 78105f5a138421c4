"""Which task forces a viewer works in."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.taskforces.models import TaskForceMembership


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
