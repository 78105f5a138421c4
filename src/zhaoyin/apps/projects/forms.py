"""Forms of project pages: words in, domain values out."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui.fields import LongTextField
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.ui.regions import origin_options
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.money import Currency, Money, Qualifier, Unit, number_text, range_from_text
from zhaoyin.domain.period import PartialDate

STAGE_LABELS: dict[str, object] = {
    "lead": _("立项"), "negotiating": _("在谈"), "pre_signing": _("拟签约"), "signed": _("签约"), "registered": _("注册"),
    "filed": _("备案"), "construction_started": _("开工"), "completed": _("竣工"), "in_production": _("投产"),
    "in_statistics": _("入统"), "full_capacity": _("达产"),
}  # fmt: skip
CONTRACT_LABELS: dict[str, object] = {"intent": _("意向协议"), "framework": _("框架协议"), "formal": _("正式合同")}
OUTCOME_LABELS: dict[str, object] = {"lost": _("流失"), "terminated": _("终止"), "withdrawn": _("撤销")}
KIND_LABELS: dict[str, object] = {
    "new": _("新项目"), "reinvestment_expansion": _("增资扩产"), "technical_upgrade": _("技改升级"),
}  # fmt: skip
CHANNEL_LABELS: dict[str, object] = {
    "outreach": _("外出招商"), "investor_referral": _("以商招商"), "chain_based": _("产业链招商"), "capital_led": _("基金招商"),
    "reinvestment_expansion": _("增资扩产"), "recommended": _("推荐"), "other": _("其他"),
}  # fmt: skip
CURRENCY_LABELS: dict[str, object] = {
    "CNY": _("人民币"), "USD": _("美元"), "EUR": _("欧元"), "JPY": _("日元"), "HKD": _("港元"), "TWD": _("新台币"),
    "SGD": _("新加坡元"), "CHF": _("瑞士法郎"),
}  # fmt: skip
UNIT_LABELS: dict[str, object] = {"1e8": _("亿"), "1e4": _("万"), "1": _("元")}
QUALIFIER_LABELS: dict[str, object] = {"=": _("确切"), "~": _("约"), ">": _("不低于"), "<": _("不超过")}


def options(labels: dict[str, object], empty: object = None) -> list[tuple[str, object]]:
    """Choices of a select; `empty` is the words of the empty choice."""
    head: list[tuple[str, object]] = [] if empty is None else [("", empty)]
    return head + list(labels.items())


class PartialDateField(forms.CharField):
    """2026-05-03, 2026-05, 2026-Q2 or 2026."""

    widget = forms.TextInput(attrs={"placeholder": "2026-05-03", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> PartialDate | None:  # type: ignore[override]
        """The day with its precision."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return PartialDate.parse(text.replace("/", "-").replace(".", "-"))
        except DomainError as error:
            raise forms.ValidationError(words(error)) from error


class MoneyForm(forms.Form):
    """Fields of an amount as written: number, unit, currency, qualifier."""

    amount = forms.CharField(label=_("计划总投资"), required=False, max_length=40, help_text=_("区间写成 2-3"))
    amount_unit = forms.ChoiceField(label=_("单位"), choices=options(UNIT_LABELS), required=False)
    amount_currency = forms.ChoiceField(label=_("币种"), choices=options(CURRENCY_LABELS), required=False)
    amount_qualifier = forms.ChoiceField(label=_("准确程度"), choices=options(QUALIFIER_LABELS), required=False)

    def clean_amount(self) -> str:
        """Checked as a number here; the unit comes with `money`."""
        text = str(self.cleaned_data.get("amount") or "").strip()
        if text:
            try:
                range_from_text(text)
            except DomainError as error:
                raise forms.ValidationError(words(error)) from error
        return text

    def clean(self) -> dict[str, object]:
        """Adds `money`: None when unknown."""
        cleaned: dict[str, object] = super().clean() or {}
        cleaned["money"] = None
        text = str(cleaned.get("amount") or "")
        if text:
            unit = Unit(str(cleaned.get("amount_unit") or "1e8"))
            try:
                low, high = range_from_text(text)
                cleaned["money"] = Money(
                    value=low * unit.factor,
                    high=None if high is None else high * unit.factor,
                    currency=Currency(str(cleaned.get("amount_currency") or "CNY")),
                    qualifier=Qualifier(str(cleaned.get("amount_qualifier") or "=")),
                    unit=unit,
                )
            except DomainError as error:
                self.add_error("amount", words(error))
        return cleaned


def money_initial(money: Money | None) -> dict[str, object]:
    """Initial values of `MoneyForm` for an amount, in the unit it was written in."""
    if money is None:
        return {"amount_unit": "1e8", "amount_currency": "CNY", "amount_qualifier": "="}
    unit = money.unit if money.unit.value in UNIT_LABELS else Unit.YUAN
    text = number_text(money.value / unit.factor)
    if money.high is not None:
        text += f"-{number_text(money.high / unit.factor)}"
    return {
        "amount": text,
        "amount_unit": unit.value,
        "amount_currency": money.currency.value,
        "amount_qualifier": money.qualifier.value,
    }


Choices = Sequence[tuple[str, object]]


class ProjectForm(MoneyForm):
    """Create or edit a project."""

    name = forms.CharField(label=_("项目名称"), max_length=120)
    investor = forms.CharField(
        label=_("投资方"), max_length=300, required=False, help_text=_("几家联合投资时用顿号隔开，第一家为牵头方")
    )
    product = forms.CharField(label=_("产品或建设内容"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("性质"), choices=options(KIND_LABELS))
    industry = forms.ChoiceField(label=_("产业"), required=False)
    task_force = forms.ChoiceField(label=_("专班"), required=False)
    lead_person = forms.ChoiceField(label=_("项目负责人"), required=False)
    attracting_unit = forms.ChoiceField(label=_("招引单位"), required=False)
    landing_place = forms.ChoiceField(label=_("落地载体"), required=False)
    origin = forms.ChoiceField(label=_("投资来源地"), required=False)
    channel = forms.ChoiceField(label=_("渠道"), choices=options(CHANNEL_LABELS, _("未知")), required=False)
    jobs = forms.IntegerField(label=_("用工人数"), min_value=0, max_value=10_000_000, required=False)
    land_mu = forms.DecimalField(
        label=_("用地（亩）"), min_value=0, max_value=1_000_000, max_digits=9, decimal_places=2, required=False
    )
    site = forms.CharField(label=_("选址"), max_length=120, required=False)
    negotiating_on = PartialDateField(
        label=_("开始洽谈日期"), required=False, help_text=_("已经在谈时填写，可只写到月")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    field_order = (
        "name", "investor", "amount", "amount_unit", "amount_currency", "amount_qualifier", "product", "kind", "industry",
        "task_force", "lead_person", "attracting_unit", "landing_place", "origin", "channel", "jobs", "land_mu", "site",
        "negotiating_on", "version", "token",
    )  # fmt: skip

    def __init__(self, *args: object, choices: dict[str, Choices], editing: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, found in choices.items():
            self.fields[name].choices = [("", _("未定")), *found]  # type: ignore[attr-defined]
        self.fields["origin"].choices = origin_options(self.initial.get("origin"))  # type: ignore[attr-defined]
        if editing:
            del self.fields["investor"], self.fields["negotiating_on"]

    def chosen(self, name: str) -> UUID | None:
        """Id of a select; None for undecided."""
        value = self.cleaned_data.get(name)
        return UUID(str(value)) if value else None

    def investors(self) -> list[str]:
        """Names of the investors."""
        text = str(self.cleaned_data.get("investor") or "")
        for mark in "，,;；\n":
            text = text.replace(mark, "、")
        return [part.strip() for part in text.split("、") if part.strip()]


class AdvanceForm(forms.Form):
    """The next step of a project: a stage, a contract, an end."""

    step = forms.ChoiceField(label=_("推进到"))
    occurred = PartialDateField(label=_("发生日期"), help_text=_("可只写到月或年"))
    note = LongTextField(
        label=_("佐证说明"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000,
        help_text=_("写明依据：谁说的、什么文件、文号。也可以上传文件。"),
    )  # fmt: skip
    file = forms.FileField(label=_("佐证文件"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: object, steps: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["step"].choices = steps  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """Correct the date of an event, or take the event back; the reason is kept."""

    action = forms.ChoiceField(label=_("怎样更正"), choices=[("redate", _("改日期")), ("retract", _("撤回这条记录"))])
    occurred = PartialDateField(label=_("正确的发生日期"), required=False)
    note = LongTextField(label=_("更正原因"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, object]:
        """A new date is needed to re-date."""
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("action") == "redate" and cleaned.get("occurred") is None and "occurred" not in self.errors:
            self.add_error("occurred", _("请填写正确的日期。"))
        return cleaned
