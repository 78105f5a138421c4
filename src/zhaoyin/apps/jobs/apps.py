"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Background work with progress: cancelled on request, taken up again after a kill."""

    name = "zhaoyin.apps.jobs"
    label = "jobs"
    verbose_name = _("后台任务")
