"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """Projects as histories of events."""

    name = "zhaoyin.apps.projects"
    label = "projects"
    verbose_name = _("项目")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject."""
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.projects.projector import KIND

        register(KIND)
