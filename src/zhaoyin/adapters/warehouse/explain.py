"""Why a figure changed between two questions: one run for each respect in which they differ, and what was new in between."""

from dataclasses import replace
from decimal import Decimal

from zhaoyin.adapters.warehouse.run import Question, Warehouse
from zhaoyin.engines.counting import Explanation, Step, explain_steps
from zhaoyin.engines.counting.changes import Contribution, News, Side, contributions
from zhaoyin.engines.counting.problem import Problem


def explain(warehouse: Warehouse, before: Question, after: Question, *, figure: str, last_seq: int) -> Explanation:
    """The difference of a figure between two questions of one zone, as causes that add up to it.

    What was known changes first, then the rates, the pack, the period with its as-of day. InvalidValue when one of the packs
    has no such figure. `last_seq`: what `catch_up` returned.
    """
    runs = [before]
    steps: list[Step] = []
    for step, part in (
        (Step.KNOWN, {"known_seq": after.known_seq, "reported_by": after.reported_by}),
        (Step.RATES, {"rates": after.rates}),
        (Step.PACK, {"pack": after.pack, "industry_codes": after.industry_codes}),
        (Step.PERIOD, {"period": after.period, "as_of": after.as_of}),
    ):
        changed = replace(runs[-1], **part)  # type: ignore[arg-type]
        if changed != runs[-1]:
            runs.append(changed)
            steps.append(step)
    sides = [_side(warehouse, run, figure, last_seq) for run in runs]
    return explain_steps(sides, steps, _news(warehouse, before, after, last_seq))


def _side(warehouse: Warehouse, question: Question, figure: str, last_seq: int) -> Side:
    pack = question.pack
    rule = pack.figure(figure)
    measure = pack.measures.index(rule.amount) if rule.amount else 0
    rates: list[Decimal] = [rate.yuan for rate in Problem.rates_of(pack, question.rates)]
    rows = warehouse.rows(question, last_seq=last_seq, figure=rule.base)
    found = contributions(rows, rates=rates, measure=measure)
    return found if rule.measure != "projects" else {name: _plain(one) for name, one in found.items()}


def _plain(one: Contribution) -> Contribution:
    """Only whether it counts: a figure of projects has no amounts."""
    return replace(one, yuan=Decimal(0), amounts=())


def _news(warehouse: Warehouse, before: Question, after: Question, last_seq: int) -> dict[str, list[News]]:
    """Events that only one of the two questions knows, by project."""
    table = warehouse.mirror.table(before.zone)

    def known(question: Question) -> str:
        cutoff = last_seq if question.known_seq is None else min(last_seq, question.known_seq)
        reported = f" AND known_day <= {question.reported_by.toordinal():d}" if question.reported_by else ""
        return f"(seq <= {cutoff:d}{reported})"

    sql = (
        f"SELECT project, seq, kind, supersedes IS NOT NULL FROM {table}"
        f" WHERE {known(before)} <> {known(after)} ORDER BY seq"
    )
    found: dict[str, list[News]] = {}
    for project, seq, kind, corrects in warehouse.mirror.connection.cursor().execute(sql).fetchall():
        found.setdefault(str(project), []).append(News(seq, kind, corrects))
    return found
