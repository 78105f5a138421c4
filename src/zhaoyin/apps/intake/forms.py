"""Forms of the review: paste, upload, note, and one for each proposed record."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.intake.actions import Decision
from zhaoyin.apps.projects.forms import (
    CONTRACT_LABELS,
    CURRENCY_LABELS,
    KIND_LABELS,
    QUALIFIER_LABELS,
    STAGE_LABELS,
    MoneyForm,
    PartialDateField,
    money_initial,
    options,
)
from zhaoyin.apps.ui.fields import LongTextField
from zhaoyin.domain.money import Money

PROPOSED_STAGES = (
    "lead",
    "negotiating",
    "pre_signing",
    "signed",
    "registered",
    "construction_started",
    "completed",
    "in_production",
)


class PasteForm(forms.Form):
    """A pasted text."""

    text = LongTextField(
        label=_("文字"), strip=False, max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "placeholder": _("把网页、公众号文章、聊天消息或台账备注整段粘贴到这里，三行也可以。")}),
    )  # fmt: skip
    published_on = forms.DateField(
        label=_("发布日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("用来推算“昨天”“上月”；不填则从页面开头找，找不到就算未知"),
    )
    source_url = forms.CharField(label=_("来源网址"), required=False, max_length=500)


class UploadForm(forms.Form):
    """A page or text file."""

    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        help_text=_("保存下来的网页（HTML）或文本文件，最大 10 MB；多份材料可打成一个 zip，最大 40 MB"),
    )
    published_on = forms.DateField(label=_("发布日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class NoteForm(forms.Form):
    """A note from the phone; it is of today."""

    text = LongTextField(
        label=_("随记"),
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": _("见了谁、想投什么、多少钱、到哪一步")}),
    )


class DraftForm(MoneyForm):
    """One proposed record as the reviewer takes it over."""

    investor = forms.CharField(label=_("投资方"), max_length=120, required=False)
    name = forms.CharField(label=_("项目名称"), max_length=120, required=False)
    stage = forms.ChoiceField(label=_("阶段"), choices=[(value, STAGE_LABELS[value]) for value in PROPOSED_STAGES])
    contract_kind = forms.ChoiceField(label=_("协议"), choices=options(CONTRACT_LABELS, _("无")), required=False)
    ended = forms.BooleanField(label=_("已终止或流失"), required=False)
    kind = forms.ChoiceField(label=_("性质"), choices=options(KIND_LABELS), required=False)
    jobs = forms.IntegerField(label=_("用工"), min_value=0, max_value=10_000_000, required=False)
    place = forms.CharField(label=_("意向落地"), max_length=120, required=False)
    occurred = PartialDateField(label=_("发生日期"), required=False)
    task_force = forms.ChoiceField(label=_("专班"), required=False)
    person = forms.ChoiceField(label=_("跟进人"), required=False)
    although_similar = forms.BooleanField(label=_("已看过，不是同一个项目，仍要新建"), required=False)

    field_order = (
        "investor", "name", "amount", "amount_unit", "amount_currency", "amount_qualifier", "stage", "contract_kind", "ended",
        "kind", "jobs", "place", "occurred", "task_force", "person", "although_similar",
    )  # fmt: skip

    def __init__(self, *args: object, choices: dict[str, list[tuple[str, str]]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["task_force"].choices = [("", _("线索池")), *choices["task_force"]]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("未定")), *choices["person"]]  # type: ignore[attr-defined]

    def decision(self, to: str) -> Decision:
        """What the reviewer decided."""
        given = self.cleaned_data
        return Decision(
            to=to,
            investor=given["investor"].strip(),
            name=given["name"].strip(),
            planned_total=given["money"],
            stage=given["stage"],
            contract_kind=given["contract_kind"],
            ended=given["ended"],
            kind=given["kind"] or "new",
            jobs=given["jobs"],
            place=given["place"].strip(),
            occurred=given["occurred"],
            task_force_id=_uuid(given["task_force"]),
            person_id=_uuid(given["person"]),
            although_similar=given["although_similar"],
        )


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


def draft_initial(content: dict[str, object]) -> dict[str, object]:
    """Initial values of `DraftForm` from a proposal; the amount in the unit it was written in."""
    found: dict[str, object] = {
        name: content.get(name, "")
        for name in ("investor", "name", "stage", "contract_kind", "ended", "kind", "jobs", "place")
    }
    found["occurred"] = content.get("dated", "")
    amount = content.get("amount")
    return found | money_initial(Money.from_payload(amount["money"]) if isinstance(amount, dict) else None)


class ConvertForm(DraftForm):
    """A lead that becomes a project."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)


__all__ = [
    "CURRENCY_LABELS",
    "QUALIFIER_LABELS",
    "ConvertForm",
    "DraftForm",
    "NoteForm",
    "PasteForm",
    "UploadForm",
    "draft_initial",
]
