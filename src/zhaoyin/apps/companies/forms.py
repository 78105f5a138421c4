"""Forms of company pages."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.ui.regions import origin_options
from zhaoyin.domain.company import check_credit_code
from zhaoyin.domain.errors import DomainError

NAME_USES = [("short", _("简称")), ("former", _("曾用名")), ("english", _("英文名")), ("as_written", _("文中写法"))]
BASES = [
    ("consent", _("本人同意")), ("contract", _("订立或履行合同所必需")), ("statutory_duty", _("履行法定职责所必需")), ("public", _("本人已公开")),
]  # fmt: skip


class CompanyForm(forms.Form):
    """Register or edit a company."""

    name = forms.CharField(label=_("企业名称"), max_length=120, help_text=_("营业执照上的全称；还不知道时写知道的名字"))
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=30, required=False)
    origin = forms.ChoiceField(label=_("所在地"), required=False)
    industry = forms.ChoiceField(label=_("产业"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: object, industries: Sequence[tuple[str, str]], editing: bool = False, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["industry"].choices = [("", _("未定")), *industries]  # type: ignore[attr-defined]
        self.fields["origin"].choices = origin_options(self.initial.get("origin"))  # type: ignore[attr-defined]
        if editing:
            del self.fields["short_name"]

    def clean_credit_code(self) -> str:
        """Checked with its check character."""
        text = str(self.cleaned_data.get("credit_code") or "")
        if not text.strip():
            return ""
        try:
            return check_credit_code(text)
        except DomainError as error:
            raise forms.ValidationError(words(error)) from error


class NameForm(forms.Form):
    """Another name of a company."""

    name = forms.CharField(label=_("名称"), max_length=120)
    use = forms.ChoiceField(label=_("用途"), choices=NAME_USES)


class ContactForm(forms.Form):
    """A person at a company; the source, basis and retention are required by law (PIPL)."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("电话"), max_length=24, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    source = forms.CharField(label=_("信息来源"), max_length=120, help_text=_("例如：名片、对方来函、公开网站"))
    basis = forms.ChoiceField(label=_("处理依据"), choices=BASES)
    keep_until = forms.DateField(label=_("保存至"), widget=forms.DateInput(attrs={"type": "date"}))
