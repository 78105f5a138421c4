"""Fixtures of all tests: three people (李 leads the task force, 王 is a colleague, 赵 is of another), two zones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, TransactionTestCase

_teardown = TransactionTestCase._fixture_teardown


def _teardown_past_guards(self: TransactionTestCase) -> None:
    from zhaoyin.apps.zones import guards

    with guards.suspended():
        _teardown(self)


TransactionTestCase._fixture_teardown = _teardown_past_guards  # type: ignore[method-assign]

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class World:
    """Two zones with their people, units, industries and task forces."""

    zone: Any
    other_zone: Any
    li: Any
    wang: Any
    zhao: Any
    chief: Any
    statistician: Any
    admin: Any
    stranger: Any
    task_force: Any
    other_task_force: Any
    industry: Any
    other_industry: Any
    unit: Any
    place: Any

    def viewer(self, person: Any, zone: Any = None, on: date = date(2026, 6, 1)) -> Any:
        """The person as the access gates see them."""
        from zhaoyin.apps.accounts.access import enter_zone

        return enter_zone(person=person, slug=(zone or self.zone).slug, on=on)[1]

    def client(self, person: Any) -> Client:
        """A browser signed in as the person."""
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def build_world() -> World:
    """Rows only, no ledger events."""
    from zhaoyin.apps.accounts.models import Person, Role, ZoneRole
    from zhaoyin.apps.taskforces.models import Industry, IndustryTaskForce, TaskForce, TaskForceMembership, Unit
    from zhaoyin.apps.zones.models import Zone

    start = date(2025, 1, 1)
    made_at = datetime(2025, 1, 1, tzinfo=SHANGHAI)
    zone = Zone.objects.create(slug="east", name="东湾高新区", name_en="East Bay Zone", created_at=made_at)
    other = Zone.objects.create(slug="west", name="西岭开发区", name_en="West Ridge Zone", created_at=made_at)

    def person(username: str, name: str, role: str, where: Zone = zone) -> Person:
        made = Person.objects.create_user(username, "correct-horse-9", display_name=name)
        ZoneRole.objects.create(zone=where, person=made, role=role, starts_on=start)
        return made

    people = {
        "li": person("li", "李", Role.TASK_FORCE_LEADER),
        "wang": person("wang", "王", Role.RECRUITER),
        "zhao": person("zhao", "赵", Role.RECRUITER),
        "chief": person("chief", "周", Role.BUREAU_CHIEF),
        "statistician": person("stat", "吴", Role.STATISTICIAN),
        "admin": person("admin", "郑", Role.ADMINISTRATOR),
        "stranger": person("stranger", "孙", Role.BUREAU_CHIEF, other),
    }
    industry = Industry.objects.create(zone=zone, code="electronics", name="新一代信息技术", name_en="Electronics")
    other_industry = Industry.objects.create(zone=zone, code="health", name="生命健康", name_en="Health")
    task_force = TaskForce.objects.create(zone=zone, name="信息技术专班", starts_on=start)
    other_task_force = TaskForce.objects.create(zone=zone, name="生命健康专班", starts_on=start)
    IndustryTaskForce.objects.create(zone=zone, industry=industry, task_force=task_force, starts_on=start)
    IndustryTaskForce.objects.create(zone=zone, industry=other_industry, task_force=other_task_force, starts_on=start)
    members = ((task_force, "li", "leader"), (task_force, "wang", "member"), (other_task_force, "zhao", "member"))
    for where, name, role in members:
        TaskForceMembership.objects.create(zone=zone, task_force=where, person=people[name], role=role, starts_on=start)
    return World(
        zone=zone,
        other_zone=other,
        **people,
        task_force=task_force,
        other_task_force=other_task_force,
        industry=industry,
        other_industry=other_industry,
        unit=Unit.objects.create(zone=zone, name="科技局", kind="department"),
        place=Unit.objects.create(zone=zone, name="滨海产业园", kind="park"),
    )


@pytest.fixture
def world(db: None) -> World:
    """Two zones and their people."""
    return build_world()


@pytest.fixture
def at() -> Iterator[Callable[[str], None]]:
    """`at("2026-03-01 10:00")` sets the ledger's clock for the rest of the test."""
    from zhaoyin.apps.ledger import clock

    token = clock._fixed.set(None)

    def set_clock(text: str) -> None:
        clock._fixed.set(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))

    yield set_clock
    clock._fixed.reset(token)


def uuid(text: str) -> UUID:
    """Short for tests."""
    return UUID(text)
