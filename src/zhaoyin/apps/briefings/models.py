"""Briefings, the versions they went through, the Word templates and the schedules that make drafts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.apps.zones.models import ZoneOwned


class WordTemplate(ZoneOwned):
    """A .docx with tags, kept as a document."""

    name = models.CharField(_("模板名称"), max_length=80)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(_("上传时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    retired_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("简报模板")
        verbose_name_plural = _("简报模板")
        indexes = [models.Index(fields=["zone", "name", "id"], name="briefings_template_name")]

    def __str__(self) -> str:
        return self.name


class Schedule(ZoneOwned):
    """A draft for somebody each week or month. `day`: of the week (1 Monday) or of the month (1 to 28)."""

    kind = models.CharField(_("种类"), max_length=20)
    language = models.CharField(_("语言"), max_length=2, default="zh")
    rhythm = models.CharField(_("周期"), max_length=8)
    day = models.PositiveSmallIntegerField(_("日"))
    pack = models.CharField(_("统计口径"), max_length=80, blank=True)
    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    stopped_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("定期简报")
        verbose_name_plural = _("定期简报")
        indexes = [models.Index(fields=["zone", "stopped_at", "id"], name="briefings_schedule_zone")]

    def __str__(self) -> str:
        return f"{self.kind} {self.rhythm} {self.day}"


class Briefing(ZoneOwned):
    """A briefing of one person. `question` says how it is counted; `edits` the wording that was changed, by paragraph.

    `made_for`: the day a schedule made it for; a schedule makes one a day at most.
    """

    kind = models.CharField(_("种类"), max_length=20)
    language = models.CharField(_("语言"), max_length=2)
    title = models.CharField(_("标题"), max_length=120)
    question = models.JSONField(default=dict)
    edits = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=8, default="draft")
    version = models.PositiveIntegerField(_("版本"), default=1)
    template = models.ForeignKey(WordTemplate, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    made_for = models.DateField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(_("建立时间"))
    changed_at = models.DateTimeField(_("修改时间"))
    seen_at = models.DateTimeField(null=True)
    idempotency_key = models.CharField(max_length=64, null=True)

    class Meta:
        verbose_name = _("简报")
        verbose_name_plural = _("简报")
        constraints = [
            models.UniqueConstraint(fields=["zone", "schedule", "made_for"], name="briefings_schedule_day"),
            models.UniqueConstraint(fields=["zone", "owner", "idempotency_key"], name="briefings_idempotency"),
        ]
        indexes = [
            models.Index(fields=["zone", "-changed_at", "id"], name="briefings_zone_changed"),
            models.Index(fields=["zone", "owner", "-changed_at", "id"], name="briefings_owner_changed"),
            models.Index(fields=["zone", "owner", "seen_at"], name="briefings_owner_seen"),
        ]

    def __str__(self) -> str:
        return self.title


class BriefingVersion(ZoneOwned):
    """What a briefing said when somebody saved it. `body`: canonical JSON of the document, NULL once it was taken away."""

    append_only = True
    redactable_to_null = ("body",)

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(_("版本"))
    final = models.BooleanField(_("定稿"), default=False)
    body = models.TextField(null=True)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("保存时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("简报版本")
        verbose_name_plural = _("简报版本")
        constraints = [models.UniqueConstraint(fields=["zone", "briefing", "number"], name="briefings_version_number")]

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.number}"
