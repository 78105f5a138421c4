"""Units, industries, task forces and who belongs to them, each with dates (`ends_on` is the first day it no longer holds)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned

CURRENT = models.Q(ends_on__isnull=True)


class Dated(ZoneOwned):
    """Something that holds from a day until a day."""

    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    class Meta:
        abstract = True


class UnitKind(models.TextChoices):
    """Parts of the unit tree."""

    DEPARTMENT = "department", _("部门")
    TOWN = "town", _("镇街")
    PARK = "park", _("园区载体")
    COMPANY = "company", _("平台公司")


class Unit(ZoneOwned):
    """A department, town or park: attracting unit (招引单位) or landing place of a project."""

    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=20, choices=UnitKind, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级单位"),
    )
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        constraints = [models.UniqueConstraint(fields=["zone", "name"], name="taskforces_unit_name")]

    def __str__(self) -> str:
        return self.name


class Industry(ZoneOwned):
    """A key industry of the zone."""

    code = models.CharField(_("代码"), max_length=32)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    gbt4754 = models.CharField(_("国民经济行业代码"), max_length=60, blank=True)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("产业")
        verbose_name_plural = _("产业")
        constraints = [
            models.UniqueConstraint(fields=["zone", "code"], name="taskforces_industry_code"),
            models.UniqueConstraint(fields=["zone", "name"], name="taskforces_industry_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TaskForce(ZoneOwned):
    """A team (专班) that works for an industry."""

    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    starts_on = models.DateField(_("成立日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("专班")
        verbose_name_plural = _("专班")
        constraints = [models.UniqueConstraint(fields=["zone", "name"], name="taskforces_task_force_name")]

    def __str__(self) -> str:
        return self.name


class IndustryLeader(Dated):
    """One leader in charge an industry at a time; a leader may hold several industries."""

    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, related_name="leaders", verbose_name=_("产业"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("分管领导")
    )

    no_overlap = ("zone_id", "industry_id")

    class Meta:
        verbose_name = _("分管领导")
        verbose_name_plural = _("分管领导")
        constraints = [
            models.UniqueConstraint(fields=["zone", "industry"], condition=CURRENT, name="taskforces_one_leader")
        ]

    def __str__(self) -> str:
        return f"{self.industry} {self.person}"


class IndustryTaskForce(Dated):
    """One task force an industry at a time, and one industry a task force."""

    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, related_name="task_forces", verbose_name=_("产业"))
    task_force = models.ForeignKey(
        TaskForce, on_delete=models.PROTECT, related_name="industries", verbose_name=_("专班")
    )

    no_overlap = ("zone_id", "industry_id")

    class Meta:
        verbose_name = _("产业专班")
        verbose_name_plural = _("产业专班")
        constraints = [
            models.UniqueConstraint(fields=["zone", "industry"], condition=CURRENT, name="taskforces_one_task_force"),
        ]

    def __str__(self) -> str:
        return f"{self.industry} {self.task_force}"


class MemberRole(models.TextChoices):
    """Place of a person in a task force."""

    LEADER = "leader", _("负责人")
    DEPUTY = "deputy", _("副职")
    MEMBER = "member", _("成员")


class TaskForceMembership(Dated):
    """A person works in a task force from a day, seconded from a unit."""

    task_force = models.ForeignKey(
        TaskForce, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("专班")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("人员")
    )
    role = models.CharField(_("角色"), max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    home_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("来自单位")
    )

    no_overlap = ("zone_id", "task_force_id", "person_id")

    class Meta:
        verbose_name = _("专班成员")
        verbose_name_plural = _("专班成员")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "task_force", "person"], condition=CURRENT, name="taskforces_one_membership"
            ),
        ]
        indexes = [models.Index(fields=["zone", "person"], name="taskforces_member_person")]

    def __str__(self) -> str:
        return f"{self.task_force} {self.person}"


class SponsoringLeader(Dated):
    """A leader who takes a task force under their command (挂帅)."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="sponsors", verbose_name=_("专班"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("挂帅领导")
    )

    no_overlap = ("zone_id", "task_force_id", "person_id")

    class Meta:
        verbose_name = _("挂帅领导")
        verbose_name_plural = _("挂帅领导")
        indexes = [models.Index(fields=["zone", "task_force"], name="taskforces_sponsor_idx")]

    def __str__(self) -> str:
        return f"{self.task_force} {self.person}"


class Territory(Dated):
    """A region where a task force looks for investors, by GB/T 2260 code (2 or 4 digits)."""

    task_force = models.ForeignKey(
        TaskForce, on_delete=models.PROTECT, related_name="territories", verbose_name=_("专班")
    )
    region_code = models.CharField(_("地区代码"), max_length=6)

    no_overlap = ("zone_id", "task_force_id", "region_code")

    class Meta:
        verbose_name = _("招商区域")
        verbose_name_plural = _("招商区域")
        indexes = [models.Index(fields=["zone", "task_force"], name="taskforces_territory_idx")]

    def __str__(self) -> str:
        return f"{self.task_force} {self.region_code}"


class Target(ZoneOwned):
    """What a task force is to reach in a year; a new row replaces an older one, nothing is overwritten."""

    append_only = True

    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="targets", verbose_name=_("专班"))
    year = models.PositiveSmallIntegerField(_("年份"))
    indicator = models.CharField(_("指标"), max_length=40)
    value = models.DecimalField(_("目标值"), max_digits=20, decimal_places=2)
    recorded_at = models.DateTimeField(_("记录时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("目标")
        verbose_name_plural = _("目标")
        indexes = [
            models.Index(
                fields=["zone", "year", "task_force", "indicator", "recorded_at"], name="taskforces_target_idx"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.task_force} {self.indicator} {self.value}"


class HandOver(ZoneOwned):
    """Record of a hand-over: everything of one person went to another in one act."""

    append_only = True

    from_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))
    counts: Any = models.JSONField(_("交接内容"), default=dict)

    class Meta:
        verbose_name = _("交接")
        verbose_name_plural = _("交接")
        indexes = [models.Index(fields=["zone", "-at"], name="taskforces_handover_idx")]

    def __str__(self) -> str:
        return f"{self.from_person} → {self.to_person}"
