"""Forms of people, roles, tokens and the first run."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.accounts.actions import SCOPES
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.zones.models import ZoneKind

SCOPE_LABELS = {"read": _("读取"), "write": _("写入")}


class RolesField(forms.MultipleChoiceField):
    """Check boxes of all roles."""

    def __init__(self) -> None:
        super().__init__(
            label=_("角色"),
            choices=Role.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("请至少选一个角色")},
            help_text=_("系统管理员只管人员与设置，不因此看到项目。"),
        )


class InviteForm(forms.Form):
    """Somebody new."""

    display_name = forms.CharField(label=_("姓名"), max_length=40)
    username = forms.CharField(
        label=_("登录名"), max_length=64, help_text=_("字母、数字或汉字，登录时使用，不区分大小写。")
    )
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    roles = RolesField()


class AddExistingForm(forms.Form):
    """Somebody who already signs in for another zone."""

    username = forms.CharField(label=_("登录名"), max_length=64)
    roles = RolesField()


class PersonForm(forms.Form):
    """Name and title."""

    display_name = forms.CharField(label=_("姓名"), max_length=40)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)


class RolesForm(forms.Form):
    """Roles from today on."""

    roles = RolesField()


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符，不要只用数字或常见密码。"),
    )
    again = forms.CharField(label=_("再输一遍"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入的密码不一样"))
        return again


class FirstRunForm(PasswordForm):
    """An empty zone and its first person."""

    zone_name = forms.CharField(label=_("园区名称"), max_length=80)
    slug = forms.SlugField(
        label=_("网址名"),
        max_length=40,
        help_text=_("出现在网址里，2 到 40 个小写字母、数字或连字符；建立后不能改。"),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=ZoneKind.choices)
    region_code = forms.RegexField(
        r"^(\d{2}|\d{4}|\d{6})?$",
        label=_("所在地区代码"),
        required=False,
        help_text=_("GB/T 2260 行政区划代码，2、4 或 6 位，例如 3702。"),
        error_messages={"invalid": _("应为 2、4 或 6 位数字")},
    )
    display_name = forms.CharField(label=_("您的姓名"), max_length=40)
    username = forms.CharField(label=_("登录名"), max_length=64)

    field_order = [
        "zone_name", "slug", "kind", "region_code", "display_name", "username", "password", "again",
    ]  # fmt: skip


class TokenForm(forms.Form):
    """A token for another program."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("写明给哪个程序用，便于以后作废。"))
    scopes = forms.MultipleChoiceField(
        label=_("范围"),
        choices=[(scope, SCOPE_LABELS[scope]) for scope in SCOPES],
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一个范围")},
    )
    expires_on = forms.DateField(
        label=_("到期日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("不填则一直有效，直到作废。"),
    )

    def clean_expires_on(self) -> date | None:
        """A day, or None."""
        found: date | None = self.cleaned_data["expires_on"]
        return found


class GrantForm(forms.Form):
    """From when the zone above reads the records here."""

    grantee = forms.ChoiceField(label=_("上级园区"))
    starts_on = forms.DateField(
        label=_("从哪天起"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("当天生效；撤回之前一直有效。"),
    )
