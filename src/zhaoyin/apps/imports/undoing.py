"""Taking an import back: compensating events, project by project. What others have built on is listed and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.actions import remove_contact
from zhaoyin.apps.companies.queries import contacts_unchanged
from zhaoyin.apps.engagements.queries import subjects_met
from zhaoyin.apps.imports.models import ImportBatch, ImportRow
from zhaoyin.apps.intake.queries import projects_from_documents
from zhaoyin.apps.leads.queries import projects_from_leads
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects.queries import investor_companies, merged_targets
from zhaoyin.apps.zones import bulk
from zhaoyin.domain.evidence import statement_by
from zhaoyin.domain.period import PartialDate

Progress = Callable[[int, int], None]
CHUNK = 200
OPENINGS = frozenset({"opened", "registered"})


@dataclass(slots=True)
class _History:
    """Standing events of one subject, oldest first."""

    rows: list[Event] = field(default_factory=list)

    def others(self, own: set[UUID]) -> list[Event]:
        """Events that the import did not write, a merge of the project itself left aside."""
        return [row for row in self.rows if row.pk not in own and row.kind not in {"merged_into", "unmerged"}]


def _standing(zone_id: UUID, kind: str, ids: Sequence[UUID]) -> dict[UUID, _History]:
    found_rows = Event.objects.filter(zone_id=zone_id, subject_kind=kind, subject_id__in=list(ids)).order_by()
    rows = sorted(found_rows, key=lambda row: row.seq)
    gone = {row.supersedes_id for row in rows if row.supersedes_id}
    found: dict[UUID, _History] = {}
    for row in rows:
        history = found.setdefault(row.subject_id, _History())
        if row.pk not in gone and row.kind != "retracted":
            history.rows.append(row)
    return found


class Undoer:
    """Takes rows back as the person who asked for it."""

    def __init__(self, batch: ImportBatch, viewer: Viewer) -> None:
        self._batch, self._viewer, self._zone_id = batch, viewer, batch.zone_id

    def undo(self, ids: Sequence[UUID]) -> None:
        """One chunk, in one transaction."""
        with transaction.atomic():
            rows = list(ImportRow.objects.filter(zone_id=self._zone_id, pk__in=ids, undone_at__isnull=True))
            kept = self._projects(rows)
            self._contacts(rows)
            moment = clock.now()
            for row in rows:
                row.undone_at = moment
                if row.project_id in kept:
                    row.made = {**row.made, "kept": kept[row.project_id]}
            bulk.update(rows, ["undone_at", "made"])

    def _projects(self, rows: Sequence[ImportRow]) -> dict[UUID, str]:
        """Retract what the import wrote; project → why it was kept."""
        ids = {row.project_id for row in rows if row.project_id}
        own = {UUID(pk) for row in rows for pk in row.made.get("events", [])}
        own |= self._events_of_batch(ids)
        used = self._used(ids)
        kept: dict[UUID, str] = {}
        events: list[NewEvent] = []
        for subject, history in _standing(self._zone_id, "project", sorted(ids)).items():
            mine = [row for row in history.rows if row.pk in own]
            opened_here = any(row.kind == "opened" for row in mine)
            if opened_here and (subject in used or history.others(own)):
                kept[subject] = "others-built-on"
                continue
            if opened_here:
                mine = history.rows
            events += [self._retraction("project", subject, row.pk) for row in _openings_last(mine)]
        append(zone_id=self._zone_id, actor_id=self._viewer.person_id, events=events, all_or_nothing=True)
        return kept

    def _events_of_batch(self, ids: set[UUID]) -> set[UUID]:
        """Several rows may have written to one project."""
        rows = ImportRow.objects.filter(zone_id=self._zone_id, batch=self._batch, project_id__in=ids)
        return {UUID(pk) for made in rows.values_list("made", flat=True) for pk in made.get("events", [])}

    def _used(self, ids: set[UUID]) -> set[UUID]:
        """Projects that meetings, leads, documents or merged projects point at."""
        return (
            subjects_met(zone_id=self._zone_id, project_ids=ids)
            | projects_from_leads(zone_id=self._zone_id, project_ids=ids)
            | projects_from_documents(zone_id=self._zone_id, project_ids=ids)
            | merged_targets(zone_id=self._zone_id, project_ids=ids)
        )

    def _retraction(self, kind: str, subject: UUID, event: UUID) -> NewEvent:
        return NewEvent(
            subject_kind=kind,
            subject_id=subject,
            kind="retracted",
            occurred=PartialDate(clock.today()),
            evidence=(statement_by(self._viewer.person_id),),
            supersedes=event,
            idempotency_key=f"undo:{self._batch.pk.hex}:{event.hex}",
        )

    def _contacts(self, rows: Sequence[ImportRow]) -> None:
        made = {UUID(pk) for row in rows for pk in row.made.get("contacts", [])}
        for contact, company in contacts_unchanged(zone_id=self._zone_id, contact_ids=made):
            remove_contact(viewer=self._viewer, company_id=company, contact_id=contact, at=clock.now())

    def companies(self, ids: Sequence[UUID]) -> None:
        """Companies that the import registered and that nothing names any more; after all projects are taken back."""
        if not ids:
            return
        used = investor_companies(zone_id=self._zone_id, company_ids=set(ids))
        used |= subjects_met(zone_id=self._zone_id, company_ids=set(ids))
        events = [
            self._retraction("company", subject, history.rows[0].pk)
            for subject, history in _standing(self._zone_id, "company", list(ids)).items()
            if subject not in used and len(history.rows) == 1 and history.rows[0].kind == "registered"
        ]
        append(zone_id=self._zone_id, actor_id=self._viewer.person_id, events=events)


def _openings_last(rows: Sequence[Event]) -> list[Event]:
    return sorted(rows, key=lambda row: (row.kind in OPENINGS, -row.seq))


def undo_batch(*, batch: ImportBatch, viewer: Viewer, progress: Progress) -> None:
    """Every written row, last first; goes on where an earlier run was killed."""
    rows = ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch, applied_at__isnull=False)
    ids = list(rows.filter(undone_at__isnull=True).order_by("-position").values_list("id", flat=True))
    total, before = rows.count(), rows.filter(undone_at__isnull=False).count()
    undoer = Undoer(batch, viewer)
    for start in range(0, len(ids), CHUNK):
        progress(before + start, total + 1)
        undoer.undo(ids[start : start + CHUNK])
    made = [UUID(made["company"]) for made in rows.values_list("made", flat=True) if "company" in made]
    for start in range(0, len(made), CHUNK):
        with transaction.atomic():
            undoer.companies(made[start : start + CHUNK])
    progress(total + 1, total + 1)
