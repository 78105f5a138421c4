"""Asking for work, doing it, stopping it."""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from zhaoyin.apps.jobs.models import Job, JobState
from zhaoyin.apps.jobs.queries import SILENT_AFTER, open_job, silent
from zhaoyin.apps.jobs.registry import Cancelled, job_kind
from zhaoyin.domain.errors import DomainError, StaleWrite

Tell = Callable[[int, int], None]
BEAT = 1.0
"""Seconds between two writes of progress."""
MOST_ATTEMPTS = 20
log = structlog.get_logger(__name__)


def ask(*, zone_id: UUID, kind: str, subject_id: UUID, person_id: UUID | None, total: int = 0) -> Job:
    """Queue work; the same work on the same subject that still waits or runs is returned instead of a second one."""
    job_kind(kind)
    known = open_job(zone_id=zone_id, subject_id=subject_id)
    if known is not None:
        if known.kind != kind:
            raise StaleWrite("job-under-way", expected=kind, version=known.kind)
        return known
    try:
        with transaction.atomic():
            job = Job.objects.create(
                zone_id=zone_id,
                kind=kind,
                subject_id=subject_id,
                total=total,
                created_at=timezone.now(),
                created_by_id=person_id,
            )
    except IntegrityError:
        found = open_job(zone_id=zone_id, subject_id=subject_id)
        if found is None:
            raise
        return found
    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


def cancel(*, zone_id: UUID, job_id: UUID) -> None:
    """Ask a job to stop at its next step; one that nobody has begun stops at once."""
    Job.objects.filter(zone_id=zone_id, pk=job_id, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, finished_at=timezone.now(), cancel_asked=True
    )
    Job.objects.filter(zone_id=zone_id, pk=job_id, state=JobState.RUNNING).update(cancel_asked=True)


class _Reporter:
    """Writes progress at most once a second and notices a request to stop."""

    def __init__(self, job: Job, tell: Tell | None) -> None:
        self._job, self._next, self._tell = job, 0.0, tell

    def __call__(self, done: int, total: int) -> None:
        if self._tell is not None:
            self._tell(done, total)
        moment = time.monotonic()
        if moment < self._next and done < total:
            return
        self._next = moment + BEAT
        mine = Job.objects.filter(pk=self._job.pk, attempt=self._job.attempt, state=JobState.RUNNING)
        if not mine.update(done=done, total=total, beat_at=timezone.now()):
            raise Cancelled
        if mine.filter(cancel_asked=True).exists():
            raise Cancelled


def _claim(job_id: UUID, now: datetime, *, take_over: bool = False) -> Job | None:
    """Take a job up: one that waits, or one that was killed (silent for long, or said to be by `take_over`)."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.state not in {JobState.QUEUED, JobState.RUNNING}:
        return None
    alive = job.state == JobState.RUNNING and job.beat_at is not None and job.beat_at > now - SILENT_AFTER
    if alive and not take_over:
        return None
    taken = Job.objects.filter(pk=job_id, attempt=job.attempt, state=job.state).update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, beat_at=now
    )
    if not taken:
        return None
    job.refresh_from_db()
    return job


def run(*, job_id: UUID, tell: Tell | None = None, take_over: bool = False) -> None:
    """Do the work, or go on with it after a kill; nothing when it is done or somebody else is at it. `tell` hears every step;
    `take_over`: whoever was at it is known to be dead (were it alive, it would stop at its next step)."""
    job = _claim(job_id, timezone.now(), take_over=take_over)
    if job is None:
        return
    state, error = JobState.DONE, None
    try:
        if job.attempt > MOST_ATTEMPTS:
            raise DomainError("job-killed-too-often", attempts=job.attempt - 1)
        job_kind(job.kind).work(job.zone_id, job.subject_id, job.created_by_id, _Reporter(job, tell))
    except Cancelled:
        state = JobState.CANCELLED
    except DomainError as failure:
        state = JobState.FAILED
        error = {"code": failure.code, "params": {name: str(value) for name, value in failure.params.items()}}
    except Exception:
        log.exception("job-failed", job=str(job.pk), kind=job.kind)
        state, error = JobState.FAILED, {"code": "job-failed", "params": {"job": str(job.pk)}}
    Job.objects.filter(pk=job.pk, attempt=job.attempt).update(state=state, error=error, finished_at=timezone.now())


@task()
def run_job(job_id: str) -> None:
    """Background entry."""
    run(job_id=UUID(job_id))


def take_up_silent() -> int:
    """Queue again what was killed or never begun; number of jobs."""
    ids = silent(timezone.now())
    for pk in ids:
        Job.objects.filter(pk=pk, state=JobState.QUEUED).update(created_at=timezone.now())
        run_job.enqueue(str(pk))
    return len(ids)
