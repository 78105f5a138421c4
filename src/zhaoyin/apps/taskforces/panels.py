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


def set_up_panel(ask: Ask) -> Panel | None:
    """For administrators, while something is missing: what to do next."""
    if ask.zone is None or not ask.viewer.administers:
        return None
    found = queries.set_up(viewer=ask.viewer)
    if found.done:
        return None
    steps = [
        (_("建单位：部门、镇街、园区"), found.units, "taskforces:units"),
        (_("建重点产业"), found.industries, "taskforces:industries"),
        (_("建专班"), found.task_forces, "taskforces:overview"),
        (_("邀请人员，或从名册导入"), found.members, "taskforces:roster"),
        (_("每个产业配一名分管领导、一个专班"), found.industries and not found.gaps, "taskforces:overview"),
    ]
    return Panel(
        title=_("把园区建起来"),
        template="taskforces/set_up.html",
        context={"steps": [(label, done, reverse(name, args=[ask.zone.slug])) for label, done, name in steps]},
        icon="list-check",
    )
