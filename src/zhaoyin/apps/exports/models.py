"""Templates of other offices that our projects are reported in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.zones.models import ZoneOwned


class ReportTemplate(ZoneOwned):
    """A workbook with heads and totals, kept as a document. `choices`: what people said its columns are."""

    name = models.CharField(_("模板名称"), max_length=80)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)
    choices = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("上传时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    retired_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("上报模板")
        verbose_name_plural = _("上报模板")
        indexes = [models.Index(fields=["zone", "name", "id"], name="exports_zone_name")]

    @property
    def file_name(self) -> str:
        """Of its document; "" after redaction."""
        return self.document.file_name or ""

    def __str__(self) -> str:
        return self.name
