"""Present state from history: drop what was corrected, order by what happened when, fold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

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
    arrived: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    """Sums of what arrived, by kind of amount and currency."""
    traits: tuple[str, ...] = ()
    credit: tuple[tuple[str, Decimal], ...] = ()
    """Units and their shares, in the order in which they were named."""
    credit_basis: str | None = None
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


_COPIED = (*_TEXTS, *_PLAIN)
Values = dict[str, Any]
"""Fields of a `ProjectState` while it is folded."""


def _described(values: Values, event: ProjectEvent) -> None:
    payload = event.payload
    for key in _COPIED:
        if key in payload:
            values[key] = payload[key]
    if "status" in payload:
        values["status"] = Status(str(payload["status"]))
    if "traits" in payload:
        values["traits"] = tuple(payload["traits"])  # type: ignore[arg-type]
    if "kind" in payload:
        values["kind"] = ProjectKind(str(payload["kind"]))


def _raise_to(values: Values, stage: Stage, occurred: PartialDate) -> None:
    values["reached"].setdefault(stage, occurred)
    if stage.rank > values["stage"].rank:
        values["stage"], values["stage_since"] = stage, occurred


def _contract(values: Values, event: ProjectEvent) -> None:
    kind = ContractKind(str(event.payload["contract_kind"]))
    values["contracts"].setdefault(kind, event.occurred)
    _raise_to(values, Stage.SIGNED if kind is ContractKind.FORMAL else Stage.PRE_SIGNING, event.occurred)


def _investors(values: Values, event: ProjectEvent) -> None:
    company = str(event.payload["company"])
    others = tuple(known for known in values["investors"] if known != company)
    if event.kind == "investor_left":
        values["investors"] = others
    else:
        values["investors"] = (company, *others) if event.payload.get("leading") else (*others, company)


def _amount(values: Values, event: ProjectEvent) -> None:
    if event.payload.get("phase"):
        return
    kind, payload = str(event.payload["amount_kind"]), event.payload["amount"]
    if payload is None:
        values["amounts"].pop(kind, None)
    else:
        values["amounts"][kind] = Money.from_payload(dict(payload))  # type: ignore[call-overload]


def _credited(values: Values, event: ProjectEvent) -> None:
    shares: Any = event.payload["shares"]
    values["credit"] = tuple((str(item["unit"]), Decimal(item["share"])) for item in shares)
    values["credit_basis"] = str(event.payload["basis"]) if shares else None


def _arrived(values: Values, event: ProjectEvent) -> None:
    money = Money.from_payload(dict(event.payload["amount"]))  # type: ignore[call-overload]
    sums = values["arrived"].setdefault(str(event.payload["amount_kind"]), {})
    sums[money.currency.value] = sums.get(money.currency.value, Decimal(0)) + money.value


def _opened(values: Values, event: ProjectEvent) -> None:
    _described(values, event)
    values["opened"], values["opened_on"] = True, event.occurred
    values["stage_since"] = values["stage_since"] or event.occurred


def _reached(values: Values, event: ProjectEvent) -> None:
    _raise_to(values, Stage(str(event.payload["stage"])), event.occurred)


def _ended(values: Values, event: ProjectEvent) -> None:
    values["outcome"] = Outcome(str(event.payload["outcome"])) if event.kind == "ended" else None


def _merged(values: Values, event: ProjectEvent) -> None:
    values["merged_into"] = str(event.payload["project"]) if event.kind == "merged_into" else None


_STEPS: Mapping[str, Callable[[Values, ProjectEvent], None]] = {
    "opened": _opened, "described": _described, "placed": _described, "classified": _described,
    "investor_joined": _investors, "investor_left": _investors, "amount_stated": _amount, "stage_reached": _reached,
    "credited": _credited, "funds_arrived": _arrived,
    "contract_signed": _contract, "ended": _ended, "resumed": _ended, "merged_into": _merged, "unmerged": _merged,
}  # fmt: skip
"""What each kind of event does to the state; the others only show that something happened."""


def replay(events: Sequence[ProjectEvent]) -> ProjectState:
    """State after all of a project's events; `version` is the last sequence number seen, standing or not."""
    values: Values = {
        "stage": Stage.LEAD, "stage_since": None, "reached": {}, "contracts": {}, "amounts": {}, "arrived": {}, "investors": (),
    }  # fmt: skip
    last: date | None = None
    for event in effective(events):
        step = _STEPS.get(event.kind)
        if step is not None:
            step(values, event)
        last = event.occurred.first if last is None else max(last, event.occurred.first)
    return ProjectState(**values, last_occurred=last, version=max((event.seq for event in events), default=0))


def check_next(events: Sequence[ProjectEvent], event: ProjectEvent) -> None:
    """DomainError when the history would make no sense with `event` added.

    Rules: the first event opens the project and nothing opens it twice; only an event of the project that still
    stands can be corrected, and the opening only by another opening; a step never leads back to a stage that has
    been passed, a correction does that; nothing but a resumption or a correction follows an end.
    """
    if event.supersedes is not None:
        check_correction(events, event, opening="opened")
        return
    if event.kind not in _JUDGED:
        if not any(known.kind == "opened" for known in effective(events)):
            raise DomainError("project-not-opened")
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


_JUDGED = frozenset(
    {"opened", "stage_reached", "contract_signed", "ended", "resumed", "merged_into", "unmerged", "retracted"}
)
"""Kinds that make sense only in some states; the others ask for nothing but a project that is open."""


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
