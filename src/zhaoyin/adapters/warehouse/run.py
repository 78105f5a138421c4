"""Running counting over the mirror: compile once, judge only the projects that moved, keep answers until the ledger moves."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table

from zhaoyin.adapters.warehouse.mirror import LedgerSource, Mirror
from zhaoyin.domain.figure import Exclusion, Verdict
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting import (
    EVENT_COLUMNS,
    Count,
    FunnelStep,
    Pack,
    Problem,
    Rate,
    RatioValue,
    Share,
    Solution,
    StageTime,
    canonical_projects,
    merge_statements,
    solve,
    summaries,
)
from zhaoyin.engines.counting.problem import MERGE_COLUMNS, ZONE_COLUMNS, Merge

JUDGEMENTS_KEPT = 16
"""Judged tables a process keeps: about 40 MB each for 100,000 projects."""
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A count in one zone. `known_seq`: last sequence number to see (None: all that is there). `reported_by`: only what was
    reported by the end of that day: by the ledger it stood in, or, for what no ledger said, when it was recorded."""

    zone: UUID
    pack: Pack
    period: Period
    as_of: date | None = None
    known_seq: int | None = None
    reported_by: date | None = None
    industry_codes: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)
    rates: tuple[Rate, ...] = ()

    @property
    def form(self) -> tuple[object, ...]:
        """What the compiled SQL depends on: neither the zone nor the cutoff."""
        codes = tuple(sorted(self.industry_codes.items())) if self.pack.uses_industries else ()
        return self.pack.sha256, self.period, self.as_of, codes, self.rates


class Statements(Mapping[str, str]):
    """SQL of expressions by name, each compiled when it is first asked for: a count needs one of a dozen."""

    def __init__(self, expressions: Mapping[str, Table]) -> None:
        self._expressions = expressions
        self._compiled: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._compiled:
            self._compiled[name] = _sql(self._expressions[name])
        return self._compiled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._expressions)

    def __len__(self) -> int:
        return len(self._expressions)


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled count: the solution that reads rows, and SQL over `asked_events`, `asked_zones`, `asked_merges`."""

    solution: Solution
    statements: Statements
    summaries: Statements

    @property
    def verdicts(self) -> str:
        """SQL of the verdicts."""
        return self.statements["verdicts"]

    @property
    def stage_times(self) -> str:
        """SQL of the days in each stage."""
        return self.statements["stage_times"]


@dataclass(slots=True)
class _Judgement:
    """A stored table of verdicts, true up to `cutoff` (epoch of the mirror, sequence number), and the answers taken from it."""

    table: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    cutoff: tuple[int, int] = (-1, -1)
    merges: list[Merge] = field(default_factory=list)
    answers: dict[str, list[Row]] = field(default_factory=dict)
    kept: tuple[list[Row], int, Count] | None = None


def _asked(columns: Mapping[str, str], name: str) -> Table:
    return ibis.table(ibis.schema(dict(columns)), name=name)


def _sql(expression: Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def compile_count(question: Question) -> Form:
    """DuckDB SQL of the question; the summaries read the stored verdicts from `asked_verdicts`."""
    problem = Problem(
        events=_asked(EVENT_COLUMNS, "asked_events"),
        zones=_asked(ZONE_COLUMNS, "asked_zones"),
        merges=_asked(MERGE_COLUMNS, "asked_merges"),
        pack=question.pack,
        period=question.period,
        as_of=question.as_of,
        industry_codes=question.industry_codes,
        rates=question.rates,
    )
    solution = solve(problem)
    judged = solution.expressions["verdicts"]
    stored = ibis.table(judged.schema(), name="asked_verdicts")
    return Form(solution, Statements(solution.expressions), Statements(summaries(stored, question.pack)))


def compile_merges() -> str:
    """DuckDB SQL of the merges that stand in `asked_events`."""
    events, zones = _asked(EVENT_COLUMNS, "asked_events"), _asked(ZONE_COLUMNS, "asked_zones")
    return _sql(merge_statements(events=events, zones=zones))


class Warehouse:
    """The mirror with its questions. One object a process; thread safe."""

    def __init__(self, folder: Path | None) -> None:
        self.mirror = Mirror(folder)
        self._forms: OrderedDict[tuple[object, ...], Form] = OrderedDict()
        self._judgements: OrderedDict[tuple[object, ...], _Judgement] = OrderedDict()
        self._merges_sql = ""
        self._lock = threading.Lock()
        self._made = 0

    def catch_up(self, zone: UUID, source: LedgerSource) -> int:
        """Tail the ledger; see `Mirror.catch_up`."""
        return self.mirror.catch_up(zone, source)

    def rebuild(self, zone: UUID, source: LedgerSource) -> int:
        """Read the ledger again from its start; see `Mirror.rebuild`."""
        return self.mirror.rebuild(zone, source)

    def count(self, question: Question, *, last_seq: int) -> Count:
        """Figures. `last_seq`: what `catch_up` returned; a `known_seq` before it is the cutoff."""
        rows, cutoff = self._summary("totals", question, last_seq)
        seen = max(last_seq, cutoff) if question.known_seq is None else min(last_seq, question.known_seq)
        judgement = self._judgement(question)
        kept = judgement.kept
        if kept is None or kept[0] is not rows or kept[1] != seen:
            counted = self._form(question).solution.count(rows, last_seq=seen)
            if question.reported_by is not None:
                counted = replace(counted, identity=replace(counted.identity, reported_by=question.reported_by))
            kept = judgement.kept = (rows, seen, counted)
        return kept[2]

    def funnel(self, question: Question, *, last_seq: int) -> tuple[FunnelStep, ...]:
        """How far the projects have come by the as-of day."""
        return self._form(question).solution.funnel(self._summary("funnel", question, last_seq)[0])

    def origins(self, question: Question, *, last_seq: int) -> dict[str, dict[str, int]]:
        """Counted projects by figure and origin code ("" unknown)."""
        found: dict[str, dict[str, int]] = {}
        for row in self._summary("origins", question, last_seq)[0]:
            sides = found.setdefault(str(row["figure"]), {})
            origin = str(row["origin"] or "")
            sides[origin] = sides.get(origin, 0) + int(str(row["projects"]))
        return found

    def verdicts(
        self,
        question: Question,
        *,
        last_seq: int,
        figure: str | None = None,
        rules: Sequence[Exclusion | None] | None = None,
        cell: Mapping[str, str | None] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Verdict]:
        """Verdicts of a base figure (None: all), with those rules (None in it: counted), in one cell of the table.

        `cell` may hold `task_force`, `industry`, `unit` (ids, None for unknown), `origin` (province), `size` (band) and `month` ("2026-05").
        """
        wheres, values = _wheres(figure, rules, cell or {})
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        tail = f" LIMIT {limit:d} OFFSET {offset:d}" if limit is not None else ""
        listed = self._form(question).summaries["listed"]
        sql = f"SELECT * FROM ({listed}){where} ORDER BY figure, day NULLS LAST, event, project{tail}"
        judgement = self._judgement(question)
        with judgement.lock:
            self._bring_up(judgement, question, last_seq)
            rows = _fetch(self._reader(judgement), sql, values)
        return self._form(question).solution.verdicts(rows)

    def rules(
        self, question: Question, *, last_seq: int, figure: str, cell: Mapping[str, str | None] | None = None
    ) -> dict[str, int]:
        """Projects by the rule that kept them out ("" counted), of a base figure, in one cell of the table."""
        wheres, values = _wheres(figure, None, cell or {})
        sql = f"SELECT rule, count(*) AS projects FROM asked_verdicts WHERE {' AND '.join(wheres)} GROUP BY rule"
        judgement = self._judgement(question)
        with judgement.lock:
            self._bring_up(judgement, question, last_seq)
            rows = _fetch(self._reader(judgement), sql, values)
        return {str(row["rule"]): int(str(row["projects"])) for row in rows}

    def table(
        self, question: Question, name: str, *, figure: str, last_seq: int
    ) -> dict[tuple[str | None, str | None], Share]:
        """A figure by unit, place or size band, and month; `name` is one of `counting.DIMENSIONS`."""
        return self._form(question).solution.table(name, self._summary(name, question, last_seq)[0], figure)

    def ratios(self, question: Question, *, last_seq: int) -> dict[str, RatioValue]:
        """Conversion rates of the pack."""
        counted, form = self.count(question, last_seq=last_seq), self._form(question)
        rows = self._summary("cohorts", question, last_seq)[0] if "cohorts" in form.summaries else []
        return form.solution.ratios(counted, rows)

    def stage_times(self, question: Question, *, last_seq: int) -> tuple[StageTime, ...]:
        """Days in each stage by the as-of day."""
        form = self._form(question)
        cutoff = last_seq if question.known_seq is None else min(last_seq, question.known_seq)
        cursor = self.mirror.connection.cursor()
        self._ask(cursor, question, cutoff)
        _put_merges(cursor, self._merges(cursor))
        return form.solution.stage_times(_fetch(cursor, form.stage_times, []))

    def rows(self, question: Question, *, last_seq: int, figure: str) -> list[Row]:
        """Rows of `verdicts` of a base figure, as they are fetched."""
        judgement = self._judgement(question)
        with judgement.lock:
            self._bring_up(judgement, question, last_seq)
            return _fetch(self._reader(judgement), "SELECT * FROM asked_verdicts WHERE figure = ?", [figure])

    def judged_with(self, question: Question, supposed: pa.Table, *, last_seq: int, more: int) -> list[Verdict]:
        """Verdicts over the ledger's events and `more` supposed ones after `last_seq`; nothing is stored."""
        form, table = self._form(question), self.mirror.table(question.zone)
        names = ", ".join(f'"{name}"' for name in EVENT_COLUMNS)
        cursor = self.mirror.connection.cursor()
        try:
            self._ask(cursor, question, last_seq + more)
            cursor.execute("DROP VIEW asked_events")
            cursor.register("supposed", supposed)
            cursor.execute(
                f"CREATE OR REPLACE TEMP TABLE asked_events AS SELECT {names} FROM {table} WHERE seq <= {last_seq:d}"
                f" UNION ALL SELECT {names} FROM supposed"
            )
            _put_merges(cursor, self._merges(cursor))
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE asked_verdicts AS {form.verdicts}")
        except duckdb.Error:
            cursor.close()
            raise
        return form.solution.verdicts(_fetch(cursor, form.summaries["listed"], []))

    def _form(self, question: Question) -> Form:
        with self._lock:
            form = self._forms.get(question.form)
            if form is None:
                form = self._forms[question.form] = compile_count(question)
                while len(self._forms) > 64:
                    self._forms.popitem(last=False)
            return form

    def _summary(self, name: str, question: Question, last_seq: int) -> tuple[list[Row], int]:
        """Rows of a summary, and the last project event that they rest on."""
        form, judgement = self._form(question), self._judgement(question)
        with judgement.lock:
            self._bring_up(judgement, question, last_seq)
            rows = judgement.answers.get(name)
            if rows is None:
                rows = judgement.answers[name] = _fetch(self._reader(judgement), form.summaries[name], [])
            return rows, judgement.cutoff[1]

    def _judgement(self, question: Question) -> _Judgement:
        """One for each form as known now, which moves on with the ledger, and one for each earlier cutoff asked for."""
        key = (question.zone, question.form, question.known_seq, question.reported_by)
        with self._lock:
            found = self._judgements.pop(key, None)
            if found is None:
                self._made += 1
                found = _Judgement(table=f"judged_{self._made}")
            self._judgements[key] = found
            dropped = []
            while len(self._judgements) > JUDGEMENTS_KEPT:
                dropped.append(self._judgements.popitem(last=False)[1])
        for old in dropped:
            with old.lock:
                self.mirror.connection.cursor().execute(f"DROP TABLE IF EXISTS {old.table}")
                old.cutoff, old.answers = (-1, -1), {}
        return found

    def _reader(self, judgement: _Judgement) -> duckdb.DuckDBPyConnection:
        cursor = self.mirror.connection.cursor()
        cursor.execute(f"CREATE OR REPLACE TEMP VIEW asked_verdicts AS SELECT * FROM {judgement.table}")
        return cursor

    def _bring_up(self, judgement: _Judgement, question: Question, last_seq: int) -> None:
        """Make the stored verdicts true for the cutoff: all of them the first time, later only those that moved."""
        cutoff = last_seq if question.known_seq is None else min(last_seq, question.known_seq)
        epoch, projects_seq = self.mirror.position(question.zone)
        cutoff = min(cutoff, projects_seq)
        if judgement.cutoff == (epoch, cutoff):
            return
        if question.known_seq is None and judgement.cutoff[0] == epoch and judgement.cutoff[1] > cutoff:
            return  # another thread has seen more since
        form = self._form(question)
        cursor = self.mirror.connection.cursor()
        try:
            self._ask(cursor, question, cutoff)
            merges = self._merges(cursor)
            _put_merges(cursor, merges)
            step = judgement.cutoff[0] == epoch and judgement.cutoff[1] <= cutoff and merges == judgement.merges
            if step and self._restrict(cursor, question, judgement.cutoff[1], cutoff, merges):
                cursor.execute("BEGIN")
                cursor.execute(f"DELETE FROM {judgement.table} WHERE project IN (SELECT project FROM touched)")
                cursor.execute(f"INSERT INTO {judgement.table} {form.verdicts}")
                cursor.execute("COMMIT")
            else:
                self._ask(cursor, question, cutoff)
                cursor.execute(f"CREATE OR REPLACE TABLE {judgement.table} AS {form.verdicts}")
            judgement.cutoff, judgement.merges, judgement.answers = (epoch, cutoff), merges, {}
        finally:
            cursor.close()

    def _ask(self, cursor: duckdb.DuckDBPyConnection, question: Question, cutoff: int) -> None:
        table = self.mirror.table(question.zone)
        reported = f" WHERE known_day <= {question.reported_by.toordinal():d}" if question.reported_by else ""
        cursor.execute(f"CREATE OR REPLACE TEMP VIEW asked_events AS SELECT * FROM {table}{reported}")
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE asked_zones AS SELECT 0::TINYINT AS zone, {cutoff:d}::BIGINT AS known_seq"
        )

    def _restrict(
        self, cursor: duckdb.DuckDBPyConnection, question: Question, since: int, cutoff: int, merges: list[Merge]
    ) -> bool:
        """Narrow `asked_events` to the projects that moved; False when a merged one did, whose group must be judged whole."""
        table = self.mirror.table(question.zone)
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT project FROM {table}"
            f" WHERE seq > {since:d} AND seq <= {cutoff:d}"
        )
        if merges:
            row = cursor.execute("SELECT 1 FROM touched SEMI JOIN asked_merges USING (project) LIMIT 1").fetchone()
            if row is not None:
                return False
        reported = f" WHERE known_day <= {question.reported_by.toordinal():d}" if question.reported_by else ""
        cursor.execute("DROP VIEW asked_events")
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE asked_events AS SELECT * FROM {table} SEMI JOIN touched USING (project){reported}"
        )
        return True

    def _merges(self, cursor: duckdb.DuckDBPyConnection) -> list[Merge]:
        if not self._merges_sql:
            self._merges_sql = compile_merges()
        said = cursor.execute(self._merges_sql).fetchall()
        return canonical_projects([(str(zone), str(project), into, seq) for zone, project, into, seq in said])


def _put_merges(cursor: duckdb.DuckDBPyConnection, merges: list[Merge]) -> None:
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE asked_merges (zone TINYINT, project UUID, canonical UUID, depth BIGINT, merge_seq BIGINT)"
    )
    if merges:
        cursor.executemany("INSERT INTO asked_merges VALUES (?, ?, ?, ?, ?)", merges)


def _fetch(cursor: duckdb.DuckDBPyConnection, sql: str, values: list[object]) -> list[Row]:
    try:
        result = cursor.execute(sql, values)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    finally:
        cursor.close()


def _wheres(
    figure: str | None, rules: Sequence[Exclusion | None] | None, cell: Mapping[str, str | None]
) -> tuple[list[str], list[object]]:
    wheres: list[str] = []
    values: list[object] = []
    if figure is not None:
        wheres.append("figure = ?")
        values.append(figure)
    if rules is not None:
        wheres.append("rule IN (SELECT unnest(?::VARCHAR[]))")
        values.append([rule.value if rule else "" for rule in rules])
    for name in ("task_force", "industry"):
        if name in cell:
            wheres.append(f"coalesce({name}, '') = ?")
            values.append(cell[name] or "")
    if "origin" in cell:
        wheres.append("substr(coalesce(origin, ''), 1, 2) = ?")
        values.append(cell["origin"] or "")
    if "size" in cell:
        wheres.append("coalesce(CASE WHEN size < 0 THEN NULL ELSE size END::VARCHAR, '') = ?")
        values.append(cell["size"] or "")
    if "unit" in cell:
        # A stated credit names its units; without one the attracting unit has the whole.
        wheres.append(
            "CASE WHEN coalesce(credit, '') = '' THEN coalesce(unit::VARCHAR, '') = ? ELSE contains(credit, ?) END"
        )
        values += [cell["unit"] or "", cell["unit"] or "-"]
    if cell.get("month"):
        year, month = str(cell["month"]).split("-")
        wheres.append("month = ?")
        values.append(int(year) * 12 + int(month) - 1)
    return wheres, values
