"""Projects as the lines of a report: exactly what their pages show the viewer, telephones masked alike."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.queries import ContactLine, contacts_of
from zhaoyin.apps.ledger.queries import histories, texts
from zhaoyin.apps.projects.forms import OUTCOME_LABELS, STAGE_LABELS
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.presentation import amount, localized
from zhaoyin.apps.ui.components import phone_masked
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.result import ContactFound, Reading

BATCH = 1000
Line = dict[Field, Reading]


def lines(*, viewer: Viewer, projects: Sequence[Project]) -> list[Line]:
    """One line a project, in order; unknown fields are left out. Three queries a thousand projects."""
    found: list[Line] = []
    for start in range(0, len(projects), BATCH):
        found += _batch(viewer, projects[start : start + BATCH])
    return found


def _batch(viewer: Viewer, projects: Sequence[Project]) -> list[Line]:
    events = histories(zone_id=viewer.zone_id, subject_kind="project", subject_ids=[one.pk for one in projects])
    standing = {pk: _standing(history) for pk, history in events.items()}
    notes = {pk: _last_note(history) for pk, history in standing.items()}
    words = texts({note for note in notes.values() if note}, zone_id=viewer.zone_id)
    investors = {one.investor_id for one in projects if one.investor_id}
    contacts = contacts_of(viewer=viewer, company_ids=sorted(investors))
    return [
        _line(one, _signed(standing.get(one.pk, [])), words.get(notes.get(one.pk, "")) or "", _people(one, contacts))
        for one in projects
    ]


def _standing(history: Sequence[LedgerEvent]) -> list[LedgerEvent]:
    """Without what was corrected or taken back."""
    replaced = {event.supersedes for event in history if event.supersedes}
    return [event for event in history if event.id not in replaced]


def _last_note(history: Sequence[LedgerEvent]) -> str:
    """Id of the text of the latest progress."""
    said = [event for event in history if event.kind == "progress_noted"]
    if not said:
        return ""
    note = max(said, key=lambda event: (event.occurred.first, event.seq)).payload.get("note")
    return str(note["text"]) if isinstance(note, Mapping) and "text" in note else ""


def _signed(history: Sequence[LedgerEvent]) -> PartialDate | None:
    """Day of the formal contract, as precisely as it is known."""
    days = [
        event.occurred
        for event in history
        if event.kind == "contract_signed" and event.payload.get("contract_kind") == "formal"
    ]
    return min(days, key=lambda day: day.first) if days else None


def _people(project: Project, contacts: Mapping[UUID, Sequence[ContactLine]]) -> tuple[ContactFound, ...]:
    """Contacts of the leading investor, as its page shows them."""
    if project.investor_id is None:
        return ()
    return tuple(
        ContactFound(one.name, phone_masked(one.phone) if one.masked else one.phone)
        for one in contacts.get(project.investor_id, ())
    )


def _line(project: Project, signed: PartialDate | None, progress: str, people: tuple[ContactFound, ...]) -> Line:
    unit = project.task_force or project.attracting_unit
    labels = OUTCOME_LABELS if project.outcome else STAGE_LABELS
    values: dict[Field, Reading | None] = {
        Field.PROJECT_NAME: project.name,
        Field.INVESTOR: project.investor.name if project.investor else None,
        Field.PLANNED_TOTAL: amount(project),
        Field.FIXED_ASSET: amount(project, "fixed_asset_investment"),
        Field.FUNDS_IN_PLACE: amount(project, "funds_in_place"),
        Field.STAGE: str(labels[project.outcome or project.stage]),
        Field.SIGNED_ON: signed or (PartialDate(project.signed_on) if project.signed_on else None),
        Field.INDUSTRY: localized(project.industry),
        Field.UNIT: localized(project.task_force) if project.task_force else (unit.name if unit else None),
        Field.CONTACTS: people,
        Field.SITE: project.site,
        Field.PROGRESS: progress,
        Field.JOBS: Decimal(project.jobs) if project.jobs is not None else None,
        Field.LAND: project.land_mu,
    }
    return {name: value for name, value in values.items() if value is not None and value not in ("", ())}
