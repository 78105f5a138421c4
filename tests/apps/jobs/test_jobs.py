"""Background work: once at a time, with progress, stopped on request, taken up again after a kill."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from zhaoyin.apps.jobs import actions, registry
from zhaoyin.apps.jobs.models import Job
from zhaoyin.apps.jobs.presentation import job_view
from zhaoyin.apps.jobs.queries import SILENT_AFTER
from zhaoyin.domain.errors import DomainError, StaleWrite


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A kind of work that runs what the test puts into it."""
    box: dict[str, Any] = {"runs": 0, "work": lambda progress: None}

    def work(zone_id: UUID, subject_id: UUID, person_id: UUID | None, progress: registry.Progress) -> None:
        box["runs"] += 1
        box["work"](progress)

    monkeypatch.setattr(
        registry, "_kinds", {"t.work": registry.JobKind("t.work", work), "t.other": registry.JobKind("t.other", work)}
    )
    monkeypatch.setattr(actions, "BEAT", 0.0)
    yield box


def ask(world: Any, subject: UUID, kind: str = "t.work") -> Job:
    return actions.ask(zone_id=world.zone.pk, kind=kind, subject_id=subject, person_id=world.li.pk)


def test_work_asked_for_twice_is_one_job(world: Any, kind: dict[str, Any]) -> None:
    subject = uuid4()
    assert ask(world, subject).pk == ask(world, subject).pk
    with pytest.raises(StaleWrite):
        ask(world, subject, "t.other")


def test_it_runs_once_and_says_so(world: Any, kind: dict[str, Any]) -> None:
    job = ask(world, uuid4())
    actions.run(job_id=job.pk)
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, kind["runs"]) == ("done", 1)
    view = job_view(job)
    assert view is not None
    assert (view.percent, view.open) == (100, False)


def test_progress_is_written_and_a_request_to_stop_is_heard(world: Any, kind: dict[str, Any]) -> None:
    job = ask(world, uuid4())
    seen: list[int] = []

    def work(progress: registry.Progress) -> None:
        for step in range(5):
            progress(step, 5)
            seen.append(Job.objects.get().done)
            if step == 2:
                actions.cancel(zone_id=world.zone.pk, job_id=job.pk)

    kind["work"] = work
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert seen == [0, 1, 2]
    assert job.state == "cancelled"


def test_a_job_that_nobody_has_begun_stops_at_once(world: Any, kind: dict[str, Any]) -> None:
    job = ask(world, uuid4())
    actions.cancel(zone_id=world.zone.pk, job_id=job.pk)
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, kind["runs"]) == ("cancelled", 0)


@pytest.mark.parametrize(
    ("failure", "code"),
    [(DomainError("stage-jumps-back", stage="x"), "stage-jumps-back"), (RuntimeError("x"), "job-failed")],
)
def test_a_failure_is_kept_with_its_words(world: Any, kind: dict[str, Any], failure: Exception, code: str) -> None:
    def work(progress: registry.Progress) -> None:
        raise failure

    kind["work"] = work
    job = ask(world, uuid4())
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.error["code"]) == ("failed", code)


def test_killed_work_is_taken_up_again_and_living_work_is_not(world: Any, kind: dict[str, Any]) -> None:
    job = ask(world, uuid4())
    Job.objects.update(state="running", attempt=1, beat_at=timezone.now())
    actions.run(job_id=job.pk)
    assert (kind["runs"], actions.take_up_silent()) == (0, 0)
    Job.objects.update(beat_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))
    assert actions.take_up_silent() == 1
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, kind["runs"]) == ("done", 2, 1)


def test_a_worker_that_was_thought_dead_stops_when_it_speaks_again(world: Any, kind: dict[str, Any]) -> None:
    job = ask(world, uuid4())

    def work(progress: registry.Progress) -> None:
        Job.objects.update(attempt=7)
        progress(1, 2)

    kind["work"] = work
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("running", 7)


def test_work_that_is_killed_again_and_again_is_given_up(world: Any, kind: dict[str, Any]) -> None:
    job = ask(world, uuid4())
    Job.objects.update(attempt=actions.MOST_ATTEMPTS)
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, kind["runs"]) == ("failed", 0)
    assert job.error["code"] == "job-killed-too-often"
