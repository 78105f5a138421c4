"""From a planned row to the events that are written, each with the cells it stands in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhaoyin.apps.imports.comparing import FieldChange
from zhaoyin.apps.imports.content import AMOUNTS
from zhaoyin.apps.imports.facts import ProjectFacts
from zhaoyin.apps.imports.planning import Plan, writes
from zhaoyin.apps.ledger.actions import NewEvent
from zhaoyin.domain.evidence import Evidence, sheet_cells
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.stages import Stage

KeepText = Callable[[str], dict[str, str]]
ENDS = frozenset({"terminated", "lost", "withdrawn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """Where a row stands: its document, the ledger's own date, its cells by field."""

    document_id: UUID
    sha256: str
    sheet: str
    row: int
    reported_on: date
    date_by_report: bool
    values: Mapping[str, Mapping[str, object]]

    def evidence(self, *names: str) -> tuple[Evidence, ...]:
        """One locator for each field that the row has; the whole row when it has none of them."""
        found = [self._locator(name) for name in names if name in self.values]
        return tuple(found) or (self._cells(f"A{self.row}", self.sheet, None),)

    def _locator(self, name: str) -> Evidence:
        value = self.values[name]
        return self._cells(str(value["cells"]) or f"A{self.row}", str(value.get("sheet") or self.sheet), name)

    def _cells(self, cells: str, sheet: str, name: str | None) -> Evidence:
        return sheet_cells(
            document_id=self.document_id,
            sha256=self.sha256,
            sheet=sheet,
            cells=cells,
            field=name,
            reported_on=self.reported_on.isoformat(),
        )


class RowWriter:
    """Puts the events of one row together; `key` makes each of them unique, so that a second run writes nothing twice."""

    def __init__(self, project_id: UUID, source: RowSource, key: str, keep: KeepText) -> None:
        self.events: list[NewEvent] = []
        self._project, self._source, self._key, self._keep = project_id, source, key, keep
        self._day = PartialDate(source.reported_on)

    def _add(
        self,
        kind: str,
        payload: dict[str, object],
        names: Sequence[str],
        occurred: PartialDate,
        supersedes: UUID | None = None,
    ) -> None:
        self.events.append(
            NewEvent(
                subject_kind="project",
                subject_id=self._project,
                kind=kind,
                occurred=occurred,
                payload=payload,
                evidence=self._source.evidence(*names),
                supersedes=supersedes,
                idempotency_key=f"{self._key}:{len(self.events)}",
            )
        )

    def open(self, name: str, plan: Plan) -> None:
        """A new project with everything the row says."""
        said = plan.said
        payload: dict[str, object] = {"name": self._keep(name)}
        names = ["name"]
        for field, target in (("industry", "industry"), ("task_force", "task_force"), ("unit", "attracting_unit")):
            if said.get(field):
                payload[target] = said[field]
                names.append("unit" if field == "task_force" else field)
        for field in ("jobs", "land_mu"):
            if said.get(field) is not None:
                payload[field] = said[field]
                names.append(field)
        if said.get("site"):
            payload["site"] = self._keep(str(said["site"]))
            names.append("site")
        self._add("opened", payload, names, self._day)
        if said.get("investor"):
            self._add("investor_joined", {"company": said["investor"], "leading": True}, ["investor"], self._day)
        for kind in AMOUNTS:
            if said.get(kind):
                self._add("amount_stated", {"amount_kind": kind, "amount": said[kind]}, [kind], self._day)
        self._steps(said.get("stage"), said.get("signed_on"), frozenset())
        if said.get("progress"):
            self._add("progress_noted", {"note": self._keep(str(said["progress"]))}, ["progress"], self._day)

    def change(self, plan: Plan, facts: ProjectFacts) -> None:
        """What the row changes of a project that is there."""
        changes = writes(plan)
        self._describe(changes, facts)
        for kind in AMOUNTS:
            if kind in changes:
                body: dict[str, object] = {"amount_kind": kind, "amount": changes[kind].after}
                self._add("amount_stated", body, [kind], self._at(kind, facts))
        if "investor" in changes:
            joined = {"company": changes["investor"].after, "leading": True}
            self._add("investor_joined", joined, ["investor"], self._at("investor", facts))
        self._date_signing(changes, facts)
        stage = changes.get("stage")
        if stage is not None:
            signed = changes.get("signed_on")
            self._steps(stage.after, signed.after if signed else None, frozenset(facts.reached))
        if "progress" in changes:
            self._add("progress_noted", {"note": self._keep(str(changes["progress"].after))}, ["progress"], self._day)

    def _at(self, name: str, facts: ProjectFacts) -> PartialDate:
        """Not before what it replaces, or it would not take effect."""
        since = facts.since.get(name)
        return PartialDate(max(since, self._source.reported_on)) if since else self._day

    def _describe(self, changes: Mapping[str, FieldChange], facts: ProjectFacts) -> None:
        groups = (
            ("described", {"jobs": "jobs", "land_mu": "land_mu", "site": "site"}),
            ("placed", {"task_force": "task_force", "unit": "attracting_unit"}),
            ("classified", {"industry": "industry"}),
        )
        for kind, fields in groups:
            body: dict[str, object] = {}
            for name, target in fields.items():
                if name in changes:
                    after = changes[name].after
                    body[target] = self._keep(str(after)) if name == "site" else after
            if body:
                names = ["unit" if name == "task_force" else name for name in fields if name in changes]
                days = [self._at(name, facts) for name in fields if name in changes]
                self._add(kind, body, names, max(days, key=lambda day: day.first))

    def _date_signing(self, changes: Mapping[str, FieldChange], facts: ProjectFacts) -> None:
        """A day for a signing that is known: a correction of the event that says it."""
        signed = changes.get("signed_on")
        if signed is None or not signed.after or facts.signing is None:
            return
        body: dict[str, object] = {"contract_kind": "formal"}
        occurred = PartialDate.parse(str(signed.after))
        self._add("contract_signed", body, ["signed_on"], occurred, supersedes=facts.signing.id)

    def _steps(self, stage: object, signed_on: object, reached: frozenset[str]) -> None:
        """Signing with its day, and the stage the row claims; a step without a day is undated unless the batch says otherwise."""
        if not stage:
            return
        ends = stage in ENDS
        rank = Stage.LEAD.rank if ends else Stage(str(stage)).rank
        if Stage.SIGNED.value not in reached and (rank >= Stage.SIGNED.rank or signed_on):
            body: dict[str, object] = {"contract_kind": "formal"}
            occurred = PartialDate.parse(str(signed_on)) if signed_on else self._day
            if not signed_on:
                body |= self._undated()
            self._add("contract_signed", body, ["stage", "signed_on"] if signed_on else ["stage"], occurred)
        if ends:
            self._add("ended", {"outcome": stage}, ["stage"], self._day)
        elif stage not in {Stage.LEAD.value, Stage.SIGNED.value} and stage not in reached:
            self._add("stage_reached", {"stage": stage, **self._undated()}, ["stage"], self._day)

    def _undated(self) -> dict[str, object]:
        return {} if self._source.date_by_report else {"undated": True}
