"""Engagements: a visit, a hosted visit, a call or a talk online, with its next step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.event import LedgerEvent, check_correction, effective
from zhaoyin.domain.payload import (
    Check,
    Payload,
    Shape,
    checked,
    code,
    day,
    identifier,
    nullable,
    one_of,
    text_reference,
)
from zhaoyin.domain.period import PartialDate


class EngagementForm(StrEnum):
    """How people met."""

    VISIT = "visit"
    HOSTED_VISIT = "hosted_visit"
    CALL = "call"
    ONLINE = "online"


class EngagementStatus(StrEnum):
    """Whether it has taken place."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class EngagementState:
    """What is known of one engagement."""

    status: EngagementStatus | None = None
    form: str | None = None
    project: str | None = None
    company: str | None = None
    person: str | None = None
    place: str | None = None
    note: dict[str, str] | None = None
    occurred: PartialDate | None = None
    next_step: dict[str, str] | None = None
    next_due_on: str | None = None
    next_person: str | None = None
    next_done: bool = False
    version: int = 0


_FACTS: dict[str, Check] = {
    "form": one_of(EngagementForm), "project": nullable(identifier), "company": nullable(identifier),
    "person": identifier, "place": nullable(code), "note": nullable(text_reference),
}  # fmt: skip
ENGAGEMENT_EVENTS: Mapping[str, Shape] = {
    "planned": Shape({"form": one_of(EngagementForm), "person": identifier}, _FACTS),
    "held": Shape({}, _FACTS),
    "cancelled": Shape({}, {"note": nullable(text_reference)}),
    "next_step": Shape({"next_step": text_reference, "next_due_on": day, "next_person": identifier}, {}),
    "next_step_done": Shape({}, {"note": nullable(text_reference)}),
    "retracted": Shape({}, {}),
}
"""Every kind an engagement's history may hold."""


def check_engagement_payload(kind: str, payload: Payload) -> dict[str, object]:
    """The payload of an engagement event in canonical form; InvalidValue names the field."""
    return checked(ENGAGEMENT_EVENTS, kind, payload)


def replay_engagement(events: Sequence[LedgerEvent]) -> EngagementState:
    """State after all of an engagement's events."""
    state = EngagementState()
    for event in effective(events):
        state = _apply(state, event)
    return replace(state, version=max((event.seq for event in events), default=0))


def _apply(state: EngagementState, event: LedgerEvent) -> EngagementState:
    payload = event.payload
    if event.kind in {"planned", "held"}:
        facts = {key: payload[key] for key in _FACTS if key in payload}
        return replace(state, **facts, status=EngagementStatus(event.kind), occurred=event.occurred)  # type: ignore[arg-type]
    if event.kind == "cancelled":
        return replace(state, status=EngagementStatus.CANCELLED)
    if event.kind == "next_step":
        step = payload["next_step"]
        return replace(
            state,
            next_step=dict(step) if isinstance(step, Mapping) else None,
            next_due_on=str(payload["next_due_on"]),
            next_person=str(payload["next_person"]),
            next_done=False,
        )
    return replace(state, next_done=True)


def check_next_engagement(events: Sequence[LedgerEvent], event: LedgerEvent) -> None:
    """DomainError when the engagement's history would make no sense with `event`."""
    state = replay_engagement(events)
    if event.supersedes is not None:
        check_correction(events, event, opening="planned" if events and events[0].kind == "planned" else "held")
        return
    if event.kind == "retracted":
        raise DomainError("retraction-names-no-event")
    if state.status is None and event.kind not in {"planned", "held"}:
        raise DomainError("engagement-not-known")
    if state.status is None and not {"form", "person"} <= set(event.payload):
        raise DomainError("engagement-needs-form-and-person")
    if state.status in {EngagementStatus.HELD, EngagementStatus.CANCELLED} and event.kind in {
        "planned",
        "held",
        "cancelled",
    }:
        raise DomainError("engagement-already-over", status=state.status.value)
    if event.kind == "next_step_done" and (state.next_step is None or state.next_done):
        raise DomainError("engagement-has-no-open-step")
