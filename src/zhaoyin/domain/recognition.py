"""Recognition (认定): the office counts a step of a project, on evidence, after two levels of review.

What happened is an event of the project; that it is recognised is a decision of its own, with its own date and its own history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.event import LedgerEvent, check_correction, effective
from zhaoyin.domain.payload import Check, Payload, Shape, checked, day, identifier, nullable, one_of, text_reference
from zhaoyin.domain.period import PartialDate


class RecognitionMatter(StrEnum):
    """What is to be recognised."""

    SIGNED = "signed"
    REGISTERED = "registered"
    FILED = "filed"
    STARTED = "started"
    COMPLETED = "completed"
    IN_PRODUCTION = "in_production"
    IN_STATISTICS = "in_statistics"
    FUNDS_IN_PLACE = "funds_in_place"


class RecognitionStatus(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    ENDORSED = "endorsed"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class Proof(StrEnum):
    """Kinds of evidence that offices ask for (practice: stages and the evidence normally asked)."""

    CONTRACT = "contract"
    LICENCE = "licence"
    FILING = "filing"
    CONSTRUCTION = "construction"
    COMPLETION = "completion"
    PRODUCTION = "production"
    STATISTICS = "statistics"
    VOUCHER = "voucher"
    OTHER = "other"


ASKED: Mapping[RecognitionMatter, tuple[Proof, ...]] = {
    RecognitionMatter.SIGNED: (Proof.CONTRACT,),
    RecognitionMatter.REGISTERED: (Proof.LICENCE,),
    RecognitionMatter.FILED: (Proof.FILING,),
    RecognitionMatter.STARTED: (Proof.CONTRACT, Proof.FILING, Proof.CONSTRUCTION),
    RecognitionMatter.COMPLETED: (Proof.COMPLETION,),
    RecognitionMatter.IN_PRODUCTION: (Proof.PRODUCTION,),
    RecognitionMatter.IN_STATISTICS: (Proof.STATISTICS,),
    RecognitionMatter.FUNDS_IN_PLACE: (Proof.VOUCHER,),
}
"""Evidence normally asked for a matter; what is missing is shown to the reviewers, who decide."""

STAGE_OF: Mapping[RecognitionMatter, str] = {
    RecognitionMatter.SIGNED: "signed",
    RecognitionMatter.REGISTERED: "registered",
    RecognitionMatter.FILED: "filed",
    RecognitionMatter.STARTED: "construction_started",
    RecognitionMatter.COMPLETED: "completed",
    RecognitionMatter.IN_PRODUCTION: "in_production",
    RecognitionMatter.IN_STATISTICS: "in_statistics",
}
"""The stage of the project that a matter is about; funds in place are about money, not about a stage."""

OPEN = frozenset({RecognitionStatus.REQUESTED, RecognitionStatus.ENDORSED, RecognitionStatus.RETURNED})
STANDING = OPEN | {RecognitionStatus.APPROVED}
"""A project has at most one request that stands for each matter; funds in place may be asked for again and again."""


@dataclass(frozen=True, slots=True)
class RecognitionState:
    """What is known of one request. `recognized_on` is the day that counts (认定日期); people are ids."""

    project: str = ""
    matter: str = ""
    status: RecognitionStatus | None = None
    claimed_on: PartialDate | None = None
    recognized_on: PartialDate | None = None
    requested_on: PartialDate | None = None
    requested_by: str | None = None
    endorsed_by: str | None = None
    decided_by: str | None = None
    note: dict[str, str] | None = None
    version: int = 0


_ABOUT: dict[str, Check] = {"project": identifier, "matter": one_of(RecognitionMatter), "by": identifier}
_NOTE: dict[str, Check] = {"note": nullable(text_reference)}
_REASON: dict[str, Check] = {"note": text_reference}
_ASKING: dict[str, Check] = {**_ABOUT, "claimed_on": day}

RECOGNITION_EVENTS: Mapping[str, Shape] = {
    "requested": Shape(_ASKING, _NOTE),
    "endorsed": Shape(_ABOUT, _NOTE),
    "returned": Shape({**_ABOUT, **_REASON}, {}),
    "resubmitted": Shape(_ASKING, _NOTE),
    "approved": Shape(_ABOUT, _NOTE),
    "refused": Shape({**_ABOUT, **_REASON}, {}),
    "withdrawn": Shape(_ABOUT, _NOTE),
    "revoked": Shape({**_ABOUT, **_REASON}, {}),
    "retracted": Shape(_ABOUT, _NOTE),
}
"""Every kind a request's history may hold. The day of `approved` is the day that counts."""

_FROM: Mapping[str, frozenset[RecognitionStatus]] = {
    "endorsed": frozenset({RecognitionStatus.REQUESTED}),
    "returned": frozenset({RecognitionStatus.REQUESTED, RecognitionStatus.ENDORSED}),
    "resubmitted": frozenset({RecognitionStatus.RETURNED}),
    "approved": frozenset({RecognitionStatus.ENDORSED}),
    "refused": frozenset({RecognitionStatus.REQUESTED, RecognitionStatus.ENDORSED}),
    "withdrawn": OPEN,
    "revoked": frozenset({RecognitionStatus.APPROVED}),
}
"""From where each step may be taken."""


def check_recognition_payload(kind: str, payload: Payload) -> dict[str, object]:
    """The payload of a recognition event in canonical form; InvalidValue names the field."""
    return checked(RECOGNITION_EVENTS, kind, payload)


def replay_recognition(events: Sequence[LedgerEvent]) -> RecognitionState:
    """State after all of a request's events, in the order in which they were recorded.

    The day of an approval may lie before the day of the request (a decision dates back to the contract), so the order
    of the days says nothing about the order of the steps.
    """
    state = RecognitionState()
    for event in sorted(effective(events), key=lambda event: event.seq):
        state = _apply(state, event)
    return replace(state, version=max((event.seq for event in events), default=0))


def _apply(state: RecognitionState, event: LedgerEvent) -> RecognitionState:
    payload = event.payload
    note = payload.get("note")
    by = str(payload["by"])
    noted = replace(state, note=dict(note) if isinstance(note, Mapping) else None)
    if event.kind in {"requested", "resubmitted"}:
        return replace(
            noted,
            project=str(payload["project"]),
            matter=str(payload["matter"]),
            status=RecognitionStatus.REQUESTED,
            claimed_on=PartialDate.parse(str(payload["claimed_on"])),
            requested_on=event.occurred,
            requested_by=by,
            endorsed_by=None,
            decided_by=None,
        )
    if event.kind == "endorsed":
        return replace(noted, status=RecognitionStatus.ENDORSED, endorsed_by=by)
    decided = replace(noted, status=RecognitionStatus(event.kind), decided_by=by)
    if event.kind == "approved":
        return replace(decided, recognized_on=event.occurred)
    return replace(decided, recognized_on=None) if event.kind == "revoked" else decided


def check_next_recognition(events: Sequence[LedgerEvent], event: LedgerEvent) -> None:
    """DomainError when the request's history would make no sense with `event`.

    Rules: a request comes first; it is endorsed before it is decided; three different people ask, endorse and decide;
    every step is about the same project and matter; a decision cannot lie before the day that is claimed.
    """
    if event.supersedes is not None:
        check_correction(events, event, opening="requested")
        _check_day(replay_recognition(events), event)
        return
    if event.kind == "retracted":
        raise DomainError("retraction-names-no-event")
    state = replay_recognition(events)
    if state.status is None:
        if event.kind != "requested":
            raise DomainError("recognition-not-requested")
        return
    if event.kind == "requested" or state.status not in _FROM[event.kind]:
        raise DomainError("recognition-step-not-possible", step=event.kind, status=state.status.value)
    if (event.payload["project"], event.payload["matter"]) != (state.project, state.matter):
        raise DomainError("recognition-of-another-matter", matter=state.matter)
    _check_people(state, event)
    _check_day(state, event)


def _check_day(state: RecognitionState, event: LedgerEvent) -> None:
    if event.kind == "approved" and state.claimed_on and event.occurred.end <= state.claimed_on.first:
        raise DomainError("recognized-before-it-happened", value=str(event.occurred), claimed=str(state.claimed_on))


def _check_people(state: RecognitionState, event: LedgerEvent) -> None:
    by = str(event.payload["by"])
    if event.kind in {"endorsed", "approved"} and by == state.requested_by:
        raise DomainError("recognition-own-request")
    if event.kind == "approved" and by == state.endorsed_by:
        raise DomainError("recognition-two-levels")
