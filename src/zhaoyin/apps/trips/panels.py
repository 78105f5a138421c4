"""What trips show on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.ledger import clock
from zhaoyin.apps.trips import access, presentation, queries
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def menu_item(ask: Ask) -> MenuItem | None:
    """行程 in the rail, for those who travel or read everything."""
    if ask.zone is None or not (access.may_write(ask.viewer) or ask.viewer.reads_everything):
        return None
    return MenuItem(
        label=pgettext("menu", "行程"), url=reverse("trips:list", args=[ask.zone.slug]), icon="plane-departure"
    )


def create_item(ask: Ask) -> MenuItem | None:
    """新行程 in the "new" menu."""
    if ask.zone is None or not access.may_write(ask.viewer):
        return None
    return MenuItem(label=_("新行程"), url=reverse("trips:new", args=[ask.zone.slug]), icon="plane-departure")


def today_item(ask: Ask) -> Panel | None:
    """The person's meetings on the road, today and the next two days."""
    if ask.viewer is None:
        return None
    meetings = queries.next_days(ask.viewer)
    if not meetings:
        return None
    trip = meetings[0].trip
    return Panel(
        title=_("在外会面"),
        template="trips/today.html",
        context={"lines": [presentation.meeting_line(meeting, ask.zone.slug) for meeting in meetings], "today": clock.today()},
        icon="plane-departure",
        count=len(meetings),
        url=reverse("trips:day", args=[ask.zone.slug, trip.pk]),
    )  # fmt: skip


def project_panel(ask: Ask) -> Panel | None:
    """Trips on which the project is to be met."""
    if ask.subject_id is None:
        return None
    rows = queries.stops_about(viewer=ask.viewer, project_id=ask.subject_id)
    if not rows:
        return None
    return Panel(
        title=pgettext("menu", "行程"),
        template="trips/project_panel.html",
        context={"lines": [presentation.stop_on_trip(stop) for stop in rows]},
        icon="plane-departure",
        count=len(rows),
    )
