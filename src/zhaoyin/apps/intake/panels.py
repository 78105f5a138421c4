"""What the review shows on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.intake import queries
from zhaoyin.apps.leads.access import get_visible
from zhaoyin.apps.sources.access import may_receive
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def create_paste(ask: Ask) -> MenuItem | None:
    """粘贴或上传."""
    if ask.zone is None or not may_receive(ask.viewer):
        return None
    url = reverse("intake:new", args=[ask.zone.slug])
    return MenuItem(label=_("粘贴或上传"), url=url, icon="clipboard-text", hint=_("读出线索，逐条确认"))


def create_note(ask: Ask) -> MenuItem | None:
    """随记."""
    if ask.zone is None or not may_receive(ask.viewer):
        return None
    return MenuItem(label=_("手机随记"), url=reverse("intake:new", args=[ask.zone.slug]) + "?kind=note", icon="note")


def today_item(ask: Ask) -> Panel | None:
    """Documents whose proposals wait for a decision."""
    if ask.viewer is None or not may_receive(ask.viewer):
        return None
    rows = queries.waiting(viewer=ask.viewer)
    if not rows:
        return None
    url = reverse("intake:list", args=[ask.zone.slug])
    return Panel(
        title=_("待确认的解析"),
        template="intake/today.html",
        context={"rows": rows},
        icon="file-search",
        count=len(rows),
        url=url,
    )


def lead_panel(ask: Ask) -> Panel | None:
    """转为项目, or the project it became."""
    if ask.subject_id is None:
        return None
    lead = get_visible(ask.viewer, ask.subject_id)
    if lead.status == "dropped":
        return None
    context = {"lead": lead, "may_convert": may_receive(ask.viewer)}
    return Panel(title=_("项目"), template="intake/lead_panel.html", context=context, icon="briefcase")
