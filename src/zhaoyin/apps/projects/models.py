"""Projects as projected from their events."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.taskforces.models import Industry, TaskForce, Unit
from zhaoyin.apps.zones.models import ZoneOwned


class Project(ZoneOwned):
    """Present state of a project. Amounts are in base units (yuan, dollars); NULL is unknown."""

    name = models.CharField(_("项目名称"), max_length=200)
    product = models.CharField(_("产品"), max_length=200, blank=True)
    site = models.CharField(_("选址"), max_length=200, blank=True)
    stage = models.CharField(_("阶段"), max_length=24)
    stage_rank = models.SmallIntegerField(default=0)
    stage_since = models.DateField(_("进入阶段"), null=True)
    contract_kind = models.CharField(_("合同类型"), max_length=12, blank=True)
    outcome = models.CharField(_("结局"), max_length=12, blank=True)
    status = models.CharField(_("状态"), max_length=12, default="ongoing")
    kind = models.CharField(_("性质"), max_length=30, default="new")
    channel = models.CharField(_("渠道"), max_length=30, blank=True)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    origin = models.CharField(_("资金来源地"), max_length=12, blank=True)
    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    attracting_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    landing_place = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lead_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sponsoring_leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    investor = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    planned_total = models.DecimalField(_("计划总投资"), max_digits=20, decimal_places=2, null=True)
    planned_sort = models.DecimalField(max_digits=20, decimal_places=2, default=-1, editable=False)
    planned_currency = models.CharField(max_length=3, blank=True)
    amounts = models.JSONField(_("金额"), default=dict)
    jobs = models.PositiveIntegerField(_("用工"), null=True)
    land_mu = models.DecimalField(_("用地（亩）"), max_digits=10, decimal_places=2, null=True)
    opened_on = models.DateField(_("录入日期"), null=True)
    signed_on = models.DateField(_("签约日期"), null=True)
    last_progress_on = models.DateField(_("最近进展"), null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False)
    void = models.BooleanField(default=False, editable=False)
    """Its opening was taken back (an undone import): there for nobody."""
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        indexes = [
            models.Index(fields=["zone", "-version", "id"], name="projects_zone_version"),
            models.Index(fields=["zone", "task_force", "-version", "id"], name="projects_zone_tf_version"),
            models.Index(fields=["zone", "stage", "-version", "id"], name="projects_zone_stage"),
            models.Index(fields=["zone", "task_force", "stage", "-version"], name="projects_zone_tf_stage"),
            models.Index(fields=["zone", "industry", "-version", "id"], name="projects_zone_industry"),
            models.Index(fields=["zone", "-planned_sort", "id"], name="projects_zone_planned"),
            models.Index(fields=["zone", "stage", "-planned_sort", "id"], name="projects_zone_stage_planned"),
            models.Index(fields=["zone", "last_progress_on", "id"], name="projects_zone_progress"),
            models.Index(fields=["zone", "lead_person", "-version"], name="projects_zone_person"),
            models.Index(fields=["zone", "investor"], name="projects_zone_investor"),
            models.Index(fields=["zone", "name", "id"], name="projects_zone_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectInvestor(ZoneOwned):
    """A company that invests in a project; several in a joint project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="investors", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("投资方")
        verbose_name_plural = _("投资方")
        constraints = [models.UniqueConstraint(fields=["zone", "project", "company"], name="projects_investor_once")]
        indexes = [models.Index(fields=["zone", "company"], name="projects_investor_company")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.company_id}"


class DoublePair(ZoneOwned):
    """Two projects that the last search took for likely the same. Disposable: each search writes them anew.

    `reasons`: [[code, weight], ...]; `settled`: a person said that they are two.
    """

    first = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    score = models.DecimalField(max_digits=4, decimal_places=3)
    reasons = models.JSONField(default=list)
    settled = models.BooleanField(default=False)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("疑似重复")
        verbose_name_plural = _("疑似重复")
        constraints = [models.UniqueConstraint(fields=["zone", "first", "second"], name="projects_pair_once")]
        indexes = [models.Index(fields=["zone", "settled", "-score", "id"], name="projects_pair_score")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class PairDecision(ZoneOwned):
    """What a person said of two projects that look alike: they are two, or that word is taken back. The last one counts."""

    append_only = True

    first = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    distinct = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("查重判定")
        verbose_name_plural = _("查重判定")
        indexes = [
            models.Index(fields=["zone", "first", "id"], name="projects_decision_first"),
            models.Index(fields=["zone", "second", "id"], name="projects_decision_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.distinct}"
