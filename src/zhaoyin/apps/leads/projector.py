"""Lead events → lead rows."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger import search
from zhaoyin.apps.ledger.projection import RowProjector
from zhaoyin.apps.ledger.registry import SubjectKind
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.lead import LeadState, check_lead_payload, check_next_lead, replay_lead

REDACTED = "（已清除）"


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


class LeadProjector(RowProjector):
    """Rows of leads."""

    subject_kind = "lead"
    model = Lead

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense."""
        check_next_lead(history, event)

    def state(self, history: Sequence[LedgerEvent]) -> LeadState:
        """Replayed."""
        return replay_lead(history)

    def text_ids(self, state: LeadState) -> Iterable[str]:
        """Title, investor, product, place."""
        return [text["text"] for text in (state.title, state.investor, state.product, state.place) if text]

    def values(self, state: LeadState, words: Mapping[str, str | None]) -> dict[str, object]:
        """Columns of the row."""

        def text(reference: dict[str, str] | None) -> str:
            return (words.get(reference["text"]) or REDACTED) if reference else ""

        planned = state.planned_total
        return {
            "title": text(state.title),
            "investor_name": text(state.investor),
            "product": text(state.product),
            "place": text(state.place),
            "company_id": _id(state.company),
            "planned_total": planned.value if planned else None,
            "amount": planned.to_payload() if planned else None,
            "said_stage": state.said_stage or "",
            "project_kind": state.project_kind,
            "channel": state.channel or "",
            "origin": state.origin or "",
            "jobs": state.jobs,
            "document_id": _id(state.document),
            "status": state.status.value,
            "drop_reason": state.drop_reason or "",
            "task_force_id": _id(state.task_force),
            "person_id": _id(state.person),
            "project_id": _id(state.project),
            "opened_on": state.opened_on.first if state.opened_on else None,
            "version": state.version,
        }

    def search_entry(
        self, values: Mapping[str, object], state: LeadState, words: Mapping[str, str | None]
    ) -> search.Entry | None:
        """Found by title, investor and product, by those it belongs to; a lead of the pool by everybody who recruits."""
        names = tuple(str(values[name]) for name in ("title", "investor_name", "product") if values[name])
        scopes = tuple(scope for scope in (state.task_force, state.person) if scope)
        return search.Entry(names=names, scopes=scopes or ("pool",))


KIND = SubjectKind(name="lead", check_payload=check_lead_payload, projector=LeadProjector())
