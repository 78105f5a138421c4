"""Forms of lead pages."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui.fields import LongTextField
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.money import Currency, Money, Qualifier, Unit, decimal_from_text

STATUS_LABELS: dict[str, object] = {
    "pool": _("线索池"), "assigned": _("跟进中"), "dropped": _("已放弃"), "converted": _("已转项目"),
}  # fmt: skip
STATUS_TONES = {"pool": "yellow", "assigned": "blue", "dropped": "grey", "converted": "green"}
STAGE_LABELS: dict[str, object] = {
    "lead": _("有意向"), "negotiating": _("在谈"), "pre_signing": _("已选址"), "signed": _("已签约"), "registered": _("已注册落地"),
    "filed": _("已备案"), "construction_started": _("已开工"), "completed": _("已竣工"), "in_production": _("已投产"),
    "in_statistics": _("已入统"), "full_capacity": _("已达产"),
}  # fmt: skip
REASON_LABELS: dict[str, object] = {
    "no_intention": _("客商无意"), "unsuitable": _("不符合方向"), "lost": _("去了别处"), "duplicate": _("重复线索"), "other": _("其他"),
}  # fmt: skip
SHOW_LABELS: dict[str, object] = {
    "": _("待办（池中与跟进中）"), "pool": _("线索池"), "mine": _("我的"), "dropped": _("已放弃"), "converted": _("已转项目"), "all": _("全部"),
}  # fmt: skip
UNITS: dict[str, object] = {"1e8": _("亿"), "1e4": _("万"), "1": _("元")}


class LeadForm(forms.Form):
    """A lead by hand."""

    investor = forms.CharField(label=_("客商"), max_length=120, help_text=_("企业全称或简称"))
    title = forms.CharField(label=_("线索"), max_length=120, required=False, help_text=_("不填则用客商名"))
    product = forms.CharField(label=_("产品或内容"), max_length=120, required=False)
    amount = forms.CharField(
        label=_("计划总投资"), max_length=40, required=False, help_text=_("不知道就留空，不要填 0")
    )
    amount_unit = forms.ChoiceField(label=_("单位"), choices=list(UNITS.items()), required=False)
    place = forms.CharField(label=_("意向落地"), max_length=120, required=False)
    jobs = forms.IntegerField(label=_("用工"), min_value=0, max_value=10_000_000, required=False)
    task_force = forms.ChoiceField(label=_("专班"), required=False)
    person = forms.ChoiceField(label=_("跟进人"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: object, choices: dict[str, list[tuple[str, str]]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["task_force"].choices = [("", _("线索池")), *choices["task_force"]]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("未定")), *choices["person"]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Adds `money`: None when unknown."""
        cleaned: dict[str, object] = super().clean() or {}
        cleaned["money"] = None
        text = str(cleaned.get("amount") or "").strip()
        if text:
            try:
                cleaned["money"] = money_of(text, str(cleaned.get("amount_unit") or "1e8"))
            except DomainError as error:
                self.add_error("amount", words(error))
        return cleaned


def money_of(text: str, unit: str, currency: str = "CNY", qualifier: str = "=") -> Money:
    """Money of a number as typed in a unit; InvalidValue when it is none or out of range."""
    scale = Unit(unit)
    value = decimal_from_text(text) * scale.factor
    return Money(value=value, currency=Currency(currency), qualifier=Qualifier(qualifier), unit=scale)


class AssignForm(forms.Form):
    """Who follows a lead."""

    task_force = forms.ChoiceField(label=_("专班"), required=False)
    person = forms.ChoiceField(label=_("跟进人"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, choices: dict[str, list[tuple[str, str]]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["task_force"].choices = [("", _("线索池")), *choices["task_force"]]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("未定")), *choices["person"]]  # type: ignore[attr-defined]


class DropForm(forms.Form):
    """Why a lead is given up."""

    reason = forms.ChoiceField(label=_("原因"), choices=list(REASON_LABELS.items()))
    note = LongTextField(label=_("说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def chosen(form: forms.Form, name: str) -> UUID | None:
    """A chosen id, or None."""
    value = form.cleaned_data.get(name)
    return UUID(value) if value else None
