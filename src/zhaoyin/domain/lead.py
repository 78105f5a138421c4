"""Leads: unverified signs that a firm may invest, as histories of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.event import LedgerEvent, check_correction, effective
from zhaoyin.domain.money import Money
from zhaoyin.domain.payload import (
    Check,
    Payload,
    Shape,
    checked,
    code,
    count,
    identifier,
    money,
    nullable,
    one_of,
    text_reference,
)
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.stages import Channel, ProjectKind, Stage


class LeadStatus(StrEnum):
    """Where a lead is: in the pool, with somebody, given up, or become a project."""

    POOL = "pool"
    ASSIGNED = "assigned"
    DROPPED = "dropped"
    CONVERTED = "converted"


class DropReason(StrEnum):
    """Why a lead was given up."""

    LOST = "lost"
    UNSUITABLE = "unsuitable"
    DUPLICATE = "duplicate"
    NO_INTENTION = "no_intention"
    OTHER = "other"


_FACTS: dict[str, Check] = {
    "title": text_reference, "investor": nullable(text_reference), "product": nullable(text_reference),
    "company": nullable(identifier), "planned_total": nullable(money), "said_stage": nullable(one_of(Stage)),
    "project_kind": one_of(ProjectKind), "channel": one_of(Channel), "origin": nullable(code), "jobs": nullable(count),
    "place": nullable(text_reference), "document": identifier,
}  # fmt: skip
LEAD_EVENTS: Mapping[str, Shape] = {
    "opened": Shape({"title": text_reference}, _FACTS),
    "described": Shape({}, _FACTS),
    "assigned": Shape({}, {"person": nullable(identifier), "task_force": nullable(identifier)}),
    "dropped": Shape({"reason": one_of(DropReason)}, {"note": text_reference}),
    "reopened": Shape({}, {}),
    "converted": Shape({"project": identifier}, {}),
    "retracted": Shape({}, {"note": text_reference}),
}
"""Every kind a lead's history may hold."""


def check_lead_payload(kind: str, payload: Payload) -> dict[str, object]:
    """The payload of a lead event in canonical form; InvalidValue names the field."""
    return checked(LEAD_EVENTS, kind, payload)


@dataclass(frozen=True, slots=True)
class LeadState:
    """What is so now; texts are references, ids are strings, None is unknown."""

    opened: bool = False
    opened_on: PartialDate | None = None
    title: dict[str, str] | None = None
    investor: dict[str, str] | None = None
    product: dict[str, str] | None = None
    place: dict[str, str] | None = None
    company: str | None = None
    planned_total: Money | None = None
    said_stage: str | None = None
    project_kind: str = ProjectKind.NEW.value
    channel: str | None = None
    origin: str | None = None
    jobs: int | None = None
    document: str | None = None
    person: str | None = None
    task_force: str | None = None
    drop_reason: str | None = None
    project: str | None = None
    version: int = 0

    @property
    def status(self) -> LeadStatus:
        """A project made of it outweighs everything."""
        if self.project is not None:
            return LeadStatus.CONVERTED
        if self.drop_reason is not None:
            return LeadStatus.DROPPED
        return LeadStatus.ASSIGNED if self.person or self.task_force else LeadStatus.POOL


_TEXTS = frozenset({"title", "investor", "product", "place"})


def replay_lead(events: Sequence[LedgerEvent]) -> LeadState:
    """State after all of a lead's events."""
    state = LeadState()
    for event in effective(events):
        state = _after(state, event)
    return replace(state, version=max((event.seq for event in events), default=0))


def _after(state: LeadState, event: LedgerEvent) -> LeadState:
    if event.kind in {"opened", "described"}:
        changes: dict[str, object] = {}
        for key, value in event.payload.items():
            if key == "planned_total":
                changes[key] = Money.from_payload(dict(value)) if isinstance(value, Mapping) else None
            elif key in _TEXTS:
                changes[key] = dict(value) if isinstance(value, Mapping) else None
            else:
                changes[key] = value
        if event.kind == "opened":
            changes |= {"opened": True, "opened_on": event.occurred}
        return replace(state, **changes)  # type: ignore[arg-type]
    if event.kind == "assigned":
        given = {key: None if value is None else str(value) for key, value in event.payload.items()}
        return replace(state, **given)  # type: ignore[arg-type]
    if event.kind == "dropped":
        return replace(state, drop_reason=str(event.payload["reason"]))
    if event.kind == "reopened":
        return replace(state, drop_reason=None)
    if event.kind == "converted":
        return replace(state, project=str(event.payload["project"]))
    return state


def check_next_lead(events: Sequence[LedgerEvent], event: LedgerEvent) -> None:
    """DomainError when the lead's history would make no sense with `event`."""
    if event.supersedes is not None:
        check_correction(events, event, opening="opened")
        return
    state = replay_lead(events)
    if event.kind == "retracted":
        raise DomainError("retraction-names-no-event")
    if (event.kind == "opened") == state.opened:
        raise DomainError("lead-already-opened" if state.opened else "lead-not-opened")
    if state.project is not None and event.kind in {"dropped", "converted"}:
        raise DomainError("lead-already-converted", project=state.project)
    if event.kind == "dropped" and state.drop_reason is not None:
        raise DomainError("lead-already-dropped")
    if event.kind == "reopened" and state.drop_reason is None:
        raise DomainError("lead-not-dropped")
    if event.kind == "converted" and state.drop_reason is not None:
        raise DomainError("lead-was-dropped", reason=state.drop_reason)
