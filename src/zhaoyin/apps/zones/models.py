"""A zone is one place that attracts investment; every record belongs to exactly one."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.ids import new_id


class ZoneKind(models.TextChoices):
    """What kind of place it is."""

    DEVELOPMENT_ZONE = "development_zone", _("开发区")
    PARK = "park", _("园区")
    COUNTY = "county", _("县（市、区）")
    CITY = "city", _("市")


class Zone(models.Model):
    """One place with its own ledger; a parent reads its children's published figures, never their records."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(
        _("网址名"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]{1,39}$", _("只能用小写字母、数字和连字符"))],
    )
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    kind = models.CharField(_("类型"), max_length=20, choices=ZoneKind, default=ZoneKind.DEVELOPMENT_ZONE)
    region_code = models.CharField(_("所在地区代码"), max_length=12, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    is_demo = models.BooleanField(_("演示"), default=False)
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("园区")
        verbose_name_plural = _("园区")

    def __str__(self) -> str:
        return self.name


class ZoneOwned(models.Model):
    """Base of every record of a zone. The zone never changes and no reference leaves it (see `guards`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False)

    append_only: ClassVar[bool] = False
    """The database refuses UPDATE, DELETE, REPLACE and TRUNCATE."""
    redactable_to_null: ClassVar[tuple[str, ...]] = ()
    """With `append_only`: columns that may be set to NULL once, and nothing else."""
    no_overlap: ClassVar[tuple[str, ...]] = ()
    """Columns that identify something of which only one row may hold at a time (`starts_on`, `ends_on` exclusive)."""

    class Meta:
        abstract = True
