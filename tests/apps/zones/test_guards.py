"""What the database itself refuses."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from zhaoyin.apps.taskforces.models import IndustryLeader, IndustryTaskForce
from zhaoyin.apps.zones import guards
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.apps.zones.models import ZoneOwned

RELATIONS = guards.zone_relations()


def _value(field: models.Field[Any, Any], world: Any, zone_id: Any) -> object:
    simple: dict[type, object] = {
        models.DateField: date(2026, 1, 1),
        models.DateTimeField: "2026-01-01T00:00:00+00:00",
        models.JSONField: "{}",
        models.BooleanField: False,
        models.UUIDField: new_id(),
        models.BinaryField: b"",
    }
    if field.name == "zone":
        return zone_id
    if field.is_relation:
        return world.li.pk if field.related_model._meta.label == "accounts.Person" else None  # type: ignore[union-attr]
    for kind, value in simple.items():
        if type(field) is kind:
            return value
    return 1 if isinstance(field, models.IntegerField | models.DecimalField) else "x"


def _insert(model: type[ZoneOwned], row: dict[str, object]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    fields = {f.column: f for f in model._meta.concrete_fields}
    values = [
        fields[name].get_db_prep_save(value, connection) if name != "json" else value for name, value in row.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', values)


@pytest.mark.parametrize(("model", "column", "target"), RELATIONS, ids=[f"{m.__name__}.{c}" for m, c, _ in RELATIONS])
def test_no_reference_leaves_its_zone(world: Any, model: type[ZoneOwned], column: str, target: type[ZoneOwned]) -> None:
    """For every relation between zone-owned tables: a row of one zone cannot point into another."""
    row = {f.column: _value(f, world, world.zone.pk) for f in model._meta.concrete_fields}
    row[column] = new_id()
    with pytest.raises(DatabaseError, match=r"cross-zone reference|append-only"), transaction.atomic():
        _insert(model, row)


def test_a_reference_into_another_zone_is_refused(world: Any) -> None:
    with pytest.raises(DatabaseError, match="cross-zone"), transaction.atomic():
        IndustryTaskForce.objects.create(
            zone=world.other_zone, industry=world.industry, task_force=world.task_force, starts_on=date(2026, 1, 1)
        )


def test_a_record_never_changes_its_zone(world: Any) -> None:
    with pytest.raises(DatabaseError, match="zone is fixed"), transaction.atomic():
        type(world.unit).objects.filter(pk=world.unit.pk).update(zone=world.other_zone)


def test_an_industry_has_one_leader_at_a_time(world: Any) -> None:
    make = IndustryLeader.objects.create
    make(
        zone=world.zone, industry=world.industry, person=world.li, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 1)
    )
    make(zone=world.zone, industry=world.industry, person=world.zhao, starts_on=date(2026, 3, 1))
    make(zone=world.zone, industry=world.other_industry, person=world.zhao, starts_on=date(2026, 3, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        make(zone=world.zone, industry=world.industry, person=world.wang, starts_on=date(2026, 5, 1))
    with pytest.raises(DatabaseError, match="overlapping"), transaction.atomic():
        make(
            zone=world.zone,
            industry=world.industry,
            person=world.wang,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 2, 9),
        )


def test_the_unique_index_alone_refuses_a_second_current_leader(world: Any) -> None:
    constraint = next(c for c in IndustryLeader._meta.constraints if c.name == "taskforces_one_leader")
    assert isinstance(constraint, models.UniqueConstraint)
    with guards.suspended():
        IndustryLeader.objects.create(
            zone=world.zone, industry=world.industry, person=world.li, starts_on=date(2026, 1, 1)
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            IndustryLeader.objects.create(
                zone=world.zone, industry=world.industry, person=world.wang, starts_on=date(2026, 5, 1)
            )


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_there_after_every_migrate() -> None:
    guards.remove()
    assert guards.missing() == guards.expected()
    call_command("migrate", stdout=StringIO())
    assert guards.missing() == set()
