"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui import messages, slots


class AccountsConfig(AppConfig):
    """People, their roles in zones, their tokens."""

    name = "zhaoyin.apps.accounts"
    label = "accounts"
    verbose_name = _("人员")

    def ready(self) -> None:
        """Menu, search, zone switch and the words of its errors."""
        from zhaoyin.apps.accounts import panels

        slots.register(slots.ADMIN_ITEM, key="people", order=10, fn=panels.people_item)
        slots.register(slots.ADMIN_ITEM, key="grants", order=15, fn=panels.grants_item)
        slots.register(slots.ADMIN_ITEM, key="tokens", order=90, fn=panels.tokens_item)
        slots.register(slots.SEARCH_PROVIDER, key="people", order=80, fn=panels.search_people)
        slots.register(slots.ZONE_CHOICES, key="zones", order=10, fn=panels.zone_choices)
        messages.register(
            {
                "no-role": _("请至少选一个角色。"),
                "username-malformed": _("登录名“{value}”不行：2 到 64 个字母、数字、汉字或 . _ - @ +。"),
                "username-taken": _("登录名“{value}”已有人使用，请换一个。"),
                "person-unknown": _("没有登录名为“{value}”的在用账号。"),
                "password-weak": _("这个密码不够安全：{reason}"),
                "name-missing": _("请填写名称。"),
                "slug-taken": _("网址名“{value}”已被使用，请换一个。"),
                "zone-field-invalid": _("{field}“{value}”格式不对。"),
                "person-works-elsewhere": _("此人还在其他园区任职，不能由本园区重置账号。"),
                "person-inactive": _("此人已停用，请先重新启用。"),
                "last-administrator": _("本园区至少要有一名系统管理员，请先指定另一名。"),
                "own-roles": _("不能修改自己的角色，请由另一名管理员操作。"),
                "own-account": _("不能停用自己，请由另一名管理员操作。"),
                "invitation-not-valid": _("这个链接已用过、已过期或不存在。请联系管理员重新生成。"),
                "zone-exists-already": _("这台机器上已经有园区了。"),
                "grant-in-past": _("开始日“{value}”已经过去，请选今天或以后的日子。"),
                "granted-already": _("已经授权给“{zone}”，撤回之后才能再授权。"),
                "expired-already": _("到期日“{value}”已经过去。"),
            }
        )
