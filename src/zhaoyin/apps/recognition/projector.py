"""Recognition events → recognition rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from zhaoyin.apps.ledger.projection import RowProjector
from zhaoyin.apps.ledger.registry import SubjectKind
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.recognition import (
    RecognitionState,
    check_next_recognition,
    check_recognition_payload,
    replay_recognition,
)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


class RecognitionProjector(RowProjector):
    """Rows of requests."""

    subject_kind = "recognition"
    model = Recognition

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense."""
        check_next_recognition(history, event)

    def state(self, history: Sequence[LedgerEvent]) -> RecognitionState:
        """Replayed."""
        return replay_recognition(history)

    def text_ids(self, state: RecognitionState) -> Iterable[str]:
        """The last note."""
        return [state.note["text"]] if state.note else []

    def values(self, state: RecognitionState, words: Mapping[str, str | None]) -> dict[str, object]:
        """Columns of the row."""
        return {
            "project_id": _id(state.project),
            "matter": state.matter,
            "status": state.status.value if state.status else "",
            "claimed_on": state.claimed_on.first if state.claimed_on else date.min,
            "claimed_precision": state.claimed_on.precision.value if state.claimed_on else "day",
            "recognized_on": state.recognized_on.first if state.recognized_on else None,
            "requested_on": state.requested_on.first if state.requested_on else date.min,
            "requested_by_id": _id(state.requested_by),
            "endorsed_by_id": _id(state.endorsed_by),
            "decided_by_id": _id(state.decided_by),
            "note": (words.get(state.note["text"]) or "") if state.note else "",
            "version": state.version,
        }


KIND = SubjectKind(name="recognition", check_payload=check_recognition_payload, projector=RecognitionProjector())
