"""Engagements as projected from their events."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.zones.models import ZoneOwned


class Engagement(ZoneOwned):
    """A visit, hosted visit, call or online talk, and the step that follows from it."""

    status = models.CharField(_("状态"), max_length=10)
    form = models.CharField(_("形式"), max_length=14)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(_("地点"), max_length=12, blank=True)
    occurred_on = models.DateField(_("日期"))
    note = models.TextField(_("记录"), blank=True)
    next_step = models.CharField(_("下一步"), max_length=300, blank=True)
    next_due_on = models.DateField(_("下一步日期"), null=True)
    next_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    next_done = models.BooleanField(_("已完成"), default=False)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("会面")
        verbose_name_plural = _("会面")
        indexes = [
            models.Index(fields=["zone", "project", "-occurred_on"], name="engagements_project"),
            models.Index(fields=["zone", "company", "-occurred_on"], name="engagements_company"),
            models.Index(fields=["zone", "person", "-occurred_on"], name="engagements_person"),
            models.Index(fields=["zone", "next_done", "next_due_on"], name="engagements_due"),
        ]

    def __str__(self) -> str:
        return f"{self.occurred_on} {self.form}"
