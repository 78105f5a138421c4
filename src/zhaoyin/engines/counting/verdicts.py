"""One row for each project and figure: does it count, and if not, which rule was the first to say so."""

from collections.abc import Iterable, Mapping
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table, Value

from zhaoyin.domain.figure import Exclusion
from zhaoyin.engines.counting import amounts
from zhaoyin.engines.counting.histories import (
    Plan,
    day_of,
    histories,
    in_force,
    plan_of,
    report_months,
    says_attribute,
    seq_of,
)
from zhaoyin.engines.counting.params import COUNTED, FigureRule, Interval
from zhaoyin.engines.counting.problem import KEY_BASE, Problem, standing, trait_bits

_STEP, _DEEPEST = 10**17, 90
"""A step above every key: puts a project behind the one that it was merged into."""
_NONE = ibis.null("int64")
_OK, _MISSING, _LATE = 0, 1, 2


def _day(problem: Problem) -> int:
    return problem.last_day.toordinal()


def _any(holds: Iterable[BooleanValue]) -> BooleanValue:
    return reduce(lambda one, other: one | other, holds)


def _deciding(problem: Problem, plan: Plan, projects: Table, rule: FigureRule) -> dict[str, Value]:
    """Key, end and month of the event that decides; `unmet` when a needed condition is not met, with the event that shows it."""
    aliases = [plan.alias(condition, rule.once) for condition in problem.pack.conditions_of(rule)]
    keys = [projects[f"{alias}_key"] for alias in aliases]
    if len(aliases) == 1:
        only = aliases[0]
        return {
            "key": keys[0], "end_day": projects[f"{only}_end"], "month": projects[f"{only}_month"],
            "unmet": ibis.literal(False) if not rule.needs else keys[0].isnull(), "unmet_key": _NONE,
        }  # fmt: skip
    missing = _any(key.isnull() for key in keys)
    if rule.date == "last":
        chosen, late = ibis.greatest(*keys), [key.isnull() for key in keys]
    else:
        named = dict(zip(rule.needs, keys, strict=True))
        chosen = ibis.least(*keys) if rule.date == "first" else named[rule.date]
        others = [(key != chosen).fill_null(True) for key in keys]
        late = [
            key.isnull() | (other & (day_of(key) > _day(problem)).fill_null(False))
            for key, other in zip(keys, others, strict=True)
        ]
    unmet = missing | _any(late).fill_null(True)
    shows = ibis.cases(*[(one.fill_null(True), key) for one, key in zip(late, keys, strict=True)], else_=_NONE)
    here = [(chosen == key).fill_null(False) for key in keys]
    none = ibis.null("int32")
    return {
        "key": ibis.ifelse(unmet, _NONE, chosen),
        "end_day": ibis.cases(*zip(here, [projects[f"{a}_end"] for a in aliases], strict=True), else_=none),
        "month": ibis.cases(*zip(here, [projects[f"{a}_month"] for a in aliases], strict=True), else_=none),
        "unmet": unmet,
        "unmet_key": shows,
    }


def _interval(
    problem: Problem, plan: Plan, projects: Table, found: Mapping[str, Value], interval: Interval
) -> tuple[BooleanValue, BooleanValue, Value]:
    """Whether what must follow is missing, whether it came too late, and its key."""
    named = {condition.name: condition for condition in problem.pack.conditions}

    def at(name: str) -> tuple[Value, Value]:
        if name == COUNTED:
            return found["key"], found["month"]
        alias = plan.alias(named[name])
        return projects[f"{alias}_key"], projects[f"{alias}_month"]

    (start, start_month), (to, to_month) = at(interval.start), at(interval.to)
    missing = start.isnull() | to.isnull() | (day_of(to) > _day(problem))
    after = day_of(to) - day_of(start)
    if interval.calendar_year:
        late = (after > 0) & (to_month // 12 != start_month // 12)
    else:
        late = after > interval.days
    return missing.fill_null(True), late.fill_null(False), to


def _follow_up(
    problem: Problem, plan: Plan, projects: Table, rule: FigureRule, found: Mapping[str, Value]
) -> tuple[Value, Value]:
    if not rule.intervals:
        return ibis.literal(_OK, type="int64"), _NONE
    states: list[tuple[BooleanValue, Value]] = []
    shows: list[tuple[BooleanValue, Value]] = []
    for interval in rule.intervals:
        missing, late, to = _interval(problem, plan, projects, found, interval)
        states += [(missing, ibis.literal(_MISSING, type="int64")), (late, ibis.literal(_LATE, type="int64"))]
        shows += [(missing, found["key"]), (late, to)]
    return ibis.cases(*states, else_=ibis.literal(_OK, type="int64")), ibis.cases(*shows, else_=_NONE)


def _cases(problem: Problem, plan: Plan, projects: Table) -> Table:
    """One row for each project and figure."""
    shared = ["zone", "project", "last_key", "outcome", "outcome_key", "highest", "credit"]
    shared += [f"{alias}_{column}" for alias in plan.kinds.values() for column in ("amount", "currency", "key")]
    shared += ["said", "said_key", *(f"own_{name}" for name in plan.attributes)]
    if problem.pack.required.monthly_report:
        shared += ["begun", "reported"]
    parts = []
    for rule in problem.pack.bases:
        found = _deciding(problem, plan, projects, rule)
        turn_key = found["key"]
        if rule.funds:
            inside = projects[f"{rule.name}__in_key"]
            for column, name in (("key", "in_key"), ("end_day", "in_end"), ("month", "in_month")):
                found[column] = ibis.ifelse(inside.notnull(), projects[f"{rule.name}__{name}"], found[column])
        follow, follow_key = _follow_up(problem, plan, projects, rule, found)
        other = projects[f"{rule.name}__other"] if rule.contracts or rule.funds else _NONE
        parts.append(
            projects.select(
                *shared,
                figure=ibis.literal(rule.name),
                key=found["key"].cast("int64"),
                turn_key=turn_key.cast("int64"),
                end_day=found["end_day"].cast("int32"),
                month=found["month"].cast("int32"),
                unmet=found["unmet"],
                unmet_key=found["unmet_key"].cast("int64"),
                follow=follow.cast("int64"),
                follow_key=follow_key.cast("int64"),
                other_key=other,
            )
        )
    cases = parts[0] if len(parts) == 1 else ibis.union(*parts)
    return cases.mutate(
        first_day=day_of(cases.key),
        attribute_day=ibis.coalesce(cases.key // KEY_BASE, ibis.literal(_day(problem))).cast("int64"),
    )


def _with_attributes(cases: Table, events: Table, plan: Plan) -> Table:
    """Task force, industry, origin, unit and what else the pack asks for, as they were on the day that decided."""
    own = {name: cases[f"own_{name}"] for name in plan.attributes}
    own |= {f"{name}_key": ibis.ifelse(value.notnull(), cases.said_key, _NONE) for name, value in own.items()}
    cases = cases.mutate(**own)
    days = cases.filter(cases.said > 1).select("zone", "project", "figure", "attribute_day")
    facts = events.filter(says_attribute(events, plan)).select("zone", "project", "key", "first_day", *plan.attributes)
    both = facts.inner_join(days, ["zone", "project"])
    columns = {}
    for name in plan.attributes:
        value, key = in_force(both, name, both[name].notnull(), both.attribute_day)
        columns[f"{name}_then"], columns[f"{name}_key_then"] = value, key
    found = both.group_by("zone", "project", "figure").agg(**columns)
    joined = cases.left_join(found, ["zone", "project", "figure"]).drop("zone_right", "project_right", "figure_right")
    names = [*plan.attributes, *(f"{name}_key" for name in plan.attributes)]
    chosen = {name: ibis.ifelse(joined.said > 1, joined[f"{name}_then"], joined[name]) for name in names}
    gone = [f"{name}_then" for name in names] + [f"own_{name}" for name in plan.attributes]
    return joined.mutate(**chosen).drop(*gone, "said", "said_key")


Branch = tuple[BooleanValue, Exclusion, Value]


def _date_rules(problem: Problem, cases: Table) -> list[Branch]:
    start, end = problem.covered.start.toordinal(), problem.covered.end.toordinal()
    missing, other = cases.key.isnull(), cases.other_key.notnull()
    decided = seq_of(cases.key)
    flows = [rule.name for rule in problem.pack.bases if rule.funds]
    vouchers = cases.figure.isin(flows) if flows else ibis.literal(False)
    shown = ibis.coalesce(cases.unmet_key, cases.last_key)
    return [
        (cases.unmet, Exclusion.CONDITIONS_UNMET, seq_of(shown)),
        (missing & other & vouchers, Exclusion.NO_VOUCHERS, seq_of(cases.other_key)),
        (missing & other, Exclusion.OTHER_CONTRACT, seq_of(cases.other_key)),
        (missing, Exclusion.NOT_REACHED, seq_of(cases.last_key)),
        (cases.end_day <= start, Exclusion.BEFORE_PERIOD, decided),
        (cases.first_day >= end, Exclusion.AFTER_PERIOD, decided),
        ((cases.first_day < start) | (cases.end_day > end), Exclusion.DATE_TOO_VAGUE, decided),
    ]


def _barred(problem: Problem, cases: Table) -> list[Branch]:
    """What a project is: kind, traits, channel, industry, origin."""
    pack, out, need = problem.pack, problem.pack.excluded, problem.pack.required
    rules: list[Branch] = []
    if out.project_kinds:
        kind = amounts.kind_or_new(pack, cases)
        rules.append((kind.isin(out.project_kinds), Exclusion.PROJECT_KIND, seq_of(cases.project_kind_key)))
    if out.traits:
        has = (cases.traits & trait_bits(out.traits)) != 0
        rules.append((has, Exclusion.TRAIT, seq_of(cases.traits_key)))
    if out.channels:
        rules.append((cases.channel.isin(out.channels), Exclusion.CHANNEL, seq_of(cases.channel_key)))
    barred = [pk for pk, code in problem.industry_codes.items() if code in out.industries]
    if barred:
        rules.append((cases.industry.isin(barred), Exclusion.INDUSTRY, seq_of(cases.industry_key)))
    if out.origin_prefixes:
        local = _any(cases.origin.startswith(prefix) for prefix in out.origin_prefixes)
        rules.append((local, Exclusion.ORIGIN, seq_of(cases.origin_key)))
    if need.project_kinds:
        other = ~amounts.kind_or_new(pack, cases).isin(need.project_kinds)
        rules.append((other, Exclusion.NOT_REQUIRED, seq_of(cases.project_kind_key)))
    if need.traits:
        lacks = (ibis.coalesce(cases.traits, 0) & trait_bits(need.traits)) == 0
        rules.append((lacks, Exclusion.NOT_REQUIRED, seq_of(cases.traits_key)))
    if need.channels:
        other = ~ibis.coalesce(cases.channel, "").isin(need.channels)
        rules.append((other, Exclusion.NOT_REQUIRED, seq_of(cases.channel_key)))
    return rules


def _fit_rules(problem: Problem, plan: Plan, cases: Table) -> list[Branch]:
    """Rules that do not look at the period."""
    out, pack = problem.pack.excluded, problem.pack
    rules = _barred(problem, cases)
    if out.outcomes:
        rules.append((cases.outcome.isin(out.outcomes), Exclusion.ENDED, seq_of(cases.outcome_key)))
    if pack.required.monthly_report:
        first, last = report_months(problem)
        owed = ibis.literal(last + 1) - ibis.greatest(ibis.literal(first), cases.begun)
        rules.append((cases.reported < owed, Exclusion.NOT_REPORTED, seq_of(cases.last_key)))
    if any(rule.intervals for rule in pack.bases):
        rules.append((cases.follow == _MISSING, Exclusion.FOLLOW_UP_MISSING, seq_of(cases.follow_key)))
        rules.append((cases.follow == _LATE, Exclusion.FOLLOW_UP_LATE, seq_of(cases.follow_key)))
    decided: BooleanValue = ibis.literal(False)
    for threshold in pack.thresholds:
        line = amounts.threshold_line(problem, plan, cases, threshold)
        applies = amounts.speaks_of(problem, cases, threshold, line) & ~decided
        amount = seq_of(line["key"])
        rules.append((applies & amounts.unknown(line), Exclusion.AMOUNT_UNKNOWN, amount))
        if threshold.currency:
            small = line["amount"] < ibis.literal(threshold.at_least, type="decimal(38, 6)")
        else:
            rules.append((applies & amounts.unconverted(line), Exclusion.AMOUNT_UNCONVERTED, amount))
            small = amounts.below(problem.all_rates, line, threshold.at_least)
        rules.append((applies & small, Exclusion.BELOW_THRESHOLD, amount))
        decided = decided | amounts.speaks_of(problem, cases, threshold, line)
    return rules


def _first(rules: Iterable[Branch], *, then: Value) -> tuple[StringValue, IntegerValue]:
    """Name of the first rule that holds ("" for none) and its event."""
    listed = list(rules)
    if not listed:
        return ibis.literal(""), then
    named = ibis.cases(*[(holds, rule.value) for holds, rule, _event in listed], else_="")
    decided = ibis.cases(*[(holds, event) for holds, _rule, event in listed], else_=then)
    return named, decided


def _merged(problem: Problem, cases: Table) -> Table:
    """Of a group of merged projects one speaks for all, the others are `merged`.

    It is the fitting one fewest merges away from the canonical project, and among equals the one whose event came first.
    The choice does not look at the period, so parts of a period add up; and one more merge joins two groups of which one
    keeps its speaker, so a merge never raises a total.
    """
    group = cases.left_join(problem.merges, ["zone", "project"]).drop("zone_right", "project_right")
    group = group.mutate(turn=group.turn_key + ibis.least(group.depth, _DEEPEST) * _STEP)
    inside = group.filter(group.canonical.notnull() & group.turn_key.notnull() & group.fits)
    speakers = inside.group_by("zone", "canonical", "figure").agg(
        speaker=inside.turn.min(), speaker_merge=inside.merge_seq.argmin(inside.turn)
    )
    both = group.left_join(speakers, ["zone", "canonical", "figure"]).drop(
        "zone_right", "canonical_right", "figure_right"
    )
    lost = both.speaker.notnull() & (both.turn.isnull() | (both.turn != both.speaker))
    return both.mutate(
        lost=lost,
        lost_to=ibis.coalesce(both.merge_seq, both.speaker_merge),
        canonical=ibis.coalesce(both.canonical, both.project),
    )


def verdicts(problem: Problem) -> Table:
    """Every project × figure with its verdict; a figure of arrivals has a row for each month, currency and rate.

    Columns: zone, project, canonical, figure, rule ("" counts), event, day, month, task_force, industry, origin, unit,
    credit, size, amount, currency, rate (and with `_1`, … of the pack's further measures), unfit (the first rule that does
    not look at the period), highest (rank of the furthest stage by the as-of day), ended (by that day), met (its event has
    happened by that day), head (counts the project).
    """
    plan = plan_of(problem.pack)
    revocable = any(condition.recognised for condition, _once in plan.conditions.values())
    events = standing(problem.events, problem.zones, last_day=problem.last_day if revocable else None)
    cases = _cases(problem, plan, histories(problem, plan, events))
    cases = amounts.with_amounts(problem, plan, _with_attributes(cases, events, plan))
    unfit, unfit_event = _first(_fit_rules(problem, plan, cases), then=seq_of(cases.key))
    cases = cases.mutate(unfit=unfit, unfit_event=unfit_event, size=amounts.size_band(problem, cases))
    cases = cases.drop(*[f"{a}_{c}" for a in plan.kinds.values() for c in ("amount", "currency", "key")])
    judged = _merged(problem, cases.mutate(fits=cases.unfit == ""))
    rules: list[Branch] = [(judged.lost, Exclusion.MERGED, judged.lost_to), *_date_rules(problem, judged)]
    rule, event = _first(rules, then=judged.unfit_event)
    judged = judged.mutate(rule=ibis.ifelse(rule == "", judged.unfit, rule), event=event)
    judged = amounts.with_arrivals(problem, judged, amounts.arrivals(problem, events))
    further = [
        f"{column}_{n}" for n in range(1, len(problem.pack.measures)) for column in ("amount", "currency", "rate")
    ]
    return judged.select(
        "zone", "project", "canonical", "figure", "month", "task_force", "industry", "origin", "unit", "credit", "size",
        "amount", "currency", "rate", *further, "rule", "event", "unfit", "head",
        day=judged.first_day,
        highest=judged.highest.fill_null(0),
        ended=judged.outcome.notnull() & (judged.outcome != ""),
        met=judged.key.notnull() & (judged.first_day <= _day(problem)),
    )  # fmt: skip
