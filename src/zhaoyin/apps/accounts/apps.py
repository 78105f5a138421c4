"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, their roles in zones, their tokens."""

    name = "zhaoyin.apps.accounts"
    label = "accounts"
    verbose_name = _("人员")
