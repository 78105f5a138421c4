"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    """The war room, Today's figures, and the demo zone."""

    name = "zhaoyin.apps.dashboard"
    label = "dashboard"
    verbose_name = _("驾驶舱")

    def ready(self) -> None:
        """Tell the shell of our places."""
        from zhaoyin.apps.dashboard import panels
        from zhaoyin.apps.ui import slots

        slots.register(slots.MENU_ITEM, key="war_room", order=60, fn=panels.war_room_item)
        slots.register(slots.TODAY_ITEM, key="figures", order=5, fn=panels.today_item)
