"""Campaigns and trips: who travels when, whom to meet, the plans that were made and published, calendar links."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.apps.zones.models import ZoneOwned


class Campaign(ZoneOwned):
    """Several trips with one aim (百日攻坚, 南下招商)."""

    name = models.CharField(_("活动名称"), max_length=80)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    aim = models.CharField(_("目标"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("招商活动")
        verbose_name_plural = _("招商活动")
        constraints = [models.UniqueConstraint(fields=["zone", "name"], name="trips_campaign_once")]

    def __str__(self) -> str:
        return self.name


class Trip(ZoneOwned):
    """One journey of one or more teams. `rules`: hours, lunch, limits, prices, safety margin; absent ones are the defaults."""

    name = models.CharField(_("行程名称"), max_length=80)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="trips", db_index=False)
    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    home = models.CharField(_("出发地"), max_length=6)
    starts_on = models.DateField(_("出发日期"))
    ends_on = models.DateField(_("返回日期"))
    rules: Any = models.JSONField(_("安排"), default=dict)
    state = models.CharField(_("状态"), max_length=10, default="draft")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("行程")
        verbose_name_plural = _("行程")
        indexes = [
            models.Index(fields=["zone", "-starts_on"], name="trips_newest"),
            models.Index(fields=["zone", "task_force", "-starts_on"], name="trips_task_force"),
        ]

    def __str__(self) -> str:
        return self.name


class TripTeam(ZoneOwned):
    """People who travel together; `home` "" and days None: those of the trip."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="teams", db_index=False)
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("组名"), max_length=40)
    home = models.CharField(_("出发地"), max_length=6, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("出访小组")
        verbose_name_plural = _("出访小组")
        constraints = [models.UniqueConstraint(fields=["zone", "trip", "name"], name="trips_team_name")]

    def __str__(self) -> str:
        return self.name


class TripMember(ZoneOwned):
    """A person in a team."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="members", db_index=False)
    team = models.ForeignKey(TripTeam, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("出访人员")
        verbose_name_plural = _("出访人员")
        constraints = [models.UniqueConstraint(fields=["zone", "trip", "person"], name="trips_member_once")]
        indexes = [models.Index(fields=["zone", "person"], name="trips_member_person")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.person_id}"


class Stop(ZoneOwned):
    """Somebody to meet on a trip: what it is worth and why, when they can, what was decided by hand, how it went.

    `windows`: [[day, "HH:MM", "HH:MM"]…], empty means any working hour. `state`: candidate, confirmed, held, cancelled.
    `pinned_team`, `pinned_on`, `pinned_at` (minutes) are wishes that a plan keeps; `forbidden` names team ids.
    """

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="stops", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    title = models.CharField(_("会面"), max_length=200)
    city = models.CharField(_("城市"), max_length=6)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    value = models.DecimalField(_("价值"), max_digits=7, decimal_places=1)
    value_reasons: Any = models.JSONField(default=list)
    value_by_hand = models.BooleanField(default=False)
    duration_minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=90)
    windows: Any = models.JSONField(default=list)
    must = models.BooleanField(_("必去"), default=False)
    needs: Any = models.JSONField(default=list)
    after = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    pinned_team = models.ForeignKey(TripTeam, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    pinned_on = models.DateField(null=True)
    pinned_at = models.PositiveSmallIntegerField(null=True)
    forbidden: Any = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=10, default="candidate")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    attended: Any = models.JSONField(default=list)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("会面安排")
        verbose_name_plural = _("会面安排")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "trip", "project"],
                condition=models.Q(project__isnull=False) & ~models.Q(state="cancelled"),
                name="trips_project_once",
            )
        ]
        indexes = [
            models.Index(fields=["zone", "trip"], name="trips_of_trip"),
            models.Index(fields=["zone", "project"], name="trips_stop_project"),
        ]

    def __str__(self) -> str:
        return self.title


class TripPlan(ZoneOwned):
    """A plan that was made: the whole problem and the whole answer, so that it can be checked and shown again."""

    append_only = True

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="plans", db_index=False)
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=12, default="planned")
    problem: Any = models.JSONField()
    plan: Any = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("行程方案")
        verbose_name_plural = _("行程方案")
        constraints = [models.UniqueConstraint(fields=["zone", "trip", "number"], name="trips_plan_number")]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.number}"


class Publication(ZoneOwned):
    """A plan that was published to the travellers; the newest one holds."""

    append_only = True

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="publications", db_index=False)
    plan = models.ForeignKey(TripPlan, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("发布")
        verbose_name_plural = _("发布")
        indexes = [models.Index(fields=["zone", "trip", "-at"], name="trips_published")]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.at:%Y-%m-%d}"


class TravelTable(ZoneOwned):
    """Travel times that the zone brought: its own table or a timetable (GTFS); used before the model's estimates."""

    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(max_length=6)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)
    rows = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("出行时刻表")
        verbose_name_plural = _("出行时刻表")
        indexes = [models.Index(fields=["zone", "-created_at"], name="trips_tables_newest")]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(ZoneOwned):
    """A secret link to a person's meetings; only the hash of the secret is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("日历订阅")
        verbose_name_plural = _("日历订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "person"], condition=models.Q(ended_at__isnull=True), name="trips_one_feed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
