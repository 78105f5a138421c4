"""From a document to proposals, and from a proposal to a lead or a project."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zhaoyin.adapters.llm.client import ask, service_of
from zhaoyin.adapters.web.pages import LARGEST_FILE, read_page
from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer, require
from zhaoyin.apps.intake import proposing
from zhaoyin.apps.intake.access import get_draft_for_change, get_reading, require_decider
from zhaoyin.apps.intake.learning import params_of
from zhaoyin.apps.intake.models import Archive, DocumentReading, Draft, ReadingModel
from zhaoyin.apps.intake.queries import earlier_document, names_for_reading, similar
from zhaoyin.apps.intake.voting import with_votes
from zhaoyin.apps.leads.access import get_for_change as get_lead_for_change
from zhaoyin.apps.leads.actions import LeadDraft, mark_converted, open_lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.queries import subject_of_key
from zhaoyin.apps.projects.actions import ProjectDraft, create_project
from zhaoyin.apps.sources.access import require_receiver
from zhaoyin.apps.sources.actions import receive, redact
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.taskforces.queries import industry_of_task_force
from zhaoyin.domain.errors import DomainError, InvalidValue, StaleWrite
from zhaoyin.domain.evidence import Evidence, text_span
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.stages import ContractKind, Outcome, Stage
from zhaoyin.engines.reading.solve import solve

__all__ = [
    "LARGEST_FILE",
    "Accepted",
    "Decision",
    "Received",
    "accept",
    "accept_all",
    "as_proposed",
    "confirm_figure",
    "convert_lead",
    "forget_document",
    "propose_again",
    "receive_file",
    "receive_text",
    "refuse",
]

LONGEST_TEXT = 200_000
"""Characters read at once in a request: about one second."""


@dataclass(frozen=True, slots=True)
class Received:
    """The document, and whether the same bytes had been read before."""

    document: Document
    known: bool


def receive_text(
    *, viewer: Viewer, text: str, kind: str, title: str = "", source_url: str = "", published_on: date | None = None
) -> Received:
    """Keep a pasted text or a note as received and propose what is in it.

    InvalidValue `text-empty`, `text-too-long` (characters), `document-too-large` (bytes).
    """
    require_receiver(viewer)
    if not text.strip():
        raise InvalidValue("text-empty", field="text", value="")
    content = text.encode("utf-8", errors="replace")
    given = published_on if kind != "note" else published_on or clock.today()
    return _keep(viewer, content, text, kind, {"title": title, "source_url": source_url}, given)


def receive_file(
    *, viewer: Viewer, content: bytes, file_name: str, media_type: str = "", published_on: date | None = None
) -> Received:
    """Keep an uploaded page or text file as received and propose what is in it.

    InvalidValue `file-empty`, `file-too-large`, `file-not-text` (the bytes are something else than their name says), `file-encoding-unknown`.
    """
    require_receiver(viewer)
    page = read_page(content, filename=file_name)
    about = {"title": page.title, "file_name": file_name, "media_type": media_type}
    return _keep(viewer, content, page.text, "page" if page.kind.value == "html" else "text", about, published_on)


def _title(text: str, boilerplate: Sequence[tuple[int, int]]) -> str:
    """The first line of the article, not of the navigation above it."""
    position = 0
    for line in text.split("\n"):
        inside = any(start <= position < end for start, end in boilerplate)
        if line.strip() and not inside:
            return line.strip()[:60]
        position += len(line) + 1
    return text.strip()[:60]


def _keep(
    viewer: Viewer, content: bytes, text: str, kind: str, about: dict[str, str], published_on: date | None
) -> Received:
    if len(text) > LONGEST_TEXT:
        raise InvalidValue("text-too-long", field="text", value=text[:20], length=len(text), limit=LONGEST_TEXT)
    text = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    earlier = earlier_document(viewer=viewer, sha256=hashlib.sha256(content).hexdigest())
    if earlier is not None:
        return Received(earlier, known=True)
    known = proposing.problem(text, published_on, names_for_reading(viewer=viewer))
    reading = solve(problem=known, params=params_of(zone_id=viewer.zone_id))
    projects = _voted(proposing.project_contents(reading), text, reading.boilerplate)
    title = about["title"] or _title(text, reading.boilerplate)
    with transaction.atomic():
        document = receive(
            viewer=viewer,
            kind=kind,
            content=content,
            text=text,
            published_on=reading.published_on,
            at=clock.now(),
            file_name=about.get("file_name", ""),
            media_type=about.get("media_type", ""),
            source_url=about.get("source_url", ""),
        )
        row = DocumentReading.objects.create(
            zone_id=viewer.zone_id,
            document=document,
            published_on=reading.published_on,
            read_at=clock.now(),
            title=title[:80],
            engine=proposing.ENGINE,
            boilerplate=[list(span) for span in reading.boilerplate],
            marks=proposing.marks(reading),
        )
        contents = [("project", content) for content in projects]
        contents += [("figure", content) for content in proposing.figure_contents(reading)]
        Draft.objects.bulk_create(
            Draft(zone_id=viewer.zone_id, reading=row, position=position, kind=kind_of, content=body)
            for position, (kind_of, body) in enumerate(contents)
        )
    return Received(document, known=False)


def _voted(
    contents: list[dict[str, object]], text: str, boilerplate: Sequence[tuple[int, int]]
) -> list[dict[str, object]]:
    """With the model service's vote when there is one; without it, or when it does not answer, as the engine says."""
    service = service_of(
        url=settings.MODEL_SERVICE_URL,
        model=settings.MODEL_SERVICE_MODEL,
        key=settings.MODEL_SERVICE_KEY,
        allow_remote=settings.MODEL_SERVICE_REMOTE,
    )
    claims = ask(service, text) if service is not None else None
    return contents if claims is None else with_votes(contents, claims, boilerplate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the reviewer took over, corrected or not. `to`: "lead" or "project"."""

    to: str
    investor: str = ""
    name: str = ""
    planned_total: Money | None = None
    stage: str = "lead"
    contract_kind: str = ""
    ended: bool = False
    kind: str = "new"
    jobs: int | None = None
    place: str = ""
    occurred: PartialDate | None = None
    task_force_id: UUID | None = None
    person_id: UUID | None = None
    although_similar: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was made of a proposal."""

    lead_id: UUID
    project_id: UUID | None


def as_proposed(content: Mapping[str, Any], *, to: str) -> Decision:
    """The decision that takes a proposal over unchanged."""
    amount = content.get("amount")
    dated = str(content.get("dated", ""))
    return Decision(
        to=to,
        investor=str(content.get("investor", "")),
        name=str(content.get("name", "")),
        planned_total=Money.from_payload(dict(amount["money"])) if isinstance(amount, Mapping) else None,
        stage=str(content.get("stage", "lead")),
        contract_kind=str(content.get("contract_kind", "")),
        ended=bool(content.get("ended")),
        kind=str(content.get("kind", "new")),
        jobs=content.get("jobs"),
        place=str(content.get("place", "")),
        occurred=PartialDate.parse(dated) if dated else None,
    )


def accept_all(*, viewer: Viewer, document_id: UUID, draft_ids: Sequence[UUID]) -> int:
    """Take the named proposals of a document over as leads, unchanged; one that somebody decided meanwhile is left. Number taken."""
    reading = get_reading(viewer, document_id)
    require_decider(viewer)
    wanted = Draft.objects.filter(
        zone_id=viewer.zone_id, reading=reading, pk__in=draft_ids, state="proposed", kind="project"
    )
    taken = 0
    for draft in wanted.order_by("position"):
        try:
            accept(viewer=viewer, draft_id=draft.pk, decision=as_proposed(draft.content, to="lead"))
        except StaleWrite:
            continue
        taken += 1
    return taken


def _evidence(draft: Draft) -> tuple[Evidence, ...]:
    document = draft.reading.document
    found: list[Evidence] = []
    names = {
        "company_span": "investor",
        "name_span": "name",
        "stage_span": "stage",
        "dated_span": "occurred",
        "jobs_span": "jobs",
    }
    spans = [(names[key], draft.content.get(key)) for key in names]
    spans.append(("amount", (draft.content.get("amount") or {}).get("span")))
    for name, span in spans:
        if span:
            found.append(
                text_span(document_id=document.pk, sha256=document.sha256, start=span[0], end=span[1], field=name)
            )
    return tuple(found)


def _claim(viewer: Viewer, draft: Draft, state: str, corrections: dict[str, object] | None) -> None:
    """Mark the proposal as decided, once; StaleWrite when somebody else was quicker."""
    claimed = Draft.objects.filter(pk=draft.pk, zone_id=viewer.zone_id, state="proposed").update(
        state=state, decided_at=clock.now(), decided_by_id=viewer.person_id, corrections=corrections
    )
    if not claimed:
        raise StaleWrite("draft-already-decided", expected="proposed", version=draft.state)


def _corrections(draft: Draft, decision: Decision) -> dict[str, object] | None:
    said = draft.content
    amount = (said.get("amount") or {}).get("money")
    now = decision.planned_total.to_payload() if decision.planned_total else None
    pairs = {
        "investor": (said.get("investor", ""), decision.investor), "name": (said.get("name", ""), decision.name),
        "stage": (said.get("stage", ""), decision.stage), "kind": (said.get("kind", "new"), decision.kind),
        "jobs": (said.get("jobs"), decision.jobs), "place": (said.get("place", ""), decision.place), "amount": (amount, now),
        "dated": (said.get("dated", ""), str(decision.occurred) if decision.occurred else ""),
    }  # fmt: skip
    changed: dict[str, object] = {
        name: {"from": before, "to": after} for name, (before, after) in pairs.items() if before != after
    }
    return changed or None


def accept(*, viewer: Viewer, draft_id: UUID, decision: Decision) -> Accepted:
    """Make a lead, and a project when asked for, with the places of the text as evidence; all or nothing.

    InvalidValue `similar-exists` when a project that may be the same is there and the reviewer has not said to go on;
    StaleWrite when somebody decided the proposal already.
    """
    draft = get_draft_for_change(viewer, draft_id)
    if draft.kind != "project":
        raise DomainError("draft-is-no-project")
    title = decision.name or decision.investor
    if not title.strip():
        raise InvalidValue("text-empty", field="investor", value="")
    if decision.to == "project" and not decision.although_similar:
        found = similar(viewer=viewer, investor=decision.investor, name=decision.name)
        if found.projects:
            raise InvalidValue("similar-exists", field="name", value=found.projects[0].name)
    with transaction.atomic():
        _claim(viewer, draft, "accepted", _corrections(draft, decision))
        lead_id = open_lead(viewer=viewer, draft=_lead_draft(draft, decision), idempotency_key=f"draft:{draft.pk}")
        project_id = None
        if decision.to == "project":
            project_id = create_project(
                viewer=viewer,
                draft=_project_draft(viewer, draft, decision, lead_id),
                idempotency_key=f"draft:{draft.pk}:project",
            )
            mark_converted(
                viewer=viewer, lead_id=lead_id, project_id=project_id, idempotency_key=f"draft:{draft.pk}:converted"
            )
        Draft.objects.filter(pk=draft.pk).update(lead_id=lead_id, project_id=project_id)
    return Accepted(lead_id, project_id)


def _lead_draft(draft: Draft, decision: Decision) -> LeadDraft:
    return LeadDraft(
        title=decision.name if decision.name and not decision.investor else _project_name(decision),
        investor=decision.investor,
        place=decision.place,
        planned_total=decision.planned_total,
        said_stage=decision.stage,
        project_kind=decision.kind,
        jobs=decision.jobs,
        document_id=draft.reading.document_id,
        person_id=decision.person_id,
        task_force_id=decision.task_force_id,
        evidence=_evidence(draft),
    )


def _project_name(decision: Decision) -> str:
    short = decision.investor.removesuffix("有限公司").removesuffix("股份").removesuffix("有限责任公司")
    if not decision.name:
        return f"{short}项目"
    return decision.name if short in decision.name else f"{short}{decision.name}"


def _project_draft(viewer: Viewer, draft: Draft, decision: Decision, lead_id: UUID) -> ProjectDraft:
    occurred = decision.occurred or (PartialDate(draft.reading.published_on) if draft.reading.published_on else None)
    today = PartialDate(clock.today())
    when = occurred if occurred is not None and occurred.first <= today.first else today
    return ProjectDraft(
        name=_project_name(decision),
        investor_names=(decision.investor,) if decision.investor else (),
        planned_total=decision.planned_total,
        industry_id=industry_of_task_force(zone_id=viewer.zone_id, task_force_id=decision.task_force_id)
        if decision.task_force_id
        else None,
        task_force_id=decision.task_force_id,
        lead_person_id=decision.person_id,
        kind=decision.kind,
        jobs=decision.jobs,
        lead_id=lead_id,
        negotiating_on=when if decision.stage == Stage.NEGOTIATING.value else None,
        evidence=_evidence(draft),
        more=tuple(_steps(decision, when)),
    )


def _steps(decision: Decision, when: PartialDate) -> list[tuple[str, PartialDate, dict[str, object]]]:
    """Only what the text says: a paper, the stage itself, an end."""
    stage = Stage(decision.stage)
    steps: list[tuple[str, PartialDate, dict[str, object]]] = []
    if decision.contract_kind:
        steps.append(("contract_signed", when, {"contract_kind": ContractKind(decision.contract_kind).value}))
    elif stage is Stage.SIGNED:
        steps.append(("contract_signed", when, {"contract_kind": ContractKind.FORMAL.value}))
    if stage.rank > Stage.NEGOTIATING.rank and stage is not Stage.SIGNED:
        steps.append(("stage_reached", when, {"stage": stage.value}))
    if decision.ended:
        steps.append(("ended", when, {"outcome": Outcome.TERMINATED.value}))
    return steps


def confirm_figure(*, viewer: Viewer, draft_id: UUID) -> None:
    """An area figure was read rightly; it is kept as read and counted nowhere."""
    draft = get_draft_for_change(viewer, draft_id)
    if draft.kind != "figure":
        raise DomainError("draft-is-no-figure")
    with transaction.atomic():
        _claim(viewer, draft, "accepted", None)


def refuse(*, viewer: Viewer, draft_id: UUID) -> None:
    """The proposal is wrong or of no use; nothing is made of it. It can be taken back."""
    draft = get_draft_for_change(viewer, draft_id)
    with transaction.atomic():
        _claim(viewer, draft, "refused", None)


def propose_again(*, viewer: Viewer, draft_id: UUID) -> None:
    """Take a refusal back, unless the words are gone."""
    draft = get_draft_for_change(viewer, draft_id)
    if draft.content:
        Draft.objects.filter(pk=draft.pk, state="refused").update(state="proposed", decided_at=None, decided_by=None)


def convert_lead(*, viewer: Viewer, lead_id: UUID, decision: Decision, token: str) -> UUID:
    """A lead becomes a project; the same token again gives the same project."""
    require_decider(viewer)
    lead = get_lead_for_change(viewer, lead_id)
    made = subject_of_key(zone_id=viewer.zone_id, subject_kind="project", key=f"lead:{token}:0")
    if made is not None:
        return made
    if not decision.although_similar:
        found = similar(viewer=viewer, investor=decision.investor, name=decision.name, lead_id=lead_id)
        if found.projects:
            raise InvalidValue("similar-exists", field="name", value=found.projects[0].name)
    occurred = decision.occurred or PartialDate(clock.today())
    draft = ProjectDraft(
        name=decision.name,
        investor_names=(decision.investor,) if decision.investor else (),
        investor_ids=(lead.company_id,) if lead.company_id else (),
        planned_total=decision.planned_total,
        product=lead.product,
        industry_id=industry_of_task_force(zone_id=viewer.zone_id, task_force_id=decision.task_force_id)
        if decision.task_force_id
        else None,
        task_force_id=decision.task_force_id,
        lead_person_id=decision.person_id,
        origin=lead.origin,
        kind=decision.kind,
        channel=lead.channel,
        jobs=decision.jobs,
        lead_id=lead_id,
        negotiating_on=occurred if decision.stage == Stage.NEGOTIATING.value else None,
        more=tuple(_steps(decision, occurred)),
    )
    with transaction.atomic():
        project_id = create_project(viewer=viewer, draft=draft, idempotency_key=f"lead:{token}")
        mark_converted(viewer=viewer, lead_id=lead_id, project_id=project_id, idempotency_key=f"lead:{token}:converted")
    return project_id


def forget_document(*, viewer: Viewer, document_id: UUID, reason: str) -> None:
    """Redact a document together with every copy of its words in proposals and corrections; nothing waits for review any more."""
    document = get_reading(viewer, document_id).document
    if document.received_by_id != viewer.person_id:
        require(viewer, WRITES_EVERYTHING, to="document-redact")
    with transaction.atomic():
        redact(viewer=viewer, document_id=document_id, reason=reason, at=clock.now())
        drafts = Draft.objects.filter(zone_id=viewer.zone_id, reading__document_id=document_id)
        drafts.filter(state="proposed").update(state="refused", decided_at=clock.now(), decided_by_id=viewer.person_id)
        drafts.update(content={}, corrections=None)
        DocumentReading.objects.filter(zone_id=viewer.zone_id, document_id=document_id).update(title="")
        _forget_copies(viewer, document_id, reason)


def _forget_copies(viewer: Viewer, document_id: UUID, reason: str) -> None:
    """The zip file that the document came in, and the models that learned from it, hold its words too."""
    for archive in Archive.objects.filter(zone_id=viewer.zone_id).only("document_id", "results"):
        if any(row.get("document") == str(document_id) for row in archive.results):
            redact(viewer=viewer, document_id=archive.document_id, reason=reason, at=clock.now())
            cleared = [{**row, "name": "—", "params": {}} for row in archive.results]
            Archive.objects.filter(pk=archive.pk).update(results=cleared)
    for model in ReadingModel.objects.filter(zone_id=viewer.zone_id).only("documents"):
        if str(document_id) in model.documents:
            model.delete()
