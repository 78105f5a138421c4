"""Companies as projected from their events; contacts are rows of their own (personal data)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.taskforces.models import Industry
from zhaoyin.apps.zones.models import ZoneOwned


class Company(ZoneOwned):
    """Present state of a company."""

    name = models.CharField(_("名称"), max_length=200)
    short_name = models.CharField(_("简称"), max_length=100, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    origin = models.CharField(_("所在地区"), max_length=12, blank=True)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    based_here_since = models.CharField(_("落户时间"), max_length=10, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    void = models.BooleanField(default=False, editable=False)
    """Its registration was taken back (an undone import): there for nobody."""
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("企业")
        verbose_name_plural = _("企业")
        indexes = [
            models.Index(fields=["zone", "name", "id"], name="companies_zone_name"),
            models.Index(fields=["zone", "credit_code"], name="companies_zone_code"),
            models.Index(fields=["zone", "origin", "name", "id"], name="companies_zone_origin"),
            models.Index(fields=["zone", "-version", "id"], name="companies_zone_version"),
        ]

    def __str__(self) -> str:
        return self.name


class CompanyName(ZoneOwned):
    """Another name of a company: short, former, English, as written somewhere."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="other_names")
    use = models.CharField(_("用途"), max_length=12)
    name = models.CharField(_("名称"), max_length=200)

    class Meta:
        verbose_name = _("别名")
        verbose_name_plural = _("别名")
        indexes = [
            models.Index(fields=["zone", "name"], name="companies_alias_name"),
            models.Index(fields=["zone", "company"], name="companies_alias_company"),
        ]

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.TextChoices):
    """Why the zone may keep a contact (PIPL art. 13)."""

    CONSENT = "consent", _("本人同意")
    CONTRACT = "contract", _("订立或履行合同所必需")
    DUTY = "statutory_duty", _("履行法定职责所必需")
    PUBLIC = "public", _("本人已公开")


class Contact(ZoneOwned):
    """A person at a company: where the data came from, on what basis, and until when it is kept."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True)
    source = models.CharField(_("来源"), max_length=120)
    basis = models.CharField(_("依据"), max_length=16, choices=LegalBasis)
    keep_until = models.DateField(_("保存至"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("联系人")
        verbose_name_plural = _("联系人")
        indexes = [
            models.Index(fields=["zone", "company"], name="companies_contact_company"),
            models.Index(fields=["zone", "owner"], name="companies_contact_owner"),
        ]

    def __str__(self) -> str:
        return self.name
