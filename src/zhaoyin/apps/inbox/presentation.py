"""Due items in the words of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhaoyin.apps.inbox.queries import Line
from zhaoyin.apps.ledger import clock

KIND_LABELS: dict[str, object] = {
    "next_step": gettext_lazy("下一步"), "project_stuck": gettext_lazy("停滞"), "contact_retention": gettext_lazy("联系人到期"),
    "lead_triage": gettext_lazy("线索待研判"), "recognition_requested": gettext_lazy("认定待初审"),
    "recognition_returned": gettext_lazy("认定退回补正"),
}  # fmt: skip


def register_kind(kind: str, label: object) -> None:
    """Words of a kind that a downstream app registered a rule for."""
    KIND_LABELS[kind] = label


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its words."""

    line: Line
    kind: object
    tone: str
    when: str
    snooze_until: str


def _when(line: Line) -> str:
    days = (line.item.due_at.astimezone(clock.SHANGHAI).date() - clock.today()).days
    if days < 0:
        return ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", -days) % {"n": -days}
    if days == 0:
        return _("已过时限") if line.overdue else _("今天到期")
    return ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", days) % {"n": days}


def shown(lines: Sequence[Line]) -> list[ShownLine]:
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
