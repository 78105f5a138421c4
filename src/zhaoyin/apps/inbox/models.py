"""Everything that is due, of every kind, in one table; deliveries are rows of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.taskforces.models import Unit
from zhaoyin.apps.zones.models import ZoneOwned


class DueItem(ZoneOwned):
    """Something a person or unit must do by a moment. `key` makes the daily derivation idempotent."""

    key = models.CharField(max_length=120)
    kind = models.CharField(_("事项"), max_length=30)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    since_on = models.DateField(_("起算日"))
    due_at = models.DateTimeField(_("到期"))
    state = models.CharField(_("状态"), max_length=8, default="open")
    snoozed_until = models.DateField(_("暂缓至"), null=True)
    escalated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("待办事项")
        verbose_name_plural = _("待办事项")
        constraints = [models.UniqueConstraint(fields=["zone", "key"], name="inbox_key")]
        indexes = [
            models.Index(fields=["zone", "owner", "state", "due_at"], name="inbox_owner_due"),
            models.Index(fields=["zone", "escalated_to", "state", "due_at"], name="inbox_escalated_due"),
            models.Index(fields=["zone", "subject_kind", "subject_id"], name="inbox_subject"),
            models.Index(fields=["zone", "state", "due_at"], name="inbox_state_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d}"


class Delivery(ZoneOwned):
    """A due item was shown or sent to somebody through a channel, once a day at most."""

    item = models.ForeignKey(DueItem, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=12, default="page")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        constraints = [
            models.UniqueConstraint(fields=["zone", "item", "person", "channel", "day"], name="inbox_delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.channel}"
