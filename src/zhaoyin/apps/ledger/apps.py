"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """The one append-only event table."""

    name = "zhaoyin.apps.ledger"
    label = "ledger"
    verbose_name = _("台账")
