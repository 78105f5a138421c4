"""What figures show on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.dashboard.access import may_see_figures
from zhaoyin.apps.ui.slots import Ask, MenuItem


def war_room_item(ask: Ask) -> MenuItem | None:
    """驾驶舱 in the rail."""
    if ask.zone is None or not may_see_figures(ask.viewer):
        return None
    url = reverse("dashboard:home", args=[ask.zone.slug])
    return MenuItem(label=_("驾驶舱"), url=url, icon="gauge", on_phone=True)


def figures_item(ask: Ask) -> MenuItem | None:
    """数据 in the rail."""
    if ask.zone is None or not may_see_figures(ask.viewer):
        return None
    url = reverse("dashboard:figures", args=[ask.zone.slug])
    return MenuItem(label=_("数据"), url=url, icon="chart-bar")
