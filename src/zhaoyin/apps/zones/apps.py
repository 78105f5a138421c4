"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZonesConfig(AppConfig):
    """Zones and the guards that keep them apart."""

    name = "zhaoyin.apps.zones"
    label = "zones"
    verbose_name = _("园区")
