"""What this app puts into the slots of the shell."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.accounts import queries
from zhaoyin.apps.accounts.access import GRANTS_RECORDS
from zhaoyin.apps.ui.context import zone_name
from zhaoyin.apps.ui.slots import Ask, MenuItem, SearchHit, ZoneChoice


def people_item(ask: Ask) -> MenuItem | None:
    """For those who administer."""
    if ask.zone is None or not ask.viewer.administers:
        return None
    return MenuItem(pgettext("menu", "人员"), reverse("people:list", args=[ask.zone.slug]), icon="users")


def tokens_item(ask: Ask) -> MenuItem | None:
    """For everybody who has a role here."""
    if ask.zone is None or ask.viewer.guest:
        return None
    return MenuItem(_("接口令牌"), reverse("people:tokens", args=[ask.zone.slug]), icon="key")


def grants_item(ask: Ask) -> MenuItem | None:
    """For the bureau chief of a zone that has one above it."""
    if ask.zone is None or ask.zone.parent_id is None or not ask.viewer.has(GRANTS_RECORDS):
        return None
    return MenuItem(_("上级查看授权"), reverse("people:grants", args=[ask.zone.slug]), icon="sitemap")


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
    """Zones of the person, and those read under a grant."""
    if ask.person is None:
        return []
    current = ask.zone.pk if ask.zone is not None else None
    return [
        ZoneChoice(
            _("%(zone)s（授权查看）") % {"zone": zone_name(found.zone)} if found.granted else zone_name(found.zone),
            reverse("zone:home", args=[found.zone.slug]),
            found.zone.pk == current,
        )
        for found in queries.zones_of(person_id=ask.person.pk, on=timezone.localdate())
    ]
