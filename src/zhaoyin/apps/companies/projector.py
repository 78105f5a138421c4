"""Company events → company rows."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from zhaoyin.apps.companies.models import Company, CompanyName
from zhaoyin.apps.ledger import search
from zhaoyin.apps.ledger.projection import RowProjector
from zhaoyin.apps.ledger.registry import SubjectKind
from zhaoyin.apps.zones import bulk
from zhaoyin.domain.company import CompanyState, check_company_payload, check_next_company, replay_company
from zhaoyin.domain.event import LedgerEvent

REDACTED = "（已清除）"


class CompanyProjector(RowProjector):
    """Rows of companies and of their other names."""

    subject_kind = "company"
    model = Company

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense."""
        check_next_company(history, event)

    def state(self, history: Sequence[LedgerEvent]) -> CompanyState:
        """Replayed."""
        return replay_company(history)

    def text_ids(self, state: CompanyState) -> Iterable[str]:
        """Every name."""
        if state.name:
            yield state.name["text"]
        for _, reference in state.names:
            yield reference["text"]

    def values(self, state: CompanyState, words: Mapping[str, str | None]) -> dict[str, object]:
        """Columns of the row."""
        short = next((ref for use, ref in reversed(state.names) if use == "short"), None)
        return {
            "name": (words.get(state.name["text"]) or REDACTED) if state.name else "",
            "short_name": (words.get(short["text"]) or "") if short else "",
            "credit_code": state.credit_code or "",
            "origin": state.origin or "",
            "industry_id": UUID(state.industry) if state.industry else None,
            "based_here_since": state.based_here_since or "",
            "merged_into_id": UUID(state.merged_into) if state.merged_into else None,
            "void": state.name is None,
            "version": state.version,
        }

    def search_entry(
        self, values: Mapping[str, object], state: CompanyState, words: Mapping[str, str | None]
    ) -> search.Entry | None:
        """Found by any of its names and by its credit code."""
        if values["void"]:
            return None
        names = [str(values["name"]), str(values["credit_code"])]
        names += [words.get(reference["text"]) or "" for _, reference in state.names]
        return search.Entry(names=tuple(name for name in names if name))

    def put_parts(self, zone_id: UUID, states: Mapping[UUID, CompanyState], words: Mapping[str, str | None]) -> None:
        """Rows of the other names."""
        CompanyName.objects.filter(zone_id=zone_id, company_id__in=list(states)).delete()
        bulk.insert(
            [
                CompanyName(zone_id=zone_id, company_id=subject, use=use, name=name)
                for subject, state in states.items()
                for use, reference in state.names
                if (name := words.get(reference["text"]))
            ]
        )


KIND = SubjectKind(name="company", check_payload=check_company_payload, projector=CompanyProjector())
