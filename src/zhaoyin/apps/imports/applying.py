"""Writing the rows of a batch into the ledger, chunk by chunk: each chunk is one transaction with the marks on its rows."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.actions import CompanyDraft, ContactDraft, add_contact, company_events
from zhaoyin.apps.companies.queries import by_exact_name, contact_keys
from zhaoyin.apps.imports import planning
from zhaoyin.apps.imports.checking import simulate
from zhaoyin.apps.imports.facts import ProjectFacts, facts_of
from zhaoyin.apps.imports.models import ImportBatch, ImportFile, ImportRow, RowState
from zhaoyin.apps.imports.writing import RowSource, RowWriter
from zhaoyin.apps.jobs.collector import resting_collector
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text, texts_together
from zhaoyin.apps.zones import bulk
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.period import PartialDate

Progress = Callable[[int, int], None]
CHUNK = 400


def waiting_rows(batch: ImportBatch) -> list[UUID]:
    """Rows that an import would write now, in order: those that wait for an answer about their project are left."""
    rows = ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch, applied_at__isnull=True)
    rows = rows.exclude(state__in=[RowState.REFUSED, RowState.SAME]).order_by("position")
    return [pk for pk, questions in rows.values_list("id", "questions") if not _asks_for_project(questions)]


def _asks_for_project(questions: Sequence[Mapping[str, object]]) -> bool:
    return any(question["kind"] == planning.QUESTION_PROJECT for question in questions)


class Applier:
    """Writes chunks of rows as the person who asked for the import."""

    def __init__(self, batch: ImportBatch, viewer: Viewer) -> None:
        self._batch, self._viewer = batch, viewer
        self._zone_id: UUID = batch.zone_id
        self._companies: dict[str, UUID] = {}
        files = ImportFile.objects.filter(zone_id=batch.zone_id, batch=batch).select_related("document")
        self._files = {file.pk: file for file in files.defer("tables", "choices")}

    def apply(self, ids: Sequence[UUID]) -> None:
        """One chunk, all or nothing; a chunk that a rule refuses is written row by row and the refused rows are marked."""
        try:
            with transaction.atomic(), texts_together():
                self._write(self._rows(ids))
        except DomainError:
            self._companies.clear()
            for pk in ids:
                self._apply_one(pk)

    def _apply_one(self, pk: UUID) -> None:
        try:
            with transaction.atomic(), texts_together():
                self._write(self._rows([pk]))
        except DomainError as error:
            self._companies.clear()
            params = {name: str(value) for name, value in error.params.items()}
            row = ImportRow.objects.get(pk=pk)
            row.problems = [*row.problems, {"code": error.code, "cells": f"A{row.row}", **params}]
            row.state = RowState.REFUSED
            row.save(update_fields=["problems", "state"])

    def _rows(self, ids: Sequence[UUID]) -> list[ImportRow]:
        rows = ImportRow.objects.filter(zone_id=self._zone_id, pk__in=ids, applied_at__isnull=True)
        found = list(rows.order_by("position"))
        for row in found:
            row.file = self._files[row.file_id]
        return found

    def _write(self, rows: Sequence[ImportRow]) -> None:
        events = self._register(rows)
        known = self._known(rows)
        written: dict[UUID, list[int]] = {}
        for row in rows:
            mine = self._events_of(row, known)
            written[row.pk] = list(range(len(events), len(events) + len(mine)))
            events += mine
        stored = append(zone_id=self._zone_id, actor_id=self._viewer.person_id, events=events, all_or_nothing=True)
        for row in rows:
            row.made = {**row.made, "events": [str(stored[place].pk) for place in written[row.pk]]}
        self._add_contacts(rows)
        moment = clock.now()
        for row in rows:
            row.applied_at = moment
        bulk.update(rows, ["applied_at", "made", "project_id", "problems"])

    def _known(self, rows: Sequence[ImportRow]) -> dict[UUID, ProjectFacts]:
        """Facts of the rows' projects; a row of a project that was merged since the dry run goes to the one it was merged into."""
        known = facts_of(zone_id=self._zone_id, project_ids=[row.project_id for row in rows if row.project_id])
        moved = {pk: UUID(facts.merged_into) for pk, facts in known.items() if facts.merged_into}
        for row in rows:
            if row.project_id in moved:
                row.project_id = moved[row.project_id]
        return {**known, **facts_of(zone_id=self._zone_id, project_ids=set(moved.values()) - known.keys())}

    def _register(self, rows: Sequence[ImportRow]) -> list[NewEvent]:
        """Companies that the zone does not know yet; their ids go into the rows."""
        names = {str(name): row for row in reversed(rows) if (name := self._investor(row)) and not self._resolved(row)}
        unknown = [name for name in names if name not in self._companies]
        self._companies.update(by_exact_name(zone_id=self._zone_id, names=unknown))
        events: list[NewEvent] = []
        for name in sorted(name for name in names if name not in self._companies):
            row = names[name]
            pk = new_id()
            key = f"import:{self._batch.pk.hex}:{hashlib.sha256(name.encode()).hexdigest()[:24]}"
            made = company_events(
                zone_id=self._zone_id,
                company_id=pk,
                draft=CompanyDraft(name=name),
                occurred=PartialDate(self._reported(row)),
                evidence=self._source(row).evidence("investor"),
                key=key,
            )
            row.made = {**row.made, "company": str(pk)}
            self._companies[name] = pk
            events += made
        return events

    @staticmethod
    def _investor(row: ImportRow) -> str:
        value = row.content["values"].get("investor")
        return " ".join(str(value["value"]).split())[:120] if value else ""

    @staticmethod
    def _resolved(row: ImportRow) -> str:
        return str(row.content.get("resolved", {}).get("investor", ""))

    def _reported(self, row: ImportRow) -> date:
        return min(row.file.reporting_on or clock.today(), clock.today())

    def _source(self, row: ImportRow) -> RowSource:
        return RowSource(
            document_id=row.file.document_id,
            sha256=row.file.document.sha256,
            sheet=row.sheet or "-",
            row=row.row,
            reported_on=self._reported(row),
            date_by_report=self._batch.date_by_report,
            values=row.content["values"],
        )

    def _events_of(self, row: ImportRow, known: dict[UUID, ProjectFacts]) -> list[NewEvent]:
        given = row.content.get("resolved", {})
        name = self._investor(row)
        investor = str(given.get("investor") or (self._companies[name] if name else ""))
        resolved = planning.Resolved(
            investor, str(given.get("industry", "")), str(given.get("task_force", "")), str(given.get("unit", ""))
        )
        said, _ = planning.said_of(row.content["values"], resolved, row.answers)
        if str(said.get("signed_on") or "") > clock.today().isoformat():
            said.pop("signed_on")
        if row.project_id is None:
            row.project_id = new_id()
        key = f"imp:{row.pk.hex}:{row.made.get('round', 0)}"
        writer = RowWriter(row.project_id, self._source(row), key, self._keep)
        facts = known.get(row.project_id)
        if facts is not None and given.get("defaulted"):
            said.pop("task_force", None)
        if facts is None:
            writer.open(row.title, planning.Plan(said))
        else:
            writer.change(planning.plan_change(said, facts, row.answers, reported_on=self._reported(row)), facts)
        if writer.events:
            known[row.project_id] = simulate(said, facts)
        return writer.events

    def _keep(self, body: str) -> dict[str, str]:
        return keep_text(zone_id=self._zone_id, body=body)

    def _add_contacts(self, rows: Sequence[ImportRow]) -> None:
        """Only with a basis and a term; a person who is there already is not added again."""
        if not self._batch.contact_basis or self._batch.contacts_until is None:
            return
        wanted = [
            (row, self._company_of(row), row.content["values"]["contacts"])
            for row in rows
            if "contacts" in row.content["values"]
        ]
        there = contact_keys(zone_id=self._zone_id, company_ids={company for _, company, _ in wanted if company})
        for row, company, value in wanted:
            if company is None:
                continue
            for person in value["value"]:
                key = (company, person["name"], person["phone"])
                if key in there or not person["name"]:
                    continue
                there.add(key)
                self._add_contact(row, company, person)

    def _add_contact(self, row: ImportRow, company: UUID, person: Mapping[str, str]) -> None:
        draft = ContactDraft(
            name=person["name"][:40],
            phone=person["phone"],
            source=f"《{row.file.file_name[-80:]}》{row.sheet[:20]} {row.row}"[:120],
            basis=self._batch.contact_basis,
            keep_until=self._batch.contacts_until,  # type: ignore[arg-type]
        )
        try:
            with transaction.atomic():
                made = add_contact(viewer=self._viewer, company_id=company, draft=draft)
        except DomainError as error:
            cells = row.content["values"]["contacts"]["cells"]
            row.problems = [*row.problems, {"code": error.code, "field": "contacts", "cells": cells, "value": ""}]
            return
        row.made = {**row.made, "contacts": [*row.made.get("contacts", []), str(made)]}

    def _company_of(self, row: ImportRow) -> UUID | None:
        resolved, name = self._resolved(row), self._investor(row)
        return UUID(resolved) if resolved else self._companies.get(name)


def apply_batch(*, batch: ImportBatch, viewer: Viewer, progress: Progress) -> None:
    """Every waiting row; goes on where an earlier run was killed."""
    ids = waiting_rows(batch)
    done_before = ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch, applied_at__isnull=False).count()
    total = done_before + len(ids)
    applier = Applier(batch, viewer)
    with resting_collector() as collect:
        for start in range(0, len(ids), CHUNK):
            progress(done_before + start, total)
            applier.apply(ids[start : start + CHUNK])
            collect()
    progress(total, total)
