"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """Ledgers out: the projects of a filter in other offices' own templates."""

    name = "zhaoyin.apps.exports"
    label = "exports"
    verbose_name = _("上报模板")

    def ready(self) -> None:
        """Tell the shell of our places and words."""
        from zhaoyin.apps.exports import panels
        from zhaoyin.apps.exports.words import ERRORS
        from zhaoyin.apps.ui import messages, slots

        slots.register(slots.LIST_ACTION, key="templates", order=10, fn=panels.list_action)
        messages.register(ERRORS)
