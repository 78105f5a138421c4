"""The hash of an event: what is covered, in one order, for writing and for verifying."""

from datetime import UTC, datetime
from uuid import UUID

from zhaoyin.domain.canonical import canonical_floatless, sha256_hex


def genesis(zone_id: UUID) -> str:
    """Hash before a zone's first event."""
    return sha256_hex(f"zhaoyin:{zone_id}")


def event_hash(
    *,
    previous_hash: str,
    zone_id: UUID,
    seq: int,
    event_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    kind: str,
    occurred: str,
    recorded_at: datetime,
    actor_id: UUID | None,
    payload: str,
    evidence: str,
    supersedes: UUID | None,
    idempotency_key: str | None,
) -> str:
    """SHA-256 over every column of the event and the previous hash."""
    covered = {
        "previous": previous_hash,
        "zone": zone_id,
        "seq": seq,
        "id": event_id,
        "subject": [subject_kind, str(subject_id)],
        "kind": kind,
        "occurred": occurred,
        "recorded_at": recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor_id,
        "payload": payload,
        "evidence": evidence,
        "supersedes": supersedes,
        "key": idempotency_key,
    }
    return sha256_hex(canonical_floatless(covered))
