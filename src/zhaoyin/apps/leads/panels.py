"""What leads show on pages of the shell: menu, Today, search."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.leads import access, presentation, queries
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel, SearchHit


def menu_item(ask: Ask) -> MenuItem | None:
    """线索 in the rail."""
    if ask.zone is None or not (access.may_write(ask.viewer) or ask.viewer.reads_everything):
        return None
    return MenuItem(
        label=pgettext("menu", "线索"), url=reverse("leads:list", args=[ask.zone.slug]), icon="bulb", on_phone=True
    )


def create_item(ask: Ask) -> MenuItem | None:
    """手工登记线索."""
    if ask.zone is None or not access.may_write(ask.viewer):
        return None
    return MenuItem(label=_("手工登记线索"), url=reverse("leads:new", args=[ask.zone.slug]), icon="pencil")


def today_item(ask: Ask) -> Panel | None:
    """Leads that wait for somebody."""
    if ask.viewer is None or not access.may_write(ask.viewer):
        return None
    rows, count = queries.waiting(viewer=ask.viewer, limit=5)
    if not rows:
        return None
    url = reverse("leads:list", args=[ask.zone.slug]) + "?show=pool"
    context = {"rows": [presentation.row(lead) for lead in rows]}
    return Panel(title=_("待研判线索"), template="leads/today.html", context=context, icon="bulb", count=count, url=url)


def search(ask: Ask, query: str, limit: int) -> Sequence[SearchHit]:
    """Leads that match."""
    if ask.zone is None:
        return []
    hits: list[SearchHit] = []
    for lead in queries.found(viewer=ask.viewer, query=query, limit=limit):
        url = reverse("leads:detail", args=[ask.zone.slug, lead.pk])
        hits.append(
            SearchHit(
                kind=pgettext("menu", "线索"),
                title=lead.title,
                url=url,
                detail=presentation.row(lead).status,
                icon="bulb",
            )
        )
    return hits
