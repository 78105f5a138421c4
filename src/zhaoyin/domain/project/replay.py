"""Present state from history: drop what was corrected, order by what happened when, fold."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.event import check_correction, effective
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project.events import ProjectEvent
from zhaoyin.domain.project.stages import ContractKind, Outcome, ProjectKind, Stage, Status


@dataclass(frozen=True, slots=True)
class ProjectState:
    """What is so now. Ids are strings; None is unknown; amounts by kind, only what was stated."""

    opened: bool = False
    opened_on: PartialDate | None = None
    name: dict[str, str] | None = None
    product: dict[str, str] | None = None
    site: dict[str, str] | None = None
    stage: Stage = Stage.LEAD
    stage_since: PartialDate | None = None
    reached: dict[Stage, PartialDate] = field(default_factory=dict)
    contracts: dict[ContractKind, PartialDate] = field(default_factory=dict)
    outcome: Outcome | None = None
    status: Status = Status.ONGOING
    kind: ProjectKind = ProjectKind.NEW
    channel: str | None = None
    referred_by: str | None = None
    industry: str | None = None
    origin: str | None = None
    task_force: str | None = None
    attracting_unit: str | None = None
    landing_place: str | None = None
    lead_person: str | None = None
    sponsoring_leader: str | None = None
    investors: tuple[str, ...] = ()
    amounts: dict[str, Money] = field(default_factory=dict)
    jobs: int | None = None
    land_mu: int | str | None = None
    phase: int | None = None
    lead: str | None = None
    merged_into: str | None = None
    promised_start_on: str | None = None
    last_occurred: date | None = None
    version: int = 0


_TEXTS = ("name", "product", "site")
_PLAIN = (
    "channel", "referred_by", "industry", "origin", "task_force", "attracting_unit", "landing_place", "lead_person",
    "sponsoring_leader", "jobs", "land_mu", "phase", "lead", "promised_start_on",
)  # fmt: skip


def _described(state: ProjectState, event: ProjectEvent) -> ProjectState:
    changes: dict[str, object] = {key: event.payload[key] for key in (*_TEXTS, *_PLAIN) if key in event.payload}
    if "status" in event.payload:
        changes["status"] = Status(str(event.payload["status"]))
    if "kind" in event.payload:
        changes["kind"] = ProjectKind(str(event.payload["kind"]))
    return replace(state, **changes)  # type: ignore[arg-type]


def _raise_to(state: ProjectState, stage: Stage, occurred: PartialDate) -> ProjectState:
    reached = dict(state.reached)
    reached.setdefault(stage, occurred)
    if stage.rank > state.stage.rank:
        return replace(state, stage=stage, stage_since=occurred, reached=reached)
    return replace(state, reached=reached)


def _contract(state: ProjectState, event: ProjectEvent) -> ProjectState:
    kind = ContractKind(str(event.payload["contract_kind"]))
    contracts = dict(state.contracts)
    contracts.setdefault(kind, event.occurred)
    state = replace(state, contracts=contracts)
    return _raise_to(state, Stage.SIGNED if kind is ContractKind.FORMAL else Stage.PRE_SIGNING, event.occurred)


def _investors(state: ProjectState, event: ProjectEvent) -> ProjectState:
    company = str(event.payload["company"])
    others = tuple(known for known in state.investors if known != company)
    if event.kind == "investor_left":
        return replace(state, investors=others)
    leading = bool(event.payload.get("leading"))
    return replace(state, investors=(company, *others) if leading else (*others, company))


def _amount(state: ProjectState, event: ProjectEvent) -> ProjectState:
    if event.payload.get("phase"):
        return state
    amounts = dict(state.amounts)
    kind, payload = str(event.payload["amount_kind"]), event.payload["amount"]
    if payload is None:
        amounts.pop(kind, None)
    else:
        amounts[kind] = Money.from_payload(dict(payload))  # type: ignore[call-overload]
    return replace(state, amounts=amounts)


def apply(state: ProjectState, event: ProjectEvent) -> ProjectState:
    """The state after one standing event."""
    kind = event.kind
    if kind in {"opened", "described", "placed", "classified"}:
        state = _described(state, event)
        if kind == "opened":
            state = replace(
                state, opened=True, opened_on=event.occurred, stage_since=state.stage_since or event.occurred
            )
    elif kind in {"investor_joined", "investor_left"}:
        state = _investors(state, event)
    elif kind == "amount_stated":
        state = _amount(state, event)
    elif kind == "stage_reached":
        state = _raise_to(state, Stage(str(event.payload["stage"])), event.occurred)
    elif kind == "contract_signed":
        state = _contract(state, event)
    elif kind == "ended":
        state = replace(state, outcome=Outcome(str(event.payload["outcome"])))
    elif kind == "resumed":
        state = replace(state, outcome=None)
    elif kind == "merged_into":
        state = replace(state, merged_into=str(event.payload["project"]))
    elif kind == "unmerged":
        state = replace(state, merged_into=None)
    last = event.occurred.first if state.last_occurred is None else max(state.last_occurred, event.occurred.first)
    return replace(state, last_occurred=last)


def replay(events: Sequence[ProjectEvent]) -> ProjectState:
    """State after all of a project's events; `version` is the last sequence number seen, standing or not."""
    state = ProjectState()
    for event in effective(events):
        state = apply(state, event)
    return replace(state, version=max((event.seq for event in events), default=0))


def check_next(events: Sequence[ProjectEvent], event: ProjectEvent) -> None:
    """DomainError when the history would make no sense with `event` added.

    Rules: the first event opens the project and nothing opens it twice; only an event of the project that still
    stands can be corrected, and the opening only by another opening; a step never leads back to a stage that has
    been passed, a correction does that; nothing but a resumption or a correction follows an end.
    """
    if event.supersedes is not None:
        check_correction(events, event, opening="opened")
        return
    before = replay(events)
    if event.kind == "retracted":
        raise DomainError("retraction-names-no-event")
    if (event.kind == "opened") == before.opened:
        raise DomainError("project-already-opened" if before.opened else "project-not-opened")
    if before.outcome is not None and event.kind in {"stage_reached", "contract_signed", "ended"}:
        raise DomainError("project-has-ended", outcome=before.outcome.value)
    if event.kind == "resumed" and before.outcome is None:
        raise DomainError("project-has-not-ended")
    _check_step(before, event)
    _check_merge(before, event)


def _check_step(before: ProjectState, event: ProjectEvent) -> None:
    if event.kind != "stage_reached":
        return
    stage = Stage(str(event.payload["stage"]))
    if stage in before.reached:
        raise DomainError("stage-already-reached", stage=stage.value, since=str(before.reached[stage]))
    since = before.stage_since
    if stage.rank < before.stage.rank and since is not None and event.occurred.first >= since.first:
        raise DomainError("stage-jumps-back", stage=stage.value, current=before.stage.value)


def _check_merge(before: ProjectState, event: ProjectEvent) -> None:
    if event.kind == "merged_into" and before.merged_into is not None:
        raise DomainError("project-already-merged", into=before.merged_into)
    if event.kind == "unmerged" and before.merged_into is None:
        raise DomainError("project-not-merged")
