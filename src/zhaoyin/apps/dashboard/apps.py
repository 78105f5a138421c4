"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    """Figures, the war room, and the demo zone."""

    name = "zhaoyin.apps.dashboard"
    label = "dashboard"
    verbose_name = _("数据")
