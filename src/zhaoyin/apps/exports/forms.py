"""The form of a new template."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TemplateForm(forms.Form):
    """A workbook and the name it goes by here."""

    name = forms.CharField(label=_("模板名称"), max_length=80, help_text=_("例如：商务局月报"))
    file = forms.FileField(
        label=_("模板文件"), help_text=_("上级发的 .xlsx 空表：表头、合计、公式和格式都会保留"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip
