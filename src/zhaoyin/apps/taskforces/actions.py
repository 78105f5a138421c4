"""Writes on units, industries, task forces and who belongs to them; hand-over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from zhaoyin.apps.accounts.access import ADMINISTERS, Viewer, require
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.taskforces import handover
from zhaoyin.apps.taskforces.access import get_owned, people_of_zone
from zhaoyin.apps.taskforces.models import (
    CURRENT,
    Dated,
    HandOver,
    Industry,
    IndustryLeader,
    IndustryTaskForce,
    MemberRole,
    SponsoringLeader,
    Target,
    TaskForce,
    TaskForceMembership,
    Territory,
    Unit,
    UnitKind,
)
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.industry import check_industry_code
from zhaoyin.domain.region import PROVINCES, cities


@contextmanager
def _write(*, viewer: Viewer, verb: str, subject_kind: str, at: datetime) -> Iterator[dict[str, object]]:
    """One administrative write with its audit entry; the block puts `id` and details into what it is given.

    A constraint of the database (same name, overlapping dates, another zone) becomes a DomainError.
    """
    require(viewer, ADMINISTERS, to=verb)
    details: dict[str, object] = {}
    try:
        with transaction.atomic():
            yield details
            subject = details.pop("id", None)
            record(
                zone_id=viewer.zone_id, actor_id=viewer.person_id, verb=verb, subject_kind=subject_kind,
                subject_id=subject if isinstance(subject, UUID) else None, details=details, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        text = str(error).lower()
        if "overlapping dates" in text:
            raise DomainError("dates-overlap") from error
        if "unique" in text:
            raise DomainError("exists-already") from error
        raise


def _named(name: str) -> str:
    if not name.strip():
        raise InvalidValue("name-missing", field="name", value="")
    return name.strip()


def _person(viewer: Viewer, person_id: UUID) -> UUID:
    if person_id not in people_of_zone(viewer):
        raise InvalidValue("person-not-here", field="person", value=str(person_id))
    return person_id


def save_unit(
    *, viewer: Viewer, unit_id: UUID | None, name: str, kind: str, parent_id: UUID | None, at: datetime
) -> Unit:
    """Add or change a unit; InvalidValue when it would stand under itself."""
    if kind not in UnitKind.values:
        raise InvalidValue("not-an-option", field="kind", value=kind)
    with _write(viewer=viewer, verb="unit.saved", subject_kind="unit", at=at) as details:
        unit = get_owned(Unit, viewer, unit_id) if unit_id else Unit(zone_id=viewer.zone_id)
        parent = get_owned(Unit, viewer, parent_id) if parent_id else None
        above = parent
        while above is not None:
            if above.pk == unit.pk:
                raise InvalidValue("unit-under-itself", field="parent", value=str(parent))
            above = above.parent
        unit.name, unit.kind, unit.parent = _named(name), kind, parent
        unit.save()
        details["id"] = unit.pk
    return unit


def close_unit(*, viewer: Viewer, unit_id: UUID, on: date, at: datetime) -> None:
    """The unit is no more from a day on; its history stays. DomainError while it has open units below it."""
    with _write(viewer=viewer, verb="unit.closed", subject_kind="unit", at=at) as details:
        unit = get_owned(Unit, viewer, unit_id)
        if unit.children.filter(closed_on__isnull=True).exists():
            raise DomainError("unit-has-children")
        unit.closed_on = on
        unit.save(update_fields=["closed_on"])
        details["id"] = unit.pk


def save_industry(
    *,
    viewer: Viewer,
    industry_id: UUID | None,
    code: str,
    name: str,
    at: datetime,
    name_en: str = "",
    gbt4754: str = "",
) -> Industry:
    """Add or change a key industry."""
    with _write(viewer=viewer, verb="industry.saved", subject_kind="industry", at=at) as details:
        row = get_owned(Industry, viewer, industry_id) if industry_id else Industry(zone_id=viewer.zone_id)
        row.code, row.name = check_industry_code(code), _named(name)
        row.name_en, row.gbt4754 = name_en.strip(), gbt4754.strip()
        row.save()
        details["id"] = row.pk
    return row


def close_industry(*, viewer: Viewer, industry_id: UUID, on: date, at: datetime) -> None:
    """No longer a key industry from a day on: its leader and task force end with it."""
    with _write(viewer=viewer, verb="industry.closed", subject_kind="industry", at=at) as details:
        row = get_owned(Industry, viewer, industry_id)
        for held in (*row.leaders.filter(CURRENT), *row.task_forces.filter(CURRENT)):
            _end(held, on)
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        details["id"] = row.pk


def save_task_force(
    *,
    viewer: Viewer,
    task_force_id: UUID | None,
    name: str,
    starts_on: date,
    at: datetime,
    name_en: str = "",
    industry_id: UUID | None = None,
) -> TaskForce:
    """Add or change a task force; a new one may take an industry at once."""
    with _write(viewer=viewer, verb="task_force.saved", subject_kind="task_force", at=at) as details:
        row = get_owned(TaskForce, viewer, task_force_id) if task_force_id else TaskForce(zone_id=viewer.zone_id)
        row.name, row.name_en, row.starts_on = _named(name), name_en.strip(), starts_on
        row.save()
        if industry_id:
            _give_task_force(viewer, get_owned(Industry, viewer, industry_id), row, starts_on)
        details["id"] = row.pk
    return row


def close_task_force(*, viewer: Viewer, task_force_id: UUID, on: date, at: datetime) -> None:
    """The task force is dissolved: its industry, members, sponsors and territories end with it."""
    with _write(viewer=viewer, verb="task_force.closed", subject_kind="task_force", at=at) as details:
        row = get_owned(TaskForce, viewer, task_force_id)
        for related in (row.industries, row.memberships, row.sponsors, row.territories):
            for held in related.filter(CURRENT):
                _end(held, on)
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        details["id"] = row.pk


def _end(row: Dated, on: date) -> date:
    if on < row.starts_on:
        raise InvalidValue("ends-before-start", field="ends_on", value=on.isoformat(), start=row.starts_on.isoformat())
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    return on


def set_leader(
    *, viewer: Viewer, industry_id: UUID, person_id: UUID | None, starts_on: date, at: datetime
) -> IndustryLeader | None:
    """The one leader in charge of an industry from a day on (the one before ends that day); None leaves a gap."""
    with _write(viewer=viewer, verb="industry.leader_set", subject_kind="industry", at=at) as details:
        industry = get_owned(Industry, viewer, industry_id)
        for held in industry.leaders.filter(CURRENT):
            _end(held, starts_on)
        made = None
        if person_id is not None:
            made = IndustryLeader.objects.create(
                zone_id=viewer.zone_id, industry=industry, person_id=_person(viewer, person_id), starts_on=starts_on
            )
        details["id"], details["person"] = industry.pk, str(person_id) if person_id else None
    return made


def _give_task_force(viewer: Viewer, industry: Industry, task_force: TaskForce | None, starts_on: date) -> None:
    held = industry.task_forces.filter(CURRENT).first()
    if held is not None and task_force is not None and held.task_force_id == task_force.pk:
        return
    if held is not None:
        _end(held, starts_on)
    if task_force is not None:
        other = task_force.industries.filter(CURRENT).exclude(industry=industry).first()
        if other is not None:
            raise DomainError("task-force-has-industry", name=str(other.industry))
        IndustryTaskForce.objects.create(
            zone_id=viewer.zone_id, industry=industry, task_force=task_force, starts_on=starts_on
        )


def set_task_force(
    *, viewer: Viewer, industry_id: UUID, task_force_id: UUID | None, starts_on: date, at: datetime
) -> None:
    """The one task force of an industry from a day on; None leaves a gap. A task force works for one industry."""
    with _write(viewer=viewer, verb="industry.task_force_set", subject_kind="industry", at=at) as details:
        industry = get_owned(Industry, viewer, industry_id)
        task_force = get_owned(TaskForce, viewer, task_force_id) if task_force_id else None
        _give_task_force(viewer, industry, task_force, starts_on)
        details["id"], details["task_force"] = industry.pk, str(task_force_id) if task_force_id else None


def add_member(
    *,
    viewer: Viewer,
    task_force_id: UUID,
    person_id: UUID,
    role: str,
    starts_on: date,
    at: datetime,
    home_unit_id: UUID | None = None,
) -> TaskForceMembership:
    """A person works in a task force from a day on."""
    if role not in MemberRole.values:
        raise InvalidValue("not-an-option", field="role", value=role)
    with _write(viewer=viewer, verb="task_force.member_added", subject_kind="task_force", at=at) as details:
        task_force = get_owned(TaskForce, viewer, task_force_id)
        unit = get_owned(Unit, viewer, home_unit_id) if home_unit_id else None
        row = TaskForceMembership.objects.create(
            zone_id=viewer.zone_id, task_force=task_force, person_id=_person(viewer, person_id), role=role,
            home_unit=unit, starts_on=starts_on,
        )  # fmt: skip
        details["id"], details["person"] = task_force.pk, str(person_id)
    return row


def add_sponsor(*, viewer: Viewer, task_force_id: UUID, person_id: UUID, starts_on: date, at: datetime) -> None:
    """A leader takes the task force under their command from a day on."""
    with _write(viewer=viewer, verb="task_force.sponsor_added", subject_kind="task_force", at=at) as details:
        task_force = get_owned(TaskForce, viewer, task_force_id)
        SponsoringLeader.objects.create(
            zone_id=viewer.zone_id, task_force=task_force, person_id=_person(viewer, person_id), starts_on=starts_on
        )
        details["id"], details["person"] = task_force.pk, str(person_id)


def add_territory(*, viewer: Viewer, task_force_id: UUID, region_code: str, starts_on: date, at: datetime) -> None:
    """A province (2 digits) or city (4 digits) where the task force looks for investors, from a day on."""
    code = region_code.strip()
    if code not in PROVINCES and code not in cities():
        raise InvalidValue("region-code-unknown", field="region_code", value=region_code)
    with _write(viewer=viewer, verb="task_force.territory_added", subject_kind="task_force", at=at) as details:
        task_force = get_owned(TaskForce, viewer, task_force_id)
        Territory.objects.create(zone_id=viewer.zone_id, task_force=task_force, region_code=code, starts_on=starts_on)
        details["id"], details["region"] = task_force.pk, code


_ENDING: dict[str, type[Dated]] = {"member": TaskForceMembership, "sponsor": SponsoringLeader, "territory": Territory}


def end(*, viewer: Viewer, what: str, row_id: UUID, on: date, at: datetime) -> None:
    """End a membership, a sponsorship or a territory on a day (that day no longer counts)."""
    model = _ENDING.get(what)
    if model is None:
        raise InvalidValue("not-an-option", field="kind", value=what)
    with _write(viewer=viewer, verb=f"task_force.{what}_ended", subject_kind="task_force", at=at) as details:
        row = get_owned(model, viewer, row_id)
        if row.ends_on is not None:
            raise DomainError("ended-already", on=row.ends_on.isoformat())
        _end(row, on)
        details["row"] = str(row_id)


def set_target(
    *, viewer: Viewer, task_force_id: UUID, year: int, indicator: str, value: Decimal, at: datetime
) -> Target:
    """What a task force is to reach in a year; a later row replaces an earlier one, both stay."""
    if value < 0:
        raise InvalidValue("not-a-number", field="amount", value=str(value))
    with _write(viewer=viewer, verb="task_force.target_set", subject_kind="task_force", at=at) as details:
        task_force = get_owned(TaskForce, viewer, task_force_id)
        row = Target(
            zone_id=viewer.zone_id, task_force=task_force, year=year, indicator=indicator, value=value,
            recorded_at=at, actor_id=viewer.person_id,
        )  # fmt: skip
        row.save(force_insert=True)
        details["id"], details["year"], details["indicator"] = task_force.pk, year, indicator
    return row


def hand_over(*, viewer: Viewer, from_person_id: UUID, to_person_id: UUID, at: datetime) -> HandOver:
    """Everything of one person in the zone goes to another in one act, with a record of how much of each kind.

    DomainError when both are the same; InvalidValue when the receiver has no role here. All or nothing.
    """
    if from_person_id == to_person_id:
        raise DomainError("hand-over-to-self")
    with _write(viewer=viewer, verb="person.handed_over", subject_kind="person", at=at) as details:
        transfer = handover.Transfer(
            viewer.zone_id, from_person_id, _person(viewer, to_person_id), viewer.person_id, at, viewer.on
        )
        moved = {part.key: part.move(transfer) for part in handover.parts()}
        row = HandOver(
            zone_id=viewer.zone_id, from_person_id=from_person_id, to_person_id=to_person_id,
            actor_id=viewer.person_id, at=at, counts=moved,
        )  # fmt: skip
        row.save(force_insert=True)
        details["id"], details["to"], details["counts"] = from_person_id, str(to_person_id), moved
    return row


def move_offices(transfer: handover.Transfer) -> int:
    """Part of a hand-over: industries in charge and sponsored task forces go to the successor."""
    moved = 0
    for leader in IndustryLeader.objects.filter(CURRENT, zone_id=transfer.zone_id, person_id=transfer.from_person_id):
        day = _end(leader, max(transfer.on, leader.starts_on))
        IndustryLeader.objects.create(
            zone_id=transfer.zone_id, industry_id=leader.industry_id, person_id=transfer.to_person_id,
            starts_on=day,
        )  # fmt: skip
        moved += 1
    held = SponsoringLeader.objects.filter(CURRENT, zone_id=transfer.zone_id)
    for sponsor in held.filter(person_id=transfer.from_person_id):
        day = _end(sponsor, max(transfer.on, sponsor.starts_on))
        if not held.filter(person_id=transfer.to_person_id, task_force_id=sponsor.task_force_id).exists():
            SponsoringLeader.objects.create(
                zone_id=transfer.zone_id, task_force_id=sponsor.task_force_id, person_id=transfer.to_person_id,
                starts_on=day,
            )  # fmt: skip
        moved += 1
    return moved


def end_memberships(transfer: handover.Transfer) -> int:
    """Part of a hand-over: the leaver's memberships end; the successor takes the seat unless they have one there."""
    rows = TaskForceMembership.objects.filter(CURRENT, zone_id=transfer.zone_id)
    moved = 0
    for row in rows.filter(person_id=transfer.from_person_id):
        day = _end(row, max(transfer.on, row.starts_on))
        if not rows.filter(person_id=transfer.to_person_id, task_force_id=row.task_force_id).exists():
            TaskForceMembership.objects.create(
                zone_id=transfer.zone_id, task_force_id=row.task_force_id, person_id=transfer.to_person_id,
                role=row.role, starts_on=day,
            )  # fmt: skip
        moved += 1
    return moved
