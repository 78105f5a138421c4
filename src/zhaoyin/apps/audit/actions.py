"""Writing the audit trail."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from zhaoyin.apps.audit.models import AuditEntry


def record(
    *,
    zone_id: UUID,
    actor_id: UUID | None,
    verb: str,
    subject_kind: str,
    subject_id: UUID | None = None,
    details: dict[str, object] | None = None,
    at: datetime | None = None,
) -> None:
    """One entry, in the transaction of the write it tells of."""
    AuditEntry.objects.create(
        zone_id=zone_id,
        at=at or timezone.now(),
        actor_id=actor_id,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=subject_id,
        details=details or {},
    )
