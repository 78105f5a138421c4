"""The one way into the ledger."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from zhaoyin.apps.ledger import verification
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text, redact_text
from zhaoyin.apps.ledger.models import Event, Text
from zhaoyin.apps.ledger.queries import known_seq
from zhaoyin.apps.projects.models import Project
from zhaoyin.domain.errors import DomainError, InvalidValue, StaleWrite
from zhaoyin.domain.period import PartialDate

DAY = PartialDate.parse("2026-03-02")


def opening(world: Any, subject: Any, name: str = "云帆功率器件项目", **payload: object) -> NewEvent:
    return NewEvent(
        subject_kind="project",
        subject_id=subject,
        kind="opened",
        occurred=DAY,
        payload={"name": keep_text(zone_id=world.zone.pk, body=name), **payload},
    )


def step(subject: Any, stage: str, day: str = "2026-03-03", **more: Any) -> NewEvent:
    return NewEvent(
        subject_kind="project",
        subject_id=subject,
        kind="stage_reached",
        occurred=PartialDate.parse(day),
        payload={"stage": stage},
        **more,
    )


def put(world: Any, *events: NewEvent, **more: Any) -> list[Event]:
    return append(zone_id=world.zone.pk, actor_id=world.li.pk, events=events, **more)


def test_it_numbers_and_chains_events(world: Any) -> None:
    subject = uuid4()
    rows = put(world, opening(world, subject), step(subject, "negotiating"))
    assert [row.seq for row in rows] == [1, 2]
    assert rows[1].previous_hash == rows[0].hash
    assert verification.problems(zone_id=world.zone.pk) == []
    assert Project.objects.get(pk=subject).stage == "negotiating"


def test_it_writes_nothing_when_one_event_of_a_batch_makes_no_sense(world: Any) -> None:
    subject = uuid4()
    with pytest.raises(DomainError, match="project-already-opened"):
        put(world, opening(world, subject), opening(world, subject))
    assert not Event.objects.exists()
    assert not Project.objects.exists()


def test_it_refuses_a_stale_write(world: Any) -> None:
    subject = uuid4()
    put(world, opening(world, subject))
    put(world, step(subject, "negotiating"), expected_version=1)
    with pytest.raises(StaleWrite):
        put(world, step(subject, "registered"), expected_version=1)
    assert Event.objects.count() == 2


def test_it_appends_the_same_idempotency_key_once(world: Any) -> None:
    subject = uuid4()
    put(world, opening(world, subject))
    first = put(world, step(subject, "negotiating", idempotency_key="k1"))
    again = put(world, step(subject, "negotiating", idempotency_key="k1"))
    assert [row.pk for row in again] == [row.pk for row in first]
    assert Event.objects.count() == 2


def test_it_corrects_by_superseding_and_keeps_both(world: Any) -> None:
    subject = uuid4()
    put(world, opening(world, subject))
    (wrong,) = put(world, step(subject, "negotiating", "2026-03-05"))
    put(world, step(subject, "negotiating", "2026-03-04", supersedes=wrong.pk))
    assert Project.objects.get(pk=subject).stage_since == date(2026, 3, 4)
    assert Event.objects.count() == 3
    with pytest.raises(DomainError, match="does-not-stand"):
        put(world, step(subject, "negotiating", "2026-03-01", supersedes=wrong.pk))


@pytest.mark.parametrize("sql", ["UPDATE ledger_event SET kind = 'x'", "DELETE FROM ledger_event"])
def test_the_database_refuses_changes(world: Any, sql: str) -> None:
    put(world, opening(world, uuid4()))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_replace_and_truncate(world: Any) -> None:
    put(world, opening(world, uuid4()))
    sql = (
        "INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event"
        if connection.vendor == "sqlite"
        else "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE ledger_event CASCADE"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.count() == 1


def test_it_reads_what_was_known_at_a_date(world: Any, at: Any) -> None:
    subject = uuid4()
    at("2026-03-02 23:59")
    put(world, opening(world, subject))
    at("2026-03-03 00:00")
    put(world, step(subject, "negotiating", "2026-03-01"))
    assert known_seq(zone_id=world.zone.pk, known_on=date(2026, 3, 1)) == 0
    assert known_seq(zone_id=world.zone.pk, known_on=date(2026, 3, 2)) == 1
    assert known_seq(zone_id=world.zone.pk, known_on=date(2026, 3, 3)) == 2


def test_recorded_at_never_decreases_in_a_zone(world: Any, at: Any) -> None:
    subject = uuid4()
    at("2026-03-05 10:00")
    (first,) = put(world, opening(world, subject))
    at("2026-03-01 10:00")
    (second,) = put(world, step(subject, "negotiating"))
    assert second.recorded_at == first.recorded_at


def test_verify_sees_a_changed_event(world: Any, settings: Any) -> None:
    from zhaoyin.apps.zones import guards

    subject = uuid4()
    put(world, opening(world, subject), step(subject, "negotiating"))
    with guards.suspended():
        Event.objects.filter(seq=2).update(payload='{"stage":"registered"}')
    found = verification.problems(zone_id=world.zone.pk)
    assert any("seq 2: was changed" in line for line in found)
    assert any("projection" in line for line in found)


def test_verify_sees_a_projection_that_was_touched_and_rebuild_mends_it(world: Any) -> None:
    subject = uuid4()
    put(world, opening(world, subject))
    Project.objects.filter(pk=subject).update(stage="signed")
    assert verification.problems(zone_id=world.zone.pk) == [f"project projection: {subject}: stage differ"]
    verification.rebuild(zone_id=world.zone.pk)
    assert verification.problems(zone_id=world.zone.pk) == []


def test_redaction_takes_the_words_and_keeps_the_chain(world: Any) -> None:
    subject = uuid4()
    event = opening(world, subject, "秘密项目")
    put(world, event)
    text_id = event.payload["name"]["text"]  # type: ignore[index]
    redact_text(zone_id=world.zone.pk, text_id=text_id, actor_id=world.chief.pk, reason="person-asked")
    text = Text.objects.get(pk=text_id)
    assert (text.body, text.salt) == (None, None)
    assert text.sha256
    assert "秘密" not in Project.objects.get(pk=subject).name
    assert verification.problems(zone_id=world.zone.pk) == []


def test_it_refuses_evidence_of_another_zone(world: Any) -> None:
    from django.utils import timezone

    from zhaoyin.apps.sources.models import Document
    from zhaoyin.domain.evidence import whole_file

    document = Document.objects.create(
        zone=world.other_zone, kind="file", size_bytes=1, sha256="0" * 64, received_at=timezone.now()
    )
    event = step(uuid4(), "negotiating", evidence=(whole_file(document_id=document.pk, sha256="0" * 64),))
    with pytest.raises(InvalidValue, match="evidence-document-unknown"):
        put(world, event)
