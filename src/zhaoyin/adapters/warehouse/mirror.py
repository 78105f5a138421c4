"""Keeping the mirror: load segments, check them against the ledger, tail what is new, save now and then."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb
import ibis
import pyarrow as pa

from zhaoyin.adapters.warehouse import segments
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.counting import EVENT_COLUMNS, event_columns

SCHEMA = "counting-3"
"""Folder of the segments; a new layout gets a new name, and old segments are simply not read."""
SHANGHAI = ZoneInfo("Asia/Shanghai")
BATCH = 20_000
COUNTED_SUBJECTS = frozenset({"project", "recognition"})
"""Events of a recognition stand as events of its project, which their payload names."""
SAVE_AFTER = 5_000
"""Events not yet on disk after which a segment is written (and a quarter of what is on disk, so segments grow)."""


class LedgerRow(NamedTuple):
    """One row of the ledger, in the order of `ledger.queries.MIRROR_COLUMNS`."""

    zone_id: UUID
    seq: int
    id: UUID
    subject_kind: str
    subject_id: UUID
    kind: str
    occurred_on: date
    occurred_precision: str
    recorded_at: datetime
    payload: str
    supersedes_id: UUID | None
    hash: str
    evidence: str = "[]"


class LedgerSource(Protocol):
    """How the mirror reads the ledger of one zone; supplied by the app."""

    def head(self) -> tuple[int, str]:
        """Last sequence number and its hash; (0, "") for an empty ledger."""

    def rows_after(self, seq: int) -> Iterable[Sequence[object]]:
        """Rows (`LedgerRow` fields) with a larger sequence number, in order."""


@dataclass(slots=True)
class _Zone:
    """State of one zone's table in this process."""

    table: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    loaded: bool = False
    seq: int = 0
    hash: str = ""
    saved: int = 0
    projects_seq: int = 0
    epoch: int = 0


_TYPES = {
    "zone": "TINYINT", "project": "UUID", "decimal(38, 6)": "DECIMAL(38, 6)", "string": "VARCHAR", "int64": "BIGINT",
    "int32": "INTEGER", "int16": "SMALLINT",
}  # fmt: skip
_COLUMNS = {name: _TYPES.get(name) or _TYPES[kind.lstrip("!")] for name, kind in EVENT_COLUMNS.items()}
_ARROW = ibis.schema(dict(EVENT_COLUMNS)).to_pyarrow()
_INCOMING = pa.schema([*_ARROW, pa.field("id", pa.string()), pa.field("known_day", pa.int32())])


class Mirror:
    """All zones' mirrors in this process. `folder` None keeps nothing on disk.

    Thread safe: writing is under one lock a zone, reading needs none, because every question names the last sequence
    number it wants to see. Process safe: each process has its own copy in memory; files are only added or deleted whole.
    """

    def __init__(self, folder: Path | None, *, memory: str = "2GB", threads: int = 2) -> None:
        self.folder = folder / SCHEMA if folder else None
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": str(self.folder / "spill") if self.folder else "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self.connection = duckdb.connect(":memory:", config=config)
        self._zones: dict[str, _Zone] = {}
        self._lock = threading.Lock()

    def table(self, zone: UUID) -> str:
        """Name of the zone's event table."""
        return self._state(zone).table

    def position(self, zone: UUID) -> tuple[int, int]:
        """(epoch, last project event): the epoch grows when the zone's mirror was thrown away and read again.

        Later events of other subjects change no figure, so an answer up to the last project event still stands.
        """
        state = self._state(zone)
        return state.epoch, state.projects_seq

    def catch_up(self, zone: UUID, source: LedgerSource) -> int:
        """Bring the zone's mirror to the end of its ledger; the last sequence number seen.

        What does not continue the ledger (restored database, another installation's files) is thrown away and read again.
        """
        state = self._state(zone)
        head, head_hash = source.head()
        if state.loaded and (state.seq, state.hash) == (head, head_hash):
            return head
        with state.lock:
            if not state.loaded:
                self._load(zone, state)
            head, _hash = source.head()  # again: while waiting for the lock another thread may have read further
            if not self._tail(state, source, head):
                self._forget(zone, state)
                self._tail(state, source, head)
            self._save(zone, state)
            return state.seq

    def rebuild(self, zone: UUID, source: LedgerSource) -> int:
        """Throw the zone's mirror away, on disk too, and read the ledger from its start; events seen."""
        state = self._state(zone)
        with state.lock:
            self._forget(zone, state)
            self._tail(state, source, source.head()[0])
            self._save(zone, state, always=True)
            return state.seq

    def _state(self, zone: UUID) -> _Zone:
        with self._lock:
            state = self._zones.get(zone.hex)
            if state is None:
                state = self._zones[zone.hex] = _Zone(table=f"events_{zone.hex}")
                self._create(state.table)
            return state

    def _create(self, table: str) -> None:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
        self.connection.cursor().execute(f"CREATE OR REPLACE TABLE {table} ({columns}, id UUID, known_day INTEGER)")

    def _folder(self, zone: UUID) -> Path | None:
        return self.folder / zone.hex if self.folder else None

    def _load(self, zone: UUID, state: _Zone) -> None:
        folder = self._folder(zone)
        found = segments.chain(folder) if folder and folder.is_dir() else []
        state.loaded = True
        if not found:
            return
        try:
            files = [str(segment.path) for segment in found]
            cursor = self.connection.cursor()
            cursor.execute(f"INSERT INTO {state.table} SELECT * FROM read_parquet(?)", [files])
            self._note(state, found[-1].last, found[-1].hash, saved=found[-1].last)
        except (duckdb.Error, OSError):
            self._forget(zone, state)

    def _note(self, state: _Zone, seq: int, chain_hash: str, *, saved: int | None = None) -> None:
        row = self.connection.cursor().execute(f"SELECT coalesce(max(seq), 0) FROM {state.table}").fetchone()
        state.projects_seq = row[0] if row else 0
        state.seq, state.hash = seq, chain_hash
        if saved is not None:
            state.saved = saved

    def _forget(self, zone: UUID, state: _Zone) -> None:
        folder = self._folder(zone)
        if folder and folder.is_dir():
            segments.remove(folder.iterdir())
        self._create(state.table)
        state.loaded, state.seq, state.hash, state.saved, state.projects_seq = True, 0, "", 0, 0
        state.epoch += 1

    def _tail(self, state: _Zone, source: LedgerSource, head: int) -> bool:
        """Read on from the last known row; False when that row is not the ledger's."""
        if head < state.seq:
            return False
        rows = iter(LedgerRow(*row) for row in source.rows_after(max(state.seq - 1, 0)))  # type: ignore[arg-type]
        if state.seq:
            known = next(rows, None)
            if known is None or (known.seq, known.hash) != (state.seq, state.hash):
                return False
        while batch := list(islice(rows, BATCH)):
            self._append(state, batch)
        return True

    def _append(self, state: _Zone, batch: list[LedgerRow]) -> None:
        cursor = self.connection.cursor()
        projects = [row for row in batch if row.subject_kind in COUNTED_SUBJECTS]
        if projects:
            incoming = pa.Table.from_arrays(
                [
                    pa.array(column, type=kind.type)
                    for column, kind in zip(_typed(cursor, state, projects), _INCOMING, strict=True)
                ],
                schema=_INCOMING,
            )
            cursor.register("incoming", incoming)
            cursor.execute(f"INSERT INTO {state.table} SELECT * FROM incoming")
            cursor.unregister("incoming")
        self._note(state, batch[-1].seq, batch[-1].hash)

    def _save(self, zone: UUID, state: _Zone, *, always: bool = False) -> None:
        folder = self._folder(zone)
        waiting = state.seq - state.saved
        if folder is None or waiting == 0 or (not always and waiting < max(SAVE_AFTER, state.saved // 4)):
            return
        folder.mkdir(parents=True, exist_ok=True)
        path = segments.path_of(folder, first=state.saved + 1, last=state.seq, chain_hash=state.hash)
        draft = segments.draft_of(path)
        self.connection.cursor().execute(
            f"COPY (SELECT * FROM {state.table} WHERE seq > {state.saved} ORDER BY seq) TO '{draft}' (FORMAT parquet)"
        )
        draft.replace(path)
        state.saved = state.seq


def _typed(cursor: duckdb.DuckDBPyConnection, state: _Zone, rows: list[LedgerRow]) -> Iterator[tuple[object, ...]]:
    """Columns of the rows: `EVENT_COLUMNS`, then the event's id and the day on which a ledger reported it or it was recorded."""
    numbers = _numbers(cursor, state, rows)
    typed = []
    for row in rows:
        payload: Mapping[str, object] = json.loads(row.payload)
        columns = event_columns(
            zone="0",
            seq=row.seq,
            project=str(payload["project"] if row.subject_kind == "recognition" else row.subject_id),
            recognition=str(row.subject_id) if row.subject_kind == "recognition" else None,
            kind=row.kind,
            occurred=PartialDate(row.occurred_on, Precision(row.occurred_precision)),
            payload=payload,
            supersedes=numbers.get(str(row.supersedes_id)) if row.supersedes_id else None,
        )
        typed.append((*columns, str(row.id), _known_day(row)))
    return zip(*typed, strict=True)


def _known_day(row: LedgerRow) -> int:
    """Ordinal of the day for which a ledger reported the event; of the day in Shanghai on which it was recorded when none did."""
    if '"reported_on"' in row.evidence:
        days = [str(item["reported_on"]) for item in json.loads(row.evidence) if "reported_on" in item]
        return min(date.fromisoformat(day) for day in days).toordinal()
    return row.recorded_at.astimezone(SHANGHAI).date().toordinal()


def _numbers(cursor: duckdb.DuckDBPyConnection, state: _Zone, rows: list[LedgerRow]) -> dict[str, int]:
    """Sequence numbers of the events that the rows correct."""
    wanted = [str(row.supersedes_id) for row in rows if row.supersedes_id]
    if not wanted:
        return {}
    found = {str(row.id): row.seq for row in rows}
    listed = cursor.execute(
        f"SELECT id::VARCHAR, seq FROM {state.table} WHERE id IN (SELECT unnest(?::UUID[]))", [wanted]
    ).fetchall()
    return {**found, **dict(listed)}
