"""What figures show on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.reports.access import may_see_figures
from zhaoyin.apps.ui.slots import Ask, MenuItem


def figures_item(ask: Ask) -> MenuItem | None:
    """数据 in the rail."""
    if ask.zone is None or not may_see_figures(ask.viewer):
        return None
    url = reverse("reports:figures", args=[ask.zone.slug])
    return MenuItem(label=_("数据"), url=url, icon="chart-bar")
