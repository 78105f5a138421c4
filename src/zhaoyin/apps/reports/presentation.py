"""What figure pages show: tables, tiles, records, in the words of the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.presentation import event_title, localized
from zhaoyin.apps.projects.queries import HistoryLine
from zhaoyin.apps.reports.queries import Answer, ChildFigures, Named, Record
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.context import zone_name
from zhaoyin.apps.ui.regions import region_name
from zhaoyin.domain.figure import Exclusion, Figure, Quantity
from zhaoyin.domain.money import Currency, Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.counting.params import FigureRule, Pack

RULE_LABELS: dict[Exclusion, object] = {
    Exclusion.MERGED: gettext_lazy("已并入另一个项目"),
    Exclusion.NOT_REACHED: gettext_lazy("尚未达到这一步"),
    Exclusion.OTHER_CONTRACT: gettext_lazy("签的不是计入的合同类型"),
    Exclusion.CONDITIONS_UNMET: gettext_lazy("还有规定的条件没有满足"),
    Exclusion.NO_VOUCHERS: gettext_lazy("到位资金没有凭证"),
    Exclusion.BEFORE_PERIOD: gettext_lazy("发生在期间之前"),
    Exclusion.AFTER_PERIOD: gettext_lazy("发生在期间之后"),
    Exclusion.DATE_TOO_VAGUE: gettext_lazy("日期不够精确，跨出期间"),
    Exclusion.PROJECT_KIND: gettext_lazy("口径不计这种性质"),
    Exclusion.TRAIT: gettext_lazy("口径不计这类项目"),
    Exclusion.CHANNEL: gettext_lazy("口径不计这种渠道"),
    Exclusion.INDUSTRY: gettext_lazy("口径不计这个产业"),
    Exclusion.ORIGIN: gettext_lazy("口径不计这个来源地"),
    Exclusion.NOT_REQUIRED: gettext_lazy("不属于口径只计的范围"),
    Exclusion.ENDED: gettext_lazy("项目已结束"),
    Exclusion.NOT_REPORTED: gettext_lazy("没有按月报送进展"),
    Exclusion.FOLLOW_UP_MISSING: gettext_lazy("规定的后续步骤还没有发生"),
    Exclusion.FOLLOW_UP_LATE: gettext_lazy("后续步骤超过了规定期限"),
    Exclusion.AMOUNT_UNKNOWN: gettext_lazy("金额未知，无法判断门槛"),
    Exclusion.AMOUNT_UNCONVERTED: gettext_lazy("外币未折算，无法判断门槛"),
    Exclusion.BELOW_THRESHOLD: gettext_lazy("低于口径门槛"),
}
CELL_NAMES = ("task_force", "industry", "unit", "origin", "size", "month")
UNSAID = "-"
"""In a URL: the cell of projects for which nobody has named a task force or an industry."""


def figure_title(rule: FigureRule) -> str:
    """Name of a figure in the language in force."""
    return rule.title if wording.in_chinese() else rule.title_en


def pack_title(pack: Pack) -> str:
    """Name of a pack in the language in force."""
    return pack.title if wording.in_chinese() else pack.title_en


def value_text(quantity: Quantity, measure: str) -> str:
    """The number of a cell: projects, or yuan rounded to two decimals of its unit."""
    if measure == "jobs":
        return wording.number(int(quantity.yuan))
    if measure != "amount":
        return wording.number(quantity.projects)
    if not quantity.yuan and (quantity.unknown or quantity.unconverted) and quantity.projects:
        return wording.unknown() if not quantity.unconverted else "—"
    return wording.money(quantity.yuan, places=2)


def apart(quantity: Quantity) -> list[str]:
    """What stands beside an amount: unknown ones, foreign money without a rate."""
    found: list[str] = []
    if quantity.unknown:
        words = ngettext("另有 %(n)s 个项目金额未知", "另有 %(n)s 个项目金额未知", quantity.unknown)
        found.append(words % {"n": quantity.unknown})
    for code, amount in sorted(quantity.unconverted.items()):
        found.append(_("未折算 %(amount)s") % {"amount": wording.money(Money(amount, Currency(code)), places=2)})
    return found


def quantity_text(figure: Figure) -> str:
    """A figure in one line, exact."""
    if figure.measure != "amount":
        return str(figure.total.projects if figure.measure == "projects" else int(figure.total.yuan))
    return "; ".join([wording.money(figure.total.yuan), *apart(figure.total)])


@dataclass(frozen=True, slots=True)
class CellView:
    """A number of the table, which is a link to its projects."""

    text: str
    url: str
    exact: str = ""
    hints: Sequence[str] = ()
    label: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table."""

    label: str
    cells: Sequence[CellView]
    part: bool = False


@dataclass(frozen=True, slots=True)
class RecordView:
    """A project behind a figure."""

    name: str | None
    url: str
    day: PartialDate | date | None
    task_force: str
    industry: str
    origin: str
    amount: Money | None
    reason: str
    event: str
    event_url: str
    event_number: int | None
    project: str


@dataclass(frozen=True, slots=True)
class Group:
    """Projects kept out by one rule."""

    rule: str
    label: str
    count: int
    url: str
    rows: Sequence[RecordView] = ()
    open: bool = False


class Links:
    """Addresses of the figures page that keep the question."""

    def __init__(self, zone_slug: str, params: Mapping[str, str]) -> None:
        self.zone_slug = zone_slug
        self.params = {name: value for name, value in params.items() if value}

    def figures(self, **changes: str | None) -> str:
        """The page with changes; None drops a parameter."""
        wanted = {**self.params, **changes}
        kept = {name: value for name, value in wanted.items() if value}
        return f"{reverse('reports:figures', args=[self.zone_slug])}{'?' + urlencode(kept) if kept else ''}"

    def project(self, project: str, event: int | None = None) -> str:
        """A project's page, at one event of its history."""
        url = reverse("projects:detail", args=[self.zone_slug, project])
        return f"{url}#e{event}" if event is not None else url


def table(found: Answer, names: Mapping[str, Named], links: Links, chosen: Mapping[str, str]) -> list[Line]:
    """Task forces with their industries below, then the total; a number opens its projects."""
    figures = [(figure_title(rule), found.count.figures[rule.name]) for rule in found.question.pack.figures]
    by_team = [figure.by("task_force") for _label, figure in figures]
    by_both = [figure.by("task_force", "industry") for _label, figure in figures]
    lines: list[Line] = []
    teams = sorted({key for found in by_team for key in found}, key=lambda key: _order(key[0], names))
    for (team,) in teams:
        cell = {"task_force": team or UNSAID, "industry": None}
        lines.append(Line(_name(team, names), _cells(figures, [f.get((team,)) for f in by_team], cell, links, chosen)))
        parts = sorted(
            {key for found in by_both for key in found if key[0] == team}, key=lambda key: _order(key[1], names)
        )
        if len(parts) < 2:
            continue
        for key in parts:
            cell = {"task_force": team or UNSAID, "industry": key[1] or UNSAID}
            cells = _cells(figures, [f.get(key) for f in by_both], cell, links, chosen)
            lines.append(Line(_name(key[1], names), cells, part=True))
    whole = {"task_force": None, "industry": None}
    lines.append(Line(_("合计"), _cells(figures, [figure.total for _label, figure in figures], whole, links, chosen)))
    return lines


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A zone below; without `period` it has published nothing for these days."""

    label: str
    period: str
    published_at: datetime | None
    pack_version: str
    cells: Sequence[CellView]


def children_table(below: Sequence[ChildFigures], pack: Pack) -> list[ChildLine]:
    """Zones below with their published figures; no number is a link, a parent reads no records."""
    lines: list[ChildLine] = []
    for child in below:
        row = child.published
        cells = []
        for rule in pack.figures:
            total = child.totals.get(rule.name)
            text = value_text(total, rule.measure) if total is not None else _("未发布")
            hints = apart(total) if total is not None and rule.amount else ()
            cells.append(CellView(text, "", label=figure_title(rule), hints=hints))
        period = f"{row.period_start.isoformat()} — {row.period_end.isoformat()}" if row else ""
        version, moment = (row.pack_version, row.published_at) if row else ("", None)
        lines.append(ChildLine(zone_name(child.zone), period, moment, version, cells))
    return lines


def _order(key: str | None, names: Mapping[str, Named]) -> tuple[bool, str]:
    return key is None, _name(key, names)


def _name(key: str | None, names: Mapping[str, Named]) -> str:
    return localized(names[key]) if key is not None and key in names else _("未指定")


def _cells(
    figures: Sequence[tuple[str, Figure]],
    quantities: Sequence[Quantity | None],
    cell: Mapping[str, str | None],
    links: Links,
    chosen: Mapping[str, str],
) -> list[CellView]:
    views: list[CellView] = []
    for (label, figure), quantity in zip(figures, quantities, strict=True):
        held = quantity or Quantity()
        is_amount = figure.measure == "amount"
        views.append(
            CellView(
                text=value_text(held, figure.measure),
                url=links.figures(figure=figure.name, rule=None, **cell),
                exact=wording.money(held.yuan) if is_amount else "",
                hints=apart(held) if is_amount else (),
                label=label,
                current=chosen.get("figure") == figure.name
                and all((chosen.get(name) or None) == value for name, value in cell.items()),
            )
        )
    return views


def cell_of(chosen: Mapping[str, str]) -> dict[str, str | None]:
    """The cell that the URL names, as the mirror wants it."""
    cell = {name: chosen[name] for name in CELL_NAMES if chosen.get(name)}
    if cell.get("month"):
        cell["month"] = f"{PartialDate.parse(cell['month']).first:%Y-%m}"
    return {name: None if value == UNSAID else value for name, value in cell.items()}


def record_view(record: Record, names: Mapping[str, Named], links: Links) -> RecordView:
    """One line of the list."""
    verdict, event = record.verdict, record.event
    title = ""
    if event is not None:
        title = event_title(
            HistoryLine(
                event=event, recorded_at=clock.now(), who="", evidence=(), note="", name=record.name or "", struck=False,
                corrected_by=None,
            )
        )  # fmt: skip
    amount = (
        Money(verdict.amount, Currency(verdict.currency)) if verdict.amount is not None and verdict.currency else None
    )
    return RecordView(
        name=record.name,
        url=links.project(verdict.project) if record.name is not None else "",
        day=event.occurred if event is not None else verdict.day,
        task_force=localized(names.get(verdict.task_force or "")),
        industry=localized(names.get(verdict.industry or "")),
        origin=region_name(verdict.origin or ""),
        amount=amount,
        reason=str(RULE_LABELS[verdict.rule]) if verdict.rule else "",
        event=title,
        event_url=links.project(verdict.project, verdict.event) if record.name is not None else "",
        event_number=verdict.event,
        project=verdict.project,
    )


def months_chart(found: Answer) -> dict[str, object]:
    """Projects by month for the line chart."""
    months = [f"{month.start:%Y-%m}" for month in found.question.period.months()]
    series = []
    for rule in found.question.pack.bases:
        by_month = found.count.figures[rule.name].by("month")
        values = [by_month.get((month,), Quantity()).projects for month in months]
        series.append({"name": figure_title(rule), "values": values})
    return {"categories": months, "series": series}


def yi(value: Decimal) -> Decimal:
    """Yuan in units of 100 million, two decimals."""
    return (value / Decimal(10**8)).quantize(Decimal("0.01"))


def basis(found: Answer) -> list[tuple[str, str]]:
    """What a figure rests on, as it stands under it."""
    identity, pack = found.count.identity, found.question.pack
    known = found.asked.known_on.isoformat() if found.asked.known_on else _("现在")
    return [
        (_("统计口径"), f"{pack_title(pack)} {pack.version}"),
        (_("统计区间"), identity.covered.replace("/", " — ")),
        (_("截至日"), identity.as_of.isoformat()),
        (
            _("按台账截止日期") if found.asked.by_report else _("按所知"),
            _("%(when)s（台账第 %(seq)s 号）") % {"when": known, "seq": identity.last_seq},
        ),
        (_("口径校验"), identity.pack_sha256[:12]),
    ]
