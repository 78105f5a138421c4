"""From what is stored to the rows of a briefing: figures through reports, lists of what the author may see."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.briefings.lists import progress_rows, project_row, silent_rows
from zhaoyin.apps.briefings.meetings import facts_of, visits_of
from zhaoyin.apps.briefings.queries import Wanted, task_force_name
from zhaoyin.apps.briefings.words import CAUSES
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.access import get_visible
from zhaoyin.apps.projects.access import visible_to as visible_projects
from zhaoyin.apps.projects.forms import STAGE_LABELS
from zhaoyin.apps.projects.presentation import localized
from zhaoyin.apps.reports import presentation
from zhaoyin.apps.reports import queries as reports
from zhaoyin.apps.reports.queries import Answer, Asked
from zhaoyin.apps.reports.targets import TARGET_OF, elapsed_share, targets
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.context import zone_name
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.canonical import sha256_hex
from zhaoyin.domain.figure import Figure, Quantity
from zhaoyin.engines.briefing import Problem
from zhaoyin.engines.briefing.problem import Basis, CauseRow, FigureRow, FunnelRow, ProjectRow, RatioRow, TeamRow, Value
from zhaoyin.engines.counting.compare import year_before

FIGURES = frozenset({"bulletin", "one-page", "task-force"})
FUNNEL_STAGES = ("lead", "negotiating", "pre_signing", "signed", "registered", "construction_started", "in_production")
SIGNED = "newly_signed"
LISTED_SIGNED, LISTED_STUCK, WHOLE_LIST = 60, 15, 500
STUCK_DAYS = 30
YI = Decimal(10**8)


def problem_of(*, viewer: Viewer, zone: Zone, wanted: Wanted) -> Problem:
    """Everything that the kind needs, in the language of the briefing. NotVisible for a task force or project of others."""
    with translation.override("en" if wanted.language == "en" else "zh-hans"):
        team = task_force_name(viewer=viewer, task_force=wanted.task_force)
        problem = Problem(
            kind=wanted.kind, language=wanted.language, zone=zone_name(zone), issued_on=clock.today(), period=wanted.asked.period,
            number=wanted.number, title=wanted.title, team=localized(team) if team else "", stuck_days=STUCK_DAYS,
        )  # fmt: skip
        if wanted.kind in FIGURES:
            return _figures(viewer, wanted, team, problem)
        if wanted.kind == "progress":
            listed, quiet = progress_rows(viewer=viewer, wanted=wanted, most=WHOLE_LIST)
            return replace(problem, progress=listed, quiet=quiet)
        if wanted.kind == "stuck":
            rows, total = silent_rows(viewer=viewer, task_force=wanted.task_force, days=STUCK_DAYS, most=WHOLE_LIST)
            return replace(problem, stuck=rows, stuck_total=total)
        if wanted.kind == "trip":
            return replace(problem, visits=visits_of(viewer=viewer, wanted=wanted))
        return _meeting(viewer, wanted, problem)


def _meeting(viewer: Viewer, wanted: Wanted, problem: Problem) -> Problem:
    assert wanted.project is not None  # parse_wanted refuses the kind without one
    project = get_visible(viewer, wanted.project)
    subject = _("会面简报：%(name)s") % {"name": project.name}
    visits = visits_of(viewer=viewer, wanted=wanted, project=project.pk)
    return replace(problem, subject=subject, facts=facts_of(viewer=viewer, project=project), visits=visits)


def _figures(viewer: Viewer, wanted: Wanted, team: TaskForce | None, problem: Problem) -> Problem:
    found = reports.answer(zone_id=viewer.zone_id, asked=wanted.asked)
    before = reports.answer(zone_id=viewer.zone_id, asked=_year_before(wanted.asked), seen=found.last_seq)
    goals = targets(viewer=viewer, year=wanted.asked.period.start.year)
    share = elapsed_share(wanted.asked.period, clock.today())
    team_id = str(team.pk) if team else None
    stuck, stuck_total = silent_rows(viewer=viewer, task_force=wanted.task_force, days=STUCK_DAYS, most=LISTED_STUCK)
    signed, signed_total, hidden = _signed(viewer, found, team_id)
    funnel = () if team else tuple(_funnel(found))
    if wanted.since is not None and not team:
        problem = _changed(viewer, wanted, found, problem)
    return replace(
        problem,
        basis=_basis(found),
        figures=tuple(_figure_rows(found, before, goals if share is not None else {}, team_id)),
        teams=() if team else tuple(_team_rows(viewer, found, goals if share is not None else {})),
        funnel=funnel, ratios=() if team else tuple(_ratios(found)), signed=signed, signed_total=signed_total, hidden=hidden, stuck=stuck, stuck_total=stuck_total, time_share=share,
    )  # fmt: skip


def _changed(viewer: Viewer, wanted: Wanted, found: Answer, problem: Problem) -> Problem:
    """Why the newly signed are not what they were as known on the day asked for."""
    assert wanted.since is not None  # the caller looked
    known = replace(wanted.asked, known_on=wanted.since)
    before = reports.answer(zone_id=viewer.zone_id, asked=known, seen=found.last_seq)
    name = _signed_rule(found)
    explained = reports.explain_difference(before, found, figure=name)
    causes = tuple(
        CauseRow(label=str(CAUSES[cause.value]), projects=int(projects), yuan=yuan)
        for cause, (projects, yuan) in explained.causes().items()
    )
    rule = found.question.pack.figure(name)
    changed = FigureRow(
        name=name, title=presentation.figure_title(rule), measure="projects", value=_value(found.count.figures[name].total),
        last_year=_value(before.count.figures[name].total),
    )  # fmt: skip
    return replace(problem, since=wanted.since, changed=changed, causes=causes)


def _signed_rule(found: Answer) -> str:
    """The figure of the newly signed; the last one of a pack that has none."""
    rules = found.question.pack.bases
    return next((rule.name for rule in rules if rule.name == SIGNED), rules[-1].name)


def _year_before(asked: Asked) -> Asked:
    """The same days of the year before, as they are known at the same time."""
    period = year_before(asked.period)
    as_of = _shifted(asked.as_of) if asked.as_of else None
    return replace(asked, period=period, as_of=as_of)


def _shifted(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - 1, day.month, last)


def _basis(found: Answer) -> Basis:
    identity, pack = found.count.identity, found.question.pack
    text = pack.basis if wording.in_chinese() else pack.basis_en
    return Basis(
        pack=pack.id, pack_title=presentation.pack_title(pack), pack_version=pack.version, pack_sha256=pack.sha256,
        pack_basis=text, covered=found.asked.period, as_of=identity.as_of, last_seq=identity.last_seq, engine=identity.engine,
        figures_sha256=sha256_hex(found.count.canonical()), known_on=found.asked.known_on, by_report=found.asked.by_report,
    )  # fmt: skip


def _value(quantity: Quantity | None) -> Value:
    held = quantity or Quantity()
    return Value(
        projects=held.projects,
        yuan=held.yuan,
        unknown=held.unknown,
        unconverted=tuple(sorted(held.unconverted.items())),
    )


def _of_team(figure: Figure, team_id: str | None) -> Quantity:
    return figure.total if team_id is None else figure.by("task_force").get((team_id,), Quantity())


def _months(found: Answer, figure: Figure, team_id: str | None) -> tuple[tuple[str, Value], ...]:
    table = figure.by("month") if team_id is None else figure.by("task_force", "month")
    months = [f"{month.start:%Y-%m}" for month in found.question.period.months()][:36]
    keys = [((month,) if team_id is None else (team_id, month)) for month in months]
    return tuple((month, _value(table.get(key))) for month, key in zip(months, keys, strict=True))


Goals = Mapping[tuple[str, str], Decimal]


def _goal(goals: Goals, team_id: str, figure: str, measure: str) -> Decimal | None:
    """Targets of amounts are kept in units of 100 m yuan."""
    found = goals.get((team_id, TARGET_OF.get(figure, "")))
    return None if found is None else found * YI if measure == "amount" else found


def _figure_rows(found: Answer, before: Answer, goals: Goals, team_id: str | None) -> list[FigureRow]:
    """Last year only when the ledger has anything of it: nothing recorded is not zero. The target of a zone: of all its task forces."""
    known = any(figure.total.projects for figure in before.count.figures.values())
    rows = []
    for rule in found.question.pack.figures:
        figure, measure = found.count.figures[rule.name], rule.measure
        teams = [team_id] if team_id else sorted({team for team, _name in goals})
        wanted = [goal for team in teams if (goal := _goal(goals, team, rule.name, measure)) is not None]
        rows.append(
            FigureRow(
                name=rule.name, title=presentation.figure_title(rule), measure=measure, value=_value(_of_team(figure, team_id)),
                last_year=_value(_of_team(before.count.figures[rule.name], team_id)) if known else None,
                months=_months(found, figure, team_id), target=sum(wanted, Decimal(0)) if wanted else None,
            )
        )  # fmt: skip
    return rows


def _team_rows(viewer: Viewer, found: Answer, goals: Goals) -> list[TeamRow]:
    names = reports.names(zone_id=viewer.zone_id)
    rules = found.question.pack.figures
    tables = {rule.name: found.count.figures[rule.name].by("task_force") for rule in rules}
    teams: set[str] = {str(key[0] or "") for table in tables.values() for key in table} | {team for team, _n in goals}
    rows = []
    for team in sorted(teams):
        held = {rule.name: goal for rule in rules if (goal := _goal(goals, team, rule.name, rule.measure)) is not None}
        values = {name: _value(table[(team or None,)]) for name, table in tables.items() if (team or None,) in table}
        rows.append(TeamRow(name=localized(names.get(team)) or _("未指定专班"), values=values, targets=held))
    return rows


def _funnel(found: Answer) -> list[FunnelRow]:
    steps = {step.stage: step for step in reports.funnel(found)}
    return [FunnelRow(label=str(STAGE_LABELS[stage]), reached=steps[stage].reached) for stage in FUNNEL_STAGES]


def _ratios(found: Answer) -> list[RatioRow]:
    """Rates that the pack defines."""
    values = reports.warehouse().ratios(found.question, last_seq=found.last_seq)
    rows = []
    for ratio in found.question.pack.ratios:
        value = values[ratio.name]
        measure = found.question.pack.figure(ratio.denominator).measure
        title = ratio.title if wording.in_chinese() else ratio.title_en
        rows.append(RatioRow(title=title, numerator=value.numerator, denominator=value.denominator, measure=measure))
    return rows


def _signed(viewer: Viewer, found: Answer, team_id: str | None) -> tuple[tuple[ProjectRow, ...], int, int]:
    """The counted projects that the author may see by date, how many there are, how many of them are not named."""
    cell: dict[str, str | None] = {"task_force": team_id} if team_id else {}
    listed = reports.verdicts(found, figure=_signed_rule(found), rules=[None], cell=cell, limit=reports.MOST_RECORDS)
    days = {UUID(verdict.project): verdict.day for verdict in listed}
    rows = visible_projects(viewer).filter(pk__in=list(days)[:5000]) if len(days) <= 900 else visible_projects(viewer)
    shown = [row for row in rows.select_related("industry", "task_force") if row.pk in days]
    shown.sort(key=lambda row: (days[row.pk] or date.max, row.name))
    made = tuple(replace(project_row(row), day=days[row.pk]) for row in shown[:LISTED_SIGNED])
    return made, len(listed), len(listed) - len(shown)
