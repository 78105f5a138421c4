"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """Projects as histories of events."""

    name = "zhaoyin.apps.projects"
    label = "projects"
    verbose_name = _("项目")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject, and the shell of our places."""
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.projects import panels, queries
        from zhaoyin.apps.projects.doubles import register_jobs
        from zhaoyin.apps.projects.handover import PART
        from zhaoyin.apps.projects.projector import KIND
        from zhaoyin.apps.sources.access import register_share
        from zhaoyin.apps.taskforces import handover
        from zhaoyin.apps.ui import slots

        register(KIND)
        register_jobs()
        slots.register(slots.MENU_ITEM, key="projects", order=30, fn=panels.menu_item)
        slots.register(slots.CREATE_ITEM, key="project", order=30, fn=panels.create_item)
        slots.register(slots.SEARCH_PROVIDER, key="projects", order=10, fn=panels.search)
        slots.register(slots.PROJECT_PANEL, key="people", order=10, fn=panels.people)
        slots.register(slots.PROJECT_PANEL, key="documents", order=15, fn=panels.documents)
        slots.register(slots.COMPANY_PANEL, key="projects", order=10, fn=panels.company_projects)
        handover.register(PART)
        register_share(queries.rest_on)
