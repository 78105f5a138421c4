"""Form fields that lose nothing of what is pasted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LongTextField(forms.CharField):
    """A long text. Browsers cut a paste at `maxlength` without a word, so the limit is checked here only, in words."""

    widget = forms.Textarea
    default_error_messages = {"max_length": _("太长：%(show_value)d 字，最多 %(limit_value)d 字。请拆成几段。")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        """Everything but `maxlength`."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}
