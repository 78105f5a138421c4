"""What imports show on pages of the shell."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.imports import queries
from zhaoyin.apps.imports.access import may_import
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel


def create_item(ask: Ask) -> MenuItem | None:
    """导入台账."""
    if ask.zone is None or not may_import(ask.viewer):
        return None
    url = reverse("imports:new", args=[ask.zone.slug])
    return MenuItem(label=_("导入台账"), url=url, icon="table-import", hint=_("表格进来，先看报告再入库"))


def today_item(ask: Ask) -> Panel | None:
    """Imports that were checked and wait for somebody."""
    if ask.viewer is None or not may_import(ask.viewer):
        return None
    rows = queries.unfinished(viewer=ask.viewer)
    if not rows:
        return None
    return Panel(
        title=_("待导入的台账"),
        template="imports/today.html",
        context={"rows": rows},
        icon="table-import",
        count=len(rows),
        url=reverse("imports:list", args=[ask.zone.slug]),
    )
