"""How a job shows on the page of its subject."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhaoyin.apps.jobs.models import Job, JobState
from zhaoyin.apps.jobs.queries import percent
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class JobView:
    """What the progress bar needs; `open` while it waits or runs."""

    id: str
    percent: int
    text: str
    open: bool
    failed: bool


def job_view(job: Job | None) -> JobView | None:
    """None when nothing was ever asked for."""
    if job is None:
        return None
    text = str(JobState(job.state).label)
    if job.state == JobState.RUNNING and job.total:
        text = _("%(done)s / %(total)s") % {"done": job.done, "total": job.total}
    if job.state == JobState.FAILED and job.error:
        text = words(DomainError(str(job.error["code"]), **dict(job.error["params"])))
    waiting = job.state in {JobState.QUEUED, JobState.RUNNING}
    return JobView(str(job.pk), percent(job), text, waiting, job.state == JobState.FAILED)
