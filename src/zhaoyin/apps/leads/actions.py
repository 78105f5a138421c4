"""Writing leads: one verb a function; each appends an event, the row follows."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.actions import checked_note, checked_text
from zhaoyin.apps.leads.access import get_for_change, require_writer
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text
from zhaoyin.apps.ledger.queries import subject_of_key
from zhaoyin.apps.taskforces.access import get_owned, people_of_zone
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.evidence import Evidence, statement_by
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDraft:
    """What is known of a new lead; `document_id` is where it was read."""

    title: str
    investor: str = ""
    product: str = ""
    place: str = ""
    company_id: UUID | None = None
    planned_total: Money | None = None
    said_stage: str | None = None
    project_kind: str = "new"
    channel: str = ""
    origin: str = ""
    jobs: int | None = None
    document_id: UUID | None = None
    opened_on: PartialDate | None = None
    person_id: UUID | None = None
    task_force_id: UUID | None = None
    evidence: tuple[Evidence, ...] = ()


def _event(
    lead_id: UUID,
    kind: str,
    payload: dict[str, object],
    evidence: tuple[Evidence, ...],
    occurred: PartialDate | None = None,
    key: str | None = None,
) -> NewEvent:
    return NewEvent(
        subject_kind="lead",
        subject_id=lead_id,
        kind=kind,
        occurred=occurred or PartialDate(clock.today()),
        payload=payload,
        evidence=evidence,
        idempotency_key=key,
    )


def _opening(zone_id: UUID, draft: LeadDraft) -> dict[str, object]:
    payload: dict[str, object] = {"project_kind": draft.project_kind}
    for name, text in (
        ("title", draft.title),
        ("investor", draft.investor),
        ("product", draft.product),
        ("place", draft.place),
    ):
        if text.strip() or name == "title":
            payload[name] = keep_text(zone_id=zone_id, body=checked_text(text, field=name))
    ids = {"company": draft.company_id, "document": draft.document_id}
    payload |= {name: str(value) for name, value in ids.items() if value is not None}
    plain = {"said_stage": draft.said_stage, "channel": draft.channel, "origin": draft.origin, "jobs": draft.jobs}
    payload |= {name: value for name, value in plain.items() if value not in {"", None}}
    if draft.planned_total is not None:
        payload["planned_total"] = draft.planned_total.to_payload()
    return payload


def open_lead(*, viewer: Viewer, draft: LeadDraft, idempotency_key: str | None = None) -> UUID:
    """A new lead, in the pool or assigned at once; the same key again gives the same lead and writes nothing."""
    require_writer(viewer)
    said = draft.evidence or (statement_by(viewer.person_id),)
    opened = draft.opened_on or PartialDate(clock.today())
    if opened.first > clock.today():
        raise InvalidValue("date-in-future", field="occurred", value=str(opened))
    with transaction.atomic():
        known = subject_of_key(zone_id=viewer.zone_id, subject_kind="lead", key=idempotency_key)
        if known is not None:
            return known
        lead_id = new_id()
        events = [_event(lead_id, "opened", _opening(viewer.zone_id, draft), said, opened, idempotency_key)]
        if draft.person_id is not None or draft.task_force_id is not None:
            owner = _owner(viewer, draft.person_id, draft.task_force_id)
            key = f"{idempotency_key}:assigned" if idempotency_key else None
            events.append(_event(lead_id, "assigned", owner, (statement_by(viewer.person_id),), None, key))
        rows = append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=events)
        return rows[0].subject_id


def _owner(viewer: Viewer, person_id: UUID | None, task_force_id: UUID | None) -> dict[str, object]:
    if person_id is not None and person_id not in people_of_zone(viewer):
        raise InvalidValue("person-not-in-zone", field="person", value=str(person_id))
    if task_force_id is not None:
        get_owned(TaskForce, viewer, task_force_id)
    return {
        "person": str(person_id) if person_id else None,
        "task_force": str(task_force_id) if task_force_id else None,
    }


def assign_lead(
    *,
    viewer: Viewer,
    lead_id: UUID,
    person_id: UUID | None,
    task_force_id: UUID | None,
    expected_version: int | None = None,
) -> None:
    """Give a lead to a person and/or a task force; neither puts it back into the pool."""
    get_for_change(viewer, lead_id)
    event = _event(lead_id, "assigned", _owner(viewer, person_id, task_force_id), (statement_by(viewer.person_id),))
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event], expected_version=expected_version)


def drop_lead(
    *, viewer: Viewer, lead_id: UUID, reason: str, note: str = "", expected_version: int | None = None
) -> None:
    """Give a lead up, with a reason; it can be reopened."""
    get_for_change(viewer, lead_id)
    with transaction.atomic():
        payload: dict[str, object] = {"reason": reason}
        if note.strip():
            payload["note"] = keep_text(zone_id=viewer.zone_id, body=checked_note(note))
        event = _event(lead_id, "dropped", payload, (statement_by(viewer.person_id),))
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event], expected_version=expected_version)


def reopen_lead(*, viewer: Viewer, lead_id: UUID) -> None:
    """Take up a dropped lead again."""
    get_for_change(viewer, lead_id)
    event = _event(lead_id, "reopened", {}, (statement_by(viewer.person_id),))
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def mark_converted(*, viewer: Viewer, lead_id: UUID, project_id: UUID, idempotency_key: str | None = None) -> None:
    """The lead has become a project."""
    get_for_change(viewer, lead_id)
    event = _event(
        lead_id, "converted", {"project": str(project_id)}, (statement_by(viewer.person_id),), None, idempotency_key
    )
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def hand_over_leads(*, zone_id: UUID, actor_id: UUID | None, from_person: UUID, to_person: UUID) -> int:
    """All open leads of one person go to another, as events; number of leads."""
    ids = Lead.objects.filter(zone_id=zone_id, person_id=from_person, status="assigned").values_list("id", flat=True)
    said = (statement_by(actor_id),) if actor_id else ()
    events = [_event(pk, "assigned", {"person": str(to_person)}, said) for pk in ids]
    append(zone_id=zone_id, actor_id=actor_id, events=events)
    return len(events)
