"""Rows of project lists: what a project is, what moved in a period, what stands still."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.briefings.queries import Wanted
from zhaoyin.apps.engagements.access import visible_to as visible_engagements
from zhaoyin.apps.engagements.forms import FORM_LABELS
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.ledger.queries import texts, to_domain
from zhaoyin.apps.projects.access import visible_to
from zhaoyin.apps.projects.forms import STAGE_LABELS
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.presentation import amount, event_title, localized
from zhaoyin.apps.projects.queries import HistoryLine, stuck_condition
from zhaoyin.apps.ui.regions import region_name
from zhaoyin.domain.money import Money
from zhaoyin.domain.project.stages import Stage, Status
from zhaoyin.engines.briefing.problem import Amount, ProjectRow

MOVES = ("stage_reached", "contract_signed", "ended", "resumed", "progress_noted")
NOTE_SHOWN = 120
RELATED = ("industry", "task_force", "lead_person")


def amount_of(money: Money | None) -> Amount | None:
    """Money as a briefing's row has it."""
    if money is None:
        return None
    return Amount(value=money.value, currency=money.currency.value, qualifier=money.qualifier.value, high=money.high)


def project_row(project: Project) -> ProjectRow:
    """What stands on the project's page; the responsible person only when it was fetched with the row."""
    person = project.lead_person if "lead_person" in project._state.fields_cache else None
    return ProjectRow(
        name=project.name, stage=str(STAGE_LABELS.get(project.stage, project.stage)), team=localized(project.task_force),
        industry=localized(project.industry), origin=region_name(project.origin), amount=amount_of(amount(project)),
        responsible=person.display_name if person else "",
    )  # fmt: skip


def silent_rows(*, viewer: Viewer, task_force: UUID | None, days: int, most: int) -> tuple[tuple[ProjectRow, ...], int]:
    """Projects without progress that the viewer may see, the longest silent first, and how many there are."""
    today = clock.today()
    rows = visible_to(viewer).filter(stuck_condition(days, today), merged_into__isnull=True)
    if task_force is not None:
        rows = rows.filter(task_force_id=task_force)
    found = list(rows.select_related(*RELATED).order_by("last_progress_on", "id")[: most + 1])
    total = len(found) if len(found) <= most else rows.count()
    met = _last_meetings(viewer, found[:most])
    made = []
    for project in found[:most]:
        last = met.get(project.pk)
        day = project.last_progress_on
        said = _("最近进展 %(day)s") % {"day": day.isoformat()} if day else ""
        made.append(
            replace(
                project_row(project), silent_days=(today - day).days if day else None, day=day,
                progress="；".join(filter(None, (said, _short(last.note) if last else ""))),
                next_step=last.next_step if last and not last.next_done else "", due_on=last.next_due_on if last else None,
            )
        )  # fmt: skip
    return tuple(made), total


def _last_meetings(viewer: Viewer, projects: Sequence[Project]) -> dict[UUID, Engagement]:
    rows = visible_engagements(viewer).filter(project_id__in=[row.pk for row in projects]).exclude(status="cancelled")
    found: dict[UUID, Engagement] = {}
    for row in rows.order_by("-occurred_on", "-version"):
        if row.project_id is not None:
            found.setdefault(row.project_id, row)
    return found


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= NOTE_SHOWN else plain[: NOTE_SHOWN - 1] + "…"


def progress_rows(*, viewer: Viewer, wanted: Wanted, most: int) -> tuple[tuple[ProjectRow, ...], int]:
    """Open projects under way that moved, have something in the way or a step agreed, those that moved first; how many have nothing."""
    rows = visible_to(viewer).filter(merged_into__isnull=True, outcome="", stage_rank__gte=Stage.NEGOTIATING.rank)
    rows = rows.filter(stage_rank__lte=Stage.CONSTRUCTION_STARTED.rank)
    if wanted.task_force is not None:
        rows = rows.filter(task_force_id=wanted.task_force)
    found = list(rows.select_related(*RELATED).order_by("-planned_sort", "id")[:most])
    moves = _moves(viewer, wanted, found)
    met = _last_meetings(viewer, found)
    made = []
    for project in found:
        last = met.get(project.pk)
        open_step = last is not None and bool(last.next_step) and not last.next_done
        made.append(
            replace(
                project_row(project), progress="；".join(moves.get(project.pk, [])), difficulty=_difficulty(project, moved=project.pk in moves),
                next_step=last.next_step if last and open_step else "", due_on=last.next_due_on if last and open_step else None,
            )
        )  # fmt: skip
    told = [row for row in made if row.progress or row.difficulty or row.next_step]
    return tuple(sorted(told, key=lambda row: not row.progress)), len(made) - len(told)


def _difficulty(project: Project, *, moved: bool) -> str:
    """What the ledger knows of: a status that is not going on, a long silence. Nothing is made up."""
    said = {Status.DELAYED.value: _("进度滞后"), Status.DORMANT.value: _("暂缓推进")}.get(project.status, "")
    day = project.last_progress_on
    silent = (clock.today() - day).days if day else 0
    quiet = _("%(n)s 天无进展") % {"n": silent} if silent > 30 and not moved else ""
    return "；".join(filter(None, (said, quiet)))


def _moves(viewer: Viewer, wanted: Wanted, projects: Sequence[Project]) -> dict[UUID, list[str]]:
    """What happened in the period by project: steps and contracts from the ledger, meetings from their notes; five queries at most."""
    period, ids = wanted.asked.period, [row.pk for row in projects]
    said: dict[UUID, list[tuple[str, str]]] = {}
    days = {"occurred_on__gte": period.start, "occurred_on__lt": period.end}
    events = Event.objects.filter(zone_id=viewer.zone_id, subject_kind="project", subject_id__in=ids, **days)
    kept = list(events.filter(kind__in=MOVES).order_by("occurred_on", "seq"))
    loaded = [to_domain(row) for row in kept]
    struck = Event.objects.filter(zone_id=viewer.zone_id, supersedes_id__in=[row.pk for row in kept])
    gone = {str(pk) for pk in struck.values_list("supersedes_id", flat=True)}
    notes = {str(ref["text"]) for event in loaded if isinstance(ref := event.payload.get("note"), dict) and "text" in ref}  # fmt: skip
    words = texts(notes, zone_id=viewer.zone_id) if notes else {}
    for row, event in zip(kept, loaded, strict=True):
        if event.id in gone:
            continue
        reference = event.payload.get("note")
        note = words.get(str(reference["text"])) or "" if isinstance(reference, dict) and "text" in reference else ""
        line = HistoryLine(event=event, recorded_at=row.recorded_at, who="", evidence=(), note=note, name="", struck=False, corrected_by=None)  # fmt: skip
        title = note if event.kind == "progress_noted" and note else event_title(line)
        said.setdefault(row.subject_id, []).append((row.occurred_on.isoformat(), _short(title)))
    held = visible_engagements(viewer).filter(project_id__in=ids, status="held", **days)
    for meeting in held.order_by("occurred_on", "version"):
        if meeting.project_id is not None:
            text = f"{FORM_LABELS.get(meeting.form, meeting.form)}{_('：')}{_short(meeting.note)}" if meeting.note else str(FORM_LABELS.get(meeting.form, meeting.form))  # fmt: skip
            said.setdefault(meeting.project_id, []).append((meeting.occurred_on.isoformat(), text))
    return {project: [f"{day[5:]} {text}" for day, text in sorted(lines)][-4:] for project, lines in said.items()}
