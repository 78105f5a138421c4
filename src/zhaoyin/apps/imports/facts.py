"""What is known of projects, field by field, with who said it: read from the ledger's events."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhaoyin.apps.imports.comparing import Known
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.ledger.queries import texts
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.domain.project.stages import Stage

FROM_SHEET = '"kind":"sheet_cells"'
TEXTS = {"name": "name", "site": "site"}
PLAIN = {
    "jobs": "jobs",
    "land_mu": "land_mu",
    "industry": "industry",
    "task_force": "task_force",
    "attracting_unit": "unit",
}
"""Payload field → name in the content of a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a project, with whether a ledger said it."""

    id: UUID
    seq: int
    kind: str
    occurred: PartialDate
    payload: Mapping[str, object]
    from_sheet: bool


@dataclass(slots=True)
class ProjectFacts:
    """`known` by field; `ended` "" while it goes on; `signing`: the standing event that says when it was signed."""

    known: dict[str, Known] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    ended: str = ""
    merged_into: str = ""
    signing: Line | None = None
    reached: set[str] = field(default_factory=set)
    investors: list[str] = field(default_factory=list)
    last_note: str = ""


def _said(line: Line, words: Mapping[str, str | None]) -> Iterable[tuple[str, object]]:
    """(field, value) of one event."""
    payload, kind = line.payload, line.kind
    for name, ours in TEXTS.items():
        reference = payload.get(name)
        if name in payload:
            yield ours, words.get(str(reference["text"])) if isinstance(reference, Mapping) else None
    for name, ours in PLAIN.items():
        if name in payload:
            yield ours, payload[name]
    if kind == "amount_stated" and not payload.get("phase"):
        yield str(payload["amount_kind"]), payload["amount"]
    if kind == "investor_joined":
        yield "investor", payload["company"]
    if kind == "progress_noted":
        note = payload["note"]
        yield "progress", words.get(str(note["text"])) if isinstance(note, Mapping) else None
    if kind == "contract_signed" and payload.get("contract_kind") == "formal":
        yield "signed_on", None if payload.get("undated") else str(line.occurred)


def _stage_of(line: Line) -> str | None:
    if line.kind == "stage_reached":
        return str(line.payload["stage"])
    if line.kind == "contract_signed":
        return Stage.SIGNED.value if line.payload["contract_kind"] == "formal" else Stage.PRE_SIGNING.value
    return None


def _fold(lines: Sequence[Line], gone: frozenset[UUID], words: Mapping[str, str | None]) -> ProjectFacts:
    """Standing lines in the order of what happened; `gone`: corrected ones."""
    facts = ProjectFacts()
    standing = sorted((line for line in lines if line.id not in gone), key=lambda line: (line.occurred.first, line.seq))
    stage, stage_by_hand = Stage.LEAD, False
    for line in standing:
        for name, value in _said(line, words):
            if name == "investor":
                facts.investors.append(str(value))
            before = facts.known.get(name)
            facts.known[name] = Known(value, not line.from_sheet, before.imported if before else None)
            facts.since[name] = line.occurred.first
        reached = _stage_of(line)
        if reached is not None:
            facts.reached.add(reached)
            if Stage(reached).rank >= stage.rank:
                stage, stage_by_hand = Stage(reached), not line.from_sheet
                facts.since["stage"] = line.occurred.first
            if reached == Stage.SIGNED.value:
                facts.signing = line
        elif line.kind == "ended":
            facts.ended = str(line.payload["outcome"])
        elif line.kind == "resumed":
            facts.ended = ""
        elif line.kind == "merged_into":
            facts.merged_into = str(line.payload["project"])
        elif line.kind == "unmerged":
            facts.merged_into = ""
    facts.known["stage"] = Known(stage.value, stage_by_hand)
    if facts.investors:
        facts.known["investor"] = Known(facts.investors[0], facts.known["investor"].by_hand)
    return facts


def _imported(lines: Sequence[Line], taken_back: frozenset[UUID], words: Mapping[str, str | None]) -> dict[str, object]:
    """What imports last said of each field, corrected by hand or not; imports that were undone said nothing."""
    found: dict[str, object] = {}
    for line in lines:
        if line.from_sheet and line.id not in taken_back:
            found.update(_said(line, words))
    return found


def _line(row: Mapping[str, object]) -> Line:
    return Line(
        id=row["id"],  # type: ignore[arg-type]
        seq=int(str(row["seq"])),
        kind=str(row["kind"]),
        occurred=PartialDate(row["occurred_on"], Precision(str(row["occurred_precision"]))),  # type: ignore[arg-type]
        payload=json.loads(str(row["payload"])),
        from_sheet=FROM_SHEET in str(row["evidence"]),
    )


COLUMNS = (
    "id",
    "seq",
    "subject_id",
    "kind",
    "occurred_on",
    "occurred_precision",
    "payload",
    "evidence",
    "supersedes_id",
)


def facts_of(*, zone_id: UUID, project_ids: Iterable[UUID]) -> dict[UUID, ProjectFacts]:
    """Facts of projects by id; two queries for each 500."""
    found: dict[UUID, ProjectFacts] = {}
    ids = sorted(set(project_ids))
    for start in range(0, len(ids), 500):
        found.update(_batch(zone_id, ids[start : start + 500]))
    return found


def _batch(zone_id: UUID, ids: Sequence[UUID]) -> dict[UUID, ProjectFacts]:
    rows = Event.objects.filter(zone_id=zone_id, subject_kind="project", subject_id__in=ids).order_by()
    lines: dict[UUID, list[Line]] = {}
    gone: set[UUID] = set()
    taken_back: set[UUID] = set()
    wanted: set[str] = set()
    for row in sorted(rows.values(*COLUMNS), key=lambda row: row["seq"]):
        if row["supersedes_id"]:
            gone.add(row["supersedes_id"])
        if row["kind"] == "retracted":
            taken_back.add(row["supersedes_id"])
            continue
        line = _line(row)
        lines.setdefault(row["subject_id"], []).append(line)
        for name in (*TEXTS, "note"):
            reference = line.payload.get(name)
            if isinstance(reference, Mapping):
                wanted.add(str(reference["text"]))
    words = texts(wanted, zone_id=zone_id) if wanted else {}
    found: dict[UUID, ProjectFacts] = {}
    for subject, history in lines.items():
        facts = _fold(history, frozenset(gone), words)
        for name, value in _imported(history, frozenset(taken_back), words).items():
            known = facts.known.get(name, Known())
            facts.known[name] = Known(known.value, known.by_hand, value)
        found[subject] = facts
    return found
