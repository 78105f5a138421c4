"""Forms of recognition, credit and funds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.projects.forms import MoneyForm, PartialDateField
from zhaoyin.apps.recognition.actions import ProofFile
from zhaoyin.apps.ui.fields import LongTextField
from zhaoyin.domain.recognition import ASKED, Proof, RecognitionMatter

MATTER_LABELS: dict[str, object] = {
    "signed": _("签约"), "registered": _("注册"), "filed": _("备案"), "started": _("开工"), "completed": _("竣工"),
    "in_production": _("投产"), "in_statistics": _("入统"), "funds_in_place": _("资金到位"),
}  # fmt: skip
STATUS_LABELS: dict[str, object] = {
    "requested": _("待初审"), "endorsed": _("待复审"), "returned": _("退回补正"), "approved": _("已认定"),
    "refused": _("不予认定"), "withdrawn": _("已撤回"), "revoked": _("已撤销认定"),
}  # fmt: skip
STATUS_TONES = {
    "requested": "blue", "endorsed": "blue", "returned": "yellow", "approved": "green", "refused": "red", "withdrawn": "grey",
    "revoked": "red",
}  # fmt: skip
STEP_LABELS: dict[str, object] = {
    "requested": _("申报"), "endorsed": _("初审通过"), "returned": _("退回补正"), "resubmitted": _("重新提交"),
    "approved": _("认定"), "refused": _("不予认定"), "withdrawn": _("撤回"), "revoked": _("撤销认定"), "retracted": _("更正"),
}  # fmt: skip
PROOF_LABELS: dict[str, object] = {
    "contract": _("合同文本"), "licence": _("营业执照"), "filing": _("备案证明"), "construction": _("开工佐证（施工许可、现场照片）"),
    "completion": _("竣工佐证"), "production": _("投产佐证"), "statistics": _("入统通知"), "voucher": _("到位凭证"),
    "other": _("其他材料"),
}  # fmt: skip
BASIS_LABELS: dict[str, object] = {
    "first_signing": _("首签单位"), "joint": _("联合引荐"), "transfer": _("项目流转"), "dual": _("双计（双方各计）"),
    "decision": _("会议决定"),
}  # fmt: skip
ARRIVAL_LABELS: dict[str, object] = {"funds_in_place": _("到位资金"), "foreign_capital_utilised": _("实际使用外资")}
SHARE_ROWS = 4


class ManyFilesInput(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; an empty list when none was given."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # type: ignore[override]
        """Each file checked by Django's own field."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


def proof_files(uploads: Sequence[Any], proof: str) -> list[ProofFile]:
    """Uploads as evidence of one kind."""
    return [
        ProofFile(content=upload.read(), file_name=upload.name or "", media_type=upload.content_type or "", proof=proof)
        for upload in uploads
    ]


class ProofsForm(forms.Form):
    """One file field for each kind of evidence that the matter asks for, and one for the rest."""

    def add_proofs(self, matter: str) -> None:
        """Fields `proof_<kind>`."""
        for proof in (*ASKED[RecognitionMatter(matter)], Proof.OTHER):
            self.fields[f"proof_{proof.value}"] = ManyFilesField(label=str(PROOF_LABELS[proof.value]), required=False)

    def files_given(self) -> list[ProofFile]:
        """All files with what they prove."""
        found: list[ProofFile] = []
        for name, value in self.cleaned_data.items():
            if name.startswith("proof_"):
                found += proof_files(value, name.removeprefix("proof_"))
        return found


class RequestForm(ProofsForm):
    """Ask for recognition of one matter."""

    matter = forms.ChoiceField(label=_("认定事项"), choices=list(MATTER_LABELS.items()), widget=forms.HiddenInput)
    claimed_on = PartialDateField(label=_("发生日期"), help_text=_("已按项目进展填好；不符时先更正进展"))
    note = LongTextField(label=_("申报说明"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, matter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_proofs(matter)


class StepForm(ProofsForm):
    """A step on a request: the word, for an approval the day that counts, for a new submission the files."""

    step = forms.ChoiceField(choices=[(key, key) for key in STEP_LABELS], widget=forms.HiddenInput)
    recognized_on = PartialDateField(label=_("认定日期"), required=False)
    claimed_on = PartialDateField(label=_("发生日期"), required=False)
    note = LongTextField(label=_("意见"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, matter: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if matter:
            self.add_proofs(matter)


class CreditForm(forms.Form):
    """Which units are credited, in percent."""

    basis = forms.ChoiceField(label=_("归属依据"), choices=list(BASIS_LABELS.items()))
    since = PartialDateField(label=_("自何日起"), help_text=_("首签单位一般填签约日期"))
    note = LongTextField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *units]
        for place in range(1, SHARE_ROWS + 1):
            self.fields[f"unit_{place}"] = forms.ChoiceField(
                label=_("单位 %(n)s") % {"n": place}, choices=choices, required=False
            )
            self.fields[f"share_{place}"] = forms.CharField(
                label=_("占比 %(n)s（%%）") % {"n": place},
                required=False,
                max_length=8,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.order_fields(
            [name for n in range(1, SHARE_ROWS + 1) for name in (f"unit_{n}", f"share_{n}")]
            + ["basis", "since", "note"]
        )

    def clean(self) -> dict[str, object]:
        """A unit and its share come together; at least one pair."""
        cleaned: dict[str, object] = super().clean() or {}
        pairs = []
        for place in range(1, SHARE_ROWS + 1):
            unit, share = cleaned.get(f"unit_{place}"), str(cleaned.get(f"share_{place}") or "").strip().rstrip("%％")
            if bool(unit) != bool(share):
                self.add_error(f"share_{place}" if unit else f"unit_{place}", _("单位和占比要一起填。"))
            elif unit:
                pairs.append((str(unit), share))
        if not pairs and not self.errors:
            self.add_error("unit_1", _("至少填一个单位。"))
        cleaned["pairs"] = pairs
        return cleaned


class FundsForm(MoneyForm):
    """Money that arrived."""

    amount_kind = forms.ChoiceField(label=_("类别"), choices=list(ARRIVAL_LABELS.items()))
    on = PartialDateField(label=_("到账日期"))
    proof_voucher = ManyFilesField(label=_("到位凭证"), required=False)
    voucher_count = forms.IntegerField(
        label=_("凭证份数"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("纸质凭证也算；没有凭证的不计入到位资金"),
    )
    note = LongTextField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("到账金额")
        self.fields["amount"].required = True
        self.fields["amount"].help_text = ""
        del self.fields["amount_qualifier"]
