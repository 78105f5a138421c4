"""Which amount of a project counts, at which rate, in which size band, and whether it is large enough."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from zhaoyin.engines.counting.histories import Plan, arrivals_inside
from zhaoyin.engines.counting.params import Pack, Rate, Threshold
from zhaoyin.engines.counting.problem import Problem

NO_RATE = -1
PLAIN = ("CNY", "JOBS")
_CENT = Decimal("0.000001")
Line = Mapping[str, Value]


def kind_or_new(pack: Pack, cases: Table) -> Value:
    """Kind of project; new unless somebody said otherwise."""
    kind = ibis.ifelse(cases.project_kind == "", ibis.null("string"), cases.project_kind)
    return ibis.coalesce(kind, ibis.literal("new"))


def amount_of(pack: Pack, plan: Plan, cases: Table, kind: str) -> dict[str, Value]:
    """`amount`, `currency`, `key` of a kind of amount, with what stands in for it for some kinds of project."""
    found: dict[str, Value] = {}
    for column in ("amount", "currency", "key"):
        value = cases[f"{plan.kinds[kind]}_{column}"]
        for sub in reversed(pack.substitutes):
            if sub.instead_of == kind:
                holds = kind_or_new(pack, cases).isin(sub.project_kinds)
                value = ibis.ifelse(holds, cases[f"{plan.kinds[sub.amount]}_{column}"], value)
        found[column] = value
    return found


def rate_index(rates: tuple[Rate, ...], currency: Value, day: IntegerValue) -> IntegerValue:
    """Place in `rates` of the one that converts: the latest that holds on the day; NO_RATE when none does."""
    branches = [
        ((currency == rates[n].currency) & (day >= rates[n].from_day.toordinal()), ibis.literal(n, type="int64"))
        for n in range(len(rates) - 1, -1, -1)
    ]
    none = ibis.literal(NO_RATE, type="int64")
    return ibis.cases(*branches, else_=none) if branches else none


def below(rates: tuple[Rate, ...], line: Line, least: Decimal) -> BooleanValue:
    """Known, convertible amount under so many yuan; compared in the currency of the amount, exactly."""
    limits = [line["currency"].isin(PLAIN) & (line["amount"] < ibis.literal(least, type="decimal(38, 6)"))]
    for index, rate in enumerate(rates):
        limit = (least / rate.yuan).quantize(_CENT, rounding=ROUND_CEILING)
        limits.append((line["rate"] == index) & (line["amount"] < ibis.literal(limit, type="decimal(38, 6)")))
    return reduce(lambda one, other: one | other, limits)


def unknown(line: Line) -> BooleanValue:
    """Nobody has stated the amount."""
    return line["currency"].isnull() | (line["currency"] == "")


def unconverted(line: Line) -> BooleanValue:
    """A foreign amount without a rate."""
    return ~unknown(line) & ~line["currency"].isin(PLAIN) & (line["rate"] == NO_RATE)


def with_amounts(problem: Problem, plan: Plan, cases: Table) -> Table:
    """Columns `amount`, `currency`, `rate`, `amount_key` of the first measure, and the same with `_1`, … of the others."""
    columns: dict[str, Value] = {}
    for n, kind in enumerate(problem.pack.measures):
        tail = f"_{n}" if n else ""
        found = amount_of(problem.pack, plan, cases, kind)
        columns[f"amount{tail}"], columns[f"currency{tail}"] = found["amount"], found["currency"]
        columns[f"rate{tail}"] = rate_index(problem.all_rates, found["currency"], cases.attribute_day)
        if not n:
            columns["amount_key"] = found["key"]
    return cases.mutate(**columns)


def size_band(problem: Problem, cases: Table) -> IntegerValue:
    """How many of the pack's bounds the first amount reaches; -1 when it is unknown or not converted."""
    line = {"amount": cases.amount, "currency": cases.currency, "rate": cases.rate}
    none = unknown(line) | unconverted(line)
    branches = [(none, ibis.literal(-1, type="int64"))]
    for n, bound in enumerate(problem.pack.size_bounds):
        branches.append((below(problem.all_rates, line, bound), ibis.literal(n, type="int64")))
    return ibis.cases(*branches, else_=ibis.literal(len(problem.pack.size_bounds), type="int64"))


def threshold_line(problem: Problem, plan: Plan, cases: Table, threshold: Threshold) -> dict[str, Value]:
    """The amount that a threshold compares, with its rate."""
    found = amount_of(problem.pack, plan, cases, threshold.amount or problem.pack.amount_kind)
    found["rate"] = rate_index(problem.all_rates, found["currency"], cases.attribute_day)
    return found


def speaks_of(problem: Problem, cases: Table, threshold: Threshold, line: Line) -> BooleanValue:
    """Whether the threshold is about the project: figure, kind, industry, currency."""
    holds: BooleanValue = cases.figure.isin(threshold.figures)
    if threshold.project_kinds:
        holds = holds & kind_or_new(problem.pack, cases).isin(threshold.project_kinds)
    if threshold.industries:
        wanted = [pk for pk, code in problem.industry_codes.items() if code in threshold.industries]
        holds = holds & (cases.industry.isin(wanted).fill_null(False) if wanted else ibis.literal(False))
    if threshold.currency:
        holds = holds & (line["currency"] == threshold.currency).fill_null(False)
    return holds


def arrivals(problem: Problem, events: Table) -> Table | None:
    """Money that arrived inside the days, by figure, project, month, currency and rate; None when no figure asks.

    `part_key`: the first of the arrivals in the row. Each converts at the rate of its own day.
    """
    parts = []
    for rule in problem.pack.bases:
        if not rule.funds:
            continue
        came = events.filter(arrivals_inside(problem, events, rule))
        came = came.mutate(
            figure=ibis.literal(rule.name), part_rate=rate_index(problem.all_rates, came.currency, came.first_day)
        )
        keys = ["zone", "project", "figure", "month", "currency", "part_rate"]
        grouped = came.group_by(*keys).agg(
            part_amount=came.amount.sum().cast("decimal(38, 6)"), part_key=came.key.min()
        )
        parts.append(grouped.rename(part_month="month", part_currency="currency"))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def with_arrivals(problem: Problem, cases: Table, parts: Table | None) -> Table:
    """One row for each part of what arrived; `head` marks the one row of a project and figure that counts the project."""
    if parts is None:
        return cases.mutate(head=ibis.literal(True))
    joined = cases.left_join(parts, ["zone", "project", "figure"]).drop("zone_right", "project_right", "figure_right")
    flows = joined.figure.isin([rule.name for rule in problem.pack.bases if rule.funds])
    columns: dict[str, Value] = {
        "head": ~flows | joined.part_key.isnull() | (joined.part_key == joined.key),
        "month": ibis.coalesce(joined.part_month, joined.month),
    }
    for n, _kind in enumerate(problem.pack.measures):
        tail = f"_{n}" if n else ""
        columns[f"amount{tail}"] = ibis.ifelse(flows, joined.part_amount, joined[f"amount{tail}"])
        columns[f"currency{tail}"] = ibis.ifelse(flows, joined.part_currency, joined[f"currency{tail}"])
        rate = ibis.coalesce(joined.part_rate, ibis.literal(NO_RATE, type="int64"))
        columns[f"rate{tail}"] = ibis.ifelse(flows, rate, joined[f"rate{tail}"])
    return joined.mutate(**columns).drop("part_key", "part_month", "part_amount", "part_currency", "part_rate")
