"""Running counting on another database than the mirror: any that Ibis speaks to; DuckDB, PostgreSQL and Spark are proven equal."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.expr.types import Table
from pyarrow import parquet

from zhaoyin.engines.counting import EVENT_COLUMNS, Problem, canonical_projects, merge_statements
from zhaoyin.engines.counting.problem import MERGE_COLUMNS, ZONE_COLUMNS

Row = dict[str, object]


def fetch(connection: ibis.BaseBackend, expression: Table) -> list[Row]:
    """Rows of an expression. Spark's are collected by itself: the way through pandas loses unknown decimals."""
    if connection.name == "pyspark":
        sql = str(ibis.to_sql(expression, dialect="pyspark"))
        return [row.asDict() for row in connection.raw_sql(sql).collect()]
    rows: list[Row] = connection.to_pyarrow(expression).to_pylist()
    return rows


@dataclass(frozen=True, slots=True)
class Tables:
    """What a `Problem` asks for, as tables of one connection."""

    events: Table
    zones: Table
    merges: Table

    def problem(self, **question: object) -> Problem:
        """A question over the tables; the other fields of `Problem` as keywords."""
        return Problem(events=self.events, zones=self.zones, merges=self.merges, **question)  # type: ignore[arg-type]


def load(
    connection: ibis.BaseBackend, rows: Sequence[tuple[object, ...]], known: Mapping[str, int], *, prefix: str = ""
) -> Tables:
    """Make (again) the tables `events`, `zones` and `merges` of event rows, in the order of `EVENT_COLUMNS`, and cutoffs."""
    events = _make(connection, f"{prefix}events", rows, EVENT_COLUMNS)
    zones = _make(connection, f"{prefix}zones", list(known.items()), ZONE_COLUMNS)
    said = fetch(connection, merge_statements(events=events, zones=zones))
    chains = canonical_projects([(str(r["zone"]), str(r["project"]), str(r["into"]), int(str(r["seq"]))) for r in said])
    return Tables(events, zones, _make(connection, f"{prefix}merges", chains, MERGE_COLUMNS))


def _make(
    connection: ibis.BaseBackend, name: str, rows: Sequence[tuple[object, ...]], columns: Mapping[str, str]
) -> Table:
    schema = ibis.schema(dict(columns)).to_pyarrow()
    listed: list[Sequence[object]] = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
    arrays = [pa.array(column, type=field.type) for column, field in zip(listed, schema, strict=True)]
    table = pa.Table.from_arrays(arrays, schema=schema)
    if connection.name == "pyspark":
        folder = tempfile.mkdtemp(prefix="zhaoyin-spark-")
        parquet.write_table(table, f"{folder}/{name}.parquet")
        return connection.read_parquet(f"{folder}/{name}.parquet", table_name=name)
    connection.raw_sql(f"DROP TABLE IF EXISTS {name}")
    return connection.create_table(name, table)
