"""The shell: frame, components, slots, words of errors. The most upstream app: it knows no other."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.ui import slots


def _today(ask: slots.Ask) -> slots.MenuItem | None:
    if ask.zone is None:
        return None
    url = reverse("zone:home", args=[ask.zone.slug])
    return slots.MenuItem(_("今日"), url, icon="sun-high", on_phone=True, exact=True)


class UiConfig(AppConfig):
    """Its own entry of the rail; other apps register theirs."""

    name = "zhaoyin.apps.ui"
    label = "ui"

    def ready(self) -> None:
        """Today comes first."""
        slots.register(slots.MENU_ITEM, key="today", order=10, fn=_today)
