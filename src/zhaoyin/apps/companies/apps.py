"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompaniesConfig(AppConfig):
    """Companies, their names and contacts."""

    name = "zhaoyin.apps.companies"
    label = "companies"
    verbose_name = _("企业")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject."""
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.companies.projector import KIND

        register(KIND)
