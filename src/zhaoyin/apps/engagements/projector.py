"""Engagement events → engagement rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.ledger.projection import RowProjector
from zhaoyin.apps.ledger.registry import SubjectKind
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.visit import (
    EngagementState,
    check_engagement_payload,
    check_next_engagement,
    replay_engagement,
)


class EngagementProjector(RowProjector):
    """Rows of engagements."""

    subject_kind = "engagement"
    model = Engagement

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense."""
        check_next_engagement(history, event)

    def state(self, history: Sequence[LedgerEvent]) -> EngagementState:
        """Replayed."""
        return replay_engagement(history)

    def text_ids(self, state: EngagementState) -> Iterable[str]:
        """Note and next step."""
        return [reference["text"] for reference in (state.note, state.next_step) if reference]

    def values(self, state: EngagementState, words: Mapping[str, str | None]) -> dict[str, object]:
        """Columns of the row."""
        return {
            "status": state.status.value if state.status else "",
            "form": state.form or "",
            "project_id": UUID(state.project) if state.project else None,
            "company_id": UUID(state.company) if state.company else None,
            "person_id": UUID(state.person) if state.person else None,
            "place": state.place or "",
            "occurred_on": state.occurred.first if state.occurred else date.min,
            "note": (words.get(state.note["text"]) or "") if state.note else "",
            "next_step": (words.get(state.next_step["text"]) or "") if state.next_step else "",
            "next_due_on": PartialDate.parse(state.next_due_on).first if state.next_due_on else None,
            "next_person_id": UUID(state.next_person) if state.next_person else None,
            "next_done": state.next_done,
            "version": state.version,
        }


KIND = SubjectKind(name="engagement", check_payload=check_engagement_payload, projector=EngagementProjector())
