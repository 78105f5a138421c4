"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    """Meetings, calls and next steps."""

    name = "zhaoyin.apps.engagements"
    label = "engagements"
    verbose_name = _("会面")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject."""
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.engagements.projector import KIND

        register(KIND)
