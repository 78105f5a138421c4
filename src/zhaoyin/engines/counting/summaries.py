"""Sums over the verdicts: small tables from which figures are read."""

from functools import reduce

import ibis
from ibis.expr.types import Table

from zhaoyin.domain.project.stages import Stage
from zhaoyin.engines.counting.params import Pack
from zhaoyin.engines.counting.problem import Problem, standing

DIMENSIONS = {"units": ["unit", "credit"], "places": ["origin"], "sizes": ["size"]}
"""Further tables of a figure, each with the months; the main one is of task force, industry and month."""


def _tail(measure: int) -> str:
    return f"_{measure}" if measure else ""


def _summed(judged: Table, pack: Pack, keys: list[str]) -> Table:
    """Projects and amounts of every measure by the keys, currency and rate."""
    parts = []
    for n, kind in enumerate(pack.measures):
        rows = judged
        if n:
            named = [rule.of for rule in pack.figures if rule.amount == kind]
            rows = judged.filter(judged.figure.isin(named) & (judged.rule == ""))
        tail = _tail(n)
        rows = rows.mutate(
            measure=ibis.literal(n, type="int64"), m_amount=rows[f"amount{tail}"], m_currency=rows[f"currency{tail}"],
            m_rate=rows[f"rate{tail}"], one=ibis.ifelse(rows["head"], ibis.literal(1, type="int64"), ibis.literal(0, type="int64")),
        )  # fmt: skip
        grouped = rows.group_by("zone", "figure", "measure", *keys, "m_currency", "m_rate").agg(
            projects=rows.one.sum(), amount=rows.m_amount.sum()
        )
        parts.append(grouped.rename(currency="m_currency", rate="m_rate"))
    return parts[0] if len(parts) == 1 else reduce(lambda one, other: one.union(other), parts)


def summaries(judged: Table, pack: Pack) -> dict[str, Table]:
    """Expressions over a table that holds the rows of `verdicts`, computed there or stored.

    `totals` (zone, figure, measure, rule, task_force, industry, month, currency, rate, projects, amount), `origins` (zone,
    figure, origin, projects: counted only), `funnel` (zone, highest, ended, projects: a project merged into another is left
    out), the tables of `DIMENSIONS` (counted only), `cohorts` (zone, ratio, projects) when the pack has such ratios, `listed`
    (the verdicts, of a figure of arrivals one for each currency).
    """
    counted = judged.filter(judged.rule == "")
    heads = counted.filter(counted["head"])
    origins = heads.group_by("zone", "figure", "origin").agg(projects=heads.count())
    once = judged.filter((judged.figure == pack.bases[0].name) & (judged.canonical == judged.project) & judged["head"])
    funnel = once.group_by("zone", "highest", "ended").agg(projects=once.count())
    found = {
        "totals": _summed(judged, pack, ["rule", "task_force", "industry", "month"]),
        "origins": origins,
        "funnel": funnel,
        "listed": _listed(judged, pack),
    }
    for name, columns in DIMENSIONS.items():
        found[name] = _summed(counted, pack, [*columns, "month"])
    cohorts = _cohorts(judged, pack)
    if cohorts is not None:
        found["cohorts"] = cohorts
    return found


def _listed(judged: Table, pack: Pack) -> Table:
    if not any(rule.funds for rule in pack.bases):
        return judged
    keys = ["zone", "project", "canonical", "figure", "currency"]
    sums = {"amount", *(f"amount_{n}" for n in range(1, len(pack.measures)))}
    columns = {
        name: judged[name].sum().cast("decimal(38, 6)") if name in sums else judged[name].max()
        for name in judged.columns
        if name not in keys
    }
    return judged.group_by(*keys).agg(**columns)


def _cohorts(judged: Table, pack: Pack) -> Table | None:
    """Of the projects in a ratio's denominator those that have also come as far as its numerator by the as-of day."""
    parts = []
    for nth, ratio in enumerate(pack.ratios):
        if not ratio.cohort:
            continue
        below = judged.filter((judged.figure == ratio.denominator) & (judged.rule == "") & judged["head"])
        came = judged.filter((judged.figure == ratio.numerator) & (judged.unfit == "") & judged["head"])
        came = came.filter(~came.rule.isin(_NOT_THERE) & came.met).select("zone", "canonical").distinct()
        both = below.semi_join(came, ["zone", "canonical"])
        named = both.mutate(ratio=ibis.literal(nth, type="int64"))
        parts.append(named.group_by("zone", "ratio").agg(projects=named.count()))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else reduce(lambda one, other: one.union(other), parts)


_NOT_THERE = ("merged", "not_reached", "other_contract_kind", "conditions_unmet", "no_vouchers")


def stage_times(problem: Problem) -> Table:
    """Days spent in each stage: zone, stage (rank), days, projects. `days` NULL: still there on the as-of day.

    From the first step to just that stage to the first step beyond it, of projects that speak for themselves; only steps
    whose day is known are looked at.
    """
    day = problem.last_day.toordinal()
    events = standing(problem.events, problem.zones)
    events = events.filter(
        events["rank"].notnull() & (events.end_day - events.first_day == 1) & (events.first_day <= day)
    )
    columns = {}
    for stage in Stage:
        columns[f"in_{stage.rank}"] = events.first_day.min(where=events["rank"] == stage.rank)
    steps = events.group_by("zone", "project").agg(**columns)
    gone = problem.merges.filter(problem.merges.canonical != problem.merges.project)
    steps = steps.anti_join(gone, ["zone", "project"])
    later = {s.rank: [steps[f"in_{r}"] for r in range(s.rank + 1, len(Stage))] for s in Stage}
    steps = steps.mutate(
        **{f"out_{rank}": ibis.least(*days) if days else ibis.null("int32") for rank, days in later.items()}
    )
    parts = []
    for stage in list(Stage)[1:]:
        came, left = steps[f"in_{stage.rank}"], steps[f"out_{stage.rank}"]
        part = steps.filter(came.notnull() & (left.isnull() | (left >= came)))
        part = part.mutate(
            stage=ibis.literal(stage.rank, type="int64"),
            days=(part[f"out_{stage.rank}"] - part[f"in_{stage.rank}"]).cast("int64"),
        )
        parts.append(part.group_by("zone", "stage", "days").agg(projects=part.count()))
    return reduce(lambda one, other: one.union(other), parts)
