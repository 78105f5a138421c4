"""Reading jobs. Who may see a job is the business of the app whose subject it works on."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.jobs.models import Job, JobState

SILENT_AFTER = timedelta(seconds=45)
"""A running job without a sign of life for so long was killed."""


def latest_job(*, zone_id: UUID, subject_id: UUID) -> Job | None:
    """The newest job on a subject."""
    return Job.objects.filter(zone_id=zone_id, subject_id=subject_id).order_by("-created_at", "-id").first()


def open_job(*, zone_id: UUID, subject_id: UUID) -> Job | None:
    """The job on a subject that waits or runs."""
    rows = Job.objects.filter(zone_id=zone_id, subject_id=subject_id, state__in=[JobState.QUEUED, JobState.RUNNING])
    return rows.order_by("-created_at").first()


def silent(now: datetime) -> list[UUID]:
    """Jobs that run on paper only, and jobs that nobody took up."""
    limit = now - SILENT_AFTER
    rows = Job.objects.filter(
        Q(state=JobState.RUNNING, beat_at__lt=limit) | Q(state=JobState.QUEUED, created_at__lt=limit)
    )
    return list(rows.values_list("id", flat=True))


def percent(job: Job) -> int:
    """0 to 100."""
    if job.state == JobState.DONE:
        return 100
    return min(99, job.done * 100 // job.total) if job.total else 0
