"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Scores, lists, what would lift most, hints."""

    name = "zhaoyin.apps.assessments"
    label = "assessments"
    verbose_name = _("考核")

    def ready(self) -> None:
        """Tell the shell of our places and words."""
        from zhaoyin.apps.assessments import panels
        from zhaoyin.apps.ui import messages, slots

        slots.register(slots.MENU_ITEM, key="assessments", order=85, fn=panels.menu_item)
        slots.register(slots.TODAY_ITEM, key="hints", order=45, fn=panels.today_item)
        messages.register(
            {
                "scheme-wrong": _("{scheme} 第 {line} 行：{problem}。改法：{fix}"),
                "scheme-unknown": _("没有考核办法“{value}”。可用：{known}"),
                "hint-answered": _("这条提示已经有人答复。"),
                "unit-twice": _("单位“{value}”重复。"),
            }
        )
