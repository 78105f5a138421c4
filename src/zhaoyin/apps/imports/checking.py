"""The dry run: files → rows with what each would do. It writes nothing but the batch's own rows and can be run again."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.imports import matching, planning
from zhaoyin.apps.imports.access import writable_task_forces
from zhaoyin.apps.imports.comparing import FieldChange, Known, Verdict
from zhaoyin.apps.imports.content import NAMES, content_of
from zhaoyin.apps.imports.directory import Companies, Directory, companies, directory
from zhaoyin.apps.imports.facts import ProjectFacts, facts_of
from zhaoyin.apps.imports.models import BatchState, ImportBatch, ImportFile, ImportRow, RowState
from zhaoyin.apps.imports.reading import problems_of, read_document, reporting_day, signature_of, tables_of
from zhaoyin.apps.jobs.collector import resting_collector
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.zones import bulk
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.project.stages import Stage
from zhaoyin.engines.sheet_reading.result import FileReading, Table

Progress = Callable[[int, int], None]
CHUNK = 1000


@dataclass(slots=True)
class RowDraft:
    """A row on its way: what it says, what is known of it."""

    file: ImportFile
    sheet: str
    row: int
    content: dict[str, object]
    problems: list[dict[str, object]]
    mapped: tuple[str, ...]
    answers: dict[str, object] = field(default_factory=dict)
    key: str = ""

    @property
    def values(self) -> dict[str, dict[str, object]]:
        """Values by field."""
        return self.content["values"]  # type: ignore[return-value]

    def text(self, name: str) -> str:
        """A text of the row; "" when it has none."""
        value = self.values.get(name)
        return str(value["value"]) if value else ""

    @property
    def title(self) -> str:
        """Project name, else what stands for it."""
        name, investor = self.text("name"), self.text("investor")
        return (name or (f"{investor}项目" if investor else ""))[:120]

    @property
    def reported_on(self) -> date:
        """The ledger's own date, not after today."""
        return min(self.file.reporting_on or clock.today(), clock.today())


def _mapped(table: Table) -> tuple[str, ...]:
    """Fields that the table has a column for."""
    return tuple(NAMES[column.field] for column in table.columns if column.field is not None and column.field in NAMES)


def _rows_of(file: ImportFile, reading: FileReading) -> Iterator[RowDraft]:
    for table in reading.tables:
        mapped = _mapped(table)
        for record in table.records:
            content, problems = content_of(record)
            yield RowDraft(file, record.sheet[:80], record.row, content, problems, mapped)


def read_file(file: ImportFile, data: bytes | None) -> list[RowDraft]:
    """Rows of a file; the file's own columns are set, not saved. A file that cannot be read has a `problem` and no rows."""
    file.problem, file.tables, file.signature = None, [], ""
    if data is None:
        file.problem = {"code": "document-redacted", "params": {"value": file.file_name}}
        return []
    try:
        source, reading = read_document(
            file_name=file.file_name,
            data=data,
            choices=file.choices,
            reporting_on=file.reporting_on if file.reporting_given else None,
        )
    except InvalidValue as error:
        file.problem = {"code": error.code, "params": {key: str(value) for key, value in error.params.items()}}
        return []
    if not file.reporting_given:
        file.reporting_on = reporting_day(reading)
    file.tables, file.signature = tables_of(source, reading), signature_of(reading)
    rows = list(_rows_of(file, reading))
    if not rows:
        file.problem = {"code": "ledger-without-projects", "params": {"value": file.file_name}}
    elif notes := problems_of(reading):
        file.tables[0]["notes"] = notes
    return rows


def resolve(row: RowDraft, known: Companies, names: Directory, default_force: UUID | None) -> planning.Resolved:
    """Ids for the row's words; an answer about the investor comes before likeness."""
    investor = row.text("investor")
    answered = str(row.answers.get(planning.QUESTION_COMPANY, ""))
    company = known.certain.get(investor)
    if answered and answered != planning.NEW:
        company = UUID(answered)
    industry = names.industry(row.text("industry")) if row.text("industry") else None
    placed = names.placing(row.text("unit")) if row.text("unit") else None
    force = placed[1] if placed and placed[0] == "task_force" else default_force
    unit = placed[1] if placed and placed[0] == "unit" else None
    named = placed is not None and placed[0] == "task_force"
    return planning.Resolved(
        str(company or ""), str(industry or ""), str(force or ""), str(unit or ""), force is not None and not named
    )


def _company_question(row: RowDraft, known: Companies) -> list[dict[str, object]]:
    likely = known.likely.get(row.text("investor"), ())
    if not likely or planning.QUESTION_COMPANY in row.answers:
        return []
    options = [{"id": one.id, "name": one.name, "score": round(one.score, 2)} for one in likely]
    return [{"kind": planning.QUESTION_COMPANY, "name": row.text("investor"), "options": options}]


def _drop_future(said: dict[str, object], row: RowDraft) -> None:
    signed = said.get("signed_on")
    if signed and str(signed) > clock.today().isoformat():
        said.pop("signed_on")
        row.problems.append(
            {
                "code": "date-in-future",
                "field": "signed_on",
                "cells": row.values["signed_on"]["cells"],
                "value": str(signed),
            }
        )


def simulate(said: Mapping[str, object], facts: ProjectFacts | None) -> ProjectFacts:
    """What would be known of the project after the row, for the rows behind it."""
    after = ProjectFacts()
    if facts is not None:
        after.known, after.since, after.ended = dict(facts.known), dict(facts.since), facts.ended
        after.reached, after.investors, after.signing = set(facts.reached), list(facts.investors), facts.signing
    for name, value in said.items():
        if value is None or name == "name":
            continue
        if name == "investor":
            after.investors.append(str(value))
        if name == "stage":
            if value in {"terminated", "lost", "withdrawn"}:
                after.ended = str(value)
                continue
            before = after.known.get("stage", Known(Stage.LEAD.value))
            if Stage(str(value)).rank < Stage(str(before.value)).rank:
                continue
            after.reached.add(str(value))
        after.known[name] = Known(value, False, value)
    return after


class Checker:
    """Turns drafts into import rows, in their order."""

    def __init__(self, batch: ImportBatch, viewer: Viewer, drafts: Sequence[RowDraft]) -> None:
        self._batch, self._drafts = batch, drafts
        self.names = directory(viewer, batch.names)
        self.known = companies(zone_id=viewer.zone_id, names=(draft.text("investor") for draft in drafts))
        self._writable = writable_task_forces(viewer)
        self._resolved = {d.key: resolve(d, self.known, self.names, batch.task_force_id) for d in drafts}
        self._matches = matching.match([self._row_facts(draft) for draft in drafts], self.names.projects)
        existing = {key for key in self._matches.same.values() if not key.startswith("row:")}
        existing |= {str(d.answers[planning.QUESTION_PROJECT]) for d in drafts if self._chosen(d)}
        self._facts = facts_of(zone_id=viewer.zone_id, project_ids=[UUID(key) for key in existing if "row:" not in key])
        self._simulated: dict[UUID, ProjectFacts] = {}
        self._project_of: dict[str, UUID] = {}
        self.counts: Counter[str] = Counter()
        self.unknown: dict[str, Counter[str]] = {"industry": Counter(), "unit": Counter()}

    def _row_facts(self, draft: RowDraft) -> matching.RowFacts:
        planned = matching.planned_of(draft.values)
        return matching.RowFacts(
            key=draft.key,
            name=draft.title,
            investor=draft.text("investor"),
            investor_id=self._resolved[draft.key].investor,
            planned=planned.value if planned else None,
            currency=planned.currency.value if planned else "CNY",
            site=draft.text("site"),
            signed=draft.text("signed_on"),
        )

    @staticmethod
    def _chosen(draft: RowDraft) -> bool:
        answer = draft.answers.get(planning.QUESTION_PROJECT)
        return answer is not None and answer != planning.NEW

    def _target(self, draft: RowDraft) -> UUID | None:
        """The project that the row is about; None for a new one."""
        key = (
            str(draft.answers[planning.QUESTION_PROJECT]) if self._chosen(draft) else self._matches.same.get(draft.key)
        )
        if draft.answers.get(planning.QUESTION_PROJECT) == planning.NEW or key is None:
            return None
        if key.startswith("row:"):
            return self._project_of.get(key)
        pk = UUID(key)
        facts = self._facts.get(pk)
        return UUID(facts.merged_into) if facts is not None and facts.merged_into else pk

    def _project_question(self, draft: RowDraft) -> list[dict[str, object]]:
        likely = self._matches.likely.get(draft.key, [])
        if not likely or planning.QUESTION_PROJECT in draft.answers or draft.key in self._matches.same:
            return []
        options = [
            {"id": one.key, "name": one.name, "investor": one.investor, "score": round(one.score, 2), "reasons": list(one.reasons)}
            for one in likely[:4]
        ]  # fmt: skip
        return [{"kind": planning.QUESTION_PROJECT, "options": options}]

    def rows(self) -> Iterator[ImportRow]:
        """One import row for each draft."""
        for position, draft in enumerate(self._drafts):
            yield self._row(position, draft)

    def _row(self, position: int, draft: RowDraft) -> ImportRow:
        resolved = self._resolved[draft.key]
        self._note_unknown(draft, resolved)
        target = self._target(draft)
        said, questions = planning.said_of(draft.values, resolved, draft.answers, draft.mapped if target else ())
        _drop_future(said, draft)
        questions += _company_question(draft, self.known)
        changes: dict[str, FieldChange] = {}
        facts = None
        if target is None:
            questions += self._project_question(draft)
            project_id = new_id()
        else:
            project_id = target
            if resolved.defaulted:
                said.pop("task_force", None)
            facts = self._simulated.get(target) or self._facts.get(target) or ProjectFacts()
            plan = planning.plan_change(said, facts, draft.answers, reported_on=draft.reported_on)
            changes = dict(plan.changes)
            questions += plan.questions
            said = {name: one.after for name, one in planning.writes(plan).items()}
        state = self._state(draft, resolved, target, changes, questions)
        self._project_of[draft.key] = project_id
        if state != RowState.REFUSED:
            self._simulated[project_id] = simulate(said, facts)
        self._count(state, changes, draft, said, is_new=target is None)
        return self._made(position, draft, state, changes, questions, project_id, resolved)

    def _made(
        self, position: int, draft: RowDraft, state: RowState, changes: Mapping[str, FieldChange],
        questions: list[dict[str, object]], project_id: UUID, resolved: planning.Resolved,
    ) -> ImportRow:  # fmt: skip
        content = {
            **draft.content,
            "resolved": {
                name: getattr(resolved, name) for name in ("investor", "industry", "task_force", "unit", "defaulted")
            },
        }
        return ImportRow(
            id=UUID(draft.key.removeprefix("row:")),
            zone_id=self._batch.zone_id,
            batch=self._batch,
            file=draft.file,
            position=position,
            sheet=draft.sheet,
            row=draft.row,
            title=draft.title,
            state=state,
            content=content,
            changes={n: {"verdict": c.verdict.value, "before": c.before, "after": c.after} for n, c in changes.items()},
            questions=questions,
            answers=draft.answers,
            problems=draft.problems,
            project_id=project_id,
            made={"known": draft.key in self._matches.same or self._chosen(draft)},
        )

    def _note_unknown(self, draft: RowDraft, resolved: planning.Resolved) -> None:
        for name, known in (("industry", resolved.industry), ("unit", self.names.placing(draft.text("unit")))):
            text = draft.text(name)
            if text and not known:
                self.unknown[name][text[:60]] += 1

    def _state(
        self, draft: RowDraft, resolved: planning.Resolved, target: UUID | None, changes: Mapping[str, FieldChange],
        questions: Sequence[object],
    ) -> RowState:  # fmt: skip
        if not draft.title:
            draft.problems.append({"code": "row-without-name", "field": "name", "cells": f"A{draft.row}", "value": ""})
            return RowState.REFUSED
        if self._writable is not None and resolved.task_force not in {str(pk) for pk in self._writable}:
            draft.problems.append(
                {
                    "code": "row-of-another-task-force",
                    "field": "unit",
                    "cells": f"A{draft.row}",
                    "value": draft.text("unit"),
                }
            )
            return RowState.REFUSED
        if questions:
            return RowState.SUSPICIOUS
        if target is None:
            return RowState.NEW
        moving = {Verdict.FILL, Verdict.CHANGE}
        return RowState.CHANGED if any(one.verdict in moving for one in changes.values()) else RowState.SAME

    def _count(
        self, state: RowState, changes: Mapping[str, FieldChange], draft: RowDraft, said: Mapping[str, object], *, is_new: bool
    ) -> None:  # fmt: skip
        self.counts[state.value] += 1
        for change in changes.values():
            if change.verdict in {Verdict.KEPT, Verdict.BLANK, Verdict.BEHIND, Verdict.CONFLICT}:
                self.counts[change.verdict.value] += 1
        signed = said.get("stage") in {"signed", "registered", "construction_started", "in_production"}
        if signed and is_new and not said.get("signed_on"):
            self.counts["undated"] += 1
        contacts = draft.values.get("contacts")
        if contacts and isinstance(contacts["value"], list):
            self.counts["contacts"] += len(contacts["value"])


def check_batch(
    *, batch: ImportBatch, viewer: Viewer, bytes_of: Mapping[UUID, bytes | None], progress: Progress
) -> None:
    """Read every file again, match, compare, and keep the rows. Rows that were written already stay as they are."""
    files = list(
        ImportFile.objects.filter(zone_id=batch.zone_id, batch=batch).select_related("document").order_by("position")
    )
    answers = {
        (row.file_id, row.sheet, row.row): (row.answers, row.pk)
        for row in ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch).only(
            "file_id", "sheet", "row", "answers"
        )
    }
    drafts: list[RowDraft] = []
    for place, file in enumerate(files):
        progress(place * 50 // len(files), 100)
        drafts += read_file(file, bytes_of.get(file.document_id))
    seen: set[tuple[UUID, str, int]] = set()
    for draft in drafts:
        place_of = (draft.file.pk, draft.sheet, draft.row)
        kept = answers.get(place_of) if place_of not in seen else None
        seen.add(place_of)
        draft.answers = kept[0] if kept else {}
        draft.key = f"row:{kept[1] if kept else new_id()}"
    progress(50, 100)
    with resting_collector():
        checker = Checker(batch, viewer, drafts)
        progress(70, 100)
        rows = list(checker.rows())
        progress(85, 100)
        _keep(batch, files, rows, checker)
    progress(100, 100)


def _missing(batch: ImportBatch, files: Sequence[ImportFile], rows: Sequence[ImportRow]) -> list[dict[str, str]]:
    """Projects that the sender's last ledger of the same template had and this one does not have: reported, nothing more."""
    signatures = {file.signature for file in files if file.signature}
    earlier = (
        ImportFile.objects.filter(
            zone_id=batch.zone_id,
            signature__in=signatures,
            batch__sender=batch.sender,
            batch__state=BatchState.IMPORTED,
        )
        .exclude(batch=batch)
        .order_by("-batch__created_at")
        .first()
    )
    if earlier is None:
        return []
    here = {row.project_id for row in rows}
    gone = ImportRow.objects.filter(zone_id=batch.zone_id, file=earlier, applied_at__isnull=False).order_by("position")
    return [{"id": str(pk), "name": title} for pk, title in gone.values_list("project_id", "title") if pk not in here][
        :200
    ]


def _keep(batch: ImportBatch, files: Sequence[ImportFile], rows: Sequence[ImportRow], checker: Checker) -> None:
    counts: dict[str, object] = dict(checker.counts)
    counts["missing"] = _missing(batch, files, rows)
    counts["not_compared"] = checker.known.not_compared
    counts["unknown"] = {name: found.most_common(20) for name, found in checker.unknown.items() if found}
    with transaction.atomic():
        ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch).delete()
        for start in range(0, len(rows), CHUNK):
            bulk.insert(rows[start : start + CHUNK])
        for file in files:
            file.save(update_fields=["tables", "reporting_on", "signature", "problem"])
        ImportBatch.objects.filter(pk=batch.pk).update(
            state=BatchState.CHECKED, counts=counts, version=batch.version + 1
        )
