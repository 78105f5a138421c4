"""People of the installation, their roles in zones, invitations and tokens."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.ids import new_id
from zhaoyin.apps.zones.models import Zone, ZoneOwned


class Role(models.TextChoices):
    """What a person does in a zone; the administrator sees no project by that role."""

    BUREAU_CHIEF = "bureau_chief", _("局长")
    TASK_FORCE_LEADER = "task_force_leader", _("专班负责人")
    RECRUITER = "recruiter", _("招商人员")
    STATISTICIAN = "statistician", _("统计员")
    FUND_MANAGER = "fund_manager", _("基金经理")
    SITE_MANAGER = "site_manager", _("载体管理员")
    SERVICE_OFFICER = "service_officer", _("企业服务专员")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class PersonManager(BaseUserManager["Person"]):
    """Makes people with a usable or an unusable password."""

    def create_user(self, username: str, password: str | None = None, **extra: object) -> "Person":
        """A person; without a password nobody can sign in as them until an invitation is used."""
        person = self.model(username=self.model.normalize_username(username), **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **extra: object) -> "Person":
        """Django's name for it; here nobody is above the roles of a zone."""
        return self.create_user(username, password, **extra)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who may sign in; what they may do is a `ZoneRole`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("登录名"), max_length=64, unique=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    display_name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    large_text = models.BooleanField(_("关怀版（大字）"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    is_staff = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(_("加入时间"), auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name shown."""
        return self.display_name

    def get_short_name(self) -> str:
        """The name shown."""
        return self.display_name


class ZoneRole(ZoneOwned):
    """A person has a role in a zone from a day (until a day, exclusive)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="zone_roles", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    no_overlap = ("zone_id", "person_id", "role")

    class Meta:
        verbose_name = _("角色")
        verbose_name_plural = _("角色")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "person", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="accounts_one_current_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class RecordGrant(ZoneOwned):
    """The zone lets those who read everything in the zone above read its records, from a day (until a day, exclusive)."""

    grantee = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", verbose_name=_("上级园区"))
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    no_overlap = ("zone_id", "grantee_id")

    class Meta:
        verbose_name = _("查看授权")
        verbose_name_plural = _("查看授权")
        indexes = [models.Index(fields=["zone", "grantee"], name="accounts_grant_zone")]

    def __str__(self) -> str:
        return f"{self.grantee} {self.starts_on}"


class Invitation(ZoneOwned):
    """A link that lets one person set a password, once, before it expires; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("邀请")
        verbose_name_plural = _("邀请")
        indexes = [models.Index(fields=["zone", "person"], name="accounts_invitation_zone")]

    def __str__(self) -> str:
        return f"{self.person} {self.created_at:%Y-%m-%d}"


class ApiToken(ZoneOwned):
    """A token acts as its person in one zone, within its scopes; shown once, stored hashed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("用途"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("范围"), default=list)
    created_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期"), null=True)
    last_used_at = models.DateTimeField(_("最近使用"), null=True)
    revoked_at = models.DateTimeField(_("作废时间"), null=True)

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        indexes = [models.Index(fields=["zone", "person"], name="accounts_token_zone")]

    def __str__(self) -> str:
        return self.name
