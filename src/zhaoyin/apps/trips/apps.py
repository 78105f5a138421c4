"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TripsConfig(AppConfig):
    """Campaigns and trips: whom to meet, in which order, what came of it."""

    name = "zhaoyin.apps.trips"
    label = "trips"
    verbose_name = _("行程")

    def ready(self) -> None:
        """Tell the shell of our places and words."""
        from zhaoyin.apps.trips import panels
        from zhaoyin.apps.ui import messages, slots

        slots.register(slots.MENU_ITEM, key="trips", order=60, fn=panels.menu_item)
        slots.register(slots.CREATE_ITEM, key="trip", order=50, fn=panels.create_item)
        slots.register(slots.TODAY_ITEM, key="trips", order=12, fn=panels.today_item)
        slots.register(slots.PROJECT_PANEL, key="trips", order=25, fn=panels.project_panel)
        messages.register(
            {
                "trip-closed": _("行程已经结束，不能再改。"),
                "trip-without-team": _("还没有出访小组。先在“安排”里填上谁去。"),
                "trip-without-stops": _("还没有要见的人。先挑几个项目或线索。"),
                "trip-without-days": _("行程没有可用的日子：返回日期早于出发日期。"),
                "trip-without-working-days": _("行程里没有工作日。要在周末或节假日约，请在“安排”里勾上。"),
                "trip-without-plan": _("还没有排过程。"),
                "trip-too-long": _("行程最多 {most} 天，现在到 {value}。"),
                "too-many-teams": _("最多 {most} 个小组。"),
                "too-many-stops": _("一次行程最多 {value} 个会面。"),
                "traveller-wrong": _("有人同时在两个小组，或不是本区的人。"),
                "city-unknown": _("没有找到城市“{value}”，请写地级市的名称。"),
                "stop-twice": _("“{value}”已经在这次行程里。"),
                "stop-about-nothing": _("请写明见谁、谈什么。"),
                "stop-already-held": _("已经谈过，不能再改。"),
                "stop-after-itself": _("不能要求先见自己。"),
                "stops-in-circle": _("“{value}”已经要排在那次会面之前，不能又排在它之后。"),
                "window-outside-trip": _("{value} 不在行程的日子里。"),
                "window-too-short": _("时段“{value}”不够 {minutes} 分钟。"),
                "time-malformed": _("“{value}”不是时间，写成 14:00。"),
                "time-backwards": _("结束时间 {value} 要晚于开始时间。"),
                "number-out-of-range": _("“{value}”不在 {least} 到 {most} 之间。"),
                "period-backwards": _("结束日期 {value} 早于开始日期。"),
                "name-taken": _("“{value}”已经有了，请换个名称。"),
                "reference-unknown": _("“{value}”不存在或不属于本区。"),
                "note-empty": _("请写几句谈了什么。"),
                "next-step-before-meeting": _("下一步日期 {value} 早于会面日期。"),
                "travel-table-empty": _("“{value}”里没有一条能用的出行时间。"),
                "travel-table": _("出行时间表 {field}：“{value}”不对，应为 {expected}。"),
                "gtfs-invalid": _("时刻表 {field}：“{value}”不对，应为 {expected}。"),
                "route-not-json": _("{field} 不是 JSON 文件：{value}"),
                "route-invalid-value": _("{field}：“{value}”不对，应为 {expected}。"),
                "route-unknown-field": _("{field} 不认识，应为 {expected}。"),
                "route-unknown-name": _("{field}：“{value}”不存在。"),
                "route-twice": _("{field}：“{value}”重复。"),
                "route-person-twice": _("{field}：“{value}”同一天在两个小组。"),
                "route-circle": _("{field}：“{value}”的先后要求绕成了圈。"),
            }
        )
        messages.register_fields(
            {
                "on": _("日期"),
                "team": _("组名"),
                "home": _("出发地"),
                "city": _("城市"),
                "address": _("地址"),
                "value": _("价值（分）"),
                "duration_minutes": _("时长（分钟）"),
                "windows": _("可以见面的时段"),
                "pinned_on": _("固定日期"),
                "pinned_at": _("固定时间"),
                "state": _("状态"),
                "act": _("动作"),
                "number": _("第几稿"),
            }
        )
