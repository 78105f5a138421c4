"""Deriving due items once a day (idempotent), and answering them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from zhaoyin.adapters.calendar_cn import state_calendar
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.inbox.access import get_for_change
from zhaoyin.apps.inbox.models import Delivery, DueItem
from zhaoyin.apps.inbox.rules import ESCALATE_WORKING_DAYS, RULES, Wanted
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.taskforces.models import TaskForceMembership
from zhaoyin.domain.errors import DomainError, InvalidValue, StaleWrite
from zhaoyin.domain.working_time import Calendar

LONGEST_SNOOZE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Derived:
    """What one run did."""

    opened: int
    closed: int
    escalated: int
    calendar_published: bool


def derive(*, zone_id: UUID, today: date | None = None, calendar: Calendar | None = None) -> Derived:
    """Bring the zone's items to what is due today; a second run the same day changes nothing."""
    day, table = today or clock.today(), calendar or state_calendar()
    wanted = {item.key: item for rule in RULES for item in rule(zone_id, day, table)}
    with transaction.atomic():
        known = {item.key: item for item in DueItem.objects.filter(zone_id=zone_id, state="open")}
        done = set(
            DueItem.objects.filter(zone_id=zone_id, key__in=list(wanted))
            .exclude(state="open")
            .values_list("key", flat=True)
        )
        fresh = [_row(zone_id, item) for key, item in wanted.items() if key not in known and key not in done]
        DueItem.objects.bulk_create(fresh)
        gone = [item.pk for key, item in known.items() if key not in wanted]
        closed = DueItem.objects.filter(pk__in=gone).update(state="closed", closed_at=clock.now())
        escalated = _escalate(zone_id, wanted, day, table)
    return Derived(len(fresh), closed, escalated, table.is_published(day))


def _row(zone_id: UUID, item: Wanted) -> DueItem:
    return DueItem(
        zone_id=zone_id,
        key=item.key,
        kind=item.kind,
        owner_id=item.owner_id,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        since_on=item.since_on,
        due_at=item.due_at,
    )


def _leaders(zone_id: UUID) -> dict[UUID, UUID]:
    rows = TaskForceMembership.objects.filter(zone_id=zone_id, role="leader", ends_on__isnull=True)
    return dict(rows.values_list("task_force_id", "person_id"))


def _escalate(zone_id: UUID, wanted: Mapping[str, Wanted], day: date, calendar: Calendar) -> int:
    """Overdue items go to the leader of the task force."""
    leaders, count = _leaders(zone_id), 0
    for item in DueItem.objects.filter(
        zone_id=zone_id, state="open", escalated_to__isnull=True, due_at__lt=clock.now()
    ):
        source = wanted.get(item.key)
        leader = leaders.get(source.task_force_id) if source and source.task_force_id else None
        limit = calendar.after(item.due_at.astimezone(clock.SHANGHAI).date(), ESCALATE_WORKING_DAYS)
        if leader is not None and leader != item.owner_id and day >= limit:
            DueItem.objects.filter(pk=item.pk).update(escalated_to_id=leader, escalated_at=clock.now())
            count += 1
    return count


def snooze(*, viewer: Viewer, item_id: UUID, until: date, version: int) -> None:
    """Not before that day; at most thirty days."""
    last = clock.today() + timedelta(days=LONGEST_SNOOZE_DAYS)
    if not clock.today() < until <= last:
        raise InvalidValue("snooze-too-long", field="until", value=until.isoformat(), last=last.isoformat())
    _change(viewer, item_id, version, snoozed_until=until)


def close(*, viewer: Viewer, item_id: UUID, version: int) -> None:
    """Done."""
    _change(viewer, item_id, version, state="done", closed_at=clock.now())


def _change(viewer: Viewer, item_id: UUID, version: int, **values: object) -> None:
    item = get_for_change(viewer, item_id)
    if item.state != "open":
        raise DomainError("item-already-closed")
    changed = DueItem.objects.filter(pk=item.pk, version=version).update(version=version + 1, **values)
    if not changed:
        raise StaleWrite("changed-by-somebody-else", expected=version, version=item.version)


def note_delivered(*, viewer: Viewer, item_ids: list[UUID]) -> None:
    """The items were shown to the person on the page today; one row a day."""
    day, moment = clock.today(), clock.now()
    Delivery.objects.bulk_create(
        [
            Delivery(zone_id=viewer.zone_id, item_id=pk, person_id=viewer.person_id, day=day, at=moment)
            for pk in item_ids
        ],
        ignore_conflicts=True,
    )


def hand_over_items(*, zone_id: UUID, from_person: UUID, to_person: UUID) -> int:
    """All open items of one person go to another; number of items."""
    return DueItem.objects.filter(zone_id=zone_id, owner_id=from_person, state="open").update(owner_id=to_person)
