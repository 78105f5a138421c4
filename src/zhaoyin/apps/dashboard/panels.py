"""What the war room shows on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.dashboard import war_room
from zhaoyin.apps.reports.access import may_see_figures
from zhaoyin.apps.reports.presentation import Links
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def war_room_item(ask: Ask) -> MenuItem | None:
    """驾驶舱 in the rail."""
    if ask.zone is None or not may_see_figures(ask.viewer):
        return None
    url = reverse("dashboard:home", args=[ask.zone.slug])
    return MenuItem(label=_("驾驶舱"), url=url, icon="gauge", on_phone=True)


def today_item(ask: Ask) -> Panel | None:
    """The figures of the year and the longest silent projects, for those who answer for the whole zone."""
    if ask.viewer is None or not ask.viewer.reads_everything or not may_see_figures(ask.viewer):
        return None
    return Panel(
        title=_("今年以来"),
        template="dashboard/today.html",
        context=war_room.summary(viewer=ask.viewer, links=Links(ask.zone.slug, {})) | {"zone": ask.zone},
        icon="gauge",
        url=reverse("dashboard:home", args=[ask.zone.slug]),
        wide=True,
    )
