"""Drafts that a schedule made, as due items of whom they are for."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from zhaoyin.apps.briefings.models import Briefing
from zhaoyin.apps.briefings.words import KINDS
from zhaoyin.apps.inbox.rules import Wanted, due_moment
from zhaoyin.domain.working_time import Calendar

READ_WORKING_DAYS = 1
"""A draft is read by the next working day: the weekly list and the monthly bulletin go out in the first days."""


def drafts_to_read(zone_id: UUID, today: date, calendar: Calendar) -> Iterator[Wanted]:
    """Drafts that nobody has opened."""
    rows = Briefing.objects.filter(zone_id=zone_id, seen_at__isnull=True, schedule__isnull=False, state="draft")
    for row in rows.iterator(1000):
        since = row.made_for or today
        yield Wanted(
            key=f"briefing:{row.pk}",
            kind="briefing_draft",
            owner_id=row.owner_id,
            subject_kind="briefing",
            subject_id=row.pk,
            since_on=since,
            due_at=due_moment(calendar.after(since, READ_WORKING_DAYS), calendar),
            task_force_id=None,
        )


def names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The kind and the day that a draft was made for; one query."""
    rows = Briefing.objects.filter(pk__in=list(ids)).values_list("pk", "kind", "made_for")
    return {pk: f"{KINDS.get(kind, kind)} {made_for or ''}".strip() for pk, kind, made_for in rows}
