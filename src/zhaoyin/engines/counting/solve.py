"""The one public function: a problem → named expressions, and pure functions that read the fetched rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ibis.expr.types import Table

from zhaoyin.domain.figure import Cell, Exclusion, Figure, Quantity, Verdict, total
from zhaoyin.domain.project.stages import Stage
from zhaoyin.engines.counting.params import Pack
from zhaoyin.engines.counting.problem import Problem
from zhaoyin.engines.counting.result import (
    Count,
    FunnelStep,
    Identity,
    month_text,
    quantity_of,
    verdict_from_row,
)
from zhaoyin.engines.counting.verdicts import verdicts

ENGINE_VERSION = "counting/1"
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Solution:
    """What to run, and how to read it.

    `expressions`: `verdicts` (one row a project and figure) and what `summaries` makes of it. Rows come back as mappings
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
        return sorted(found, key=lambda v: (v.figure, v.day is None, v.day, v.event or 0, v.project))

    def funnel(self, rows: Iterable[Row]) -> tuple[FunnelStep, ...]:
        """Steps of one zone from its `funnel` rows; projects that ended count in `reached`, not in `standing`."""
        return _funnel(list(rows))


def solve(problem: Problem) -> Solution:
    """Expressions over the problem's tables; nothing is run. InvalidValue when the as-of day precedes the period.

    The same events, cutoffs, pack and days give the same rows on every backend that Ibis compiles to.
    """
    problem.covered  # noqa: B018 - refuses an empty period before anything is built
    judged = verdicts(problem)
    expressions = {"verdicts": judged, **summaries(judged, problem.pack)}
    return Solution(problem=problem, expressions=MappingProxyType(expressions))


def summaries(judged: Table, pack: Pack) -> dict[str, Table]:
    """Expressions over a table that holds the rows of `verdicts`, computed there or stored.

    `totals` (zone, figure, rule, task_force, industry, month, currency, rate, projects, amount), `origins` (zone, figure,
    origin, projects: counted only), `funnel` (zone, highest, ended, projects: a project merged into another is left out).
    """
    keys = ["zone", "figure", "rule", "task_force", "industry", "month", "currency", "rate"]
    totals = judged.group_by(*keys).agg(projects=judged.count(), amount=judged.amount.sum())
    counted = judged.filter(judged.rule == "")
    origins = counted.group_by("zone", "figure", "origin").agg(projects=counted.count())
    once = judged.filter((judged.figure == pack.bases[0].name) & (judged.canonical == judged.project))
    funnel = once.group_by("zone", "highest", "ended").agg(projects=once.count())
    return {"totals": totals, "origins": origins, "funnel": funnel}


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


def _count(problem: Problem, rows: list[Row], last_seq: int) -> Count:
    pack = problem.pack
    rates = [rate.yuan for rate in pack.rates]
    cells: dict[str, dict[tuple[str | None, str | None, str | None], Quantity]] = {}
    excluded: dict[str, dict[str, int]] = {}
    for row in rows:
        name = str(row["figure"])
        if row["rule"]:
            rules = excluded.setdefault(name, {})
            rules[str(row["rule"])] = rules.get(str(row["rule"]), 0) + int(str(row["projects"]))
            continue
        month = row["month"]
        key = (_text(row["task_force"]), _text(row["industry"]), month_text(None if month is None else int(str(month))))
        found = cells.setdefault(name, {})
        found[key] = found.get(key, Quantity()) + quantity_of(row, rates)
    figures = {}
    for rule in pack.figures:
        listed = sorted(cells.get(rule.base, {}).items(), key=lambda item: tuple(part or "" for part in item[0]))
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
    )
    return Count(identity=identity, figures=figures)
