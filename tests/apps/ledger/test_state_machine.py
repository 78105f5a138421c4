"""The ledger against a plain model: whatever is done to it, it says what a list of events would say."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from zhaoyin.apps.ledger import clock, verification
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text, redact_text
from zhaoyin.apps.ledger.models import Event, Text
from zhaoyin.apps.ledger.queries import history, known_seq
from zhaoyin.apps.projects.models import Project
from zhaoyin.domain.errors import DomainError, StaleWrite
from zhaoyin.domain.period import PartialDate

STEPS = ["negotiating", "pre_signing", "registered", "filed", "construction_started", "completed", "in_production"]
SHANGHAI = ZoneInfo("Asia/Shanghai")


class PlainProject:
    """The model: a list of (seq, id, kind, day, payload, supersedes), read in the dumbest way."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str, str, date, dict[str, Any], str | None]] = []

    def standing(self, known_to: int | None = None) -> list[tuple[int, str, str, date, dict[str, Any], str | None]]:
        seen = [line for line in self.lines if known_to is None or line[0] <= known_to]
        gone = {line[5] for line in seen if line[5]}
        return sorted(
            (line for line in seen if line[1] not in gone and line[2] != "retracted"),
            key=lambda line: (line[3], line[0]),
        )

    def stage(self, known_to: int | None = None) -> str:
        ranks = ["lead", "negotiating", "pre_signing", "signed", *STEPS[2:]]
        best = "lead"
        for line in self.standing(known_to):
            reached = line[4].get("stage") if line[2] == "stage_reached" else None
            if line[2] == "contract_signed":
                reached = "signed" if line[4]["contract_kind"] == "formal" else "pre_signing"
            if reached and ranks.index(reached) > ranks.index(best):
                best = reached
        return best

    def amount(self) -> str | None:
        value = None
        for line in self.standing():
            if line[2] == "amount_stated":
                value = line[4]["amount"]["value"] if line[4]["amount"] else None
        return value


class LedgerMachine(RuleBasedStateMachine):
    """Appends, corrects, retracts, repeats, collides, redacts; then asks the ledger everything."""

    projects = Bundle("projects")
    world: Any = None

    def __init__(self) -> None:
        super().__init__()
        from tests.conftest import build_world

        self.world = build_world()
        self.zone_id = self.world.zone.pk
        self.model: dict[UUID, PlainProject] = {}
        self.names: dict[UUID, str] = {}
        self.now = datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)
        self.known: list[tuple[date, int]] = []
        self.seq = 0

    def put(self, event: NewEvent, **more: Any) -> Event:
        with clock.at(self.now):
            (row,) = append(zone_id=self.zone_id, actor_id=self.world.li.pk, events=[event], **more)
        return row

    def remember(self, subject: UUID, row: Event) -> None:
        if row.seq <= self.seq:
            return
        self.seq = row.seq
        supersedes = str(row.supersedes_id) if row.supersedes_id else None
        line = (row.seq, str(row.pk), row.kind, row.occurred_on, json.loads(row.payload), supersedes)
        self.model[subject].lines.append(line)

    @initialize()
    def start(self) -> None:
        self.now = datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.known.append((self.now.date(), self.seq))
        self.now += timedelta(hours=hours)
        self.known = [(day, seq) for day, seq in self.known if day != self.now.date()]

    @rule(target=projects, name=st.text("甲乙丙丁项目AB1", min_size=1, max_size=12))
    def open_project(self, name: str) -> UUID:
        subject = uuid4()
        with clock.at(self.now):
            reference = keep_text(zone_id=self.zone_id, body=name)
        event = NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="opened",
            occurred=PartialDate(date(2026, 1, 1)),
            payload={"name": reference},
        )
        self.model[subject] = PlainProject()
        self.names[subject] = name
        self.remember(subject, self.put(event))
        return subject

    def _step(self, subject: UUID, stage: str, day: date, **more: Any) -> NewEvent:
        return NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="stage_reached",
            occurred=PartialDate(day),
            payload={"stage": stage},
            **more,
        )

    @rule(subject=projects, stage=st.sampled_from(STEPS), days=st.integers(0, 200))
    def reach(self, subject: UUID, stage: str, days: int) -> None:
        before = Event.objects.filter(zone_id=self.zone_id).count()
        try:
            row = self.put(self._step(subject, stage, date(2026, 1, 1) + timedelta(days=days)))
        except DomainError:
            assert Event.objects.filter(zone_id=self.zone_id).count() == before
        else:
            self.remember(subject, row)

    @rule(subject=projects, contract=st.sampled_from(["intent", "framework", "formal"]), days=st.integers(0, 200))
    def sign(self, subject: UUID, contract: str, days: int) -> None:
        event = NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="contract_signed",
            occurred=PartialDate(date(2026, 1, 1) + timedelta(days=days)),
            payload={"contract_kind": contract},
        )
        self.remember(subject, self.put(event))

    @rule(subject=projects, wan=st.one_of(st.none(), st.integers(0, 10**8)))
    def state_amount(self, subject: UUID, wan: int | None) -> None:
        amount = None if wan is None else {"value": str(wan * 10_000), "unit": "1e4"}
        event = NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="amount_stated",
            occurred=PartialDate(date(2026, 1, 1)),
            payload={"amount_kind": "planned_total_investment", "amount": amount},
        )
        self.remember(subject, self.put(event))

    @rule(subject=projects, pick=st.integers(0, 10**6), days=st.integers(0, 200), retract=st.booleans())
    def correct(self, subject: UUID, pick: int, days: int, retract: bool) -> None:
        candidates = [line for line in self.model[subject].standing() if line[2] != "opened"]
        if not candidates:
            return
        line = candidates[pick % len(candidates)]
        event = NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="retracted" if retract else line[2],
            occurred=PartialDate(date(2026, 1, 1) + timedelta(days=days)),
            payload={} if retract else line[4],
            supersedes=UUID(line[1]),
        )
        self.remember(subject, self.put(event))

    @rule(subject=projects, pick=st.integers(0, 10**6))
    def correct_what_no_longer_stands(self, subject: UUID, pick: int) -> None:
        standing = {line[1] for line in self.model[subject].standing()}
        fallen = [line for line in self.model[subject].lines if line[1] not in standing and line[2] != "retracted"]
        if not fallen:
            return
        line = fallen[pick % len(fallen)]
        event = NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="retracted",
            occurred=PartialDate(date(2026, 1, 1)),
            supersedes=UUID(line[1]),
        )
        with pytest.raises(DomainError):
            self.put(event)

    @rule(subject=projects, key=st.sampled_from("abc"))
    def repeat(self, subject: UUID, key: str) -> None:
        event = NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="described",
            occurred=PartialDate(date(2026, 1, 1)),
            payload={"jobs": 5},
            idempotency_key=f"{subject}:{key}",
        )
        row = self.put(event)
        assert self.put(event).pk == row.pk
        self.remember(subject, row)

    @rule(subject=projects, behind=st.integers(1, 5))
    def write_stale(self, subject: UUID, behind: int) -> None:
        version = self.model[subject].lines[-1][0]
        with pytest.raises(StaleWrite):
            self.put(self._step(subject, "negotiating", date(2026, 1, 2)), expected_version=version - behind)

    @rule(subject=consumes(projects))
    def redact_name(self, subject: UUID) -> None:
        reference = self.model[subject].lines[0][4]["name"]
        redact_text(
            zone_id=self.zone_id, text_id=UUID(reference["text"]), actor_id=self.world.chief.pk, reason="person-asked"
        )
        assert Text.objects.get(pk=reference["text"]).body is None
        assert self.names[subject] not in {Project.objects.get(pk=subject).name} or self.names[subject] == ""
        self.names[subject] = "（已清除）"

    @rule()
    def rebuild(self) -> None:
        before = list(Project.objects.filter(zone_id=self.zone_id).order_by("pk").values())
        verification.rebuild(zone_id=self.zone_id)
        assert list(Project.objects.filter(zone_id=self.zone_id).order_by("pk").values()) == before

    @invariant()
    def projection_is_the_model(self) -> None:
        rows = {row.pk: row for row in Project.objects.filter(zone_id=self.zone_id)}
        assert set(rows) == set(self.model)
        for subject, plain in self.model.items():
            row = rows[subject]
            assert row.stage == plain.stage()
            assert (None if row.planned_total is None else int(row.planned_total)) == (
                None if plain.amount() is None else int(plain.amount() or 0)
            )
            assert row.version == plain.lines[-1][0]
            assert row.name == " ".join(self.names[subject].split())

    @invariant()
    def what_was_known_stays_known(self) -> None:
        for day, seq in self.known[-3:]:
            assert known_seq(zone_id=self.zone_id, known_on=day) == seq
            for subject, plain in self.model.items():
                events = history(zone_id=self.zone_id, subject_kind="project", subject_id=subject, known_to=seq)
                assert len(events) == len([line for line in plain.lines if line[0] <= seq])

    def teardown(self) -> None:
        assert verification.problems(zone_id=self.zone_id) == []
        assert Event.objects.filter(zone_id=self.zone_id).count() == self.seq


@pytest.mark.parametrize(
    "examples", [pytest.param(12, id="short"), pytest.param(60, id="long", marks=pytest.mark.slow)]
)
def test_the_ledger_is_a_list_of_events(transactional_db_rollback: Any, examples: int) -> None:
    run_state_machine_as_test(
        transactional_db_rollback,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def transactional_db_rollback(db: None) -> Any:
    """A machine whose every run is rolled back."""
    from django.db import transaction

    class RolledBack(LedgerMachine):
        def __init__(self) -> None:
            self._sid = transaction.atomic()
            self._sid.__enter__()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self._sid.__exit__(None, None, None)

    return RolledBack
