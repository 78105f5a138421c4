"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompaniesConfig(AppConfig):
    """Companies, their names and contacts."""

    name = "zhaoyin.apps.companies"
    label = "companies"
    verbose_name = _("企业")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject, and the shell of our places."""
        from zhaoyin.apps.companies import panels
        from zhaoyin.apps.companies.handover import PART
        from zhaoyin.apps.companies.projector import KIND
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.taskforces import handover
        from zhaoyin.apps.ui import slots

        register(KIND)
        slots.register(slots.MENU_ITEM, key="companies", order=40, fn=panels.menu_item)
        slots.register(slots.CREATE_ITEM, key="company", order=40, fn=panels.create_item)
        slots.register(slots.SEARCH_PROVIDER, key="companies", order=20, fn=panels.search)
        handover.register(PART)
