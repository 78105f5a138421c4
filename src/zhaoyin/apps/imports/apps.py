"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Ledgers in: files, mapping, dry run, import, undo."""

    name = "zhaoyin.apps.imports"
    label = "imports"
    verbose_name = _("台账导入")
