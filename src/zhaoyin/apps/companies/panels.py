"""What companies show on pages of the shell."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.companies import access, queries
from zhaoyin.apps.ui.regions import region_name
from zhaoyin.apps.ui.slots import Ask, MenuItem, SearchHit


def menu_item(ask: Ask) -> MenuItem | None:
    """企业 in the rail."""
    if ask.zone is None or not ask.viewer.has(access.READS):
        return None
    return MenuItem(
        label=pgettext("menu", "企业"), url=reverse("companies:list", args=[ask.zone.slug]), icon="building-factory"
    )


def create_item(ask: Ask) -> MenuItem | None:
    """登记企业."""
    if ask.zone is None or not ask.viewer.has(access.WRITES):
        return None
    return MenuItem(label=_("登记企业"), url=reverse("companies:new", args=[ask.zone.slug]), icon="building-factory")


def search(ask: Ask, query: str, limit: int) -> Sequence[SearchHit]:
    """Companies that match."""
    if ask.zone is None:
        return []
    return [
        SearchHit(
            kind=pgettext("menu", "企业"),
            title=company.name,
            url=reverse("companies:detail", args=[ask.zone.slug, company.pk]),
            detail=" · ".join(part for part in (company.short_name, region_name(company.origin)) if part),
            icon="building-factory",
        )
        for company in queries.found(viewer=ask.viewer, query=query, limit=limit)
    ]
