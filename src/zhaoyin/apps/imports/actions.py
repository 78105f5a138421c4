"""Bringing ledgers in: receive, choose, answer, import, undo. The long parts run as jobs."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoyin.apps.accounts.access import Viewer, viewer_of
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.models import LegalBasis
from zhaoyin.apps.imports import planning
from zhaoyin.apps.imports.access import (
    get_batch_for_change,
    get_file_for_change,
    get_row_for_change,
    require_importer,
    writable_task_forces,
)
from zhaoyin.apps.imports.applying import apply_batch, waiting_rows
from zhaoyin.apps.imports.checking import check_batch
from zhaoyin.apps.imports.models import BatchState, ImportBatch, ImportFile, ImportRow, TemplateMemory
from zhaoyin.apps.imports.undoing import undo_batch
from zhaoyin.apps.jobs.actions import ask, cancel
from zhaoyin.apps.jobs.models import Job, JobState
from zhaoyin.apps.jobs.queries import open_job
from zhaoyin.apps.jobs.registry import JobKind, Progress, register
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.sources.actions import receive, redact
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.apps.taskforces.access import is_of_zone
from zhaoyin.apps.taskforces.models import Industry, TaskForce, Unit
from zhaoyin.apps.zones.erasure import erase_on_commit
from zhaoyin.domain.errors import InvalidValue, StaleWrite
from zhaoyin.engines.sheet_reading.problem import Field

CHECK, APPLY, UNDO = "imports.check", "imports.apply", "imports.undo"
MOST_FILES = 50
LARGEST_LEDGER = 40 * 1024 * 1024
SHEET_MEDIA = "application/vnd.ms-excel"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    file_name: str
    content: bytes
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for the whole batch. Contacts are taken over only with a basis and a term."""

    sender: str = ""
    task_force_id: UUID | None = None
    date_by_report: bool = False
    contact_basis: str = ""
    contacts_until: date | None = None


def _check_terms(viewer: Viewer, terms: Terms) -> None:
    writable = writable_task_forces(viewer)
    if writable is not None and terms.task_force_id not in writable:
        raise InvalidValue("import-needs-own-task-force", field="task_force", value="")
    if terms.contact_basis and terms.contact_basis not in LegalBasis.values:
        raise InvalidValue("not-an-option", field="basis", value=terms.contact_basis)
    if terms.contact_basis and (terms.contacts_until is None or terms.contacts_until <= clock.today()):
        raise InvalidValue("retention-in-the-past", field="keep_until", value=str(terms.contacts_until or ""))


def receive_ledgers(*, viewer: Viewer, uploads: Sequence[Upload], terms: Terms) -> ImportBatch:
    """Keep the files as they came and ask for the dry run. InvalidValue `files-missing`, `too-many-files`, `document-too-large`.

    The same bytes twice in one batch are one file; bytes that were imported before are marked.
    """
    require_importer(viewer)
    _check_terms(viewer, terms)
    if not uploads:
        raise InvalidValue("files-missing", field="file", value="")
    if len(uploads) > MOST_FILES:
        raise InvalidValue("too-many-files", field="file", value=str(len(uploads)), limit=MOST_FILES)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            zone_id=viewer.zone_id,
            created_at=clock.now(),
            created_by_id=viewer.person_id,
            sender=terms.sender.strip()[:80],
            task_force_id=terms.task_force_id,
            date_by_report=terms.date_by_report,
            contact_basis=terms.contact_basis,
            contacts_until=terms.contacts_until,
            names=_names_of_sender(viewer.zone_id, terms.sender.strip()[:80]),
        )
        seen: set[str] = set()
        for upload in uploads:
            sha256 = hashlib.sha256(upload.content).hexdigest()
            if sha256 not in seen:
                seen.add(sha256)
                _keep_file(viewer, batch, upload, sha256, len(seen) - 1)
        ask(zone_id=viewer.zone_id, kind=CHECK, subject_id=batch.pk, person_id=viewer.person_id, total=100)
    return batch


def _names_of_sender(zone_id: UUID, sender: str) -> dict[str, str]:
    """What this sender's words meant last time."""
    rows = ImportBatch.objects.filter(zone_id=zone_id, sender=sender).exclude(names={}).order_by("-created_at")
    return rows.values_list("names", flat=True).first() or {}


def choose_names(*, viewer: Viewer, batch_id: UUID, names: Mapping[str, str]) -> None:
    """What the sender's words for industries, task forces and units mean here (see `ImportBatch.names`; "" forgets one): the dry run is made
    again, and the next ledger of this sender begins with it. InvalidValue `not-an-option` for what is not of the zone."""
    batch = get_batch_for_change(viewer, batch_id)
    kinds: dict[str, type[Industry] | type[TaskForce] | type[Unit]] = {
        "industry": Industry, "task_force": TaskForce, "unit": Unit,
    }  # fmt: skip
    for word, meaning in names.items():
        kind, _, pk = meaning.partition(":")
        if meaning and (kind not in kinds or not is_of_zone(kinds[kind], viewer, pk)):
            raise InvalidValue("not-an-option", field="name", value=word)
    merged = {word: meaning for word, meaning in {**batch.names, **names}.items() if meaning}
    with transaction.atomic():
        _check_again(viewer, batch)
        ImportBatch.objects.filter(pk=batch.pk).update(names=merged)


def _keep_file(viewer: Viewer, batch: ImportBatch, upload: Upload, sha256: str, position: int) -> None:
    known = ImportFile.objects.filter(
        zone_id=viewer.zone_id, document__sha256=sha256, batch__state=BatchState.IMPORTED
    ).first()
    document = receive(
        viewer=viewer,
        kind="file",
        content=upload.content,
        file_name=upload.file_name,
        media_type=upload.media_type or SHEET_MEDIA,
        title=upload.file_name,
        at=clock.now(),
        largest=LARGEST_LEDGER,
    )
    ImportFile.objects.create(
        zone_id=viewer.zone_id,
        batch=batch,
        document=document,
        position=position,
        file_name=upload.file_name[-200:],
        earlier_id=known.pk if known else None,
    )


def _unlocked(batch: ImportBatch, *states: str) -> None:
    if batch.state not in states:
        raise StaleWrite("import-moved-on", expected=states[0], version=batch.state)


def _to_state(batch: ImportBatch, state: str, *allowed: str) -> None:
    """Compare and swap, so that a double click starts one job."""
    moved = ImportBatch.objects.filter(zone_id=batch.zone_id, pk=batch.pk, state__in=allowed).update(state=state)
    if not moved:
        raise StaleWrite("import-moved-on", expected=allowed[0], version=batch.state)


def _check_again(viewer: Viewer, batch: ImportBatch) -> Job:
    _to_state(batch, BatchState.READING, BatchState.CHECKED, BatchState.READING)
    return ask(zone_id=viewer.zone_id, kind=CHECK, subject_id=batch.pk, person_id=viewer.person_id, total=100)


def choose_columns(
    *,
    viewer: Viewer,
    file_id: UUID,
    table: str,
    choices: Mapping[str, Mapping[str, object]],
    reporting_on: date | None = None,
) -> None:
    """What a person says of the columns of a table (`"<sheet>|<place>"`): solved again, and remembered for the template."""
    file = get_file_for_change(viewer, file_id)
    _unlocked(file.batch, BatchState.CHECKED, BatchState.READING)
    for given in choices.values():
        if given.get("field") and given["field"] not in set(Field):
            raise InvalidValue("not-an-option", field="column", value=str(given["field"]))
    merged = {
        **file.choices,
        table: {**file.choices.get(table, {}), **{key: dict(one) for key, one in choices.items()}},
    }
    with transaction.atomic():
        file.choices = merged
        if reporting_on is not None:
            file.reporting_on, file.reporting_given = min(reporting_on, clock.today()), True
        file.save(update_fields=["choices", "reporting_on", "reporting_given"])
        if file.signature and merged:
            TemplateMemory.objects.update_or_create(
                zone_id=viewer.zone_id,
                sender=file.batch.sender,
                signature=file.signature,
                defaults={"choices": merged, "used_at": clock.now()},
            )
        _check_again(viewer, file.batch)


def change_terms(*, viewer: Viewer, batch_id: UUID, terms: Terms) -> None:
    """Sender, default task force, contacts: the dry run is made again."""
    batch = get_batch_for_change(viewer, batch_id)
    _check_terms(viewer, terms)
    with transaction.atomic():
        _check_again(viewer, batch)
        ImportBatch.objects.filter(pk=batch.pk).update(
            sender=terms.sender.strip()[:80],
            task_force_id=terms.task_force_id,
            date_by_report=terms.date_by_report,
            contact_basis=terms.contact_basis,
            contacts_until=terms.contacts_until,
        )


def answer(*, viewer: Viewer, row_id: UUID, answers: Mapping[str, str]) -> ImportRow:
    """Answers to a row's questions: `unit:<field>` → option or "leave"; `conflict:<field>` → take or keep;
    `project` → id or "new"; `company` → id or "new". An answered question is no longer open."""
    row = get_row_for_change(viewer, row_id)
    _unlocked(row.batch, BatchState.CHECKED, BatchState.IMPORTED)
    known = {_question_key(question): question for question in row.questions}
    for key, value in answers.items():
        if key not in known:
            raise InvalidValue("question-unknown", field="question", value=key)
        if value not in _allowed(known[key]):
            raise InvalidValue("not-an-option", field="question", value=value)
    with transaction.atomic():
        row.answers = {**row.answers, **answers}
        row.questions = [question for key, question in known.items() if key not in answers]
        if row.applied_at is not None:
            row.applied_at = None
            row.made = {**row.made, "round": int(row.made.get("round", 0)) + 1}
        target = answers.get(planning.QUESTION_PROJECT)
        if target and target != planning.NEW:
            row.project_id = _project_of(row, target)
            row.made = {**row.made, "known": True}
        if target or answers.get(planning.QUESTION_COMPANY):
            row.content = {**row.content, "resolved": _resolved_after(row, answers)}
        row.save(update_fields=["answers", "questions", "applied_at", "made", "project_id", "content"])
    return row


def _resolved_after(row: ImportRow, answers: Mapping[str, str]) -> dict[str, object]:
    company = answers.get(planning.QUESTION_COMPANY)
    resolved = dict(row.content.get("resolved", {}))
    if company and company != planning.NEW:
        resolved["investor"] = company
    return resolved


def _project_of(row: ImportRow, target: str) -> UUID | None:
    if not target.startswith("row:"):
        return UUID(target)
    rows = ImportRow.objects.filter(zone_id=row.zone_id, batch_id=row.batch_id, pk=UUID(target.removeprefix("row:")))
    return rows.values_list("project_id", flat=True).get()


def _question_key(question: Mapping[str, object]) -> str:
    return f"{question['kind']}:{question['field']}" if "field" in question else str(question["kind"])


def _allowed(question: Mapping[str, object]) -> set[str]:
    options = question.get("options")
    many = options if isinstance(options, list) else []
    if question["kind"] == planning.QUESTION_UNIT:
        return {planning.LEAVE, *(str(place) for place in range(len(many)))}
    if question["kind"] == planning.QUESTION_CONFLICT:
        return {planning.TAKE, planning.KEEP}
    return {planning.NEW, *(str(one["id"]) for one in many)}


def start_import(*, viewer: Viewer, batch_id: UUID) -> Job:
    """Write what is not in question. A second click finds the first one's job."""
    batch = get_batch_for_change(viewer, batch_id)
    with transaction.atomic():
        _to_state(batch, BatchState.IMPORTING, BatchState.CHECKED, BatchState.IMPORTED)
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="import-started",
            subject_kind="import",
            subject_id=batch.pk,
        )
        total = len(waiting_rows(batch))
        return ask(zone_id=viewer.zone_id, kind=APPLY, subject_id=batch.pk, person_id=viewer.person_id, total=total)


def start_undo(*, viewer: Viewer, batch_id: UUID) -> Job:
    """Take the whole import back by compensating events."""
    batch = get_batch_for_change(viewer, batch_id)
    with transaction.atomic():
        _to_state(batch, BatchState.UNDOING, BatchState.IMPORTED)
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="import-undone",
            subject_kind="import",
            subject_id=batch.pk,
        )
        return ask(zone_id=viewer.zone_id, kind=UNDO, subject_id=batch.pk, person_id=viewer.person_id)


def forget_file(*, viewer: Viewer, file_id: UUID) -> None:
    """Redact a file: its bytes, and every copy of its words that the import keeps."""
    file = get_file_for_change(viewer, file_id)
    with transaction.atomic():
        redact(viewer=viewer, document_id=file.document_id, reason="by-person", at=clock.now())
        ImportFile.objects.filter(pk=file.pk).update(tables=[], problem=None, file_name="—")
        rows = ImportRow.objects.filter(zone_id=viewer.zone_id, file=file)
        rows.update(content={"values": {}}, changes={}, questions=[], title="")
        erase_on_commit()


def _viewer(zone_id: UUID, person_id: UUID | None) -> Viewer:
    viewer = viewer_of(person_id=person_id, zone_id=zone_id, on=timezone.localdate())
    require_importer(viewer)
    return viewer


def _batch(zone_id: UUID, batch_id: UUID) -> ImportBatch:
    return ImportBatch.objects.get(zone_id=zone_id, pk=batch_id)


def _remembered(batch: ImportBatch) -> None:
    """Files whose template this sender sent before begin with what was chosen then."""
    for file in ImportFile.objects.filter(zone_id=batch.zone_id, batch=batch, choices={}).exclude(signature=""):
        memory = TemplateMemory.objects.filter(
            zone_id=batch.zone_id, signature=file.signature, sender=batch.sender
        ).first()
        if memory is not None and memory.choices:
            ImportFile.objects.filter(pk=file.pk).update(choices=memory.choices)


def _run_check(zone_id: UUID, batch_id: UUID, person_id: UUID | None, progress: Progress) -> None:
    batch, viewer = _batch(zone_id, batch_id), _viewer(zone_id, person_id)
    if batch.state != BatchState.READING:
        return
    ids = ImportFile.objects.filter(zone_id=zone_id, batch=batch).values_list("document_id", flat=True)
    bodies = DocumentContent.objects.filter(zone_id=zone_id, document_id__in=list(ids))
    bytes_of = {
        pk: bytes(content) if content is not None else None
        for pk, content in bodies.values_list("document_id", "content")
    }
    first = not ImportFile.objects.filter(zone_id=zone_id, batch=batch).exclude(signature="").exists()
    check_batch(batch=batch, viewer=viewer, bytes_of=bytes_of, progress=progress)
    if first:
        before = list(ImportFile.objects.filter(batch=batch).values_list("choices", flat=True).order_by("position"))
        _remembered(batch)
        if before != list(
            ImportFile.objects.filter(batch=batch).values_list("choices", flat=True).order_by("position")
        ):
            check_batch(batch=_batch(zone_id, batch_id), viewer=viewer, bytes_of=bytes_of, progress=progress)


@contextmanager
def _state_after(batch: ImportBatch, *, stopped: str) -> Iterator[None]:
    """Work that was stopped or failed leaves the batch where it can be started again; what is written stays."""
    try:
        yield
    except Exception:
        ImportBatch.objects.filter(pk=batch.pk).update(state=stopped)
        raise


def stop(*, viewer: Viewer, batch_id: UUID) -> None:
    """Stop the work on a batch; what is written stays and the work can be started again."""
    batch = get_batch_for_change(viewer, batch_id)
    job = open_job(zone_id=viewer.zone_id, subject_id=batch.pk)
    if job is None:
        return
    cancel(zone_id=viewer.zone_id, job_id=job.pk)
    job.refresh_from_db()
    if job.state == JobState.CANCELLED:
        back = {APPLY: BatchState.IMPORTED, UNDO: BatchState.IMPORTED, CHECK: BatchState.READING}[job.kind]
        ImportBatch.objects.filter(pk=batch.pk).update(state=back)


def check_again(*, viewer: Viewer, batch_id: UUID) -> Job:
    """The dry run once more: the ledger may have moved on, or the last one was stopped."""
    batch = get_batch_for_change(viewer, batch_id)
    with transaction.atomic():
        return _check_again(viewer, batch)


def _run_apply(zone_id: UUID, batch_id: UUID, person_id: UUID | None, progress: Progress) -> None:
    batch = _batch(zone_id, batch_id)
    if batch.state != BatchState.IMPORTING:
        return
    with _state_after(batch, stopped=BatchState.IMPORTED):
        apply_batch(batch=batch, viewer=_viewer(zone_id, person_id), progress=progress)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.IMPORTED, imported_at=clock.now())


def _run_undo(zone_id: UUID, batch_id: UUID, person_id: UUID | None, progress: Progress) -> None:
    batch = _batch(zone_id, batch_id)
    if batch.state != BatchState.UNDOING:
        return
    with _state_after(batch, stopped=BatchState.IMPORTED):
        undo_batch(batch=batch, viewer=_viewer(zone_id, person_id), progress=progress)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.UNDONE, undone_at=clock.now())


def register_jobs() -> None:
    """Make the kinds of work known."""
    for name, work in ((CHECK, _run_check), (APPLY, _run_apply), (UNDO, _run_undo)):
        register(JobKind(name, work))
