"""The war room: how the campaign stands, on one screen, from the counting engine and a handful of indexed queries."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects.access import visibility, visible_to
from zhaoyin.apps.projects.forms import CONTRACT_LABELS, OUTCOME_LABELS, STAGE_LABELS
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.presentation import amount, localized
from zhaoyin.apps.projects.queries import stuck_condition
from zhaoyin.apps.reports import presentation, queries
from zhaoyin.apps.reports.presentation import Links, figure_title
from zhaoyin.apps.reports.queries import Answer, Asked, Named
from zhaoyin.apps.reports.targets import TARGET_OF, elapsed_share, targets
from zhaoyin.apps.taskforces.models import Territory
from zhaoyin.apps.ui import wording
from zhaoyin.domain.figure import Quantity
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import Period
from zhaoyin.domain.region import PROVINCES, cities

STUCK_DAYS = 30
WEEK = 7
SHOWN, LISTED = 8, 6
LOOKED_AT = 30
"""Latest steps that are looked through for those of the week that the viewer may see."""
FUNNEL_STAGES = ("lead", "negotiating", "pre_signing", "signed", "registered", "construction_started", "in_production")
BEHIND_YELLOW = Decimal(-10)
"""Points behind the elapsed share of the year at which the light turns red; from 0 down to here it is yellow."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure as a link."""

    label: str
    value: str
    url: str
    change: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """A figure of one task force against its target of the year."""

    label: str
    text: str
    url: str
    target: str = ""
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A row of the league table; `gap` in points against the elapsed share of the year."""

    name: str
    url: str
    figures: Sequence[Against]
    gap: Decimal | None
    tone: str
    light: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A project in which nothing has happened for long."""

    project: Project
    days: int
    planned: Money | None
    task_force: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened this week."""

    day: date
    name: str
    url: str
    what: str
    tone: str


def tiles(found: Answer, week: Answer, links: Links) -> list[Tile]:
    """The pack's figures, each with what the last seven days added."""
    made: list[Tile] = []
    for rule in found.question.pack.figures:
        figure, recent = found.count.figures[rule.name], week.count.figures[rule.name]
        hints = presentation.apart(figure.total) if rule.amount else []
        added = recent.total.yuan if rule.amount else Decimal(recent.total.projects)
        shown = presentation.value_text(recent.total, figure.measure)
        change = _("近 7 天 +%(n)s") % {"n": shown} if added else ""
        value = presentation.value_text(figure.total, figure.measure)
        made.append(Tile(figure_title(rule), value, links.figures(figure=rule.name), change, "；".join(hints)))
    return made


def funnel_chart(found: Answer, projects_url: str) -> dict[str, object]:
    """Projects that have come at least so far, of all that are in the ledger."""
    steps = {step.stage: step for step in queries.funnel(found)}
    items: list[dict[str, object]] = []
    before = 0
    for stage in FUNNEL_STAGES:
        reached = steps[stage].reached
        share = f" · {round(reached * 100 / before)}%" if before else ""
        name = str(STAGE_LABELS[stage])
        items.append(
            {
                "name": name,
                "value": reached,
                "label": f"{name} {reached}{share}",
                "url": f"{projects_url}?stage={stage}",
            }
        )
        before = reached
    return {"items": items}


def investor_map(found: Answer, territories: Mapping[str, list[str]], projects_url: str) -> dict[str, object]:
    """Newly negotiating projects by the investor's province and city, with the territories of the task forces."""
    by_code = queries.origins(found).get(found.question.pack.bases[0].name, {})
    provinces: dict[str, int] = {}
    for code, count in by_code.items():
        if code[:2] in PROVINCES:
            provinces[code[:2]] = provinces.get(code[:2], 0) + count
    units = [
        {
            "code": code,
            "value": provinces.get(code, 0),
            "short": str(provinces.get(code, "")),
            "label": _("%(n)s 个新增洽谈") % {"n": provinces.get(code, 0)} + _where(territories.get(code, [])),
            "url": f"{projects_url}?origin={code}",
            "territory": code in territories,
        }
        for code in PROVINCES
        if code in provinces or code in territories
    ]
    known, chinese = cities(), wording.in_chinese()
    points = [
        {
            "name": known[code].name if chinese else known[code].name_en, "lon": known[code].longitude,
            "lat": known[code].latitude, "value": by_code.get(code, 0),
            "label": _("%(n)s 个新增洽谈") % {"n": by_code.get(code, 0)}, "url": f"{projects_url}?origin={code}",
            "territory": code in territories or code[:2] in territories,
        }
        for code in sorted({*by_code, *territories})
        if code in known
    ]  # fmt: skip
    return {"units": units, "cities": points}


def _where(teams: Sequence[str]) -> str:
    return f" · {'、'.join(sorted(set(teams)))}" if teams else ""


def territories(*, viewer: Viewer, names: Mapping[str, Named]) -> dict[str, list[str]]:
    """Names of the task forces that work there today, by region code; a city also marks its province."""
    rows = Territory.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today()), zone_id=viewer.zone_id, starts_on__lte=clock.today()
    )
    found: dict[str, list[str]] = {}
    for code, team in rows.values_list("region_code", "task_force_id"):
        for place in {code, code[:2]}:
            found.setdefault(place, []).append(localized(names.get(str(team))))
    return found


def league(
    found: Answer, wanted: Mapping[tuple[str, str], Decimal], names: Mapping[str, Named], links: Links, on: date
) -> list[TeamLine]:
    """Task forces by how far they are ahead of time; those without a target last."""
    share = elapsed_share(found.question.period, on)
    rules = found.question.pack.figures
    by_team = [found.count.figures[rule.name].by("task_force") for rule in rules]
    teams = {key[0] for held in by_team for key in held} | {team for team, _indicator in wanted}
    lines: list[TeamLine] = []
    for team in sorted(teams, key=lambda key: (key is None, str(key))):
        shown: list[Against] = []
        done: list[Decimal] = []
        for rule, held in zip(rules, by_team, strict=True):
            quantity = held.get((team,), Quantity())
            target = wanted.get((team or "", TARGET_OF.get(rule.name, "")))
            percent = _done(quantity, rule.amount, target) if target and share is not None else None
            done += [percent] if percent is not None else []
            shown.append(
                Against(
                    label=figure_title(rule),
                    text=presentation.value_text(quantity, rule.measure),
                    url=links.figures(figure=rule.name, task_force=team or presentation.UNSAID),
                    target=_target_text(target, rule.amount) if percent is not None else "",
                    percent=None if percent is None else round(percent),
                )
            )
        gap = (
            None if not done or share is None else (sum(done, Decimal(0)) / len(done) - share).quantize(Decimal("0.1"))
        )
        tone, light = _light(gap)
        name = localized(names.get(team or "")) or _("未指定")
        url = links.figures(task_force=team or presentation.UNSAID, figure=found.question.pack.bases[-1].name)
        lines.append(TeamLine(name, url, shown, gap, tone, light))
    return sorted(lines, key=lambda line: (line.gap is None, -(line.gap or Decimal(0))))


def _done(quantity: Quantity, amount_kind: str, target: Decimal) -> Decimal:
    reached = presentation.yi(quantity.yuan) if amount_kind else Decimal(quantity.projects)
    return reached * 100 / target


def _target_text(target: Decimal | None, amount_kind: str) -> str:
    if target is None:
        return ""
    return wording.money(target * 10**8) if amount_kind else wording.number(target)


def _light(gap: Decimal | None) -> tuple[str, str]:
    if gap is None:
        return "plain", _("无目标")
    if gap >= 0:
        return "green", _("快于序时")
    return ("yellow", _("略慢")) if gap >= BEHIND_YELLOW else ("red", _("滞后"))


def stuck(*, viewer: Viewer) -> list[Stuck]:
    """The longest silent of the projects that the viewer may see; one more than is shown says that there are more."""
    rows = visible_to(viewer).filter(stuck_condition(STUCK_DAYS, clock.today()), merged_into__isnull=True)
    columns = ("name", "last_progress_on", "amounts", "task_force__name", "task_force__name_en")
    found = rows.select_related("task_force").only(*columns).order_by("last_progress_on", "id")[: SHOWN + 1]
    return [
        Stuck(row, (clock.today() - row.last_progress_on).days, amount(row), localized(row.task_force))
        for row in found
        if row.last_progress_on is not None
    ]


def _change_words(kind: str, payload: Mapping[str, object]) -> tuple[str, str]:
    if kind == "contract_signed":
        return _("签订%(contract)s") % {"contract": CONTRACT_LABELS[str(payload["contract_kind"])]}, "green"
    if kind == "ended":
        return _("结束：%(outcome)s") % {"outcome": OUTCOME_LABELS[str(payload["outcome"])]}, "red"
    return _("进入“%(stage)s”") % {"stage": STAGE_LABELS[str(payload["stage"])]}, "blue"


def changes(*, viewer: Viewer, links: Links) -> list[Change]:
    """Steps, contracts and ends written down in the last seven days, newest first; two queries."""
    since = clock.today() - timedelta(days=WEEK)
    rows = Event.objects.filter(
        zone_id=viewer.zone_id, subject_kind="project", kind__in=("contract_signed", "ended", "stage_reached")
    ).order_by("-seq")
    columns = ("subject_id", "seq", "kind", "occurred_on", "payload", "recorded_at")
    recent = [row for row in rows.values_list(*columns)[:LOOKED_AT] if row[5].date() >= since]
    seen = queries.visible_names(viewer=viewer, ids={str(row[0]) for row in recent}) if recent else {}
    made: list[Change] = []
    for project, seq, kind, day, payload, _recorded in recent:
        name = seen.get(str(project))
        if name is not None and len(made) < LISTED:
            what, tone = _change_words(kind, json.loads(payload))
            made.append(Change(day, name, links.project(str(project), seq), what, tone))
    return made


def next_steps(*, viewer: Viewer) -> list[Engagement]:
    """Open next steps by date, of projects that the viewer may see (their own in any case)."""
    rows = Engagement.objects.filter(zone_id=viewer.zone_id, next_done=False, next_due_on__isnull=False)
    condition = visibility(viewer)
    if condition is not None:
        mine = Q(next_person_id=viewer.person_id)
        rows = rows.filter(mine | Q(project__in=Project.objects.filter(condition, zone_id=viewer.zone_id)))
    columns = ("next_step", "next_due_on", "project__name", "next_person__display_name")
    rows = rows.select_related("project", "next_person").only(*columns)
    return list(rows.order_by("next_due_on", "id")[:LISTED])


def answers(*, viewer: Viewer, asked: Asked) -> tuple[Answer, Answer]:
    """The question, and the same of the last seven days; one query when nothing is new."""
    found = queries.answer(zone_id=viewer.zone_id, asked=asked)
    today = clock.today()
    days = Period(today - timedelta(days=WEEK - 1), today + timedelta(days=1))
    recent = Asked(period=days, pack=asked.pack, known_on=asked.known_on)
    return found, queries.answer(zone_id=viewer.zone_id, asked=recent, seen=found.last_seq)


def summary(*, viewer: Viewer, links: Links) -> dict[str, object]:
    """The year's figures and the three longest silent projects; two queries when nothing is new."""
    found, week = answers(viewer=viewer, asked=queries.parse_asked())
    return {"tiles": tiles(found, week, links), "stuck": stuck(viewer=viewer)[:3]}


def build(*, viewer: Viewer, asked: Asked, links: Links, projects_url: str) -> dict[str, object]:
    """Everything that the page shows."""
    found, week = answers(viewer=viewer, asked=asked)
    names = queries.names(zone_id=viewer.zone_id)
    year_targets = targets(viewer=viewer, year=asked.period.start.year)
    silent = stuck(viewer=viewer)
    return {
        "answer": found,
        "tiles": tiles(found, week, links),
        "funnel": funnel_chart(found, projects_url),
        "map": investor_map(found, territories(viewer=viewer, names=names), projects_url),
        "heads": [figure_title(rule) for rule in found.question.pack.figures],
        "league": league(found, year_targets, names, links, clock.today()),
        "share": elapsed_share(found.question.period, clock.today()),
        "stuck": silent[:SHOWN],
        "stuck_more": len(silent) > SHOWN,
        "stuck_days": STUCK_DAYS,
        "changes": changes(viewer=viewer, links=links),
        "steps": next_steps(viewer=viewer),
        "pack_title": presentation.pack_title(found.question.pack),
    }
