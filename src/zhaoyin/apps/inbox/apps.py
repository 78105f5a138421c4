"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    """Everything that is due."""

    name = "zhaoyin.apps.inbox"
    label = "inbox"
    verbose_name = _("待办")
