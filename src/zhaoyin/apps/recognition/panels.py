"""What recognition shows on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.projects.access import may_author
from zhaoyin.apps.recognition import access, presentation, queries
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def menu_item(ask: Ask) -> MenuItem | None:
    """认定 in the rail, for those who ask or review."""
    if ask.zone is None or not (ask.viewer.reads_everything or ask.viewer.has(access.ASKS)):
        return None
    return MenuItem(
        label=pgettext("menu", "认定"), url=reverse("recognition:list", args=[ask.zone.slug]), icon="certificate"
    )


def project_panel(ask: Ask) -> Panel | None:
    """Requests, credit and money of a project that the page has found visible; one query for the requests, one for the history,
    one for the units when credit was stated."""
    if ask.subject_id is None:
        return None
    rows = queries.of_visible_project(zone_id=ask.viewer.zone_id, project_id=ask.subject_id)
    events = queries.project_history(zone_id=ask.viewer.zone_id, project_id=ask.subject_id)
    credit = queries.credit(zone_id=ask.viewer.zone_id, events=events)
    asks = may_author(ask.viewer)
    context = {
        "lines": [presentation.line(row) for row in rows],
        "credit": presentation.credit_lines(credit),
        "arrivals": presentation.arrival_lines(queries.arrivals(events)),
        "may_ask": asks,
        "may_credit": ask.viewer.has(access.DECIDES),
        "project_id": ask.subject_id,
    }
    return Panel(
        title=_("认定与归属"),
        template="recognition/panel.html",
        context=context,
        icon="certificate",
        count=len(rows),
        action_label=_("申报认定") if asks else "",
        action_url=reverse("recognition:new", args=[ask.zone.slug, ask.subject_id]) if asks else "",
    )


def today_item(ask: Ask) -> Panel | None:
    """Requests that wait for the person."""
    if ask.viewer is None:
        return None
    rows = queries.waiting(viewer=ask.viewer)
    if not rows:
        return None
    return Panel(
        title=_("待办认定"),
        template="recognition/waiting.html",
        context={"lines": [presentation.line(row) for row in rows]},
        icon="certificate",
        count=len(rows),
        url=reverse("recognition:list", args=[ask.zone.slug]),
    )
