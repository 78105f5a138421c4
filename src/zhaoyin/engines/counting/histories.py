"""One row a project: when each condition was first met, what was stated, how far it came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table, Value

from zhaoyin.domain.project.stages import Stage
from zhaoyin.engines.counting.params import JOBS, Condition, FigureRule, Once, Pack
from zhaoyin.engines.counting.problem import KEY_BASE, Problem

ATTRIBUTES = ("task_force", "industry", "origin", "unit", "project_kind", "channel", "traits")
"""What is asked of a project as it was on the deciding day."""


def in_force(
    events: Table, column: str, when: BooleanValue, day: int | IntegerValue
) -> tuple[StringValue, IntegerValue]:
    """Value and key of the statement in force at the end of `day`, else of the first one after it."""
    before, after = when & (events.first_day <= day), when & (events.first_day > day)
    value, key = events[column], events.key
    found = ibis.coalesce(value.argmax(key, where=before), value.argmin(key, where=after))
    return found, ibis.coalesce(key.max(where=before), key.min(where=after))


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be known of each project under a pack.

    `conditions`: every condition asked about, by its short name in columns; `kinds`: kinds of amount, likewise.
    """

    conditions: Mapping[str, tuple[Condition, str]]
    kinds: Mapping[str, str]
    attributes: tuple[str, ...]

    def alias(self, condition: Condition, once: str = Once.EVER.value) -> str:
        """Short name of a condition."""
        wanted = (_bare(condition), once)
        return next(alias for alias, known in self.conditions.items() if known == wanted)


def _bare(condition: Condition) -> Condition:
    return replace(condition, name="", title="", title_en="")


def plan_of(pack: Pack) -> Plan:
    """Distinct conditions and amounts of a pack."""
    wanted: dict[tuple[Condition, str], None] = {}
    named = {condition.name: condition for condition in pack.conditions}
    for rule in pack.bases:
        for condition in pack.conditions_of(rule):
            wanted[_bare(condition), rule.once] = None
        for interval in rule.intervals:
            for name in (interval.start, interval.to):
                if name in named:
                    wanted[_bare(named[name]), Once.EVER.value] = None
    kinds = dict.fromkeys(pack.measures)
    kinds |= dict.fromkeys(threshold.amount for threshold in pack.thresholds if threshold.amount)
    kinds |= dict.fromkeys(sub.amount for sub in pack.substitutes if sub.instead_of in kinds)
    return Plan(
        conditions={f"c{n}": one for n, one in enumerate(wanted)},
        kinds={kind: f"a{n}" for n, kind in enumerate(kinds)},
        attributes=tuple(name for name in ATTRIBUTES if name in _attributes(pack)),
    )


def _attributes(pack: Pack) -> set[str]:
    names = {"task_force", "industry", "origin", "unit"}
    thresholds = [threshold for threshold in pack.thresholds if threshold.project_kinds]
    if pack.excluded.project_kinds or pack.required.project_kinds or thresholds or pack.substitutes:
        names.add("project_kind")
    if pack.excluded.channels or pack.required.channels:
        names.add("channel")
    if pack.excluded.traits or pack.required.traits:
        names.add("traits")
    return names


def _meets(events: Table, condition: Condition) -> BooleanValue:
    if condition.contracts:
        return events.contract_kind.isin(condition.contracts)
    if condition.reaches:
        return events["rank"] >= Stage(condition.reaches).rank
    if condition.stage:
        return events["rank"] == Stage(condition.stage).rank
    if condition.recognised:
        return (events.kind == "recognition_approved") & events.matter.isin(condition.recognised)
    if condition.funds:
        return events.arrived.isin(condition.funds) & (events.vouchers >= condition.vouchers)
    return events.kind.isin(condition.events)


def year_start(problem: Problem) -> int:
    """Ordinal of 1 January of the year in which the period begins."""
    return date(problem.period.start.year, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class _Slot:
    """Something stated again and again of which one statement holds: columns `alias_value…` and `alias_key`."""

    alias: str
    values: Mapping[str, str]
    when: BooleanValue


def _slots(problem: Problem, plan: Plan, events: Table) -> list[_Slot]:
    slots = [_Slot("credit", {"credit": "credit"}, events.credit.notnull())]
    for kind, alias in plan.kinds.items():
        columns = {"amount": f"{alias}_amount", "currency": f"{alias}_currency"}
        slots.append(_Slot(alias, columns, (events.amount_kind == kind) & (events.phase == 0)))
        if problem.pack.phase and kind != JOBS:
            part = {"amount": f"{alias}p_amount", "currency": f"{alias}p_currency"}
            slots.append(_Slot(f"{alias}p", part, (events.amount_kind == kind) & (events.phase == problem.pack.phase)))
    return slots


def histories(problem: Problem, plan: Plan, events: Table) -> Table:
    """One row for each project that was opened or otherwise has events of its own.

    Most things are stated once: then the one statement is taken by plain sums, and only projects of which something was
    stated again go through the search for the statement in force.
    """
    day = problem.last_day.toordinal()
    columns: dict[str, Value] = {}
    for alias, (condition, once) in plan.conditions.items():
        met = _meets(events, condition)
        if once == Once.YEAR:
            met = met & (events.first_day >= year_start(problem))
        columns[f"{alias}_key"] = events.key.min(where=met)
        columns[f"{alias}_end"] = events.end_day.argmin(events.key, where=met)
        columns[f"{alias}_month"] = events.month.argmin(events.key, where=met)
    for rule in problem.pack.bases:
        columns.update(_other(rule, events, problem))
    moved = events.kind.isin(["opened", "stage_reached", "contract_signed"])
    columns["last_key"] = events.key.max(where=moved)
    happened = events.outcome.notnull() & (events.first_day <= day)
    columns["outcome"] = events.outcome.argmax(events.key, where=happened)
    columns["outcome_key"] = events.key.max(where=happened)
    columns["highest"] = events["rank"].max(where=events.first_day <= day)
    if problem.pack.required.monthly_report:
        columns.update(_reports(problem, events))
    said = says_attribute(events, plan)
    columns["said"] = said.sum()
    columns["said_key"] = events.key.min(where=said)
    for name in plan.attributes:
        columns[f"own_{name}"] = events[name].max()
    slots = _slots(problem, plan, events)
    for slot in slots:
        columns[f"{slot.alias}_n"] = slot.when.sum()
        columns[f"{slot.alias}_key"] = events.key.max(where=slot.when)
        for value, name in slot.values.items():
            columns[name] = events[value].max(where=slot.when)
    found = events.group_by("zone", "project").agg(**columns)
    return _phased(problem, plan, _stated_again(problem, plan, found, events))


def says_attribute(events: Table, plan: Plan) -> BooleanValue:
    """Whether an event says anything of the attributes that the pack asks for."""
    return reduce(lambda one, other: one | other, [events[name].notnull() for name in plan.attributes])


def _stated_again(problem: Problem, plan: Plan, found: Table, events: Table) -> Table:
    """Where something was stated more than once, the statement in force by the day instead."""
    day, slots = problem.last_day.toordinal(), _slots(problem, plan, events)
    many = reduce(lambda one, other: one | other, [found[f"{slot.alias}_n"] > 1 for slot in slots])
    again = found.filter(many).select("zone", "project")
    those = events.semi_join(again, ["zone", "project"])
    columns: dict[str, Value] = {}
    for slot in _slots(problem, plan, those):
        for value, name in slot.values.items():
            columns[f"{name}_then"], columns[f"{slot.alias}_key_then"] = in_force(those, value, slot.when, day)
    held = those.group_by("zone", "project").agg(**columns)
    both = found.left_join(held, ["zone", "project"]).drop("zone_right", "project_right")
    names = [name for slot in slots for name in (*slot.values.values(), f"{slot.alias}_key")]
    counts = {name: f"{slot.alias}_n" for slot in slots for name in (*slot.values.values(), f"{slot.alias}_key")}
    chosen = {name: ibis.ifelse(both[counts[name]] > 1, both[f"{name}_then"], both[name]) for name in names}
    return both.mutate(**chosen).drop(*[f"{name}_then" for name in names], *[f"{slot.alias}_n" for slot in slots])


def _phased(problem: Problem, plan: Plan, found: Table) -> Table:
    """The amount of the pack's phase where one is stated, else of the whole."""
    if not problem.pack.phase:
        return found
    columns: dict[str, Value] = {}
    gone: list[str] = []
    for kind, alias in plan.kinds.items():
        if kind == JOBS:
            continue
        own = found[f"{alias}p_key"].notnull()
        for column in ("amount", "currency", "key"):
            columns[f"{alias}_{column}"] = ibis.ifelse(own, found[f"{alias}p_{column}"], found[f"{alias}_{column}"])
            gone.append(f"{alias}p_{column}")
    return found.mutate(**columns).drop(*gone)


def _other(rule: FigureRule, events: Table, problem: Problem) -> dict[str, Value]:
    """What came instead: a contract of another kind, an arrival without vouchers; the first arrival inside the days."""
    columns: dict[str, Value] = {}
    if rule.contracts:
        other = events.contract_kind.notnull() & ~events.contract_kind.isin(rule.contracts)
        columns[f"{rule.name}__other"] = events.key.min(where=other)
    if rule.funds:
        came = events.arrived.isin(rule.funds)
        columns[f"{rule.name}__other"] = events.key.min(where=came & (events.vouchers < rule.vouchers))
        inside = arrivals_inside(problem, events, rule)
        columns[f"{rule.name}__in_key"] = events.key.min(where=inside)
        columns[f"{rule.name}__in_end"] = events.end_day.argmin(events.key, where=inside)
        columns[f"{rule.name}__in_month"] = events.month.argmin(events.key, where=inside)
    return columns


def arrivals_inside(problem: Problem, events: Table, rule: FigureRule) -> BooleanValue:
    """Arrivals that count in a figure: of its kind, with vouchers, on days wholly inside those covered."""
    start, end = problem.covered.start.toordinal(), problem.covered.end.toordinal()
    met = events.arrived.isin(rule.funds) & (events.vouchers >= rule.vouchers)
    return met & (events.first_day >= start) & (events.end_day <= end)


def report_months(problem: Problem) -> tuple[int, int]:
    """First and last full month of the as-of day's year, as year * 12 + month - 1; last before first when there is none."""
    day = problem.last_day
    following = date.fromordinal(day.toordinal() + 1)
    last = day.year * 12 + day.month - (1 if following.month != day.month else 2)
    return day.year * 12, last


def _reports(problem: Problem, events: Table) -> dict[str, Value]:
    first, last = report_months(problem)
    own = events.recognition.isnull()
    inside = own & (events.month >= first) & (events.month <= last)
    return {"begun": events.month.min(where=own), "reported": events.month.nunique(where=inside)}


def seq_of(key: IntegerValue) -> IntegerValue:
    """Number of the event that a key stands for."""
    return key % KEY_BASE


def day_of(key: IntegerValue) -> IntegerValue:
    """First possible day of the event that a key stands for."""
    return (key // KEY_BASE).cast("int64")
