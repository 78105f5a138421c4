"""Reading: schemes, the assessment's problem from figures and targets, next steps, hints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhaoyin.adapters.warehouse.supposing import Supposed, suppose
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.assessments.access import seen_task_forces
from zhaoyin.apps.assessments.models import Exemption, HintAnswer, HintRun, SchemeVersion
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.ledger.queries import to_domain
from zhaoyin.apps.projects.models import Project, ProjectInvestor
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.apps.reports import queries as reports
from zhaoyin.apps.reports.targets import TARGET_OF, elapsed_share, targets
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.domain.event import effective
from zhaoyin.domain.figure import Quantity, Verdict
from zhaoyin.domain.money import AmountKind, Currency, Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.stages import ContractKind, Stage
from zhaoyin.domain.recognition import ASKED, RecognitionMatter
from zhaoyin.engines.assessment import (
    Given,
    Move,
    Problem,
    Scheme,
    UnitGiven,
    load_scheme,
    parse_scheme,
    shipped_schemes,
)
from zhaoyin.engines.assessment.hints import Hint, ProjectGiven, Statement, hints
from zhaoyin.engines.assessment.scheme_file import DEFAULT_SCHEME

HUNDRED_MILLION = Decimal(10**8)
REPORT_RULE = "missing_report"
MOST_MOVES = 2000


def schemes(*, zone_id: UUID) -> dict[str, Scheme]:
    """Schemes by id: those shipped, and the newest version of each that the zone brought."""
    found = {name: load_scheme(name) for name in shipped_schemes()}
    for row in SchemeVersion.objects.filter(zone_id=zone_id).order_by("recorded_at", "id"):
        found[row.scheme] = parse_scheme(row.text, name=row.scheme)
    return found


def scheme_of(*, zone_id: UUID, name: str) -> Scheme:
    """The scheme of that id, else the one that is shipped first."""
    found = schemes(zone_id=zone_id)
    return found[name] if name in found else load_scheme(name or DEFAULT_SCHEME)


@dataclass(frozen=True, slots=True)
class Assessed:
    """The problem with the figures that it was made from."""

    problem: Problem
    answer: reports.Answer
    names: Mapping[str, str]


def assessed(*, viewer: Viewer, scheme: Scheme, asked: reports.Asked, english: bool = False) -> Assessed:
    """Values of the task forces from the figures, targets of the year, exemptions, projects without a word."""
    answer = reports.answer(zone_id=viewer.zone_id, asked=asked)
    year = asked.period.start.year
    as_of = answer.count.identity.as_of
    goals = targets(viewer=viewer, year=year)
    exempt = exemptions(zone_id=viewer.zone_id, year=year)
    silent = silent_projects(zone_id=viewer.zone_id, on=as_of)
    teams = TaskForce.objects.filter(zone_id=viewer.zone_id, starts_on__lte=as_of).order_by("name")
    rows = [(str(row.pk), row.name_en or row.name if english else row.name) for row in teams]
    units = tuple(
        UnitGiven(
            id=pk,
            name=name,
            given={indicator.name: _given(answer, indicator.figure, indicator.measure, pk, goals) for indicator in scheme.indicators},
            times={REPORT_RULE: len(silent.get(pk, ()))} if silent.get(pk) else {},
            exempt=pk in exempt,
        )
        for pk, name in rows
    )  # fmt: skip
    problem = Problem(scheme=scheme, units=units, time_share=elapsed_share(asked.period, min(as_of, clock.today())))
    return Assessed(problem, answer, dict(rows))


def _given(
    answer: reports.Answer, figure: str, measure: str, task_force: str, goals: Mapping[tuple[str, str], Decimal]
) -> Given:
    """Value None when the pack has no such figure; a task force without a project in it has zero."""
    found = answer.count.figures.get(figure)
    if found is None:
        return Given(value=None)
    quantity = found.by("task_force").get((task_force,), Quantity())
    value = quantity.yuan / HUNDRED_MILLION if measure == "amount" else Decimal(quantity.projects)
    return Given(value=value, target=goals.get((task_force, TARGET_OF.get(figure, figure))))


def exemptions(*, zone_id: UUID, year: int) -> dict[str, Exemption]:
    """Task force → the exemption that holds in the year."""
    found: dict[str, Exemption] = {}
    for row in Exemption.objects.filter(zone_id=zone_id, year=year).order_by("recorded_at", "id"):
        found[str(row.task_force)] = row
    return {key: row for key, row in found.items() if row.holds}


def silent_projects(*, zone_id: UUID, on: date) -> dict[str, list[UUID]]:
    """Task force → its projects under way of which nothing was noted in the month of that day."""
    month = on.replace(day=1)
    rows = Project.objects.filter(
        zone_id=zone_id, outcome="", void=False, merged_into__isnull=True, stage_rank__lt=Stage.IN_PRODUCTION.rank,
        opened_on__lt=month, last_progress_on__lt=month, task_force_id__isnull=False,
    )  # fmt: skip
    found: dict[str, list[UUID]] = {}
    for pk, task_force in rows.values_list("pk", "task_force_id"):
        found.setdefault(str(task_force), []).append(pk)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """The next real step of a project and what it must be shown with."""

    key: str
    project: UUID
    task_force: str
    step: str
    evidence: tuple[str, ...]
    supposed: Supposed | None


_EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "negotiating": ("notes",), "contract": ("contract",), "registered": ("licence",), "filed": ("filing",),
    "construction_started": ("contract", "filing", "construction"), "completed": ("completion",), "in_production": ("production",),
    "in_statistics": ("statistics",), "full_capacity": ("production",),
}  # fmt: skip


def next_steps(*, zone_id: UUID, task_force: UUID, on: date) -> list[Step]:
    """For each project under way of the task force the next step of the stage list; pending recognitions; silent projects."""
    rows = Project.objects.filter(
        zone_id=zone_id, task_force_id=task_force, outcome="", void=False, merged_into__isnull=True
    ).order_by("-planned_sort")[:MOST_MOVES]
    steps = [step for row in rows if (step := _next_stage(row, on)) is not None]
    waiting = Recognition.objects.filter(
        zone_id=zone_id, project__task_force_id=task_force, status__in=["requested", "endorsed"]
    )
    steps += [_recognised(row, on) for row in waiting]
    silent = silent_projects(zone_id=zone_id, on=on).get(str(task_force), [])
    steps += [Step(f"report:{pk}", pk, str(task_force), "report", ("notes",), None) for pk in silent]
    return steps


def _next_stage(row: Project, on: date) -> Step | None:
    """A formal contract before the signing, after it the next stage. None at the end of the list."""
    stages = [stage.value for stage in Stage]
    place = stages.index(row.stage)
    day = PartialDate(on)
    if row.stage_rank < Stage.NEGOTIATING.rank:
        name = "negotiating"
        step = Supposed(project=str(row.pk), kind="stage_reached", occurred=day, payload={"stage": name})
    elif row.stage_rank < Stage.SIGNED.rank:
        name = "contract"
        kind = {"contract_kind": ContractKind.FORMAL.value}
        step = Supposed(project=str(row.pk), kind="contract_signed", occurred=day, payload=dict(kind))
    elif place + 1 < len(stages):
        name = stages[place + 1]
        step = Supposed(project=str(row.pk), kind="stage_reached", occurred=day, payload={"stage": name})
    else:
        return None
    return Step(f"{name}:{row.pk}", row.pk, str(row.task_force_id), name, _EVIDENCE.get(name, ()), step)


def _recognised(row: Recognition, on: date) -> Step:
    payload: dict[str, object] = {"project": str(row.project_id), "matter": row.matter, "by": str(row.requested_by_id)}
    step = Supposed(
        project=str(row.project_id), kind="approved", occurred=PartialDate(on), payload=payload, recognition=str(row.pk)
    )
    proofs = tuple(proof.value for proof in ASKED[RecognitionMatter(row.matter)])
    return Step(f"recognised:{row.pk}", row.project_id, str(row.project.task_force_id), f"recognised:{row.matter}", proofs, step)  # fmt: skip


def moves(*, found: Assessed, task_force: UUID, zone_id: UUID) -> list[Move]:
    """The steps with what each would add to the task force's indicators, by the pack's own rules: every step is judged by counting
    the ledger with it. A step today adds nothing to a period that is over."""
    on = clock.today()
    if on > found.answer.question.period.last_day or found.answer.asked.known_on is not None:
        return []
    steps = next_steps(zone_id=zone_id, task_force=task_force, on=on)
    staged = [step for step in steps if step.supposed is not None]
    added = _added(found, [step for step in staged if not step.key.startswith("recognised:")])
    recognised = _added(found, [step for step in staged if step.key.startswith("recognised:")])
    result = []
    for step in steps:
        gains = (recognised if step.key.startswith("recognised:") else added).get(str(step.project), {})
        result.append(
            Move(
                id=step.key, unit=step.task_force, project=str(step.project), step=step.step, evidence=step.evidence,
                adds=gains if step.supposed is not None else {}, points={REPORT_RULE: 1} if step.step == "report" else {},
            )
        )  # fmt: skip
    return [move for move in result if move.adds or move.points]


def _added(found: Assessed, steps: Sequence[Step]) -> dict[str, dict[str, Decimal]]:
    """Project → indicator → what the project's step adds."""
    answer = found.answer
    supposed = [step.supposed for step in steps if step.supposed is not None]
    after = suppose(reports.warehouse(), answer.question, supposed, last_seq=answer.last_seq)
    before = {
        (verdict.project, verdict.figure): verdict
        for verdict in reports.verdicts(answer, figure=None, rules=None, limit=reports.MOST_RECORDS)
    }
    gains: dict[str, dict[str, Decimal]] = {}
    for verdict in after:
        old = before.get((verdict.project, verdict.figure))
        if verdict.rule is None and (old is None or old.rule is not None):
            for name, more in _worth(found, verdict):
                gains.setdefault(verdict.project, {})[name] = more
    return gains


def _worth(found: Assessed, verdict: Verdict) -> Iterable[tuple[str, Decimal]]:
    """What a newly counted project adds to the indicators whose figure rests on the verdict's."""
    pack = found.answer.question.pack
    names = {rule.name: rule.base for rule in pack.figures}
    for indicator in found.problem.scheme.indicators:
        if names.get(indicator.figure) != verdict.figure:
            continue
        if indicator.measure == "projects":
            yield indicator.name, Decimal(1)
        elif verdict.amount is not None and verdict.currency == Currency.CNY.value:
            yield indicator.name, verdict.amount / HUNDRED_MILLION


def all_hints(*, zone_id: UUID, today: date) -> list[Hint]:
    """Every hint of the zone that nobody has answered."""
    answered = set(HintAnswer.objects.filter(zone_id=zone_id).values_list("fingerprint", flat=True))
    return [hint for hint in hints(_projects(zone_id), today=today) if hint.fingerprint not in answered]


def hint_list(*, viewer: Viewer) -> list[Hint]:
    """Hints about task forces that the viewer sees, not answered yet; five queries at most."""
    seen = seen_task_forces(viewer)
    if seen is not None and not seen:
        return []
    names = None if seen is None else {str(pk) for pk in seen}
    found = all_hints(zone_id=viewer.zone_id, today=clock.today())
    return [hint for hint in found if names is None or hint.unit in names]


def answered_hints(*, viewer: Viewer, limit: int = 50) -> list[HintAnswer]:
    """The last answers."""
    rows = HintAnswer.objects.filter(zone_id=viewer.zone_id).select_related("actor")
    return list(rows.order_by("-recorded_at")[:limit])


def _projects(zone_id: UUID) -> list[ProjectGiven]:
    rows = list(
        Project.objects.filter(zone_id=zone_id, void=False, merged_into__isnull=True, task_force_id__isnull=False)
        .order_by("pk")
        .only("task_force_id", "industry_id", "planned_total", "planned_currency", "land_mu", "stage", "signed_on", "stage_since", "last_progress_on", "outcome")
    )  # fmt: skip
    groups: dict[UUID, list[str]] = {}
    for project, company, merged in ProjectInvestor.objects.filter(zone_id=zone_id).values_list(
        "project_id", "company_id", "company__merged_into_id"
    ):
        groups.setdefault(project, []).append(str(merged or company))
    stated = _statements(zone_id)
    return [
        ProjectGiven(
            id=str(row.pk),
            unit=str(row.task_force_id),
            groups=tuple(groups.get(row.pk, ())),
            industry=str(row.industry_id or ""),
            yuan=row.planned_total if row.planned_currency in {"", Currency.CNY.value} else None,
            land_mu=row.land_mu,
            stage=row.stage,
            signed_on=row.signed_on,
            negotiating_since=row.stage_since if row.stage in {"negotiating", "pre_signing"} else None,
            last_progress_on=row.last_progress_on,
            ended=bool(row.outcome),
            statements=tuple(stated.get(row.pk, ())),
        )
        for row in rows
    ]


def _statements(zone_id: UUID) -> dict[UUID, list[Statement]]:
    """Project → planned totals as they were stated, of projects with more than one; corrected ones do not stand."""
    rows = Event.objects.filter(zone_id=zone_id, subject_kind="project", kind="amount_stated").order_by("seq")
    by_project: dict[UUID, list[Event]] = {}
    for row in rows.iterator(2000):
        by_project.setdefault(row.subject_id, []).append(row)
    found: dict[UUID, list[Statement]] = {}
    for project, events in by_project.items():
        if len(events) < 2:
            continue
        for event in effective([to_domain(row) for row in events]):
            amount = event.payload.get("amount")
            if event.payload["amount_kind"] != AmountKind.PLANNED_TOTAL or not isinstance(amount, Mapping):
                continue
            money = Money.from_payload(dict(amount))
            if money.currency is Currency.CNY:
                found.setdefault(project, []).append(Statement(on=event.occurred.first, yuan=money.value))
    return found


def reproduced(*, viewer: Viewer, question: Mapping[str, object]) -> Assessed | None:
    """The assessment of a question that was signed off, from what was in the ledger then; None when its scheme is gone."""
    name, sha256 = str(question["scheme"]), str(question["scheme_sha256"])
    known = [load_scheme(one) for one in shipped_schemes()]
    rows = SchemeVersion.objects.filter(zone_id=viewer.zone_id, scheme=name)
    known += [parse_scheme(row.text, name=row.scheme) for row in rows]
    scheme = next((one for one in known if one.sha256 == sha256), None)
    if scheme is None:
        return None
    asked = reports.parse_asked(
        period=str(question["period"]),
        pack=str(question["pack"]),
        as_of=str(question.get("as_of") or ""),
        zone_id=viewer.zone_id,
    )
    return assessed(viewer=viewer, scheme=scheme, asked=asked)


def open_hints(*, viewer: Viewer) -> int:
    """How many hints of the last daily look wait for the viewer; two queries."""
    seen = seen_task_forces(viewer)
    run = HintRun.objects.filter(zone_id=viewer.zone_id).order_by("-day").first()
    if run is None or (seen is not None and not seen):
        return 0
    names = None if seen is None else {str(pk) for pk in seen}
    marks = {mark for unit, found in run.marks.items() if names is None or unit in names for mark in found}
    answered = HintAnswer.objects.filter(zone_id=viewer.zone_id, fingerprint__in=list(marks)[:900])
    return len(marks - set(answered.values_list("fingerprint", flat=True)))
