"""Schemes of the zone, assessments that were signed off, exemptions, points by hand, answers to hints. Nothing is overwritten."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned


class Recorded(ZoneOwned):
    """A row that is never overwritten: who recorded it, when."""

    append_only = True

    recorded_at = models.DateTimeField(_("记录时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class SchemeVersion(Recorded):
    """A scheme that the zone brought; the newest of an id holds."""

    scheme = models.CharField(_("考核办法"), max_length=60)
    version = models.CharField(_("版本"), max_length=40)
    sha256 = models.CharField(max_length=64)
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = _("考核办法")
        verbose_name_plural = _("考核办法")
        indexes = [models.Index(fields=["zone", "scheme", "-recorded_at"], name="assessments_scheme_new")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"


class SignedOff(Recorded):
    """An assessment as it was signed off: the question, the whole result, its hash."""

    scheme = models.CharField(max_length=60)
    period = models.CharField(_("时段"), max_length=40)
    question: Any = models.JSONField()
    result: Any = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("定稿的考核")
        verbose_name_plural = _("定稿的考核")
        indexes = [models.Index(fields=["zone", "-recorded_at"], name="assessments_signed_new")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.period}"


class Exemption(Recorded):
    """Force majeure: a task force cannot be blacklisted for a year. A newer row takes an older one back."""

    task_force = models.UUIDField(_("专班"))
    year = models.PositiveSmallIntegerField(_("年份"))
    holds = models.BooleanField(default=True)
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        verbose_name = _("不可抗力")
        verbose_name_plural = _("不可抗力")
        indexes = [models.Index(fields=["zone", "year", "-recorded_at"], name="assessments_exempt_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.task_force}"


class HintAnswer(Recorded):
    """What somebody said of a hint; it stays answered until its facts, and so its fingerprint, change."""

    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    answer = models.CharField(_("处理"), max_length=10)
    reason = models.CharField(_("说明"), max_length=300)

    class Meta:
        verbose_name = _("提示的答复")
        verbose_name_plural = _("提示的答复")
        indexes = [models.Index(fields=["zone", "fingerprint"], name="assessments_answer_mark")]

    def __str__(self) -> str:
        return f"{self.kind} {self.answer}"


class HintRun(ZoneOwned):
    """What the daily look for hints found: task force → fingerprints. The Today page reads it, so it costs nothing there."""

    day = models.DateField()
    at = models.DateTimeField()
    marks: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("提示")
        verbose_name_plural = _("提示")
        constraints = [models.UniqueConstraint(fields=["zone", "day"], name="assessments_hints_daily")]

    def __str__(self) -> str:
        return f"{self.day}"
