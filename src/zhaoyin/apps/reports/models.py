"""What a zone has told the zone above it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned


class PublishedFigures(ZoneOwned):
    """Totals of one question as they stood when somebody published them; a later event changes nothing here.

    `body` is canonical JSON: figure name → projects, yuan, unknown, unconverted. What was hashed is what is stored.
    """

    append_only = True

    period_start = models.DateField(_("期间开始"))
    period_end = models.DateField(_("期间最后一日"))
    pack = models.CharField(_("统计口径"), max_length=80)
    pack_version = models.CharField(_("口径版本"), max_length=40)
    pack_sha256 = models.CharField(_("口径校验"), max_length=64)
    as_of = models.DateField(_("截至日"))
    last_seq = models.BigIntegerField(_("台账序号"))
    body = models.TextField(_("数字"))
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("发布时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("发布人")
    )

    class Meta:
        db_table = "dashboard_publishedfigures"
        verbose_name = _("已发布的数字")
        verbose_name_plural = _("已发布的数字")
        indexes = [models.Index(fields=["zone", "pack", "-published_at"], name="dashboard_published_zone")]

    def __str__(self) -> str:
        return f"{self.period_start} {self.period_end} {self.published_at:%Y-%m-%d %H:%M}"
