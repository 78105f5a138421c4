"""Reading histories: rows → domain events."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.models import Event, Head, Text
from zhaoyin.apps.sources.models import Document
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.period import PartialDate, Precision


def to_domain(row: Event, payload: Mapping[str, object] | None = None) -> LedgerEvent:
    """One row as the domain sees it; `payload`: what the row's text says, when it is at hand."""
    return LedgerEvent(
        id=str(row.pk),
        seq=row.seq,
        kind=row.kind,
        occurred=PartialDate(row.occurred_on, Precision(row.occurred_precision)),
        recorded_on=row.recorded_at.astimezone(clock.SHANGHAI).date(),
        payload=json.loads(row.payload) if payload is None else payload,
        supersedes=str(row.supersedes_id) if row.supersedes_id else None,
    )


def history(*, zone_id: UUID, subject_kind: str, subject_id: UUID, known_to: int | None = None) -> list[LedgerEvent]:
    """A subject's events by sequence number, up to and including `known_to`."""
    rows = Event.objects.filter(zone_id=zone_id, subject_kind=subject_kind, subject_id=subject_id)
    if known_to is not None:
        rows = rows.filter(seq__lte=known_to)
    return [to_domain(row) for row in rows.order_by("seq")]


def histories(*, zone_id: UUID, subject_kind: str, subject_ids: Iterable[UUID]) -> dict[UUID, list[LedgerEvent]]:
    """Events of several subjects by sequence number, one query.

    Put in order here: asked for by the database, SQLite without statistics walks the whole zone by number instead.
    """
    rows = Event.objects.filter(zone_id=zone_id, subject_kind=subject_kind, subject_id__in=list(subject_ids))
    found: dict[UUID, list[LedgerEvent]] = {}
    for row in sorted(rows.order_by(), key=lambda row: row.seq):
        found.setdefault(row.subject_id, []).append(to_domain(row))
    return found


def event_rows(*, zone_id: UUID, subject_kind: str, subject_id: UUID) -> list[Event]:
    """Rows with their actors, by sequence number, for a timeline."""
    rows = Event.objects.filter(zone_id=zone_id, subject_kind=subject_kind, subject_id=subject_id)
    return list(rows.select_related("actor").order_by("seq"))


def head_seq(*, zone_id: UUID) -> int:
    """Last sequence number of the zone; 0 for an empty ledger."""
    return Head.objects.filter(zone_id=zone_id).values_list("seq", flat=True).first() or 0


def known_seq(*, zone_id: UUID, known_on: date) -> int:
    """Last sequence number recorded before the midnight that ends the day in Shanghai."""
    rows = Event.objects.filter(zone_id=zone_id, recorded_at__lt=clock.end_of_day(known_on))
    return rows.order_by("-recorded_at", "-seq").values_list("seq", flat=True).first() or 0


MIRROR_COLUMNS = (
    "zone_id", "seq", "id", "subject_kind", "subject_id", "kind", "occurred_on", "occurred_precision", "recorded_at",
    "payload", "supersedes_id", "hash", "evidence",
)  # fmt: skip


def rows_after(*, zone_id: UUID, seq: int, limit: int | None = None) -> Iterator[tuple[object, ...]]:
    """Raw rows (`MIRROR_COLUMNS`) after a sequence number, in order, for the analytical mirror."""
    rows = Event.objects.filter(zone_id=zone_id, seq__gt=seq).order_by("seq").values_list(*MIRROR_COLUMNS)
    return rows[:limit].iterator(5000) if limit else rows.iterator(5000)


def texts(ids: Iterable[str | UUID], *, zone_id: UUID) -> dict[str, str | None]:
    """Bodies by id; None for a redacted one."""
    rows = Text.objects.filter(zone_id=zone_id, id__in=set(ids))
    return {str(pk): body for pk, body in rows.values_list("pk", "body")}


def recorded_at_of(*, zone_id: UUID, seq: int) -> datetime | None:
    """When the event with this number was recorded."""
    return Event.objects.filter(zone_id=zone_id, seq=seq).values_list("recorded_at", flat=True).first()


def names_document(*, zone_id: UUID, subject_kind: str, subject_ids: QuerySet[Any, Any], document: Document) -> bool:
    """Whether an event of one of the subjects names a document as evidence; looks at nothing before it was received."""
    rows = Event.objects.filter(zone_id=zone_id, subject_kind=subject_kind, subject_id__in=subject_ids)
    rows = rows.filter(recorded_at__gte=document.received_at, evidence__contains=str(document.pk))
    return rows.exists()


def subject_of_key(*, zone_id: UUID, subject_kind: str, key: str | None) -> UUID | None:
    """What the event with this idempotency key is about; None when nothing was written with it.

    Asked before any text or file of the same request is kept, so that a request sent twice leaves no second copy of them.
    """
    if not key:
        return None
    rows = Event.objects.filter(zone_id=zone_id, subject_kind=subject_kind, idempotency_key=key)
    return rows.values_list("subject_id", flat=True).first()


def texts_with(*, zone_id: UUID, part: str, limit: int = 200) -> list[tuple[UUID, str]]:
    """Ids and bodies of the texts that contain `part`."""
    rows = Text.objects.filter(zone_id=zone_id, body__contains=part).values_list("pk", "body")[:limit]
    return [(pk, body or "") for pk, body in rows]
