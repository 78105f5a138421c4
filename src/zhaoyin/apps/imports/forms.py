"""Forms of the import: files and terms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.companies.models import LegalBasis
from zhaoyin.apps.imports.actions import LARGEST_LEDGER, Terms, Upload
from zhaoyin.apps.ui.fields import LongTextField


class ManyFilesInput(forms.ClearableFileInput):
    """A chooser for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; the cleaned value is a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=ManyFilesInput(attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.txt,.html,.htm,.mht"}), **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file on its own."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [forms.FileField.clean(self, one, initial) for one in given]


class TermsForm(forms.Form):
    """What holds for all files of a batch."""

    sender = forms.CharField(
        label=_("报送单位"), max_length=80, required=False,
        help_text=_("谁报来的；下次同一单位同一模板会记住列的对应关系"),
    )  # fmt: skip
    task_force = forms.ChoiceField(label=_("默认专班"), required=False, help_text=_("表里没有写专班的项目归到这里"))
    date_by_report = forms.BooleanField(
        label=_("没有日期的阶段按台账截止日期计"), required=False,
        help_text=_("不勾选时记为“日期未知”，不计入任何期间的数据，以后可逐条补日期"),
    )  # fmt: skip
    contact_basis = forms.ChoiceField(
        label=_("联系人的处理依据"), required=False, help_text=_("不选则不导入联系人和电话")
    )
    contacts_until = forms.DateField(
        label=_("联系人保存至"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, task_forces: list[tuple[str, str]], must: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        force: Any = self.fields["task_force"]
        force.choices = task_forces if must else [("", _("不指定")), *task_forces]
        force.required = must
        basis: Any = self.fields["contact_basis"]
        basis.choices = [("", _("不导入联系人")), *LegalBasis.choices]

    def clean(self) -> dict[str, Any]:
        """A basis needs a term."""
        cleaned: dict[str, Any] = super().clean() or {}
        until: date | None = cleaned.get("contacts_until")
        if cleaned.get("contact_basis") and until is None and "contacts_until" not in self.errors:
            self.add_error("contacts_until", _("选了依据就要填保存到哪一天。"))
        return cleaned

    def terms(self) -> Terms:
        """As the action takes them."""
        given = self.cleaned_data
        return Terms(
            sender=given["sender"],
            task_force_id=given["task_force"] or None,
            date_by_report=given["date_by_report"],
            contact_basis=given["contact_basis"],
            contacts_until=given["contacts_until"],
        )


class UploadForm(TermsForm):
    """Files, or a table pasted from a chat."""

    ledgers = ManyFilesField(
        label=_("台账文件"),
        required=False,
        help_text=_("可一次选多个；xlsx、xls、csv、txt、ods，网页另存的 xls 也行，每个最大 40 MB"),
    )
    pasted = LongTextField(
        label=_("或粘贴表格"), required=False, strip=False, max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": _("从表格或聊天里复制的几行，直接粘贴到这里")}),
    )  # fmt: skip

    field_order = ("ledgers", "pasted", "sender", "task_force", "date_by_report", "contact_basis", "contacts_until")

    def clean(self) -> dict[str, Any]:
        """Something must be given."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("ledgers") and not str(cleaned.get("pasted") or "").strip():
            self.add_error("ledgers", _("请选择文件，或粘贴一段表格。"))
        return cleaned

    def uploads(self, pasted_name: str) -> list[Upload]:
        """What came, as the action takes it."""
        found = [
            Upload(one.name or "", one.read(LARGEST_LEDGER + 1), one.content_type or "")
            for one in self.cleaned_data["ledgers"]
        ]
        text = str(self.cleaned_data.get("pasted") or "")
        if text.strip():
            found.append(Upload(pasted_name, text.encode("utf-8", "replace"), "text/plain"))
        return found


class ReportingForm(forms.Form):
    """The ledger's own date."""

    reporting_on = forms.DateField(
        label=_("台账截止日期"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("数据截至哪一天；表里写了会自动读出"),
    )  # fmt: skip
