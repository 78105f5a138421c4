"""Named places where a downstream app shows something on an upstream page.

An app registers a function in its `AppConfig.ready()`; the page asks the slot and never imports the app:

    from zhaoyin.apps.ui import slots

    slots.register(slots.PROJECT_PANEL, key="engagements", order=30, fn=panels.engagements)

Every function gets an `Ask` and returns None when it has nothing to show to that person. A function that fails is
logged, and only its own place says so (`Failure`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog
from django.http import HttpRequest

log = structlog.get_logger(__name__)

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks, where, about what: `zone`, `viewer`, `person` are what the middleware put on the request (or None)."""

    zone: Any
    viewer: Any
    person: Any
    request: HttpRequest
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on a page: `template` is rendered with `context` (plus request); `count` stands beside the title."""

    title: str
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    icon: str = ""
    count: int | None = None
    url: str = ""
    action_label: str = ""
    action_url: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the rail, of a menu or of the administration page; `prefix` (or `exact`ly `url`) marks it as current."""

    label: str
    url: str
    icon: str = "circle-dot"
    prefix: str = ""
    hint: str = ""
    badge: str = ""
    on_phone: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer of the search: `kind` is shown as its group (already in the person's language)."""

    kind: str
    title: str
    url: str
    detail: str = ""
    icon: str = "search"


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """A zone that the person may switch to."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """What stands in place of an entry that failed."""

    key: str
    error: str


PanelFn = Callable[[Ask], Panel | None]
MenuFn = Callable[[Ask], MenuItem | None]
SearchFn = Callable[[Ask, str, int], Sequence[SearchHit]]
ZonesFn = Callable[[Ask], Sequence[ZoneChoice]]


@dataclass(frozen=True, slots=True)
class Entry(Generic[F]):
    """One registration."""

    key: str
    order: int
    fn: F


@dataclass(slots=True)
class Slot(Generic[F]):
    """A named place; entries come out by `order`, then by key."""

    name: str
    _entries: dict[str, Entry[F]] = field(default_factory=dict)

    def entries(self) -> list[Entry[F]]:
        """The registrations in their order."""
        return sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key))

    def put(self, entry: Entry[F]) -> None:
        """Add one; ValueError when the key is already taken by another function."""
        held = self._entries.get(entry.key)
        if held is not None and held.fn is not entry.fn:
            raise ValueError(f"slot {self.name}: {entry.key!r} is already registered")
        self._entries[entry.key] = entry

    def remove(self, key: str) -> None:
        """Take one out (tests)."""
        self._entries.pop(key, None)


MENU_ITEM: Slot[MenuFn] = Slot("menu_item")
"""The left rail, in the order of the work."""
CREATE_ITEM: Slot[MenuFn] = Slot("create_item")
"""The "new" menu of the top bar and the actions of the palette."""
LIST_ACTION: Slot[MenuFn] = Slot("list_action")
"""What may be done with the projects that a list shows; the entry takes the filters from the request."""
ADMIN_ITEM: Slot[MenuFn] = Slot("admin_item")
"""Pages of the people who run the zone."""
TODAY_ITEM: Slot[PanelFn] = Slot("today_item")
"""Cards of the Today page."""
PROJECT_PANEL: Slot[PanelFn] = Slot("project_panel")
"""Cards of a project's page; `subject_id` is the project."""
COMPANY_PANEL: Slot[PanelFn] = Slot("company_panel")
"""Cards of a company's page; `subject_id` is the company."""
LEAD_PANEL: Slot[PanelFn] = Slot("lead_panel")
"""Cards of a lead's page; `subject_id` is the lead."""
PERSON_PANEL: Slot[PanelFn] = Slot("person_panel")
"""Cards of a person's page; `subject_id` is the person."""
SEARCH_PROVIDER: Slot[SearchFn] = Slot("search_provider")
"""Answers of the search page and the palette."""
ZONE_CHOICES: Slot[ZonesFn] = Slot("zone_choices")
"""The zone switch of the top bar."""

SLOTS: Mapping[str, Slot[Any]] = {
    slot.name: slot
    for slot in (
        MENU_ITEM, CREATE_ITEM, LIST_ACTION, ADMIN_ITEM, TODAY_ITEM, PROJECT_PANEL, COMPANY_PANEL, LEAD_PANEL, PERSON_PANEL,
        SEARCH_PROVIDER, ZONE_CHOICES,
    )
}  # fmt: skip


def register(slot: Slot[F], *, key: str, order: int, fn: F) -> None:
    """Put `fn` into `slot`; small `order` comes first."""
    slot.put(Entry(key=key, order=order, fn=fn))


def person_of(request: HttpRequest) -> Any:
    """The person signed in, or None."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def ask_for(request: HttpRequest, subject_id: UUID | None = None) -> Ask:
    """The question as this request asks it."""
    return Ask(
        zone=getattr(request, "zone", None),
        viewer=getattr(request, "viewer", None),
        person=person_of(request),
        request=request,
        subject_id=subject_id,
    )


def panels(slot: Slot[PanelFn], ask: Ask) -> list[tuple[str, Panel | Failure]]:
    """What each entry shows, by key; one that failed is a Failure and is logged."""
    shown: list[tuple[str, Panel | Failure]] = []
    for entry in slot.entries():
        try:
            panel = entry.fn(ask)
        except Exception as error:
            log.exception("slot_failed", slot=slot.name, key=entry.key)
            shown.append((entry.key, Failure(entry.key, type(error).__name__)))
            continue
        if panel is not None:
            shown.append((entry.key, panel))
    return shown


def menu(slot: Slot[MenuFn], ask: Ask) -> list[MenuItem]:
    """The entries that this person has; one that failed is left out and logged."""
    items: list[MenuItem] = []
    for entry in slot.entries():
        try:
            item = entry.fn(ask)
        except Exception:
            log.exception("slot_failed", slot=slot.name, key=entry.key)
            continue
        if item is not None:
            items.append(item)
    return items


def search(ask: Ask, query: str, *, limit: int) -> tuple[list[SearchHit], list[Failure]]:
    """All providers' hits (at most `limit` each), and the providers that failed."""
    hits: list[SearchHit] = []
    failures: list[Failure] = []
    for entry in SEARCH_PROVIDER.entries():
        try:
            hits.extend(list(entry.fn(ask, query, limit))[:limit])
        except Exception as error:
            log.exception("slot_failed", slot=SEARCH_PROVIDER.name, key=entry.key)
            failures.append(Failure(entry.key, type(error).__name__))
    return hits, failures


def zone_choices(ask: Ask) -> list[ZoneChoice]:
    """The zones the person may switch to."""
    found: list[ZoneChoice] = []
    for entry in ZONE_CHOICES.entries():
        try:
            found.extend(entry.fn(ask))
        except Exception:
            log.exception("slot_failed", slot=ZONE_CHOICES.name, key=entry.key)
    return found
