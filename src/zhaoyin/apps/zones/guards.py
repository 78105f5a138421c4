"""Rules that the database itself keeps: append-only tables, no reference across zones, no overlap of dates.

Triggers are derived from the models (`append_only`, `redactable_to_null`, `no_overlap`, foreign keys between zone-owned
models) and installed after every migrate: SQLite rebuilds a table when it alters it and silently drops its triggers.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from zhaoyin.apps.zones.models import ZoneOwned

PREFIX = "zg_"
_PG_REFUSE = """
CREATE OR REPLACE FUNCTION zg_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def zone_models() -> list[type[ZoneOwned]]:
    """Every concrete model that belongs to a zone."""
    return sorted(
        (model for model in apps.get_models() if issubclass(model, ZoneOwned)),
        key=lambda model: model._meta.db_table,
    )


def zone_relations() -> list[tuple[type[ZoneOwned], str, type[ZoneOwned]]]:
    """(model, foreign key column, target) for each reference between zone-owned models."""
    found: list[tuple[type[ZoneOwned], str, type[ZoneOwned]]] = []
    for model in zone_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(field, models.ForeignKey) and isinstance(target, type) and issubclass(target, ZoneOwned):
                found.append((model, field.column, target))
    return found


def _trigger_name(*parts: str) -> str:
    digest = hashlib.sha256("|".join(parts).encode()).hexdigest()[:10]
    return f"{PREFIX}{parts[0][:40]}_{digest}"


def _columns(model: type[models.Model], names: Iterable[str]) -> tuple[str, ...]:
    by_name = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return tuple(by_name[name] for name in names)


def _unique_sets(model: type[models.Model]) -> list[tuple[str, ...]]:
    sets: list[tuple[str, ...]] = [("id",)]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            sets.append(_columns(model, constraint.fields))
    return sets


class _Sqlite:
    """Trigger texts for SQLite."""

    @staticmethod
    def _trigger(table: str, what: str, when: str, message: str, condition: str) -> str:
        name = _trigger_name(table, what, condition)
        return (
            f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH ROW WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    def append_only(self, model: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        clash = " OR ".join(
            'EXISTS (SELECT 1 FROM "{}" t WHERE {})'.format(
                table, " AND ".join(f't."{column}" = NEW."{column}"' for column in columns)
            )
            for columns in _unique_sets(model)
        )
        return [
            self._trigger(table, "update", "UPDATE", f"append-only: {table}", _changed(model, "IS NOT")),
            self._trigger(table, "delete", "DELETE", f"append-only: {table}", "1"),
            self._trigger(table, "replace", "INSERT", f"append-only: {table} has this row", clash),
        ]

    def same_zone(self, model: type[ZoneOwned], column: str, target: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        condition = (
            f'NEW."{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target._meta.db_table}" t '
            f'WHERE t.id = NEW."{column}" AND t.zone_id = NEW.zone_id)'
        )
        message = f"cross-zone reference: {table}.{column}"
        return [
            self._trigger(table, f"{column}-insert", "INSERT", message, condition),
            self._trigger(table, f"{column}-update", f'UPDATE OF "{column}"', message, condition),
        ]

    def fixed_zone(self, model: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        return [
            self._trigger(table, "zone", "UPDATE OF zone_id", f"zone is fixed: {table}", "NEW.zone_id <> OLD.zone_id")
        ]

    def no_overlap(self, model: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        condition = _overlap(model)
        message = f"overlapping dates: {table}"
        return [
            self._trigger(table, "overlap-insert", "INSERT", message, condition),
            self._trigger(table, "overlap-update", "UPDATE", message, condition),
        ]

    @staticmethod
    def installed(database: BaseDatabaseWrapper) -> set[str]:
        with database.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'zg!_%' ESCAPE '!'")
            return {row[0] for row in cursor.fetchall()}

    @staticmethod
    def remove(database: BaseDatabaseWrapper) -> None:
        with database.cursor() as cursor:
            for name in _Sqlite.installed(database):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def _changed(model: type[ZoneOwned], differs: str) -> str:
    """Condition under which an UPDATE does more than set a redactable column to NULL."""
    kept = [f.column for f in model._meta.concrete_fields if f.column not in model.redactable_to_null]
    if not model.redactable_to_null:
        return "1" if differs == "IS NOT" else "true"
    parts = [f'NEW."{column}" {differs} OLD."{column}"' for column in kept]
    parts += [f'NEW."{column}" IS NOT NULL' for column in model.redactable_to_null]
    return " OR ".join(parts)


def _overlap(model: type[ZoneOwned]) -> str:
    table = model._meta.db_table
    same = " AND ".join(f't."{column}" = NEW."{column}"' for column in model.no_overlap)
    return (
        f'EXISTS (SELECT 1 FROM "{table}" t WHERE {same} AND t.id <> NEW.id '
        "AND (NEW.ends_on IS NULL OR t.starts_on < NEW.ends_on) "
        "AND (t.ends_on IS NULL OR NEW.starts_on < t.ends_on))"
    )


class _Postgres:
    """Trigger texts for PostgreSQL. A subquery is not allowed in WHEN, so conditions live in functions."""

    @staticmethod
    def _checked(table: str, what: str, when: str, message: str, condition: str) -> list[str]:
        name = _trigger_name(table, what, condition)
        return [
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NEW; END $$",
            f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        ]

    def append_only(self, model: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        message = f"append-only: {table}"
        statements = [_PG_REFUSE]
        for what, level in (("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = _trigger_name(table, what.lower())
            statements.append(
                f'CREATE TRIGGER "{name}" BEFORE {what} ON "{table}" FOR EACH {level} '
                f"EXECUTE FUNCTION zg_refuse('{message}')"
            )
        return statements + self._checked(table, "update", "UPDATE", message, _changed(model, "IS DISTINCT FROM"))

    def same_zone(self, model: type[ZoneOwned], column: str, target: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        condition = (
            f'NEW."{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target._meta.db_table}" t '
            f'WHERE t.id = NEW."{column}" AND t.zone_id = NEW.zone_id)'
        )
        message = f"cross-zone reference: {table}.{column}"
        return self._checked(table, column, f'INSERT OR UPDATE OF "{column}"', message, condition)

    def fixed_zone(self, model: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        return self._checked(
            table, "zone", "UPDATE OF zone_id", f"zone is fixed: {table}", "NEW.zone_id <> OLD.zone_id"
        )

    def no_overlap(self, model: type[ZoneOwned]) -> list[str]:
        table = model._meta.db_table
        return self._checked(table, "overlap", "INSERT OR UPDATE", f"overlapping dates: {table}", _overlap(model))

    @staticmethod
    def installed(database: BaseDatabaseWrapper) -> set[str]:
        with database.cursor() as cursor:
            cursor.execute(r"SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'zg\_%%'")
            return {row[0] for row in cursor.fetchall()}

    @staticmethod
    def remove(database: BaseDatabaseWrapper) -> None:
        with database.cursor() as cursor:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'zg\\_%%'"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON {table}')


def _dialect(database: BaseDatabaseWrapper) -> _Sqlite | _Postgres:
    if database.vendor == "sqlite":
        return _Sqlite()
    if database.vendor == "postgresql":
        return _Postgres()
    raise ImproperlyConfigured(f"no guards for {database.vendor}")


def statements(database: BaseDatabaseWrapper = connection) -> list[str]:  # type: ignore[assignment]
    """Every statement that installs a guard, in order."""
    dialect = _dialect(database)
    made: list[str] = []
    for model in zone_models():
        if model.append_only:
            made += dialect.append_only(model)
        else:
            made += dialect.fixed_zone(model)
        if model.no_overlap:
            made += dialect.no_overlap(model)
    for model, column, target in zone_relations():
        made += dialect.same_zone(model, column, target)
    return made


def expected() -> set[str]:
    """Names of the triggers that must be there."""
    return {statement.split('"')[1] for statement in statements() if statement.lstrip().startswith("CREATE TRIGGER")}


def missing() -> set[str]:
    """Names of the triggers that should be there and are not."""
    return expected() - _dialect(connection).installed(connection)  # type: ignore[arg-type]


def remove() -> None:
    """Drop every guard (migrations do this before they alter tables)."""
    _dialect(connection).remove(connection)  # type: ignore[arg-type]


def install() -> None:
    """Make the guards what the models say; idempotent."""
    remove()
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in statements():
            table = statement.split(' ON "')[1].split('"')[0] if ' ON "' in statement else ""
            if not table or table in present:
                cursor.execute(statement)


@contextmanager
def suspended() -> Iterator[None]:
    """Without guards, for test flushes only: the switch exists in test settings and nowhere else."""
    if not getattr(settings, "GUARDS_MAY_BE_SUSPENDED", False):
        raise ImproperlyConfigured("guards are suspended in tests only")
    remove()
    try:
        yield
    finally:
        install()
