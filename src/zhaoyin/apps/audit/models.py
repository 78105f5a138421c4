"""One line for every write of a person, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned


class AuditEntry(ZoneOwned):
    """Who did what to which subject. `details` holds ids and codes only, no personal data."""

    append_only = True

    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    verb = models.CharField(_("动作"), max_length=60)
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.UUIDField(_("对象"), null=True)
    details = models.JSONField(_("内容"), default=dict)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        indexes = [
            models.Index(fields=["zone", "-at"], name="audit_zone_at"),
            models.Index(fields=["zone", "subject_kind", "subject_id"], name="audit_zone_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
