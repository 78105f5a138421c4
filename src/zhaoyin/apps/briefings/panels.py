"""What briefings show on pages of the shell."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.briefings import queries
from zhaoyin.apps.briefings.access import may_write
from zhaoyin.apps.briefings.words import KINDS, MENU
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def menu_item(ask: Ask) -> MenuItem | None:
    """简报 in the rail."""
    if ask.zone is None or ask.viewer is None or ask.viewer.roles == {"administrator"}:
        return None
    return MenuItem(label=str(MENU), url=reverse("briefings:list", args=[ask.zone.slug]), icon="file-text")


def today_item(ask: Ask) -> Panel | None:
    """Drafts that a schedule made for this person and that wait to be read."""
    if ask.viewer is None or not may_write(ask.viewer):
        return None
    rows = queries.unseen(viewer=ask.viewer)
    if not rows:
        return None
    lines = [
        (reverse("briefings:detail", args=[ask.zone.slug, row.pk]), KINDS.get(row.kind, row.kind), row) for row in rows
    ]
    return Panel(
        title=_("简报草稿待审阅"), template="briefings/today.html", context={"lines": lines}, icon="file-text", count=len(rows),
        url=reverse("briefings:list", args=[ask.zone.slug]),
    )  # fmt: skip


def project_panel(ask: Ask) -> Panel | None:
    """A two-page briefing before the next meeting."""
    if ask.viewer is None or not may_write(ask.viewer) or ask.subject_id is None:
        return None
    given = urlencode({"kind": "meeting", "project": str(ask.subject_id)})
    return Panel(
        title=_("会面简报"), template="briefings/project.html", context={}, icon="file-text",
        action_label=_("写会面简报"), action_url=f"{reverse('briefings:compose', args=[ask.zone.slug])}?{given}",
    )  # fmt: skip
