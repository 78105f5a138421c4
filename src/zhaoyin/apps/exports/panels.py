"""What exports show on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.ui.slots import Ask, MenuItem


def list_action(ask: Ask) -> MenuItem | None:
    """按模板导出, with the filters of the list."""
    if ask.zone is None or ask.viewer is None or ask.viewer.roles == {"administrator"}:
        return None
    given = ask.request.GET.copy()
    for name in ("after", "before", "form"):
        given.pop(name, None)
    query = given.urlencode()
    url = reverse("exports:fill", args=[ask.zone.slug])
    return MenuItem(label=_("按模板导出"), url=f"{url}?{query}" if query else url, icon="table-export")
