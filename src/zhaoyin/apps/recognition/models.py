"""Requests for recognition as projected from their events."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.zones.models import ZoneOwned


class Recognition(ZoneOwned):
    """One request that a step of a project be counted, and what was decided."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    matter = models.CharField(_("认定事项"), max_length=16)
    status = models.CharField(_("状态"), max_length=10)
    claimed_on = models.DateField(_("申报日期"))
    claimed_precision = models.CharField(max_length=8, default="day")
    recognized_on = models.DateField(_("认定日期"), null=True)
    requested_on = models.DateField(_("提交日期"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    note = models.TextField(_("说明"), blank=True)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("认定")
        verbose_name_plural = _("认定")
        indexes = [
            models.Index(fields=["zone", "project", "matter"], name="recognition_project"),
            models.Index(fields=["zone", "status", "-version"], name="recognition_status"),
            models.Index(fields=["zone", "-version"], name="recognition_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.matter} {self.status}"
