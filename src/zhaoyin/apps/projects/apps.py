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
        from zhaoyin.apps.ui import messages, slots

        register(KIND)
        messages.register(
            {
                "shares-malformed": _("考核归属“{value}”写法不对：每项要有单位和份额。"),
                "unit-credited-twice": _("考核归属里同一个单位出现了两次：请合并为一项。"),
                "share-out-of-range": _("份额“{value}”超出范围：应大于 0、不超过 1，最多四位小数。"),
                "shares-above-one": _("各单位份额合计 {value}，超过 1：请改份额，或改为双计。"),
                "amount-does-not-arrive": _("“{value}”不是按笔到账的资金类型。"),
                "not-a-list": _("{field}“{value}”应写成一组值。"),
            }
        )
        register_jobs()
        slots.register(slots.MENU_ITEM, key="projects", order=30, fn=panels.menu_item)
        slots.register(slots.CREATE_ITEM, key="project", order=30, fn=panels.create_item)
        slots.register(slots.SEARCH_PROVIDER, key="projects", order=10, fn=panels.search)
        slots.register(slots.PROJECT_PANEL, key="people", order=10, fn=panels.people)
        slots.register(slots.PROJECT_PANEL, key="documents", order=15, fn=panels.documents)
        slots.register(slots.COMPANY_PANEL, key="projects", order=10, fn=panels.company_projects)
        handover.register(PART)
        register_share(queries.rest_on)
