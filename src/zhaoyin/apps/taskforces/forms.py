"""Forms of units, industries, task forces; choices are handed in by the view."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.taskforces.models import MemberRole, UnitKind
from zhaoyin.domain.region import PROVINCES, cities

Choices = Sequence[tuple[str, Any]]
NOBODY = ("", _("（待配）"))
PLEASE_CHOOSE = ("", _("请选择"))
INDICATORS = [
    ("newly_negotiating", _("新增洽谈（个）")),
    ("newly_signed", _("新签约（个）")),
    ("planned_total_investment", _("新签约计划总投资（亿元）")),
]


class DayInput(forms.DateInput):
    """The browser's own date box."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=DayInput(), help_text=help_text)


class ChoosingForm(forms.Form):
    """A form whose selects get their options from the view: `choices={"person": [...]}`."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (choices or {}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [PLEASE_CHOOSE if field.required else NOBODY, *options]


class UnitForm(ChoosingForm):
    """A unit."""

    name = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类型"), choices=UnitKind.choices)
    parent = forms.ChoiceField(label=_("上级单位"), required=False)


class IndustryForm(forms.Form):
    """A key industry."""

    name = forms.CharField(label=_("名称"), max_length=60)
    code = forms.CharField(label=_("代码"), max_length=32, help_text=_("小写字母、数字或连字符，例如 it。"))
    name_en = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    gbt4754 = forms.CharField(
        label=_("国民经济行业代码"), max_length=60, required=False, help_text=_("GB/T 4754，可写多个，用逗号分开。")
    )


class LeaderForm(ChoosingForm):
    """The one leader in charge."""

    person = forms.ChoiceField(label=_("分管领导"), required=False)
    starts_on = day_field(_("从哪天起"), _("原分管领导到这一天为止。"))


class IndustryTaskForceForm(ChoosingForm):
    """The one task force."""

    task_force = forms.ChoiceField(label=_("专班"), required=False)
    starts_on = day_field(_("从哪天起"), _("原专班到这一天为止。"))


class TaskForceForm(forms.Form):
    """A task force."""

    name = forms.CharField(label=_("名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    starts_on = day_field(_("成立日期"))


class NewTaskForceForm(TaskForceForm, ChoosingForm):
    """A task force with its industry."""

    industry = forms.ChoiceField(
        label=_("产业"), required=False, help_text=_("一个产业、一个分管领导、一个专班。该产业原有专班到成立日为止。")
    )


class MemberForm(ChoosingForm):
    """A member."""

    person = forms.ChoiceField(label=_("人员"))
    role = forms.ChoiceField(label=_("专班角色"), choices=MemberRole.choices, initial=MemberRole.MEMBER)
    home_unit = forms.ChoiceField(label=_("来自单位"), required=False)
    starts_on = day_field(_("开始日期"))


class SponsorForm(ChoosingForm):
    """A leader who takes command."""

    person = forms.ChoiceField(label=_("挂帅领导"))
    starts_on = day_field(_("开始日期"))


class TerritoryForm(ChoosingForm):
    """A province or a city."""

    province = forms.ChoiceField(label=_("省份"))
    city = forms.CharField(
        label=_("城市"), max_length=20, required=False, help_text=_("只到省就不填；否则写城市名，例如 深圳。")
    )
    starts_on = day_field(_("开始日期"))

    def clean(self) -> dict[str, Any]:
        """The city must lie in the province; its name becomes its code."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = given.get("city", "").strip().removesuffix("市").casefold()
        if not wanted:
            return given
        for city in cities().values():
            if city.code.startswith(given.get("province", "")) and wanted in {
                city.code,
                city.name,
                city.name_en.casefold(),
            }:
                return {**given, "city": city.code}
        self.add_error("city", _("所选省份里没有这个城市"))
        return given


class TargetForm(forms.Form):
    """A target of a year."""

    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    indicator = forms.ChoiceField(label=_("指标"), choices=INDICATORS)
    value = forms.DecimalField(label=_("目标值"), min_value=Decimal(0), max_digits=12, decimal_places=2)


class EndForm(forms.Form):
    """The first day on which it no longer holds."""

    on = day_field(_("结束日期"), _("从这一天起不再有效。"))


class RosterForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=_("名册文件"), help_text=_("xlsx、xls、ods 或 csv；第一张表，要有“姓名”和“专班”两列。")
    )


class HandOverForm(ChoosingForm):
    """Who takes over."""

    to_person = forms.ChoiceField(label=_("接收人"))
    sure = forms.BooleanField(label=_("我已核对，一次交接以上全部内容"))


def province_choices(language: str) -> list[tuple[str, str]]:
    """34 province-level units."""
    return [(code, names[1] if language == "en" else names[0]) for code, names in PROVINCES.items()]
