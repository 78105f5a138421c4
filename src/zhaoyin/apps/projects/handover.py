"""Our part of a hand-over."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.projects.actions import hand_over_projects
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.taskforces.handover import Part, Transfer


def _count(zone_id: UUID, person_id: UUID, on: date) -> int:
    return Project.objects.filter(zone_id=zone_id, lead_person_id=person_id, outcome="").count()


def _move(transfer: Transfer) -> int:
    return hand_over_projects(
        zone_id=transfer.zone_id,
        actor_id=transfer.actor_id,
        from_person=transfer.from_person_id,
        to_person=transfer.to_person_id,
    )


PART = Part(key="projects", label=_("项目"), order=30, count=_count, move=_move)
