"""Counting over millions of projects in bounded memory: the projects are judged part by part, the sums are added up.

The events lie in a DuckDB table with the columns of `EVENT_COLUMNS`; narrow types are welcome (numbers for zone, project and
attributes, ENUM for kinds, DECIMAL(18, 2) for amounts). What no longer stands is taken out once. Sorting what stands by project
was measured and costs more than it saves.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from zhaoyin.adapters.warehouse.run import Form, Question, compile_count, compile_merges
from zhaoyin.engines.counting import Count, FunnelStep, StageTime, canonical_projects

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was counted: the figures, the funnel, the days in stages."""

    count: Count
    funnel: tuple[FunnelStep, ...]
    stage_times: tuple[StageTime, ...]


class BulkCount:
    """A DuckDB table of events of one zone, made ready for one cutoff; ask it any number of questions of that cutoff."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str, *, known_seq: int, parts: int = 8) -> None:
        self.connection, self.known_seq, self.parts = connection, known_seq, parts
        self._stand(table)
        self._merges()

    def _stand(self, table: str) -> None:
        """What stands, found once and not in every question."""
        run = self.connection.execute
        known = f"seq <= {self.known_seq:d}"
        run("DROP VIEW IF EXISTS asked_events")
        run(
            f"CREATE OR REPLACE TABLE standing_events AS SELECT * REPLACE (NULL::BIGINT AS supersedes) FROM {table} e"
            f" WHERE {known} AND kind <> 'retracted'"
            f" AND seq NOT IN (SELECT supersedes FROM {table} WHERE {known} AND supersedes IS NOT NULL)"
        )
        run(
            f"CREATE OR REPLACE TABLE asked_zones AS SELECT any_value(zone) AS zone, {self.known_seq:d}::BIGINT AS known_seq FROM {table}"
        )

    def _merges(self) -> None:
        run = self.connection.execute
        run("CREATE OR REPLACE TEMP VIEW asked_events AS SELECT * FROM standing_events WHERE merged_into IS NOT NULL")
        said = run(compile_merges()).fetchall()
        rows = canonical_projects([(str(zone), str(project), str(into), seq) for zone, project, into, seq in said])
        run(
            "CREATE OR REPLACE TABLE asked_merges AS SELECT zone, project, project AS canonical, 0::BIGINT AS depth,"
            " NULL::BIGINT AS merge_seq FROM standing_events LIMIT 0"
        )
        if rows:
            self.connection.executemany("INSERT INTO asked_merges VALUES (?, ?, ?, ?, ?)", rows)
        low, high = run("SELECT min(project), max(project) FROM standing_events").fetchall()[0]
        self._bounds = (int(low or 0), int(high or 0))

    def _each_part(self) -> Iterator[None]:
        """Points `asked_events` at one part after the other; merged projects are all in the first, groups being judged whole."""
        low, high = self._bounds
        width = -(-(high - low + 1) // self.parts)
        merged = "project IN (SELECT project FROM asked_merges)"
        alone = not self.connection.execute("SELECT count(*) FROM asked_merges").fetchall()[0][0]
        for n in range(self.parts):
            inside = f"project >= {low + n * width} AND project < {low + (n + 1) * width}"
            where = inside if alone else f"({inside} AND NOT {merged})" + (f" OR {merged}" if n == 0 else "")
            self.connection.execute(
                f"CREATE OR REPLACE TEMP VIEW asked_events AS SELECT * FROM standing_events WHERE {where}"
            )
            yield

    def ask(self, question: Question) -> Bulk:
        """Figures, funnel and days in stages of the question; its zone and cutoff are those of the table."""
        form = compile_count(question)
        totals: list[Row] = []
        funnel: list[Row] = []
        days: list[Row] = []
        for _part in self._each_part():
            self._judge(form)
            totals += self._rows(form.summaries["totals"])
            funnel += self._rows(form.summaries["funnel"])
            days += self._rows(form.stage_times)
        solution = form.solution
        return Bulk(
            solution.count(totals, last_seq=self.known_seq), solution.funnel(funnel), solution.stage_times(days)
        )

    def _judge(self, form: Form) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE asked_verdicts AS {form.verdicts}")

    def _rows(self, sql: str) -> list[Row]:
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
