"""What this app puts into the slots of the shell."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zhaoyin.apps.taskforces import queries
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel, SearchHit


def menu_item(ask: Ask) -> MenuItem | None:
    """The rail."""
    if ask.zone is None:
        return None
    return MenuItem(pgettext("menu", "专班"), reverse("taskforces:overview", args=[ask.zone.slug]), icon="users-group")


def _administered(ask: Ask, label: str, name: str, icon: str) -> MenuItem | None:
    if ask.zone is None or not ask.viewer.administers:
        return None
    return MenuItem(label, reverse(f"taskforces:{name}", args=[ask.zone.slug]), icon=icon)


def units_item(ask: Ask) -> MenuItem | None:
    """For administrators."""
    return _administered(ask, pgettext("menu", "单位"), "units", "sitemap")


def roster_item(ask: Ask) -> MenuItem | None:
    """For administrators."""
    return _administered(ask, _("导入名册"), "roster", "file-import")


def hand_overs_item(ask: Ask) -> MenuItem | None:
    """For administrators."""
    return _administered(ask, _("交接记录"), "hand_overs", "switch-horizontal")


def person_panel(ask: Ask) -> Panel | None:
    """Seats of a person, and the way to hand everything over."""
    if ask.subject_id is None:
        return None
    rows = queries.memberships_of(viewer=ask.viewer, person_id=ask.subject_id, language=get_language() or "zh-hans")
    return Panel(
        title=_("专班经历"),
        template="taskforces/person_panel.html",
        context={"rows": rows},
        icon="users-group",
        count=len(rows),
        action_label=_("交接"),
        action_url=reverse("taskforces:hand_over", args=[ask.zone.slug, ask.subject_id]),
        wide=True,
    )


def search_task_forces(ask: Ask, query: str, limit: int) -> Sequence[SearchHit]:
    """Task forces by name."""
    if ask.zone is None:
        return []
    language = get_language() or "zh-hans"
    found = queries.task_force_choices(zone_id=ask.zone.pk, language=language)
    return [
        SearchHit(
            pgettext("menu", "专班"),
            name,
            reverse("taskforces:task_force", args=[ask.zone.slug, pk]),
            "",
            "users-group",
        )
        for pk, name in found
        if query.casefold() in name.casefold()
    ][:limit]
