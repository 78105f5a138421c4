"""Taking a roster in: each good row is kept, each bad row is named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from pypinyin import lazy_pinyin

from zhaoyin.apps.accounts import actions as accounts
from zhaoyin.apps.accounts.access import ADMINISTERS, Viewer, people_of, require
from zhaoyin.apps.accounts.models import Person, Role
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.taskforces.actions import add_member
from zhaoyin.apps.taskforces.models import CURRENT, MemberRole, TaskForce, TaskForceMembership, Unit
from zhaoyin.apps.taskforces.roster import RosterRow, parse
from zhaoyin.domain.errors import DomainError, InvalidValue


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody invited by the roster; `secret` belongs to their one-time link."""

    person_id: UUID
    name: str
    username: str
    secret: str


@dataclass(slots=True)
class RosterResult:
    """What became of the rows."""

    added: int = 0
    unchanged: int = 0
    errors: list[DomainError] = field(default_factory=list)
    accounts: list[NewAccount] = field(default_factory=list)
    unknown_heads: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    forces: dict[str, TaskForce]
    units: dict[str, Unit]


def import_roster(*, viewer: Viewer, grid: Sequence[Sequence[str]], at: datetime) -> RosterResult:
    """Members from a sheet with the columns 姓名 and 专班 (also 登录名, 职务, 专班角色, 来自单位, 开始日期).

    A person not yet known is invited as a recruiter (as a task-force leader when that is their role). A row that
    cannot be used is an error with its row, field and value; all others are kept.
    """
    require(viewer, ADMINISTERS, to="import-roster")
    parsed = parse(grid)
    result = RosterResult(errors=list(parsed.errors), unknown_heads=parsed.unknown_heads)
    forces = TaskForce.objects.filter(zone_id=viewer.zone_id, closed_on__isnull=True)
    units = Unit.objects.filter(zone_id=viewer.zone_id, closed_on__isnull=True)
    known = _Known({row.name: row for row in forces}, {row.name: row for row in units})
    for row in parsed.rows:
        try:
            with transaction.atomic():
                _take(viewer, row, known, result, at)
        except DomainError as error:
            result.errors.append(type(error)(error.code, **{"row": row.row, **error.params}))
        except IntegrityError:
            result.errors.append(DomainError("dates-overlap", row=row.row))
    result.errors.sort(key=lambda error: int(str(error.params.get("row", 0))))
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="roster.imported", subject_kind="roster", at=at,
        details={"added": result.added, "unchanged": result.unchanged, "errors": len(result.errors)},
    )  # fmt: skip
    return result


def _take(viewer: Viewer, row: RosterRow, known: _Known, result: RosterResult, at: datetime) -> None:
    force = _force(row, known)
    unit = known.units.get(row.unit) if row.unit else None
    if row.unit and unit is None:
        raise InvalidValue("unit-unknown", row=row.row, field="unit", value=row.unit)
    person = _person(viewer, row)
    account = None
    if person is None:
        person, account = _invited(viewer, row, at)
    current = TaskForceMembership.objects.filter(CURRENT, zone_id=viewer.zone_id, task_force=force, person=person)
    if current.exists():
        result.unchanged += 1
        return
    add_member(
        viewer=viewer, task_force_id=force.pk, person_id=person.pk, role=row.role,
        home_unit_id=unit.pk if unit else None, starts_on=row.starts_on or viewer.on, at=at,
    )  # fmt: skip
    result.added += 1
    if account is not None:
        result.accounts.append(account)


def _force(row: RosterRow, known: _Known) -> TaskForce:
    exact = known.forces.get(row.task_force)
    if exact is not None:
        return exact
    near = [force for name, force in known.forces.items() if row.task_force in name or name in row.task_force]
    if len(near) != 1:
        raise InvalidValue("task-force-unknown", row=row.row, field="task_force", value=row.task_force)
    return near[0]


def _person(viewer: Viewer, row: RosterRow) -> Person | None:
    people = people_of(viewer)
    if row.username:
        found = people.filter(username__iexact=row.username).first()
        if found is not None and found.display_name != row.name:
            raise InvalidValue(
                "roster-name-differs", row=row.row, field="username", value=row.username, name=found.display_name
            )
        return found
    same = list(people.filter(display_name=row.name)[:2])
    if len(same) > 1:
        raise InvalidValue("roster-name-twice", row=row.row, field="name", value=row.name)
    return same[0] if same else None


def _invited(viewer: Viewer, row: RosterRow, at: datetime) -> tuple[Person, NewAccount]:
    roles = [Role.RECRUITER]
    if row.role == MemberRole.LEADER:
        roles = [Role.TASK_FORCE_LEADER, Role.RECRUITER]
    username = row.username or _free_username(row.name)
    person, secret = accounts.invite(
        viewer=viewer, username=username, display_name=row.name, title=row.title, roles=roles, at=at
    )
    return person, NewAccount(person.pk, person.display_name, person.username, secret)


def _free_username(name: str) -> str:
    base = "".join(part for part in "".join(lazy_pinyin(name)).lower() if part.isalnum()) or "user"
    candidate, number = base if len(base) > 1 else f"{base}1", 1
    while Person.objects.filter(username__iexact=candidate).exists():
        number += 1
        candidate = f"{base}{number}"
    return candidate
