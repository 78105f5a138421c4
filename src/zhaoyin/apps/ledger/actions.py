"""The one way into the ledger."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.chain import event_hash, genesis
from zhaoyin.apps.ledger.models import Event, Head, Text, TextRedaction
from zhaoyin.apps.ledger.queries import histories, to_domain
from zhaoyin.apps.ledger.registry import subject_kind as registered
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.zones import bulk
from zhaoyin.apps.zones.erasure import erase_on_commit
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import DomainError, InvalidValue, StaleWrite
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.evidence import Evidence
from zhaoyin.domain.period import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What is to be appended. `supersedes` names the event that this one corrects."""

    subject_kind: str
    subject_id: UUID
    kind: str
    occurred: PartialDate
    payload: dict[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    supersedes: UUID | None = None
    idempotency_key: str | None = None


_waiting: ContextVar[list[Text] | None] = ContextVar("zhaoyin_waiting_texts", default=None)


@contextmanager
def texts_together() -> Iterator[None]:
    """Within the block texts wait and are stored in one statement, before the events that name them. Inside a transaction only."""
    token = _waiting.set([])
    try:
        yield
        _store_waiting()
    finally:
        _waiting.reset(token)


def _store_waiting() -> None:
    waiting = _waiting.get()
    if waiting:
        bulk.insert(waiting)
        waiting.clear()


def keep_text(*, zone_id: UUID, body: str) -> dict[str, str]:
    """Store a text and return the reference that a payload holds; NUL and half characters, which no database keeps, go."""
    body = body.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    salt = secrets.token_hex(16)
    text = Text(zone_id=zone_id, body=body, salt=salt, sha256=sha256_hex(salt + body))
    waiting = _waiting.get()
    if waiting is None:
        text.save(force_insert=True)
    else:
        waiting.append(text)
    return {"text": str(text.pk), "sha256": text.sha256}


def append(
    *,
    zone_id: UUID,
    actor_id: UUID | None,
    events: Sequence[NewEvent],
    expected_version: int | None = None,
    all_or_nothing: bool = False,
) -> list[Event]:
    """Append events in one transaction and bring the projection up to date; the rows in order.

    `expected_version`: the last sequence number of the first event's subject that the writer has seen; StaleWrite when
    the subject has moved on. An event whose idempotency key is already in the zone is not appended again: the row of
    the first time is returned. DomainError when an event makes no sense; then nothing is written.
    `all_or_nothing`: the caller is in a transaction that fails with this call, so no savepoint is needed: under one, SQLite
    walks a list of all changed pages at each statement, and a large batch takes time squared.
    """
    if not events:
        return []
    with transaction.atomic(savepoint=not all_or_nothing):
        _store_waiting()
        return _append_locked(zone_id, actor_id, events, expected_version)


def _locked_head(zone_id: UUID) -> Head:
    """The head of the chain under the zone's lock (SQLite: the transaction itself is IMMEDIATE)."""
    Head.objects.get_or_create(zone_id=zone_id, defaults={"hash": genesis(zone_id)})
    rows = Head.objects.filter(zone_id=zone_id)
    return (rows.select_for_update() if connection.features.has_select_for_update else rows).get()


def _append_locked(
    zone_id: UUID, actor_id: UUID | None, events: Sequence[NewEvent], expected_version: int | None
) -> list[Event]:
    head = _locked_head(zone_id)
    known = _already_there(zone_id, events)
    if len(known) == len(events):
        return [known[event.idempotency_key or ""] for event in events]
    past = _histories(zone_id, events)
    _check_fresh(past, events[0], expected_version)
    _check_documents(zone_id, events)
    moment = max(clock.now(), head.recorded_at) if head.recorded_at else clock.now()
    rows: list[Event] = []
    fresh: list[Event] = []
    for event in events:
        if event.idempotency_key and event.idempotency_key in known:
            rows.append(known[event.idempotency_key])
            continue
        payload = registered(event.subject_kind).check_payload(event.kind, event.payload)
        row = _row(zone_id, actor_id, event, payload, head, moment)
        _check(zone_id, past, event, to_domain(row, payload))
        head.seq, head.hash, head.recorded_at = row.seq, row.hash, moment
        rows.append(row)
        fresh.append(row)
    bulk.insert(fresh)
    head.save(update_fields=["seq", "hash", "recorded_at"])
    _project(zone_id, fresh, past)
    return rows


def _already_there(zone_id: UUID, events: Sequence[NewEvent]) -> dict[str, Event]:
    keys = [event.idempotency_key for event in events if event.idempotency_key]
    if len(set(keys)) != len(keys):
        raise DomainError("idempotency-key-twice")
    if not keys:
        return {}
    found = {str(row.idempotency_key): row for row in Event.objects.filter(zone_id=zone_id, idempotency_key__in=keys)}
    for event in events:
        row = found.get(event.idempotency_key or "")
        if row is not None and (row.kind, row.subject_kind) != (event.kind, event.subject_kind):
            raise DomainError("idempotency-key-reused", key=str(event.idempotency_key))
    return found


def _histories(zone_id: UUID, events: Sequence[NewEvent]) -> dict[tuple[str, UUID], list[LedgerEvent]]:
    wanted: dict[str, set[UUID]] = {}
    for event in events:
        wanted.setdefault(event.subject_kind, set()).add(event.subject_id)
    past: dict[tuple[str, UUID], list[LedgerEvent]] = {}
    for kind, ids in wanted.items():
        ordered = sorted(ids)
        for start in range(0, len(ordered), 500):
            chunk = ordered[start : start + 500]
            for subject, found in histories(zone_id=zone_id, subject_kind=kind, subject_ids=chunk).items():
                past[kind, subject] = found
    return past


def _check_fresh(
    past: dict[tuple[str, UUID], list[LedgerEvent]], first: NewEvent, expected_version: int | None
) -> None:
    if expected_version is None:
        return
    seen = past.get((first.subject_kind, first.subject_id), [])
    version = seen[-1].seq if seen else 0
    if version != expected_version:
        raise StaleWrite("changed-by-somebody-else", expected=expected_version, version=version)


def _check_documents(zone_id: UUID, events: Sequence[NewEvent]) -> None:
    """Evidence must name a document of this zone by the hash it really has."""
    named = {(e.document, e.sha256) for event in events for e in event.evidence if e.document}
    if not named:
        return
    ids = {document for document, _ in named}
    rows = Document.objects.filter(zone_id=zone_id, id__in=ids).values_list("id", "sha256")
    real = {(str(pk), sha256) for pk, sha256 in rows}
    for document, sha256 in named:
        if (str(document), sha256) not in real:
            raise InvalidValue("evidence-document-unknown", field="evidence", value=str(document))


def _row(
    zone_id: UUID, actor_id: UUID | None, event: NewEvent, checked: Mapping[str, object], head: Head, moment: datetime
) -> Event:
    payload = canonical_json(checked)
    evidence = canonical_json([item.to_payload() for item in event.evidence])
    pk, seq = new_id(), head.seq + 1
    return bulk.make(
        Event,
        id=pk,
        zone_id=zone_id,
        seq=seq,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        kind=event.kind,
        occurred_on=event.occurred.first,
        occurred_precision=event.occurred.precision.value,
        recorded_at=moment,
        actor_id=actor_id,
        payload=payload,
        evidence=evidence,
        supersedes_id=event.supersedes,
        idempotency_key=event.idempotency_key,
        previous_hash=head.hash,
        hash=event_hash(
            previous_hash=head.hash,
            zone_id=zone_id,
            seq=seq,
            event_id=pk,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            kind=event.kind,
            occurred=str(event.occurred),
            recorded_at=moment,
            actor_id=actor_id,
            payload=payload,
            evidence=evidence,
            supersedes=event.supersedes,
            idempotency_key=event.idempotency_key,
        ),
    )


def _check(
    zone_id: UUID, past: dict[tuple[str, UUID], list[LedgerEvent]], event: NewEvent, candidate: LedgerEvent
) -> None:
    before = past.setdefault((event.subject_kind, event.subject_id), [])
    registered(event.subject_kind).projector.check(
        zone_id=zone_id, subject_id=event.subject_id, history=before, event=candidate
    )
    before.append(candidate)


def _project(
    zone_id: UUID, rows: Sequence[Event], past: Mapping[tuple[str, UUID], Sequence[LedgerEvent]] | None = None
) -> None:
    """`past`: the whole histories of all subjects of the rows, when they are at hand."""
    touched: dict[str, dict[UUID, None]] = {}
    for row in rows:
        touched.setdefault(row.subject_kind, {})[row.subject_id] = None
    for kind, ids in touched.items():
        known = None if past is None else {pk: past[kind, pk] for pk in ids}
        registered(kind).projector.project(zone_id=zone_id, subject_ids=list(ids), known=known)


def redact_text(*, zone_id: UUID, text_id: UUID, actor_id: UUID | None, reason: str) -> None:
    """Take a text away for good: body and salt go; hash, who, when and the reason code stay. Idempotent."""
    with transaction.atomic():
        text = Text.objects.filter(zone_id=zone_id, id=text_id).first()
        if text is None:
            raise InvalidValue("text-unknown", field="text", value=str(text_id))
        if text.body is None:
            return
        TextRedaction.objects.create(zone_id=zone_id, text=text, at=clock.now(), actor_id=actor_id, reason=reason)
        Text.objects.filter(pk=text.pk).update(body=None, salt=None)
        erase_on_commit()
        named_by = Event.objects.filter(zone_id=zone_id, payload__contains=str(text_id))
        _project(zone_id, list(named_by))


def payload_of(row: Event) -> dict[str, object]:
    """The payload as a mapping."""
    loaded: dict[str, object] = json.loads(row.payload)
    return loaded
