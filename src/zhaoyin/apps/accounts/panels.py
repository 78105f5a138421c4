"""What this app puts into the slots of the shell."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.accounts import queries
from zhaoyin.apps.ui.context import zone_name
from zhaoyin.apps.ui.slots import Ask, MenuItem, SearchHit, ZoneChoice


def people_item(ask: Ask) -> MenuItem | None:
    """For those who administer."""
    if ask.zone is None or not ask.viewer.administers:
        return None
    return MenuItem(pgettext("menu", "人员"), reverse("people:list", args=[ask.zone.slug]), icon="users")


def tokens_item(ask: Ask) -> MenuItem | None:
    """For everybody."""
    if ask.zone is None:
        return None
    return MenuItem(_("接口令牌"), reverse("people:tokens", args=[ask.zone.slug]), icon="key")


def search_people(ask: Ask, query: str, limit: int) -> Sequence[SearchHit]:
    """Colleagues by name; only administrators have a page to go to."""
    if ask.zone is None or not ask.viewer.administers:
        return []
    return [
        SearchHit(
            pgettext("menu", "人员"),
            row.name,
            reverse("people:person", args=[ask.zone.slug, row.id]),
            row.title,
            "user",
        )
        for row in queries.find_people(viewer=ask.viewer, text=query, limit=limit)
    ]


def zone_choices(ask: Ask) -> Sequence[ZoneChoice]:
    """Zones of the person."""
    if ask.person is None:
        return []
    current = ask.zone.pk if ask.zone is not None else None
    return [
        ZoneChoice(zone_name(zone), reverse("zone:home", args=[zone.slug]), zone.pk == current)
        for zone in queries.zones_of(person_id=ask.person.pk, on=timezone.localdate())
    ]
