"""What engagements show on pages of the shell."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.engagements import queries
from zhaoyin.apps.engagements.access import WRITES
from zhaoyin.apps.engagements.forms import FORM_LABELS, STATUS_LABELS
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def _lines(rows: list[Any]) -> list[dict[str, object]]:
    return [
        {"row": row, "form": FORM_LABELS.get(row.form, row.form), "status": STATUS_LABELS.get(row.status, row.status)}
        for row in rows
    ]


def menu_item(ask: Ask) -> MenuItem | None:
    """会面 in the rail."""
    if ask.zone is None or ask.viewer.roles == {"administrator"}:
        return None
    return MenuItem(label=pgettext("menu", "会面"), url=reverse("engagements:list", args=[ask.zone.slug]), icon="users")


def project_panel(ask: Ask) -> Panel | None:
    """Meetings about a project."""
    if ask.subject_id is None:
        return None
    rows = queries.of_project(viewer=ask.viewer, project_id=ask.subject_id)
    may_write = bool(ask.viewer.roles & WRITES)
    return Panel(
        title=pgettext("menu", "会面"),
        template="engagements/panel.html",
        context={"lines": _lines(rows), "may_write": may_write},
        icon="users",
        count=len(rows),
        action_label=_("记一次会面") if may_write else "",
        action_url=reverse("engagements:new", args=[ask.zone.slug, ask.subject_id]) if may_write else "",
        wide=True,
    )


def company_panel(ask: Ask) -> Panel | None:
    """Meetings with a company."""
    if ask.subject_id is None:
        return None
    rows = queries.of_company(viewer=ask.viewer, company_id=ask.subject_id)
    if not rows:
        return None
    context = {"lines": _lines(rows), "may_write": False}
    return Panel(
        title=pgettext("menu", "会面"),
        template="engagements/panel.html",
        context=context,
        icon="users",
        count=len(rows),
    )


def today_item(ask: Ask) -> Panel | None:
    """Meetings of the person today."""
    if ask.viewer is None:
        return None
    rows = queries.on_day(viewer=ask.viewer, day=clock.today())
    if not rows:
        return None
    context = {"lines": _lines(rows), "may_write": False}
    return Panel(
        title=_("今天的会面"), template="engagements/panel.html", context=context, icon="users", count=len(rows)
    )
