"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    """Everything that is due."""

    name = "zhaoyin.apps.inbox"
    label = "inbox"
    verbose_name = _("待办")

    def ready(self) -> None:
        """Tell the shell of our places."""
        from zhaoyin.apps.inbox import panels
        from zhaoyin.apps.inbox.handover import PART
        from zhaoyin.apps.taskforces import handover
        from zhaoyin.apps.ui import slots

        slots.register(slots.TODAY_ITEM, key="due", order=10, fn=panels.today_item)
        slots.register(slots.MENU_ITEM, key="inbox", order=15, fn=panels.menu_item)
        handover.register(PART)
