"""What the pages of comparing show: causes of a difference as a waterfall and as a list."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from zhaoyin.apps.reports.presentation import RULE_LABELS, figure_title
from zhaoyin.apps.reports.queries import Answer, explain_difference
from zhaoyin.apps.ui import wording
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.figure import Exclusion
from zhaoyin.domain.money import number_text
from zhaoyin.engines.counting import Cause, Explanation
from zhaoyin.engines.counting.params import FigureRule

MOST_LISTED = 300


def cause_words(cause: Cause) -> str:
    """A cause in the words of the field."""
    return {
        Cause.NEW_EVENT: _("新的进展"), Cause.CORRECTION: _("更正"), Cause.MERGE: _("合并或拆开"), Cause.RECOGNITION: _("认定"),
        Cause.CREDIT: _("归属"), Cause.MOVED: _("转到别处"), Cause.AMOUNT: _("金额变化"), Cause.RATE: _("汇率"), Cause.RULE: _("口径不同"),
        Cause.PERIOD: _("期间不同"),
    }[cause]  # fmt: skip


def shown(value: Decimal, rule: FigureRule) -> str:
    """A number of a figure."""
    return wording.money(value, places=2) if rule.measure == "amount" else number_text(value.normalize())


def signed(value: Decimal, rule: FigureRule) -> str:
    """A change with its sign."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{shown(abs(value), rule)}"


def summary(before: Answer, after: Answer) -> list[dict[str, object]]:
    """Each figure that both have: before, after, difference."""
    lines: list[dict[str, object]] = []
    theirs = {rule.name for rule in before.question.pack.figures}
    for rule in after.question.pack.figures:
        if rule.name not in theirs:
            continue
        one, two = (_total(answer, rule.name) for answer in (before, after))
        lines.append(
            {
                "name": rule.name, "title": figure_title(rule), "before": shown(one, rule), "after": shown(two, rule),
                "difference": signed(two - one, rule), "same": one == two,
            }
        )  # fmt: skip
    return lines


def _total(answer: Answer, name: str) -> Decimal:
    figure = answer.count.figures[name]
    return Decimal(figure.total.projects) if figure.measure == "projects" else figure.total.yuan


def explained(before: Answer, after: Answer, *, figure: str) -> tuple[FigureRule, Explanation]:
    """The causes of one figure's difference; InvalidValue when one of the two has no such figure."""
    rule = after.question.pack.figure(figure)
    if before.question.pack.figure(figure).measure != rule.measure:
        raise InvalidValue("figure-unknown", field="figure", value=figure)
    return rule, explain_difference(before, after, figure=figure)


def waterfall(why: Explanation, rule: FigureRule) -> dict[str, object]:
    """Data of the chart: bars from the first total to the second. Numbers are for drawing only."""
    amounts = rule.measure != "projects"
    place = 1 if amounts else 0
    scale = Decimal(10**8) if rule.measure == "amount" else Decimal(1)
    bars = [
        {"name": _("原来"), "from": 0, "to": float(why.before[place] / scale), "label": shown(why.before[place], rule)}
    ]
    for name, low, high in why.waterfall(amounts=amounts):
        bars.append(
            {
                "name": cause_words(Cause(name)), "from": float(low / scale), "to": float(high / scale),
                "label": signed(high - low, rule),
            }
        )  # fmt: skip
    bars.append(
        {"name": _("现在"), "from": 0, "to": float(why.after[place] / scale), "label": shown(why.after[place], rule)}
    )
    return {"bars": bars}


def change_lines(why: Explanation, rule: FigureRule, names: Mapping[str, str]) -> list[dict[str, object]]:
    """A line for each project and cause, by cause; projects that the viewer may not see have no name."""
    place = 1 if rule.measure != "projects" else 0
    order = list(Cause)
    changes = sorted(why.changes, key=lambda one: (order.index(one.cause), -abs((one.projects, one.yuan)[place])))
    lines: list[dict[str, object]] = [
        {
            "project": change.project,
            "name": names.get(change.project, ""),
            "cause": cause_words(change.cause),
            "adds": signed((change.projects, change.yuan)[place], rule),
            "before": _rule_words(change.before),
            "after": _rule_words(change.after),
            "event": change.event,
        }
        for change in changes
        if (change.projects, change.yuan)[place]
    ]
    return lines[:MOST_LISTED]


def _rule_words(rule: Exclusion | None) -> str:
    return _("计入") if rule is None else str(RULE_LABELS[rule])
