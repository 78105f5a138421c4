"""Companies of a register that stand twice, found by Splink on DuckDB. Needs the extra `splink`; nothing else in the program does."""

import itertools
import json
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pyarrow as pa

from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.entity_resolution.registry_duplicates import (
    COLUMNS,
    REVIEW,
    Match,
    RegistryRecord,
    comparable,
    settings,
)

BATCH = 50_000


def deduplicate(
    *,
    records: Iterable[RegistryRecord],
    least: float = REVIEW,
    threads: int = 1,
    memory_mb: int = 2000,
    spill: Path | None = None,
) -> list[Match]:
    """Pairs from the probability `least` on, the surest first; the same records give the same pairs.

    Works within `memory_mb` of DuckDB's own memory and spills the rest to `spill` (a temporary directory by default).
    DomainError `extra-missing` when Splink is not installed.
    """
    _require_splink()
    with tempfile.TemporaryDirectory(prefix="zhaoyin-dedup-", dir=spill) as folder:
        connection = duckdb.connect()
        try:
            for name, value in (
                ("threads", str(threads)),
                ("memory_limit", f"'{memory_mb}MB'"),
                ("temp_directory", f"'{folder}'"),
            ):
                connection.execute(f"SET {name} = {value}")
            _load(connection, records)
            return _matches(connection, least)
        finally:
            connection.close()


def _require_splink() -> None:
    if find_spec("splink") is None:
        raise DomainError("extra-missing", extra="splink")


def _load(connection: duckdb.DuckDBPyConnection, records: Iterable[RegistryRecord]) -> None:
    columns = ", ".join(f'"{name}" VARCHAR' for name in COLUMNS)
    connection.execute(f"CREATE TABLE companies ({columns})")
    rows = comparable(records)
    while batch := list(itertools.islice(rows, BATCH)):
        parts = [pa.array(values, pa.string()) for values in zip(*batch, strict=True)]
        table = pa.table(dict(zip(COLUMNS, parts, strict=True)))
        connection.register("batch", table)
        connection.execute("INSERT INTO companies SELECT * FROM batch")
        connection.unregister("batch")


def _matches(connection: duckdb.DuckDBPyConnection, least: float) -> list[Match]:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    if connection.execute("SELECT count(*) FROM companies").fetchone() == (0,):
        return []
    linker = Linker(DuckDBAPI(connection).register("companies"), settings(), log_level="ERROR")
    predicted = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    names = _comparison_names()
    weights = ", ".join(f'"mw_{name}"' for name in names)
    columns = {row[0] for row in connection.execute(f"DESCRIBE {predicted.physical_name}").fetchall()}
    weighed = names if {f"mw_{name}" for name in names} <= columns else []
    chosen = f", {weights}" if weighed else ""
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability{chosen} FROM {predicted.physical_name} "
        "ORDER BY match_probability DESC, unique_id_l, unique_id_r"
    ).fetchall()
    return [Match(row[0], row[1], float(row[2]), _reasons(weighed, row[3:])) for row in rows]


def _comparison_names() -> list[str]:
    comparisons = json.loads(json.dumps(settings()["comparisons"]))
    return [str(one["output_column_name"]) for one in comparisons]


def _reasons(names: Sequence[str], weights: Sequence[float]) -> tuple[tuple[str, float], ...]:
    told = [(name, round(float(weight), 2)) for name, weight in zip(names, weights, strict=False) if weight]
    return tuple(sorted(told, key=lambda reason: -abs(reason[1])))
