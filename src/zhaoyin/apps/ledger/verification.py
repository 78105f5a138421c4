"""Proving that the ledger is whole: chain, heads, texts, guards, projections."""

from collections.abc import Iterator
from uuid import UUID

from zhaoyin.apps.ledger.chain import event_hash, genesis
from zhaoyin.apps.ledger.models import Event, Head, Text
from zhaoyin.apps.ledger.registry import subject_kinds
from zhaoyin.apps.zones import guards
from zhaoyin.domain.canonical import sha256_hex
from zhaoyin.domain.period import PartialDate, Precision


def _recomputed(row: Event) -> str:
    return event_hash(
        previous_hash=row.previous_hash,
        zone_id=row.zone_id,
        seq=row.seq,
        event_id=row.pk,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        kind=row.kind,
        occurred=str(PartialDate(row.occurred_on, Precision(row.occurred_precision))),
        recorded_at=row.recorded_at,
        actor_id=row.actor_id,
        payload=row.payload,
        evidence=row.evidence,
        supersedes=row.supersedes_id,
        idempotency_key=row.idempotency_key,
    )


def _chain(zone_id: UUID) -> Iterator[str]:
    previous, seq, last_at = genesis(zone_id), 0, None
    for row in Event.objects.filter(zone_id=zone_id).order_by("seq").iterator(2000):
        if row.seq != seq + 1:
            yield f"seq {row.seq}: follows {seq}, events are missing"
        if row.previous_hash != previous:
            yield f"seq {row.seq}: is not chained to seq {seq}"
        if _recomputed(row) != row.hash:
            yield f"seq {row.seq}: was changed after it was written"
        if last_at is not None and row.recorded_at < last_at:
            yield f"seq {row.seq}: was recorded before seq {seq}"
        previous, seq, last_at = row.hash, row.seq, row.recorded_at
    head = Head.objects.filter(zone_id=zone_id).first()
    if head is None:
        if seq:
            yield "the head is missing"
    elif (head.seq, head.hash) != (seq, previous):
        yield f"the head says seq {head.seq}, the events end at {seq}"


def _texts(zone_id: UUID) -> Iterator[str]:
    for text in Text.objects.filter(zone_id=zone_id, body__isnull=False).iterator(2000):
        if sha256_hex(f"{text.salt}{text.body}") != text.sha256:
            yield f"text {text.pk}: was changed after it was written"


def problems(*, zone_id: UUID) -> list[str]:
    """Everything that is wrong with a zone's ledger, in plain words; empty when it is whole."""
    found = [*_chain(zone_id), *_texts(zone_id)]
    found += [f"guard {name} is missing" for name in sorted(guards.missing())]
    for kind in subject_kinds():
        found += [f"{kind.name} projection: {line}" for line in kind.projector.differences(zone_id=zone_id)]
    return found


def rebuild(*, zone_id: UUID) -> dict[str, int]:
    """Make every projection of the zone again from its events; rows by kind of subject."""
    return {kind.name: kind.projector.rebuild(zone_id=zone_id) for kind in subject_kinds()}
