"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingsConfig(AppConfig):
    """Figures and records out, as documents that people print and hand on."""

    name = "zhaoyin.apps.briefings"
    label = "briefings"
    verbose_name = _("简报")

    def ready(self) -> None:
        """Tell the shell of our places, and how our errors are worded."""
        from zhaoyin.apps.briefings import due, panels
        from zhaoyin.apps.briefings.words import ERRORS, FIELDS
        from zhaoyin.apps.inbox import presentation, queries, rules
        from zhaoyin.apps.ui import messages, slots

        slots.register(slots.MENU_ITEM, key="briefings", order=67, fn=panels.menu_item)
        slots.register(slots.TODAY_ITEM, key="briefings", order=12, fn=panels.today_item)
        slots.register(slots.PROJECT_PANEL, key="briefings", order=80, fn=panels.project_panel)
        rules.register(due.drafts_to_read)
        presentation.register_kind("briefing_draft", _("简报草稿"))
        queries.register_names("briefing", due.names, page="briefings:detail")
        messages.register(ERRORS)
        messages.register_fields(FIELDS)
