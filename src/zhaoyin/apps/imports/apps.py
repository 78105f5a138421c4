"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Ledgers in: files, mapping, dry run, import, undo."""

    name = "zhaoyin.apps.imports"
    label = "imports"
    verbose_name = _("台账导入")

    def ready(self) -> None:
        """Tell the jobs of our work, the shell of our places and words."""
        from zhaoyin.apps.imports import panels
        from zhaoyin.apps.imports.actions import register_jobs
        from zhaoyin.apps.imports.words import ERRORS, FIELD_NAMES
        from zhaoyin.apps.ui import messages, slots

        register_jobs()
        slots.register(slots.CREATE_ITEM, key="imports", order=20, fn=panels.create_item)
        slots.register(slots.TODAY_ITEM, key="imports", order=36, fn=panels.today_item)
        messages.register(ERRORS)
        messages.register_fields(FIELD_NAMES)
