"""The event table, the head of each zone's chain, and the redactable texts that events name by id and hash."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned


class Event(ZoneOwned):
    """One thing that happened to one subject, chained to the zone's previous event by hash. Never changed.

    `payload` and `evidence` are canonical JSON texts: what was hashed is what is stored, byte for byte.
    """

    append_only = True

    seq = models.BigIntegerField(_("序号"))
    subject_kind = models.CharField(_("对象类型"), max_length=20)
    subject_id = models.UUIDField(_("对象"))
    kind = models.CharField(_("事件"), max_length=40)
    occurred_on = models.DateField(_("发生日"))
    occurred_precision = models.CharField(_("精度"), max_length=8, default="day")
    recorded_at = models.DateTimeField(_("记录时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("记录人"),
    )
    payload = models.TextField(_("内容"))
    evidence = models.TextField(_("佐证"), default="[]")
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("更正")
    )
    idempotency_key = models.CharField(max_length=80, null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")
        constraints = [
            models.UniqueConstraint(fields=["zone", "seq"], name="ledger_zone_seq"),
            models.UniqueConstraint(
                fields=["zone", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="ledger_zone_key",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "subject_kind", "subject_id", "seq"], name="ledger_zone_subject"),
            models.Index(fields=["zone", "recorded_at"], name="ledger_zone_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.subject_kind} {self.kind}"


class Head(models.Model):
    """End of a zone's chain; the row is locked while events are appended."""

    zone = models.OneToOneField("zones.Zone", on_delete=models.PROTECT, primary_key=True, related_name="+")
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("台账末端")
        verbose_name_plural = _("台账末端")

    def __str__(self) -> str:
        return f"{self.zone_id} {self.seq}"


class Text(ZoneOwned):
    """A name, note, reason or text as written. Events keep its id and `sha256` of salt + body.

    Redaction sets `body` and `salt` to NULL: without the salt the hash tells nothing, and the chain stays whole.
    """

    append_only = True
    redactable_to_null = ("body", "salt")

    body = models.TextField(null=True)
    salt = models.CharField(max_length=32, null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("文字")
        verbose_name_plural = _("文字")
        indexes = [models.Index(fields=["zone", "id"], name="ledger_text_zone")]

    def __str__(self) -> str:
        return self.body or "—"


class TextRedaction(ZoneOwned):
    """Who took a text away, when, and why (a code)."""

    append_only = True

    text = models.OneToOneField(Text, on_delete=models.PROTECT, related_name="redaction")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("文字清除")
        verbose_name_plural = _("文字清除")
        indexes = [models.Index(fields=["zone", "-at"], name="ledger_text_redaction_at")]

    def __str__(self) -> str:
        return str(self.text_id)
