"""What is due, on the Today page and in the menu."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.inbox import queries
from zhaoyin.apps.inbox.presentation import shown
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def today_item(ask: Ask) -> Panel | None:
    """The most urgent items."""
    if ask.viewer is None:
        return None
    lines = queries.open_items(viewer=ask.viewer)
    if not lines:
        return None
    return Panel(
        title=_("到期事项"),
        template="inbox/panel.html",
        context={"lines": shown(lines[:8])},
        icon="bell",
        count=len(lines),
        url=reverse("inbox:list", args=[ask.zone.slug]),
    )


def menu_item(ask: Ask) -> MenuItem | None:
    """待办 in the rail."""
    if ask.zone is None:
        return None
    return MenuItem(label=_("待办"), url=reverse("inbox:list", args=[ask.zone.slug]), icon="bell", on_phone=True)
