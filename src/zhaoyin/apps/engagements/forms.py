"""Form of an engagement: quick enough for a phone at 11 pm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.projects.forms import PartialDateField
from zhaoyin.apps.ui.fields import LongTextField

FORM_LABELS: dict[str, object] = {
    "visit": _("上门拜访"), "hosted_visit": _("来访接待"), "call": _("电话"), "online": _("线上会谈"),
}  # fmt: skip
STATUS_LABELS: dict[str, object] = {"planned": _("已约"), "held": _("已谈"), "cancelled": _("取消")}


class EngagementForm(forms.Form):
    """What happened, and what comes next."""

    form = forms.ChoiceField(label=_("形式"), choices=list(FORM_LABELS.items()))
    occurred = PartialDateField(label=_("日期"), help_text=_("填将来的日期就是预约"))
    note = LongTextField(label=_("谈了什么"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000, required=False)
    next_step = forms.CharField(label=_("下一步"), max_length=280, required=False)
    next_due_on = PartialDateField(label=_("下一步日期"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, object]:
        """A next step needs its date."""
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("next_step") and cleaned.get("next_due_on") is None and "next_due_on" not in self.errors:
            self.add_error("next_due_on", _("有下一步就要有日期。"))
        return cleaned
