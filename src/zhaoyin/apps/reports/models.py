"""What a zone has told the zone above it; its exchange rates and rule packs; months that were signed off."""

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


class ExchangeRate(ZoneOwned):
    """Yuan for one unit of a currency from a day on, as a source states it; of one day the row recorded last holds."""

    append_only = True

    currency = models.CharField(_("币种"), max_length=3)
    from_day = models.DateField(_("自何日起"))
    yuan = models.DecimalField(_("折合人民币"), max_digits=18, decimal_places=6)
    source = models.CharField(_("来源"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("汇率")
        verbose_name_plural = _("汇率")
        indexes = [models.Index(fields=["zone", "currency", "from_day"], name="reports_rate_day")]

    def __str__(self) -> str:
        return f"{self.currency} {self.from_day} {self.yuan}"


class PackVersion(ZoneOwned):
    """A rule pack that the zone brought; the newest of an id holds, older ones can still be counted with."""

    append_only = True

    pack = models.CharField(_("统计口径"), max_length=80)
    version = models.CharField(_("口径版本"), max_length=40)
    sha256 = models.CharField(max_length=64)
    text = models.TextField(_("内容"))
    recorded_at = models.DateTimeField(_("记录时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("统计口径")
        verbose_name_plural = _("统计口径")
        indexes = [models.Index(fields=["zone", "pack", "-recorded_at"], name="reports_pack_newest")]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


class Freeze(ZoneOwned):
    """A count that was signed off (定稿): the question down to the ledger's number, the figures as canonical JSON, its hash."""

    append_only = True

    period_start = models.DateField(_("期间开始"))
    period_end = models.DateField(_("期间最后一日"))
    as_of = models.DateField(_("截至日"))
    pack = models.CharField(_("统计口径"), max_length=80)
    pack_version = models.CharField(_("口径版本"), max_length=40)
    pack_sha256 = models.CharField(_("口径校验"), max_length=64)
    last_seq = models.BigIntegerField(_("台账序号"))
    body = models.TextField(_("数字"))
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    frozen_at = models.DateTimeField(_("定稿时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("定稿")
        verbose_name_plural = _("定稿")
        indexes = [models.Index(fields=["zone", "-frozen_at"], name="reports_freeze_newest")]

    def __str__(self) -> str:
        return f"{self.period_start} {self.period_end} {self.frozen_at:%Y-%m-%d %H:%M}"
