"""One row for each project and figure: does it count, and if not, which rule was the first to say so."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from zhaoyin.domain.figure import Exclusion
from zhaoyin.domain.project.stages import Stage
from zhaoyin.engines.counting.params import FigureRule, Pack
from zhaoyin.engines.counting.problem import KEY_BASE, Problem, standing

NO_RATE = -1
_STEP, _DEEPEST = 10**17, 90
"""A step above every key: puts a project behind the one that it was merged into."""
_NONE = ibis.null("int64")


def _day(problem: Problem) -> int:
    return problem.last_day.toordinal()


def _meets(events: Table, rule: FigureRule) -> BooleanValue:
    if rule.contracts:
        return events.contract_kind.isin(rule.contracts)
    return events["rank"] >= Stage(rule.reaches).rank


def _in_force(events: Table, column: str, when: BooleanValue, day: int) -> tuple[StringValue, IntegerValue]:
    """Value and key of the statement in force at the end of `day`, else of the first one after it."""
    before, after = when & (events.first_day <= day), when & (events.first_day > day)
    value, key = events[column], events.key
    found = ibis.coalesce(value.argmax(key, where=before), value.argmin(key, where=after))
    return found, ibis.coalesce(key.max(where=before), key.min(where=after))


def _projects(problem: Problem, events: Table) -> Table:
    """One row a project: for each figure the event that first met its condition, the outcome, the amount."""
    day = _day(problem)
    columns = {}
    for rule in problem.pack.bases:
        met = _meets(events, rule)
        columns[f"{rule.name}__key"] = events.key.min(where=met)
        columns[f"{rule.name}__end"] = events.end_day.argmin(events.key, where=met)
        columns[f"{rule.name}__month"] = events.month.argmin(events.key, where=met)
        if rule.contracts:
            other = events.contract_kind.notnull() & ~met
            columns[f"{rule.name}__other"] = events.key.min(where=other)
    moved = events.kind.isin(["opened", "stage_reached", "contract_signed"])
    columns["last_key"] = events.key.max(where=moved)
    happened = events.outcome.notnull() & (events.first_day <= day)
    columns["outcome"] = events.outcome.argmax(events.key, where=happened)
    columns["outcome_key"] = events.key.max(where=happened)
    columns["highest"] = events["rank"].max(where=events.first_day <= day)
    stated = events.amount_kind == problem.pack.amount_kind
    columns["amount"], columns["amount_key"] = _in_force(events, "amount", stated, day)
    columns["currency"], _key = _in_force(events, "currency", stated, day)
    return events.group_by("zone", "project").agg(**columns)


def _cases(problem: Problem, projects: Table) -> Table:
    """One row for each project and figure."""
    shared = ["zone", "project", "last_key", "outcome", "outcome_key", "highest", "amount", "amount_key", "currency"]
    parts = [
        projects.select(
            *shared,
            figure=ibis.literal(rule.name),
            key=projects[f"{rule.name}__key"],
            end_day=projects[f"{rule.name}__end"],
            month=projects[f"{rule.name}__month"],
            other_key=projects[f"{rule.name}__other"] if rule.contracts else _NONE,
        )
        for rule in problem.pack.bases
    ]
    cases = parts[0] if len(parts) == 1 else ibis.union(*parts)
    return cases.mutate(
        first_day=(cases.key // KEY_BASE).cast("int64"),
        attribute_day=ibis.coalesce(cases.key // KEY_BASE, ibis.literal(_day(problem))).cast("int64"),
    )


_ATTRIBUTES = ("task_force", "industry", "origin", "project_kind", "channel")


def _with_attributes(cases: Table, events: Table) -> Table:
    """Task force, industry, origin, kind and channel as they were on the day that decided."""
    says = reduce(lambda one, other: one | other, [events[name].notnull() for name in _ATTRIBUTES])
    facts = events.filter(says).select("zone", "project", "key", "first_day", *_ATTRIBUTES)
    days = cases.select("zone", "project", "figure", "attribute_day")
    both = facts.inner_join(days, ["zone", "project"])
    columns = {}
    for name in _ATTRIBUTES:
        columns[name], columns[f"{name}_key"] = _in_force(both, name, both[name].notnull(), both.attribute_day)
    found = both.group_by("zone", "project", "figure").agg(**columns)
    return cases.left_join(found, ["zone", "project", "figure"]).drop("zone_right", "project_right", "figure_right")


def _rate_index(pack: Pack, cases: Table) -> IntegerValue:
    """Which rate of the pack converts the amount: the latest that holds on the deciding day."""
    branches = []
    for index in range(len(pack.rates) - 1, -1, -1):
        rate = pack.rates[index]
        holds = (cases.currency == rate.currency) & (cases.attribute_day >= rate.from_day.toordinal())
        branches.append((holds, ibis.literal(index)))
    return ibis.cases(*branches, else_=ibis.literal(NO_RATE)) if branches else ibis.literal(NO_RATE)


def _too_small(pack: Pack, cases: Table) -> BooleanValue:
    """Known, convertible amount under the threshold; compared in the currency of the amount, exactly."""
    if pack.threshold is None:
        return ibis.literal(False)
    least = pack.threshold.at_least
    limits = [(cases.currency == "CNY") & (cases.amount < ibis.literal(least, type="decimal(38, 6)"))]
    for index, rate in enumerate(pack.rates):
        limit = (least / rate.yuan).quantize(Decimal("0.000001"), rounding=ROUND_CEILING)
        limits.append((cases.rate == index) & (cases.amount < ibis.literal(limit, type="decimal(38, 6)")))
    return reduce(lambda one, other: one | other, limits)


Branch = tuple[BooleanValue, Exclusion, IntegerValue]


def _date_rules(problem: Problem, cases: Table) -> list[Branch]:
    start, end = problem.covered.start.toordinal(), problem.covered.end.toordinal()
    missing = cases.key.isnull()
    decided = cases.key % KEY_BASE
    return [
        (missing & cases.other_key.notnull(), Exclusion.OTHER_CONTRACT, cases.other_key % KEY_BASE),
        (missing, Exclusion.NOT_REACHED, cases.last_key % KEY_BASE),
        (cases.end_day <= start, Exclusion.BEFORE_PERIOD, decided),
        (cases.first_day >= end, Exclusion.AFTER_PERIOD, decided),
        ((cases.first_day < start) | (cases.end_day > end), Exclusion.DATE_TOO_VAGUE, decided),
    ]


def _fit_rules(problem: Problem, cases: Table) -> list[Branch]:
    """Rules that do not look at the period."""
    out, pack = problem.pack.excluded, problem.pack
    rules: list[Branch] = []
    if out.project_kinds:
        kind = ibis.coalesce(cases.project_kind, ibis.literal("new"))
        rules.append((kind.isin(out.project_kinds), Exclusion.PROJECT_KIND, cases.project_kind_key % KEY_BASE))
    if out.channels:
        rules.append((cases.channel.isin(out.channels), Exclusion.CHANNEL, cases.channel_key % KEY_BASE))
    barred = [pk for pk, code in problem.industry_codes.items() if code in out.industries]
    if barred:
        rules.append((cases.industry.isin(barred), Exclusion.INDUSTRY, cases.industry_key % KEY_BASE))
    if out.origin_prefixes:
        local = reduce(lambda one, other: one | other, [cases.origin.startswith(p) for p in out.origin_prefixes])
        rules.append((local, Exclusion.ORIGIN, cases.origin_key % KEY_BASE))
    if out.outcomes:
        rules.append((cases.outcome.isin(out.outcomes), Exclusion.ENDED, cases.outcome_key % KEY_BASE))
    if pack.threshold is not None:
        applies = cases.figure.isin(pack.threshold.figures)
        unknown = cases.currency.isnull() | (cases.currency == "")
        foreign = (cases.currency != "CNY") & (cases.rate == NO_RATE)
        amount = cases.amount_key % KEY_BASE
        rules.append((applies & unknown, Exclusion.AMOUNT_UNKNOWN, amount))
        rules.append((applies & foreign, Exclusion.AMOUNT_UNCONVERTED, amount))
        rules.append((applies & _too_small(pack, cases), Exclusion.BELOW_THRESHOLD, amount))
    return rules


def _first(rules: Iterable[Branch], *, then: IntegerValue) -> tuple[StringValue, IntegerValue]:
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
    group = group.mutate(turn=group.key + ibis.least(group.depth, _DEEPEST) * _STEP)
    inside = group.filter(group.canonical.notnull() & group.key.notnull() & group.fits)
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
    """Every project × figure with its verdict.

    Columns: zone, project, canonical, figure, rule ("" counts), event, day, month, task_force, industry, origin,
    amount, currency, rate, highest (rank of the furthest stage by the as-of day), ended (by that day).
    """
    events = standing(problem.events, problem.zones)
    cases = _with_attributes(_cases(problem, _projects(problem, events)), events)
    cases = cases.mutate(rate=_rate_index(problem.pack, cases))
    unfit, unfit_event = _first(_fit_rules(problem, cases), then=cases.key % KEY_BASE)
    cases = cases.mutate(unfit=unfit, unfit_event=unfit_event)
    judged = _merged(problem, cases.mutate(fits=cases.unfit == ""))
    dated = _date_rules(problem, judged)
    rules: list[Branch] = [(judged.lost, Exclusion.MERGED, judged.lost_to), *dated]
    rule, event = _first(rules, then=judged.unfit_event)
    rule = ibis.ifelse(rule == "", judged.unfit, rule)
    return judged.select(
        "zone",
        "project",
        "canonical",
        "figure",
        "month",
        "task_force",
        "industry",
        "origin",
        "amount",
        "currency",
        "rate",
        rule=rule,
        event=event,
        day=judged.first_day,
        highest=judged.highest.fill_null(0),
        ended=judged.outcome.notnull() & (judged.outcome != ""),
    )
