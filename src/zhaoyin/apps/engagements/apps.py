"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    """Meetings, calls and next steps."""

    name = "zhaoyin.apps.engagements"
    label = "engagements"
    verbose_name = _("会面")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject, and the shell of our places."""
        from zhaoyin.apps.engagements import panels
        from zhaoyin.apps.engagements.handover import PART
        from zhaoyin.apps.engagements.projector import KIND
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.taskforces import handover
        from zhaoyin.apps.ui import slots

        register(KIND)
        slots.register(slots.MENU_ITEM, key="engagements", order=50, fn=panels.menu_item)
        slots.register(slots.PROJECT_PANEL, key="engagements", order=20, fn=panels.project_panel)
        slots.register(slots.COMPANY_PANEL, key="engagements", order=20, fn=panels.company_panel)
        slots.register(slots.TODAY_ITEM, key="engagements", order=20, fn=panels.today_item)
        handover.register(PART)
