"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Documents as received."""

    name = "zhaoyin.apps.sources"
    label = "sources"
    verbose_name = _("来源")
