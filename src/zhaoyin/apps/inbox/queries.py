"""Reading due items with the names of what they are about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.inbox.access import visible_to
from zhaoyin.apps.inbox.models import DueItem
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.models import Project


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it is shown."""

    item: DueItem
    name: str
    overdue: bool


def _names(items: list[DueItem], kind: str, model: type[Project] | type[Company]) -> dict[UUID, str]:
    ids = {item.subject_id for item in items if item.subject_kind == kind}
    return dict(model.objects.filter(pk__in=ids).values_list("id", "name")) if ids else {}


def open_items(*, viewer: Viewer, limit: int = 200, now: datetime | None = None) -> list[Line]:
    """Open items that are not snoozed, the most urgent first; three queries."""
    moment = now or clock.now()
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=moment.astimezone(clock.SHANGHAI).date())
    items = list(visible_to(viewer).filter(awake, state="open").select_related("owner").order_by("due_at")[:limit])
    names = {**_names(items, "project", Project), **_names(items, "company", Company)}
    return [Line(item=item, name=names.get(item.subject_id, ""), overdue=item.due_at < moment) for item in items]
