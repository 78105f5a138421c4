"""What every page of the frame needs: menu, zones, text size, language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhaoyin.apps.ui import slots
from zhaoyin.apps.ui.wording import in_chinese

TEXT_COOKIE = "zy_text"
YEAR_SECONDS = 365 * 24 * 3600


def zone_name(zone: Any) -> str:
    """The zone's name in the language in force, Chinese when it has no other."""
    return str(zone.name if in_chinese() or not zone.name_en else zone.name_en)


def _marked(request: HttpRequest, items: list[slots.MenuItem]) -> list[tuple[slots.MenuItem, bool]]:
    """Each item with whether it is the current one (longest matching prefix wins)."""
    path = request.path
    matching = [
        item for item in items if path == item.url or (not item.exact and path.startswith(item.prefix or item.url))
    ]
    current = max(matching, key=lambda item: len(item.prefix or item.url), default=None)
    return [(item, item is current) for item in items]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a page that does not draw the frame asks no slot."""

    def rail() -> list[tuple[slots.MenuItem, bool]]:
        return _marked(request, slots.menu(slots.MENU_ITEM, slots.ask_for(request)))

    lazy_rail = SimpleLazyObject(rail)
    return {
        "zy_rail": lazy_rail,
        "zy_phone": SimpleLazyObject(lambda: [pair for pair in lazy_rail if pair[0].on_phone][:4]),
        "zy_create": SimpleLazyObject(lambda: slots.menu(slots.CREATE_ITEM, slots.ask_for(request))),
        "zy_admin": SimpleLazyObject(lambda: slots.menu(slots.ADMIN_ITEM, slots.ask_for(request))),
        "zy_zones": SimpleLazyObject(lambda: slots.zone_choices(slots.ask_for(request))),
        "zy_zone": getattr(request, "zone", None),
        "zy_person": slots.person_of(request),
        "zy_large_text": request.COOKIES.get(TEXT_COOKIE) == "large",
        "zy_languages": settings.LANGUAGES,
    }
