"""Writing engagements."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.access import get_visible as visible_company
from zhaoyin.apps.companies.actions import checked_note, checked_text
from zhaoyin.apps.engagements.access import get_for_change, require_writer
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text
from zhaoyin.apps.ledger.queries import subject_of_key
from zhaoyin.apps.projects.access import get_for_change as project_for_change
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.evidence import statement_by
from zhaoyin.domain.period import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementDraft:
    """A meeting that was held or is planned, with what follows from it."""

    form: str
    occurred: PartialDate
    project_id: UUID | None = None
    company_id: UUID | None = None
    place: str = ""
    note: str = ""
    next_step: str = ""
    next_due_on: PartialDate | None = None
    next_person_id: UUID | None = None


def engagement_events(
    *, zone_id: UUID, engagement_id: UUID, person_id: UUID, draft: EngagementDraft, held: bool, key: str | None
) -> list[NewEvent]:
    """Events of a new engagement; for callers that append many in one batch."""
    payload: dict[str, object] = {"form": draft.form, "person": str(person_id)}
    ids = {"project": draft.project_id, "company": draft.company_id}
    payload.update({name: str(value) for name, value in ids.items() if value is not None})
    if draft.place:
        payload["place"] = draft.place
    if draft.note.strip():
        payload["note"] = keep_text(zone_id=zone_id, body=checked_note(draft.note, limit=4000))
    said = (statement_by(person_id),)
    kinds: list[tuple[str, dict[str, object]]] = [("held" if held else "planned", payload)]
    if draft.next_step.strip():
        if draft.next_due_on is None:
            raise InvalidValue("next-step-needs-date", field="next_due_on", value="")
        step: dict[str, object] = {
            "next_step": keep_text(zone_id=zone_id, body=checked_text(draft.next_step, field="next_step", limit=280)),
            "next_due_on": str(draft.next_due_on),
            "next_person": str(draft.next_person_id or person_id),
        }
        kinds.append(("next_step", step))
    return [
        NewEvent(
            subject_kind="engagement",
            subject_id=engagement_id,
            kind=kind,
            occurred=draft.occurred,
            payload=body,
            evidence=said,
            idempotency_key=f"{key}:{place}" if key else None,
        )
        for place, (kind, body) in enumerate(kinds)
    ]


def record_engagement(*, viewer: Viewer, draft: EngagementDraft, idempotency_key: str | None = None) -> UUID:
    """A meeting; one that lies after today is planned, otherwise held."""
    require_writer(viewer)
    if draft.project_id is not None:
        project_for_change(viewer, draft.project_id)
    if draft.company_id is not None:
        visible_company(viewer, draft.company_id)
    with transaction.atomic():
        first = f"{idempotency_key}:0" if idempotency_key else None
        known = subject_of_key(zone_id=viewer.zone_id, subject_kind="engagement", key=first)
        if known is not None:
            return known
        events = engagement_events(
            zone_id=viewer.zone_id,
            engagement_id=new_id(),
            person_id=viewer.person_id,
            draft=draft,
            held=draft.occurred.first <= clock.today(),
            key=idempotency_key,
        )
        return append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=events)[0].subject_id


def _one(viewer: Viewer, engagement_id: UUID, kind: str, payload: dict[str, object], key: str | None) -> None:
    event = NewEvent(
        subject_kind="engagement",
        subject_id=engagement_id,
        kind=kind,
        occurred=PartialDate(clock.today()),
        payload=payload,
        evidence=(statement_by(viewer.person_id),),
        idempotency_key=key,
    )
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def hold(*, viewer: Viewer, engagement_id: UUID, note: str, idempotency_key: str | None = None) -> None:
    """A planned engagement has taken place."""
    get_for_change(viewer, engagement_id)
    with transaction.atomic():
        text = keep_text(zone_id=viewer.zone_id, body=checked_note(note, limit=4000)) if note.strip() else None
        _one(viewer, engagement_id, "held", {"note": text} if text else {}, idempotency_key)


def cancel(*, viewer: Viewer, engagement_id: UUID, idempotency_key: str | None = None) -> None:
    """A planned engagement does not take place."""
    get_for_change(viewer, engagement_id)
    _one(viewer, engagement_id, "cancelled", {}, idempotency_key)


def finish_step(*, viewer: Viewer, engagement_id: UUID, idempotency_key: str | None = None) -> None:
    """The next step is done."""
    get_for_change(viewer, engagement_id)
    _one(viewer, engagement_id, "next_step_done", {}, idempotency_key)


def hand_over_steps(*, zone_id: UUID, actor_id: UUID | None, from_person: UUID, to_person: UUID) -> int:
    """All open next steps of one person go to another, as events; number of steps."""
    rows = Engagement.objects.filter(zone_id=zone_id, next_person_id=from_person, next_done=False)
    events = [
        NewEvent(
            subject_kind="engagement",
            subject_id=row.pk,
            kind="next_step",
            occurred=PartialDate(clock.today()),
            payload={
                "next_step": keep_text(zone_id=zone_id, body=row.next_step or "—"),
                "next_due_on": str(row.next_due_on),
                "next_person": str(to_person),
            },
        )
        for row in rows
    ]
    append(zone_id=zone_id, actor_id=actor_id, events=events)
    return len(events)
