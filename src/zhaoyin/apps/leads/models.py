"""Leads as projected from their events."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.apps.zones.models import ZoneOwned


class Lead(ZoneOwned):
    """Present state of a lead. Amounts are in base units; NULL is unknown. `project` is an id of a downstream app."""

    title = models.CharField(_("线索"), max_length=200)
    investor_name = models.CharField(_("客商"), max_length=200, blank=True)
    product = models.CharField(_("产品"), max_length=200, blank=True)
    place = models.CharField(_("意向落地"), max_length=120, blank=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    planned_total = models.DecimalField(_("计划总投资"), max_digits=20, decimal_places=2, null=True)
    amount = models.JSONField(_("金额"), null=True)
    said_stage = models.CharField(_("所述阶段"), max_length=24, blank=True)
    project_kind = models.CharField(_("性质"), max_length=30, default="new")
    channel = models.CharField(_("渠道"), max_length=30, blank=True)
    origin = models.CharField(_("来源地"), max_length=12, blank=True)
    jobs = models.PositiveIntegerField(_("用工"), null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    status = models.CharField(_("状态"), max_length=10)
    drop_reason = models.CharField(_("放弃原因"), max_length=14, blank=True)
    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    project_id = models.UUIDField(_("项目"), null=True)
    opened_on = models.DateField(_("登记日期"), null=True)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("线索")
        verbose_name_plural = _("线索")
        indexes = [
            models.Index(fields=["zone", "-version", "id"], name="leads_zone_version"),
            models.Index(fields=["zone", "status", "-version", "id"], name="leads_zone_status"),
            models.Index(fields=["zone", "task_force", "-version"], name="leads_zone_task_force"),
            models.Index(fields=["zone", "person", "-version"], name="leads_zone_person"),
            models.Index(fields=["zone", "document"], name="leads_zone_document"),
            models.Index(fields=["zone", "company"], name="leads_zone_company"),
        ]

    def __str__(self) -> str:
        return self.title
