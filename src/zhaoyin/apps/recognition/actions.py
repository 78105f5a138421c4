"""Writing requests, credit and funds: one verb a function; each appends events, the rows follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.actions import checked_note
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text
from zhaoyin.apps.ledger.queries import subject_of_key
from zhaoyin.apps.projects.actions import refuse_future, was_done
from zhaoyin.apps.recognition import access
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.apps.sources.actions import receive
from zhaoyin.apps.taskforces.access import is_of_zone
from zhaoyin.apps.taskforces.models import Unit
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed
from zhaoyin.domain.evidence import Evidence, EvidenceKind, statement_by
from zhaoyin.domain.money import Money, decimal_from_text
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.recognition import STANDING, Proof, RecognitionMatter


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFile:
    """A file and what it proves."""

    content: bytes
    file_name: str
    media_type: str = ""
    proof: str = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked: the matter, the day on which it happened, the files, the word of who asks."""

    matter: str
    claimed_on: PartialDate
    files: Sequence[ProofFile] = field(default_factory=tuple)
    note: str = ""


def _kept(viewer: Viewer, files: Sequence[ProofFile]) -> tuple[Evidence, ...]:
    kept = []
    for file in files:
        document = receive(
            viewer=viewer, kind="file", content=file.content, file_name=file.file_name, media_type=file.media_type
        )
        kept.append(
            Evidence(
                kind=EvidenceKind.WHOLE_FILE,
                document=str(document.pk),
                sha256=document.sha256,
                field=Proof(file.proof).value,
            )
        )
    return tuple(kept)


def _noted(viewer: Viewer, note: str) -> dict[str, object]:
    return {"note": keep_text(zone_id=viewer.zone_id, body=checked_note(note))} if note.strip() else {}


def _append(
    viewer: Viewer,
    recognition_id: UUID,
    kind: str,
    occurred: PartialDate,
    payload: dict[str, object],
    *,
    evidence: tuple[Evidence, ...] = (),
    key: str | None = None,
    version: int | None = None,
    supersedes: UUID | None = None,
) -> None:
    event = NewEvent(
        subject_kind="recognition",
        subject_id=recognition_id,
        kind=kind,
        occurred=occurred,
        payload=payload,
        evidence=evidence or (statement_by(viewer.person_id),),
        idempotency_key=key,
        supersedes=supersedes,
    )
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event], expected_version=version)
    record(
        zone_id=viewer.zone_id,
        actor_id=viewer.person_id,
        verb=f"recognition-{kind}",
        subject_kind="recognition",
        subject_id=recognition_id,
    )


def request_recognition(
    *, viewer: Viewer, project_id: UUID, request: Request, idempotency_key: str | None = None
) -> UUID:
    """Ask that a step be recognised; the id of the request.

    InvalidValue `evidence-needed` without a file and a word; DomainError `recognition-stands` when a request for the same
    matter is under way or approved (funds in place may be asked for each time that money arrives).
    """
    project = access.project_to_ask(viewer, project_id)
    matter = RecognitionMatter(request.matter)
    refuse_future(request.claimed_on)
    if not request.files and not request.note.strip():
        raise InvalidValue("evidence-needed", field="files", value="")
    with transaction.atomic():
        known = subject_of_key(zone_id=viewer.zone_id, subject_kind="recognition", key=idempotency_key)
        if known is not None:
            return known
        if project.outcome:
            raise DomainError("project-has-ended", outcome=project.outcome)
        _refuse_second(viewer, project_id, matter)
        made = new_id()
        payload = {
            "project": str(project_id),
            "matter": matter.value,
            "by": str(viewer.person_id),
            "claimed_on": str(request.claimed_on),
            **_noted(viewer, request.note),
        }
        evidence = _kept(viewer, request.files)
        _append(viewer, made, "requested", PartialDate(clock.today()), payload, evidence=evidence, key=idempotency_key)
    return made


def _refuse_second(viewer: Viewer, project_id: UUID, matter: RecognitionMatter) -> None:
    if matter is RecognitionMatter.FUNDS_IN_PLACE:
        return
    standing = Recognition.objects.filter(
        zone_id=viewer.zone_id, project_id=project_id, matter=matter.value, status__in=[one.value for one in STANDING]
    )
    if standing.exists():
        raise DomainError("recognition-stands", matter=matter.value)


_RIGHT = {
    "endorsed": "endorse", "returned": "send_back", "approved": "approve", "refused": "refuse", "resubmitted": "resubmit",
    "withdrawn": "withdraw", "revoked": "revoke",
}  # fmt: skip
NEEDS_REASON = frozenset({"returned", "refused", "revoked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step on a request: its kind, the word of who takes it, the day that counts (an approval only)."""

    kind: str
    note: str = ""
    on: PartialDate | None = None
    claimed_on: PartialDate | None = None
    files: Sequence[ProofFile] = field(default_factory=tuple)


def take_step(
    *,
    viewer: Viewer,
    recognition_id: UUID,
    step: StepTaken,
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> None:
    """Endorse, send back, approve, refuse, resubmit, withdraw or revoke.

    NotAllowed when the step is not the viewer's; InvalidValue `reason-needed`; StaleWrite when somebody was faster.
    """
    row = access.get_visible(viewer, recognition_id)
    if step.kind not in _RIGHT:
        raise InvalidValue("not-an-option", field="step", value=step.kind)
    known = subject_of_key(zone_id=viewer.zone_id, subject_kind="recognition", key=idempotency_key)
    if known is not None:
        if known != recognition_id:
            raise DomainError("idempotency-key-reused", key=str(idempotency_key))
        return
    if not getattr(access.may(viewer, row), _RIGHT[step.kind]):
        raise _why_not(viewer, row, step.kind)
    if step.kind in NEEDS_REASON and not step.note.strip():
        raise InvalidValue("reason-needed", field="note", value="")
    occurred = step.on if step.kind == "approved" and step.on else PartialDate(clock.today())
    refuse_future(occurred)
    with transaction.atomic():
        payload: dict[str, object] = {
            "project": str(row.project_id), "matter": row.matter, "by": str(viewer.person_id), **_noted(viewer, step.note)
        }  # fmt: skip
        if step.kind == "resubmitted":
            claimed = step.claimed_on or PartialDate(row.claimed_on)
            refuse_future(claimed)
            payload["claimed_on"] = str(claimed)
        _append(
            viewer,
            recognition_id,
            step.kind,
            occurred,
            payload,
            evidence=_kept(viewer, step.files),
            key=idempotency_key,
            version=expected_version,
        )


def _why_not(viewer: Viewer, row: Recognition, kind: str) -> DomainError:
    """The clearest reason why a step is not open."""
    if kind in {"endorsed", "approved"} and row.requested_by_id == viewer.person_id:
        return NotAllowed("recognition-own-request")
    if kind == "approved" and row.endorsed_by_id == viewer.person_id:
        return NotAllowed("recognition-two-levels")
    if not viewer.has(access.REVIEWS) and kind not in {"withdrawn", "resubmitted"}:
        return NotAllowed("role-may-not", to="recognition-review")
    return DomainError("recognition-step-not-possible", step=kind, status=row.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDraft:
    """Who gets how much: pairs of a unit and a share in percent as text, how it came about, from when, why."""

    shares: Sequence[tuple[UUID, str]]
    basis: str
    since: PartialDate
    note: str = ""
    supersedes: UUID | None = None


def state_credit(*, viewer: Viewer, project_id: UUID, draft: CreditDraft, idempotency_key: str | None = None) -> None:
    """Say which units are credited with a project, in percent. InvalidValue names the unit or the share.

    Shares add up to 100 at most; only basis `dual` (both sides count it in full) may go beyond, and whether that counts is
    the rule pack's business.
    """
    access.project_to_credit(viewer, project_id)
    refuse_future(draft.since)
    shares = _checked_shares(viewer, draft)
    with transaction.atomic():
        if was_done(viewer=viewer, project_id=project_id, key=idempotency_key):
            return
        payload: dict[str, object] = {"shares": shares, "basis": draft.basis, **_noted(viewer, draft.note)}
        event = NewEvent(
            subject_kind="project",
            subject_id=project_id,
            kind="credited",
            occurred=draft.since,
            payload=payload,
            evidence=(statement_by(viewer.person_id),),
            supersedes=draft.supersedes,
            idempotency_key=idempotency_key,
        )
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="credit-stated",
            subject_kind="project",
            subject_id=project_id,
        )


def _checked_shares(viewer: Viewer, draft: CreditDraft) -> list[dict[str, object]]:
    if not draft.shares:
        raise InvalidValue("credit-empty", field="shares", value="")
    total, seen = Decimal(0), set()
    shares: list[dict[str, object]] = []
    for unit_id, text in draft.shares:
        percent = decimal_from_text(text)
        if not 0 < percent <= 100:
            raise InvalidValue("credit-share-out-of-range", field="share", value=text)
        if unit_id in seen or not is_of_zone(Unit, viewer, str(unit_id)):
            raise InvalidValue("credit-unit-wrong", field="unit", value=str(unit_id))
        seen.add(unit_id)
        total += percent
        shares.append({"unit": str(unit_id), "share": format((percent / 100).normalize(), "f")})
    if total > 100 and draft.basis != "dual":
        raise InvalidValue("credit-above-whole", field="shares", value=str(total))
    return shares


def record_funds(
    *,
    viewer: Viewer,
    project_id: UUID,
    amount: Money,
    amount_kind: str,
    on: PartialDate,
    vouchers: Sequence[ProofFile] = (),
    voucher_count: int = 0,
    note: str = "",
    idempotency_key: str | None = None,
) -> None:
    """Money arrived: how much, when, with how many vouchers (files, or papers that are kept elsewhere)."""
    access.project_to_ask(viewer, project_id)
    refuse_future(on)
    if amount.value <= 0:
        raise InvalidValue("amount-not-positive", field="amount", value=format(amount.value, "f"))
    with transaction.atomic():
        if was_done(viewer=viewer, project_id=project_id, key=idempotency_key):
            return
        evidence = _kept(viewer, vouchers)
        payload: dict[str, object] = {
            "amount": amount.to_payload(),
            "amount_kind": amount_kind,
            "vouchers": max(voucher_count, len(vouchers)),
            **_noted(viewer, note),
        }
        event = NewEvent(
            subject_kind="project",
            subject_id=project_id,
            kind="funds_arrived",
            occurred=on,
            payload=payload,
            evidence=evidence or (statement_by(viewer.person_id),),
            idempotency_key=idempotency_key,
        )
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])
