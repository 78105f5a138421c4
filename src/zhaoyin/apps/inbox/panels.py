"""What is due, on the Today page and in the menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoyin.apps.inbox import queries
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel

KIND_LABELS: dict[str, object] = {
    "next_step": gettext_lazy("下一步"), "project_stuck": gettext_lazy("停滞"), "contact_retention": gettext_lazy("联系人到期"),
    "lead_triage": gettext_lazy("线索待研判"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its words."""

    line: Any
    kind: object
    tone: str
    when: str
    snooze_until: str


def _when(line: Any) -> str:
    days = (line.item.due_at.astimezone(clock.SHANGHAI).date() - clock.today()).days
    if days < 0:
        return _("逾期 %(n)s 天") % {"n": -days}
    if days == 0:
        return _("已过时限") if line.overdue else _("今天到期")
    return _("还剩 %(n)s 天") % {"n": days}


def shown(lines: Sequence[Any]) -> list[ShownLine]:
    """Lines in the words of the page."""
    later = (clock.today() + timedelta(days=3)).isoformat()
    return [
        ShownLine(
            line,
            KIND_LABELS.get(line.item.kind, line.item.kind),
            "red" if line.overdue else "yellow",
            _when(line),
            later,
        )
        for line in lines
    ]


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
