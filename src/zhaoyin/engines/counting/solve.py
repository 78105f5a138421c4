"""The one public function: a problem → named expressions, and pure functions that read the fetched rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from ibis.expr.types import Table

from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.figure import Cell, Exclusion, Figure, Quantity, Verdict, total
from zhaoyin.domain.project.stages import Stage
from zhaoyin.engines.counting.params import Rate, credited_shares
from zhaoyin.engines.counting.problem import Problem
from zhaoyin.engines.counting.result import (
    Count,
    FunnelStep,
    Identity,
    RatioValue,
    Share,
    StageTime,
    month_text,
    quantity_of,
    verdict_from_row,
)
from zhaoyin.engines.counting.summaries import DIMENSIONS, stage_times, summaries
from zhaoyin.engines.counting.verdicts import verdicts

ENGINE_VERSION = "counting/2"
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Solution:
    """What to run, and how to read it.

    `expressions`: `verdicts` (one row a project and figure), what `summaries` makes of it, and `stage_times`. Rows come back as mappings
    by column name, in any order.
    """

    problem: Problem
    expressions: Mapping[str, Table]

    def count(self, rows: Iterable[Row], *, last_seq: int) -> Count:
        """Figures of one zone from its `totals` rows; `last_seq`: the last event that was seen."""
        return _count(self.problem, list(rows), last_seq)

    def verdicts(self, rows: Iterable[Row]) -> list[Verdict]:
        """Verdicts from `verdicts` rows, by deciding day and event."""
        found = [verdict_from_row(row) for row in rows]
        return sorted(found, key=_order)

    def table(self, name: str, rows: Iterable[Row], figure: str) -> dict[tuple[str | None, str | None], Share]:
        """A figure by unit, place (province), or size band, and month, from rows of a table of `DIMENSIONS`.

        Units hold their credited shares, what is credited to nobody stands under None. Bands are "0", "1", …; None is unknown.
        """
        return _dimension(self.problem, name, list(rows), figure)

    def ratios(self, count: Count, cohorts: Iterable[Row] = ()) -> dict[str, RatioValue]:
        """Conversion rates of the pack from its figures and `cohorts` rows."""
        return _ratios(self.problem, count, list(cohorts))

    def stage_times(self, rows: Iterable[Row]) -> tuple[StageTime, ...]:
        """Median and quartiles of days in each stage from `stage_times` rows."""
        return _stage_times(list(rows))

    def funnel(self, rows: Iterable[Row]) -> tuple[FunnelStep, ...]:
        """Steps of one zone from its `funnel` rows; projects that ended count in `reached`, not in `standing`."""
        return _funnel(list(rows))


def _order(verdict: Verdict) -> tuple[object, ...]:
    amount = verdict.amount or Decimal(0)
    return (
        verdict.figure, verdict.day is None, verdict.day, verdict.event or 0, verdict.project, verdict.currency or "", amount,
    )  # fmt: skip


def solve(problem: Problem) -> Solution:
    """Expressions over the problem's tables; nothing is run. InvalidValue when the as-of day precedes the period.

    The same events, cutoffs, pack and days give the same rows on every backend that Ibis compiles to.
    """
    problem.covered  # noqa: B018 - refuses an empty period before anything is built
    judged = verdicts(problem)
    expressions = {"verdicts": judged, **summaries(judged, problem.pack), "stage_times": stage_times(problem)}
    return Solution(problem=problem, expressions=MappingProxyType(expressions))


def _funnel(rows: list[Row]) -> tuple[FunnelStep, ...]:
    reached, here = [0] * len(Stage), [0] * len(Stage)
    for row in rows:
        highest, projects = int(str(row["highest"])), int(str(row["projects"]))
        for rank in range(highest + 1):
            reached[rank] += projects
        if not row["ended"]:
            here[highest] += projects
    return tuple(FunnelStep(stage.value, reached[stage.rank], here[stage.rank]) for stage in Stage)


def _text(value: object) -> str | None:
    return str(value) if value else None


def _number(value: object) -> int:
    return int(str(value))


CellKey = tuple[str | None, str | None, str | None]


def _cells(
    rows: list[Row], rates: list[Decimal]
) -> tuple[dict[tuple[str, int], dict[CellKey, Quantity]], dict[str, dict[str, int]]]:
    """Cells by figure and measure, and projects out by figure and rule."""
    cells: dict[tuple[str, int], dict[CellKey, Quantity]] = {}
    excluded: dict[str, dict[str, int]] = {}
    for row in rows:
        name, measure = str(row["figure"]), _number(row["measure"])
        if row["rule"]:
            rules = excluded.setdefault(name, {})
            rules[str(row["rule"])] = rules.get(str(row["rule"]), 0) + _number(row["projects"])
            continue
        month = row["month"]
        key = (_text(row["task_force"]), _text(row["industry"]), month_text(None if month is None else _number(month)))
        found = cells.setdefault((name, measure), {})
        found[key] = found.get(key, Quantity()) + quantity_of(row, rates)
    return cells, excluded


def _count(problem: Problem, rows: list[Row], last_seq: int) -> Count:
    pack = problem.pack
    cells, excluded = _cells(rows, [rate.yuan for rate in problem.all_rates])
    figures = {}
    for rule in pack.figures:
        measure = pack.measures.index(rule.amount) if rule.amount else 0
        listed = sorted(
            cells.get((rule.base, measure), {}).items(), key=lambda item: tuple(part or "" for part in item[0])
        )
        outs = excluded.get(rule.base, {})
        figures[rule.name] = Figure(
            name=rule.name,
            measure=rule.measure,
            total=total(quantity for _key, quantity in listed),
            cells=tuple(Cell(*key, quantity) for key, quantity in listed),
            excluded={out.value: outs[out.value] for out in Exclusion if out.value in outs},
        )
    identity = Identity(
        engine=ENGINE_VERSION,
        pack=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        covered=str(problem.covered),
        as_of=problem.last_day,
        last_seq=last_seq,
        rates_sha256=_rates_hash(problem.rates),
    )
    return Count(identity=identity, figures=figures)


def _rates_hash(rates: tuple[Rate, ...]) -> str:
    """Hash of a zone's own rates, "" when it has none."""
    listed = sorted((rate.currency, rate.from_day.isoformat(), str(rate.yuan), rate.source) for rate in rates)
    return sha256_hex(canonical_json(listed)) if listed else ""


def _dimension(problem: Problem, name: str, rows: list[Row], figure: str) -> dict[tuple[str | None, str | None], Share]:
    pack, rates = problem.pack, [rate.yuan for rate in problem.all_rates]
    rule = pack.figure(figure)
    measure = pack.measures.index(rule.amount) if rule.amount else 0
    found: dict[tuple[str | None, str | None], Share] = {}
    for row in rows:
        if row["figure"] != rule.base or _number(row["measure"]) != measure:
            continue
        quantity = quantity_of(row, rates)
        month = month_text(None if row["month"] is None else _number(row["month"]))
        for key, share in _parts(problem, name, row):
            found[key, month] = found.get((key, month), Share()) + Share.of(quantity, share)
    return dict(sorted(found.items(), key=lambda item: tuple(part or "" for part in item[0])))


def _parts(problem: Problem, name: str, row: Row) -> tuple[tuple[str | None, Decimal], ...]:
    """Keys of a row in a table of `DIMENSIONS`, with the part of it that stands under each."""
    if name == "units":
        stated = str(row["credit"] or "")
        return credited_shares(problem.pack.credit, unit=_text(row["unit"]), stated=stated)
    value = row[DIMENSIONS[name][0]]
    if name == "sizes":
        return ((None if value is None or _number(value) < 0 else str(_number(value)), Decimal(1)),)
    return (((_text(value) or "")[:2] or None, Decimal(1)),)


def _ratios(problem: Problem, count: Count, cohorts: list[Row]) -> dict[str, RatioValue]:
    came = {_number(row["ratio"]): _number(row["projects"]) for row in cohorts}
    found = {}
    for nth, ratio in enumerate(problem.pack.ratios):
        below, above = count.figures[ratio.denominator], count.figures[ratio.numerator]
        if below.measure == "projects":
            top = came.get(nth, 0) if ratio.cohort else above.total.projects
            found[ratio.name] = RatioValue(Decimal(top), Decimal(below.total.projects))
        else:
            found[ratio.name] = RatioValue(above.total.yuan, below.total.yuan)
    return found


def _stage_times(rows: list[Row]) -> tuple[StageTime, ...]:
    days: dict[int, dict[int, int]] = {}
    still: dict[int, int] = {}
    for row in rows:
        stage = _number(row["stage"])
        if row["days"] is None:
            still[stage] = still.get(stage, 0) + _number(row["projects"])
        else:
            found = days.setdefault(stage, {})
            found[_number(row["days"])] = found.get(_number(row["days"]), 0) + _number(row["projects"])
    return tuple(
        StageTime.of(stage.value, days.get(stage.rank, {}), still.get(stage.rank, 0))
        for stage in list(Stage)[1:]
        if stage.rank in days or stage.rank in still
    )
