"""Reading requests, credit and funds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.ledger.queries import event_rows, history, names_document, texts, to_domain
from zhaoyin.apps.recognition.access import REVIEWS, visible_to, waiting_for
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.models import Unit
from zhaoyin.domain.event import LedgerEvent, effective
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.recognition import ASKED, STAGE_OF, Proof, RecognitionMatter, replay_recognition

SHOWN = ("waiting", "open", "approved", "closed", "")
"""Views of the list: what waits for the viewer, what is under way, what is recognised, what ended otherwise, all."""


def recognition_page(
    *, viewer: Viewer, shown: str, matter: str = "", after: str = "", before: str = ""
) -> Page[Recognition]:
    """Requests, the last changed first."""
    rows = visible_to(viewer).select_related("project", "project__task_force", "requested_by")
    if shown == "waiting":
        condition = waiting_for(viewer)
        rows = rows.none() if condition is None else rows.filter(condition)
    elif shown == "open":
        rows = rows.filter(status__in=["requested", "endorsed", "returned"])
    elif shown == "approved":
        rows = rows.filter(status="approved")
    elif shown == "closed":
        rows = rows.filter(status__in=["refused", "withdrawn", "revoked"])
    if matter:
        rows = rows.filter(matter=matter)
    return keyset_page(rows, sort="-version", after=after, before=before)


def waiting(*, viewer: Viewer, limit: int = 9) -> list[Recognition]:
    """What waits for the viewer, the longest first."""
    condition = waiting_for(viewer)
    if condition is None:
        return []
    return list(visible_to(viewer).filter(condition).select_related("project").order_by("version")[:limit])


def of_project(*, viewer: Viewer, project_id: UUID) -> list[Recognition]:
    """Requests about a project, newest first."""
    return list(visible_to(viewer).filter(project_id=project_id).order_by("-version")[:50])


def of_visible_project(*, zone_id: UUID, project_id: UUID) -> list[Recognition]:
    """Requests about a project that the caller has found visible, newest first."""
    return list(Recognition.objects.filter(zone_id=zone_id, project_id=project_id).order_by("-version")[:50])


@dataclass(frozen=True, slots=True)
class Attached:
    """A piece of evidence: a document (None when it was a person's word), what it proves, in which step it came."""

    document_id: UUID | None
    name: str
    proof: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a request's history."""

    event: LedgerEvent
    recorded_at: datetime
    who: str
    note: str
    evidence: Sequence[Attached]
    struck: bool


def steps(*, zone_id: UUID, recognition_id: UUID) -> list[Step]:
    """The history, oldest first; three queries."""
    rows = event_rows(zone_id=zone_id, subject_kind="recognition", subject_id=recognition_id)
    events = [to_domain(row) for row in rows]
    gone = {event.supersedes for event in events if event.supersedes}
    wanted = {str(note["text"]) for event in events if isinstance(note := event.payload.get("note"), Mapping)}
    words = texts(wanted, zone_id=zone_id) if wanted else {}
    pieces = [json.loads(row.evidence) for row in rows]
    names = _document_names(zone_id, pieces)
    return [
        Step(
            event=event,
            recorded_at=row.recorded_at,
            who=row.actor.display_name if row.actor else "—",
            note=_word(event, words),
            evidence=[_attached(item, names) for item in found if item.get("document")],
            struck=event.id in gone,
        )
        for row, event, found in zip(rows, events, pieces, strict=True)
    ]


def _word(event: LedgerEvent, words: Mapping[str, str | None]) -> str:
    note = event.payload.get("note")
    return (words.get(str(note["text"])) or "") if isinstance(note, Mapping) else ""


def _document_names(zone_id: UUID, pieces: Sequence[Sequence[Mapping[str, str]]]) -> dict[str, str]:
    ids = {item["document"] for found in pieces for item in found if item.get("document")}
    rows = Document.objects.filter(zone_id=zone_id, pk__in=ids).values_list("pk", "file_name", "title") if ids else []
    return {str(pk): file_name or title or "" for pk, file_name, title in rows}


def _attached(item: Mapping[str, str], names: Mapping[str, str]) -> Attached:
    return Attached(
        document_id=UUID(item["document"]), name=names.get(item["document"], ""), proof=item.get("field", "other")
    )


def missing_proofs(matter: str, lines: Sequence[Step]) -> list[Proof]:
    """Evidence normally asked for the matter that no standing step brought."""
    brought = {piece.proof for line in lines if not line.struck for piece in line.evidence}
    return [proof for proof in ASKED[RecognitionMatter(matter)] if proof.value not in brought]


def claimed_day(project_events: Sequence[LedgerEvent], matter: str) -> PartialDate | None:
    """The day on which the project's history says that the matter happened."""
    stage = STAGE_OF.get(RecognitionMatter(matter))
    for event in effective(project_events):
        if event.payload.get("undated"):
            continue
        if event.kind == "stage_reached" and event.payload.get("stage") == stage:
            return event.occurred
        if matter == "signed" and event.kind == "contract_signed" and event.payload.get("contract_kind") == "formal":
            return event.occurred
    return None


def project_history(*, zone_id: UUID, project_id: UUID) -> list[LedgerEvent]:
    """The project's events."""
    return history(zone_id=zone_id, subject_kind="project", subject_id=project_id)


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a project's credit that a unit has: `share` as it was stated, `percent` of the whole."""

    unit_id: UUID
    unit: str
    share: str


@dataclass(frozen=True, slots=True)
class Credit:
    """The credit that stands: shares and how they came about."""

    shares: Sequence[Share]
    basis: str
    since: PartialDate
    event_id: str
    all_events: int


def credit(*, zone_id: UUID, events: Sequence[LedgerEvent]) -> Credit | None:
    """The last standing statement of credit; None when nobody stated one (then the attracting unit has all of it)."""
    stated = [event for event in effective(events) if event.kind == "credited"]
    if not stated or not stated[-1].payload["shares"]:
        return None
    last = stated[-1]
    raw = last.payload["shares"]
    shares = [dict(item) for item in raw] if isinstance(raw, Sequence) else []
    names = dict(
        Unit.objects.filter(zone_id=zone_id, pk__in=[item["unit"] for item in shares]).values_list("pk", "name")
    )
    return Credit(
        shares=[
            Share(
                unit_id=UUID(str(item["unit"])), unit=names.get(UUID(str(item["unit"])), ""), share=str(item["share"])
            )
            for item in shares
        ],
        basis=str(last.payload["basis"]),
        since=last.occurred,
        event_id=last.id,
        all_events=len(stated),
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """Money that arrived."""

    event_id: str
    on: PartialDate
    amount: Money
    kind: str
    vouchers: int


def arrivals(events: Sequence[LedgerEvent]) -> list[Arrival]:
    """Funds that arrived, oldest first."""
    return [
        Arrival(
            event_id=event.id,
            on=event.occurred,
            amount=Money.from_payload(dict(event.payload["amount"])),  # type: ignore[call-overload]
            kind=str(event.payload["amount_kind"]),
            vouchers=int(str(event.payload.get("vouchers", 0))),
        )
        for event in effective(events)
        if event.kind == "funds_arrived"
    ]


def units(*, zone_id: UUID, on: date) -> list[tuple[str, str]]:
    """Open units as choices."""
    rows = Unit.objects.filter(zone_id=zone_id, closed_on__isnull=True).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def state_of(*, zone_id: UUID, recognition_id: UUID) -> tuple[str, str]:
    """Project and matter of a request, as its events say."""
    state = replay_recognition(history(zone_id=zone_id, subject_kind="recognition", subject_id=recognition_id))
    return state.project, state.matter


def rest_on(viewer: Viewer, document: Document) -> bool:
    """Whether the document is evidence of a request that the viewer reviews."""
    return viewer.has(REVIEWS) and names_document(
        zone_id=viewer.zone_id,
        subject_kind="recognition",
        subject_ids=visible_to(viewer).values("pk"),
        document=document,
    )
