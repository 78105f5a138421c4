"""What the assessment shows on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.assessments import access, queries
from zhaoyin.apps.reports.access import may_see_figures
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def menu_item(ask: Ask) -> MenuItem | None:
    """考核 in the rail."""
    if ask.zone is None or not may_see_figures(ask.viewer):
        return None
    return MenuItem(label=pgettext("menu", "考核"), url=reverse("assessments:assessment", args=[ask.zone.slug]), icon="trophy")  # fmt: skip


def today_item(ask: Ask) -> Panel | None:
    """Hints to look at, for the chief, the statistician and leaders."""
    if ask.viewer is None or not access.sees_hints(ask.viewer):
        return None
    count = queries.open_hints(viewer=ask.viewer)
    if not count:
        return None
    return Panel(
        title=_("待核实的提示"),
        template="assessments/today.html",
        context={"count": count},
        icon="zoom-check",
        count=count,
        url=reverse("assessments:hints", args=[ask.zone.slug]),
    )
