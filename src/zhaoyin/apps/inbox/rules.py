"""What is due, by kind: each rule turns rows of an upstream app into wanted items.

Days are parameters with their source; due moments are 18:00 Shanghai on a working day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhaoyin.apps.companies.models import Contact
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.queries import stuck_condition
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.apps.taskforces.models import TaskForceMembership
from zhaoyin.domain.working_time import Calendar

STUCK_DAYS = 30
"""Follow-up silence of N days (practice: clocks seen; N is the place's own)."""
ANSWER_STUCK_WORKING_DAYS = 3
STEP_NOTICE_DAYS = 3
"""A next step shows up this many days before it is due."""
RETENTION_NOTICE_DAYS = 30
TRIAGE_WORKING_DAYS = 3
"""Triage in 3 days (practice: clocks seen)."""
REVIEW_WORKING_DAYS = 3
"""A request for recognition waits no longer for its first review (as triage; the place's own)."""
ESCALATE_WORKING_DAYS = 2
"""An item that is overdue for this many working days goes to the leader of the task force."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that should be there today. `key` is the same every day for the same thing."""

    key: str
    kind: str
    owner_id: UUID
    subject_kind: str
    subject_id: UUID
    since_on: date
    due_at: datetime
    task_force_id: UUID | None = None


def due_moment(day: date, calendar: Calendar) -> datetime:
    """18:00 in Shanghai on that day or the next working day."""
    return datetime.combine(calendar.after(day, 0), time(18), clock.SHANGHAI)


def next_steps(zone_id: UUID, today: date, calendar: Calendar) -> Iterator[Wanted]:
    """Open next steps of meetings that are due soon or overdue."""
    rows = Engagement.objects.filter(
        zone_id=zone_id, next_done=False, next_due_on__lte=today + timedelta(days=STEP_NOTICE_DAYS)
    )
    for row in rows.select_related("project").iterator(1000):
        if row.next_person_id is None or row.next_due_on is None:
            continue
        yield Wanted(
            key=f"step:{row.pk}:{row.next_due_on}:{row.next_person_id.hex[:8]}",
            kind="next_step",
            owner_id=row.next_person_id,
            subject_kind="project" if row.project_id else "engagement",
            subject_id=row.project_id or row.pk,
            since_on=row.occurred_on,
            due_at=due_moment(row.next_due_on, calendar),
            task_force_id=row.project.task_force_id if row.project else None,
        )


def stuck_projects(zone_id: UUID, today: date, calendar: Calendar) -> Iterator[Wanted]:
    """Projects without progress for more than `STUCK_DAYS` days."""
    rows = Project.objects.filter(
        stuck_condition(STUCK_DAYS, today), zone_id=zone_id, merged_into__isnull=True, void=False
    )
    for row in rows.iterator(1000):
        if row.lead_person_id is None or row.last_progress_on is None:
            continue
        since = row.last_progress_on + timedelta(days=STUCK_DAYS + 1)
        yield Wanted(
            key=f"stuck:{row.pk}:{row.last_progress_on}",
            kind="project_stuck",
            owner_id=row.lead_person_id,
            subject_kind="project",
            subject_id=row.pk,
            since_on=row.last_progress_on,
            due_at=due_moment(calendar.after(since, ANSWER_STUCK_WORKING_DAYS), calendar),
            task_force_id=row.task_force_id,
        )


def contact_retention(zone_id: UUID, today: date, calendar: Calendar) -> Iterator[Wanted]:
    """Contacts whose retention ends soon."""
    last = today + timedelta(days=RETENTION_NOTICE_DAYS)
    for row in Contact.objects.filter(zone_id=zone_id, removed_at__isnull=True, keep_until__lte=last).iterator(1000):
        yield Wanted(
            key=f"retention:{row.pk}:{row.keep_until}",
            kind="contact_retention",
            owner_id=row.owner_id,
            subject_kind="company",
            subject_id=row.company_id,
            since_on=today,
            due_at=due_moment(row.keep_until, calendar),
        )


def leads_to_triage(zone_id: UUID, today: date, calendar: Calendar) -> Iterator[Wanted]:
    """Leads that somebody holds and nobody has decided on; those in the pool go to the leader of their task force."""
    leaders = dict(
        TaskForceMembership.objects.filter(zone_id=zone_id, role="leader", ends_on__isnull=True).values_list(
            "task_force_id", "person_id"
        )
    )
    rows = Lead.objects.filter(zone_id=zone_id, status__in=["pool", "assigned"], opened_on__isnull=False)
    for row in rows.iterator(1000):
        owner = row.person_id or (leaders.get(row.task_force_id) if row.task_force_id else None)
        if owner is None or row.opened_on is None:
            continue
        yield Wanted(
            key=f"triage:{row.pk}:{owner.hex[:8]}",
            kind="lead_triage",
            owner_id=owner,
            subject_kind="lead",
            subject_id=row.pk,
            since_on=row.opened_on,
            due_at=due_moment(calendar.after(row.opened_on, TRIAGE_WORKING_DAYS), calendar),
            task_force_id=row.task_force_id,
        )


def recognitions_to_review(zone_id: UUID, today: date, calendar: Calendar) -> Iterator[Wanted]:
    """Requests for recognition: to the leader of the task force for the first review, back to who asked when they were sent back."""
    leaders = dict(
        TaskForceMembership.objects.filter(zone_id=zone_id, role="leader", ends_on__isnull=True).values_list(
            "task_force_id", "person_id"
        )
    )
    rows = Recognition.objects.filter(zone_id=zone_id, status__in=["requested", "returned"]).select_related("project")
    for row in rows.iterator(1000):
        task_force = row.project.task_force_id
        leader = leaders.get(task_force) if task_force else None
        owner = row.requested_by_id if row.status == "returned" else leader
        if owner is None or (row.status == "requested" and owner == row.requested_by_id):
            continue
        yield Wanted(
            key=f"recognition:{row.pk}:{row.version}:{owner.hex[:8]}",
            kind=f"recognition_{row.status}",
            owner_id=owner,
            subject_kind="project",
            subject_id=row.project_id,
            since_on=row.requested_on,
            due_at=due_moment(calendar.after(row.requested_on, REVIEW_WORKING_DAYS), calendar),
            task_force_id=task_force,
        )


Rule = Callable[[UUID, date, Calendar], Iterator[Wanted]]
RULES: list[Rule] = [next_steps, stuck_projects, contact_retention, leads_to_triage, recognitions_to_review]
"""Every rule; the daily task runs them all. A downstream app adds its own by `register`."""


def register(rule: Rule) -> None:
    """A downstream app says what else is due (in `AppConfig.ready`)."""
    if rule not in RULES:
        RULES.append(rule)
