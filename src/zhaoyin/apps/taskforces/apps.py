"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaskforcesConfig(AppConfig):
    """Units, industries, task forces, memberships, territories, targets."""

    name = "zhaoyin.apps.taskforces"
    label = "taskforces"
    verbose_name = _("专班")
