"""Project events → project rows."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.ledger import search
from zhaoyin.apps.ledger.projection import RowProjector
from zhaoyin.apps.ledger.registry import SubjectKind
from zhaoyin.apps.projects.models import Project, ProjectInvestor
from zhaoyin.apps.zones import bulk
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.money import AmountKind, Currency, Money
from zhaoyin.domain.project import ContractKind, ProjectState, check_next, check_payload, replay

REDACTED = "（已清除）"


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _sort_value(planned: Money | None) -> Decimal:
    """Yuan for sorting; foreign amounts (not converted) come after all of them, unknown ones last."""
    if planned is None:
        return Decimal(-1)
    return planned.value if planned.currency is Currency.CNY else Decimal("-0.5")


class ProjectProjector(RowProjector):
    """Rows of projects and of their investors."""

    subject_kind = "project"
    model = Project

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense."""
        check_next(history, event)

    def state(self, history: Sequence[LedgerEvent]) -> ProjectState:
        """Replayed."""
        return replay(history)

    def text_ids(self, state: ProjectState) -> Iterable[str]:
        """Name, product and site."""
        return [reference["text"] for reference in (state.name, state.product, state.site) if reference]

    def values(self, state: ProjectState, words: Mapping[str, str | None]) -> dict[str, object]:
        """Columns of the row."""
        planned = state.amounts.get(AmountKind.PLANNED_TOTAL.value)
        formal = state.contracts.get(ContractKind.FORMAL)
        strongest = max(state.contracts, key=list(ContractKind).index, default=None)
        return {
            "name": (words.get(state.name["text"]) or REDACTED) if state.name else "",
            "product": (words.get(state.product["text"]) or REDACTED) if state.product else "",
            "site": (words.get(state.site["text"]) or REDACTED) if state.site else "",
            "stage": state.stage.value,
            "stage_rank": state.stage.rank,
            "stage_since": state.stage_since.first if state.stage_since else None,
            "contract_kind": strongest.value if strongest else "",
            "outcome": state.outcome.value if state.outcome else "",
            "status": state.status.value,
            "kind": state.kind.value,
            "channel": state.channel or "",
            "industry_id": _id(state.industry),
            "origin": state.origin or "",
            "task_force_id": _id(state.task_force),
            "attracting_unit_id": _id(state.attracting_unit),
            "landing_place_id": _id(state.landing_place),
            "lead_person_id": _id(state.lead_person),
            "sponsoring_leader_id": _id(state.sponsoring_leader),
            "investor_id": _id(state.investors[0]) if state.investors else None,
            "planned_total": planned.value if planned else None,
            "planned_sort": _sort_value(planned),
            "planned_currency": planned.currency.value if planned else "",
            "amounts": {kind: money.to_payload() for kind, money in sorted(state.amounts.items())},
            "jobs": state.jobs,
            "land_mu": Decimal(state.land_mu) if state.land_mu is not None else None,
            "opened_on": state.opened_on.first if state.opened_on else None,
            "signed_on": formal.first if formal else None,
            "last_progress_on": state.last_occurred,
            "merged_into_id": _id(state.merged_into),
            "void": not state.opened,
            "version": state.version,
        }

    def search_entry(
        self, values: Mapping[str, object], state: ProjectState, words: Mapping[str, str | None]
    ) -> search.Entry | None:
        """Found by its name, product and investors, by the task force and the person it belongs to."""
        if values["void"]:
            return None
        names = [str(values["name"]), str(values["product"])]
        names += [words.get(f"company:{company}") or "" for company in state.investors]
        scopes = tuple(scope for scope in (state.task_force, state.lead_person) if scope)
        return search.Entry(names=tuple(name for name in names if name), scopes=scopes)

    def extra_words(self, zone_id: UUID, states: Mapping[UUID, ProjectState]) -> Mapping[str, str | None]:
        """Names of the investors."""
        ids = {company for state in states.values() for company in state.investors}
        rows = Company.objects.filter(zone_id=zone_id, id__in=ids).values_list("id", "name") if ids else []
        return {f"company:{pk}": name for pk, name in rows}

    def put_parts(self, zone_id: UUID, states: Mapping[UUID, ProjectState], words: Mapping[str, str | None]) -> None:
        """Rows of the investors, leading one first."""
        ProjectInvestor.objects.filter(zone_id=zone_id, project_id__in=list(states)).delete()
        bulk.insert(
            [
                bulk.make(
                    ProjectInvestor,
                    id=new_id(),
                    zone_id=zone_id,
                    project_id=subject,
                    company_id=UUID(company),
                    position=place,
                )
                for subject, state in states.items()
                for place, company in enumerate(state.investors)
            ]
        )


KIND = SubjectKind(name="project", check_payload=check_payload, projector=ProjectProjector())
