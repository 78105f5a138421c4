"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    """Leads as histories of events."""

    name = "zhaoyin.apps.leads"
    label = "leads"
    verbose_name = _("线索")

    def ready(self) -> None:
        """Tell the ledger of this kind of subject, and the shell of our places."""
        from zhaoyin.apps.leads import panels, queries
        from zhaoyin.apps.leads.handover import PART
        from zhaoyin.apps.leads.projector import KIND
        from zhaoyin.apps.ledger.registry import register
        from zhaoyin.apps.sources.access import register_share
        from zhaoyin.apps.taskforces import handover
        from zhaoyin.apps.ui import messages, slots

        register(KIND)
        slots.register(slots.MENU_ITEM, key="leads", order=20, fn=panels.menu_item)
        slots.register(slots.CREATE_ITEM, key="lead", order=20, fn=panels.create_item)
        slots.register(slots.TODAY_ITEM, key="leads", order=40, fn=panels.today_item)
        slots.register(slots.SEARCH_PROVIDER, key="leads", order=30, fn=panels.search)
        handover.register(PART)
        register_share(queries.rest_on)
        messages.register(
            {
                "lead-already-opened": _("这条线索已经登记过。"),
                "lead-not-opened": _("没有这条线索。"),
                "lead-already-converted": _("这条线索已转为项目。"),
                "lead-already-dropped": _("这条线索已放弃。"),
                "lead-not-dropped": _("这条线索没有放弃，不用重新跟进。"),
                "lead-was-dropped": _("这条线索已放弃；请先重新跟进。"),
            }
        )
        messages.register_fields({"title": _("线索"), "investor": _("客商"), "product": _("产品"), "place": _("落地")})
