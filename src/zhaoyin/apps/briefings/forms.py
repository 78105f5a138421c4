"""Forms of briefings: what to write, a template, a schedule."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.briefings.access import may_schedule_for_others
from zhaoyin.apps.briefings.words import KINDS, LANGUAGES, RHYTHMS, WEEKDAYS
from zhaoyin.apps.reports import presentation
from zhaoyin.apps.reports.packs import all_packs
from zhaoyin.apps.taskforces.queries import people_choices, task_force_choices

Choices = Sequence[tuple[str, object]]


def _packs(viewer: Viewer) -> Choices:
    return [(name, presentation.pack_title(pack)) for name, pack in all_packs(zone_id=viewer.zone_id).items()]


def _teams(viewer: Viewer) -> Choices:
    language = translation.get_language() or "zh-hans"
    return [("", _("全部")), *task_force_choices(zone_id=viewer.zone_id, language=language)]


class ComposeForm(forms.Form):
    """What to write. Nothing is required: every field has a usual value."""

    kind = forms.ChoiceField(label=_("种类"), required=False)
    language = forms.ChoiceField(label=_("语言"), choices=list(LANGUAGES.items()), required=False)
    period = forms.CharField(
        label=_("期间（含首尾）"),
        max_length=40,
        required=False,
        help_text=_("例如 2026-01/2026-05、2026-Q1、2026；不填为今年以来，调度表为近 7 天"),
    )
    pack = forms.ChoiceField(label=_("统计口径"), required=False)
    as_of = forms.CharField(
        label=_("截至日"), max_length=10, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    known_at = forms.CharField(
        label=_("按当时所知"), max_length=10, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    since = forms.CharField(
        label=_("与何时所知相比"), max_length=10, required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("例如上期通报的日子：通报里会列出新签约数字变化的原因"),
    )  # fmt: skip
    task_force = forms.ChoiceField(label=_("专班"), required=False)
    number = forms.CharField(label=_("期号"), max_length=40, required=False, help_text=_("例如：第 5 期"))
    project = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, data: Mapping[str, object] | None, *, viewer: Viewer, kinds: Choices | None = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for name, choices in (
            ("kind", kinds or list(KINDS.items())),
            ("pack", _packs(viewer)),
            ("task_force", _teams(viewer)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # declared so above
            field.choices = choices  # type: ignore[assignment]


class TemplateForm(forms.Form):
    """A Word file with tags and the name it goes by here."""

    name = forms.CharField(label=_("模板名称"), max_length=80, help_text=_("例如：市招商局月报"))
    file = forms.FileField(
        label=_("模板文件"), help_text=_("本单位的 .docx，在要填数字的地方写标签，例如 {{ figures.newly_signed }}"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip


class ScheduleForm(forms.Form):
    """A draft each week or month."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=[(kind, label) for kind, label in KINDS.items() if kind not in {"meeting", "trip"}]
    )
    rhythm = forms.ChoiceField(label=_("周期"), choices=list(RHYTHMS.items()))
    day = forms.IntegerField(
        label=_("日"), min_value=1, max_value=28, help_text=_("每周：1（周一）到 7（周日）；每月：1 到 28")
    )
    language = forms.ChoiceField(label=_("语言"), choices=list(LANGUAGES.items()))
    task_force = forms.ChoiceField(label=_("专班"), required=False)
    recipient = forms.ChoiceField(label=_("给谁"), required=False)

    def __init__(self, data: Mapping[str, object] | None, *, viewer: Viewer) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        people: list[tuple[str, object]] = [("", _("我自己"))]
        if may_schedule_for_others(viewer):
            people += people_choices(viewer)
        for name, choices in (("task_force", _teams(viewer)), ("recipient", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # declared so above
            field.choices = choices  # type: ignore[assignment]


def weekday(number: int) -> str:
    """Name of a weekday."""
    return str(WEEKDAYS.get(number, number))
