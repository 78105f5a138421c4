"""A piece of background work and how far it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("出错")
    CANCELLED = "cancelled", _("已取消")


class Job(ZoneOwned):
    """One run of a kind of work on one subject; `done` of `total` steps, `beat_at` the last sign of life."""

    kind = models.CharField(_("类型"), max_length=40)
    subject_id = models.UUIDField()
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    error = models.JSONField(null=True)
    created_at = models.DateTimeField(_("提交时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "subject_id"],
                condition=models.Q(state__in=["queued", "running"]),
                name="jobs_one_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["zone", "subject_id", "-created_at"], name="jobs_zone_subject"),
            models.Index(fields=["state", "beat_at"], name="jobs_state_beat"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
