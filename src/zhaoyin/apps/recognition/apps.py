"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    """What the office counts (认定), and to whom (考核归属)."""

    name = "zhaoyin.apps.recognition"
    label = "recognition"
    verbose_name = _("认定")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject, and the shell of our places and words."""
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.recognition import panels, queries
        from zhaoyin.apps.recognition.projector import KIND
        from zhaoyin.apps.sources.access import register_share
        from zhaoyin.apps.ui import messages, slots

        register(KIND)
        register_share(queries.rest_on)
        slots.register(slots.MENU_ITEM, key="recognition", order=55, fn=panels.menu_item)
        slots.register(slots.PROJECT_PANEL, key="recognition", order=15, fn=panels.project_panel)
        slots.register(slots.TODAY_ITEM, key="recognition", order=15, fn=panels.today_item)
        messages.register(
            {
                "recognition-not-requested": _("还没有申报，不能办理。"),
                "recognition-step-not-possible": _("这件认定现在的状态（{status}）不能办理这一步。请刷新后再看。"),
                "recognition-of-another-matter": _("这一步说的不是同一件认定。"),
                "recognition-own-request": _("自己申报的认定，要由别人审核。"),
                "recognition-two-levels": _("初审和复审要由两个人办理。"),
                "recognition-stands": _("这个项目的同一事项已经在办或已认定。"),
                "recognized-before-it-happened": _("认定日期 {value} 早于发生日期 {claimed}。"),
                "reason-needed": _("请写明理由。"),
                "amount-not-positive": _("金额“{value}”要大于零。"),
                "credit-empty": _("至少填一个单位。"),
                "credit-share-out-of-range": _("占比“{value}”不在 0 到 100 之间。"),
                "credit-unit-wrong": _("单位“{value}”重复，或不是本区的单位。"),
                "credit-above-whole": _("占比合计 {value}%，超过 100%。只有“双计”可以超过。"),
            }
        )
