"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui import messages, slots


class TaskforcesConfig(AppConfig):
    """Units, industries, task forces, memberships, territories, targets."""

    name = "zhaoyin.apps.taskforces"
    label = "taskforces"
    verbose_name = _("专班")

    def ready(self) -> None:
        """Menu, search, the person's page, its parts of a hand-over and the words of its errors."""
        from zhaoyin.apps.taskforces import actions, handover, panels, queries

        slots.register(slots.MENU_ITEM, key="taskforces", order=80, fn=panels.menu_item)
        slots.register(slots.ADMIN_ITEM, key="units", order=20, fn=panels.units_item)
        slots.register(slots.ADMIN_ITEM, key="roster", order=30, fn=panels.roster_item)
        slots.register(slots.ADMIN_ITEM, key="hand_overs", order=40, fn=panels.hand_overs_item)
        slots.register(slots.TODAY_ITEM, key="set_up", order=5, fn=panels.set_up_panel)
        slots.register(slots.PERSON_PANEL, key="taskforces", order=10, fn=panels.person_panel)
        slots.register(slots.SEARCH_PROVIDER, key="taskforces", order=70, fn=panels.search_task_forces)
        handover.register(handover.Part("offices", _("分管与挂帅"), 80, queries.offices_held, actions.move_offices))
        handover.register(handover.Part("seats", _("专班席位"), 90, queries.seats_held, actions.end_memberships))
        messages.register(WORDS)


WORDS = {
    "dates-overlap": _("这段日期与已有的记录重叠；同一时间只能有一个。请先结束原来的，或改日期。"),
    "exists-already": _("已经有同名或同样的一条，没有重复保存。"),
    "person-not-here": _("此人在本园区没有角色，请先邀请。"),
    "unit-under-itself": _("单位不能放在自己的下级单位下面（{value}）。"),
    "unit-has-children": _("下面还有未撤销的单位，请先处理它们。"),
    "ends-before-start": _("结束日期“{value}”早于开始日期 {start}。"),
    "ended-already": _("这一条已在 {on} 结束。"),
    "task-force-has-industry": _("这个专班正负责“{name}”；一个专班只负责一个产业，请先调整。"),
    "region-code-unknown": _("地区代码“{value}”不对：请用 2 位省级或 4 位市级行政区划代码。"),
    "hand-over-to-self": _("不能交接给本人。"),
    "roster-head-missing": _("前 10 行里没有找到表头：需要“姓名”和“专班”两列。"),
    "roster-role-unknown": _("专班角色“{value}”看不懂：请填 负责人、副职 或 成员。"),
    "roster-name-twice": _("本园区有多人叫“{value}”，请在“登录名”一列写明是谁。"),
    "roster-name-differs": _("登录名“{value}”属于“{name}”，与表中姓名不同。"),
    "task-force-missing": _("没有写专班。"),
    "task-force-unknown": _("没有叫“{value}”的专班，请先建立或改用全称。"),
    "unit-unknown": _("没有叫“{value}”的单位，请先在“单位”里建立。"),
    "date-needs-day": _("{field}“{value}”要写到日，例如 2026-05-03。"),
    "sheet-empty": _("文件“{value}”是空的。"),
    "sheet-too-large": _("文件“{value}”太大：最大 10 MB。"),
    "file-not-a-sheet": _("文件“{value}”打不开：它不是所写格式的表格，或已损坏。请另存为 xlsx 或 csv 再试。"),
    "sheet-encoding-unknown": _("文件“{value}”的文字编码认不出来，请另存为 UTF-8 或 GB18030。"),
    "sheet-too-long": _("表格有 {rows} 行，最多 {largest} 行。"),
}
