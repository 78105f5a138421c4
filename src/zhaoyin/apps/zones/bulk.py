"""Writing many rows in one statement each way: what `bulk_create` and `bulk_update` do, without building SQL for every row.

A 50,000-row ledger makes some half million rows; Django's expression compiler costs more than the database for them. Values go through the
fields' own `get_db_prep_save`, so both databases get what the ORM would give them. No signals, no defaults of the database, no relations.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Field, Model
from django.db.models.base import ModelState

Prepare = Callable[[Any], Any]
Row = TypeVar("Row", bound=Model)


def _prepare(field: "Field[Any, Any]") -> Prepare:
    """What the ORM does with a value of the field, spared where the driver takes it as it is."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return lambda value: UUID(value) if isinstance(value, str) else value
        return lambda value: None if value is None else (UUID(value) if isinstance(value, str) else value).hex
    if isinstance(target, models.CharField | models.TextField | models.IntegerField):
        return lambda value: value
    database = connections[DEFAULT_DB_ALIAS]
    return lambda value: field.get_db_prep_save(value, database)


def _columns(model: type[Model], names: Iterable[str] | None = None) -> list[tuple[str, str, Prepare]]:
    """(attribute, quoted column, prepare) of the fields, in the order given."""
    by_name: dict[str, Field[Any, Any]] = {field.name: field for field in model._meta.concrete_fields}
    fields = list(by_name.values()) if names is None else [by_name[name] for name in names]
    return [(field.attname, connection.ops.quote_name(str(field.column)), _prepare(field)) for field in fields]


def make(model: type[Row], **values: object) -> Row:
    """An unsaved row with every column given by its attribute name (`zone_id`): what `Model(...)` makes, without its checks and signals."""
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(values)
    return row


def insert(rows: Sequence[Model], *, replace_by_id: bool = False) -> None:
    """Insert rows of one model. `replace_by_id`: a row whose primary key is there already gets the new values."""
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    names = [column for _, column, _ in columns]
    key = connection.ops.quote_name("id")
    sql = (
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(names)}) "
        f"VALUES ({', '.join(['%s'] * len(names))})"
    )
    if replace_by_id:
        kept = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
        sql += f" ON CONFLICT ({key}) DO UPDATE SET {kept}"
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[prepare(getattr(row, name)) for name, _, prepare in columns] for row in rows])
    for row in rows:
        row._state.adding = False


def update(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write the named fields of rows of one model, found by their primary key."""
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model, names)
    key = _columns(model, ["id"])[0]
    changes = ", ".join(f"{column} = %s" for _, column, _ in columns)
    sql = f"UPDATE {connection.ops.quote_name(model._meta.db_table)} SET {changes} WHERE {key[1]} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[prepare(getattr(row, name)) for name, _, prepare in (*columns, key)] for row in rows])
