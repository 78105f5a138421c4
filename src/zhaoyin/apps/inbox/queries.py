"""Reading due items with the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.inbox.access import visible_to
from zhaoyin.apps.inbox.models import DueItem
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.models import Project


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it is shown."""

    item: DueItem
    name: str
    overdue: bool
    page: str = ""
    """URL name of a downstream app's page of the subject."""


def _names(items: list[DueItem]) -> dict[UUID, str]:
    """What the items are about, by id; one query a kind that occurs."""
    sources = {"project": (Project, "name"), "company": (Company, "name"), "lead": (Lead, "title")}
    found: dict[UUID, str] = {}
    for kind, (model, column) in sources.items():
        ids = {item.subject_id for item in items if item.subject_kind == kind}
        if ids:
            found.update(model._default_manager.filter(pk__in=ids).values_list("id", column))
    for kind, (name, _page) in _NAMERS.items():
        ids = {item.subject_id for item in items if item.subject_kind == kind}
        if ids:
            found.update(name(ids))
    return found


Namer = Callable[[Collection[UUID]], Mapping[UUID, str]]
_NAMERS: dict[str, tuple[Namer, str]] = {}


def register_names(subject_kind: str, names: Namer, *, page: str) -> None:
    """How a downstream app names its subjects (one query for all ids), and the page of one (its URL name)."""
    _NAMERS[subject_kind] = (names, page)


def open_items(*, viewer: Viewer, limit: int = 200, now: datetime | None = None) -> list[Line]:
    """Open items that are not snoozed, the most urgent first; at most four queries."""
    moment = now or clock.now()
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=moment.astimezone(clock.SHANGHAI).date())
    items = list(visible_to(viewer).filter(awake, state="open").select_related("owner").order_by("due_at")[:limit])
    names = _names(items)
    pages = {kind: page for kind, (_namer, page) in _NAMERS.items()}
    return [
        Line(item, names.get(item.subject_id, ""), item.due_at < moment, pages.get(item.subject_kind, ""))
        for item in items
    ]
