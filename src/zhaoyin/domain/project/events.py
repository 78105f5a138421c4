"""The kinds of project event and what each must carry. Payloads hold no personal data and no free text."""

from collections.abc import Mapping
from decimal import Decimal

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.money import AmountKind
from zhaoyin.domain.payload import (
    Check,
    Payload,
    Shape,
    area,
    checked,
    code,
    count,
    day,
    flag,
    identifier,
    money,
    nullable,
    one_of,
    set_of,
    share,
    text_reference,
)
from zhaoyin.domain.project.stages import (
    REACHABLE_BY_STEP,
    Channel,
    ContractKind,
    CreditBasis,
    Outcome,
    ProjectKind,
    Stage,
    Status,
    Trait,
)

ProjectEvent = LedgerEvent


def _step(value: object) -> object:
    stage = one_of(Stage)(value)
    if Stage(str(stage)) not in REACHABLE_BY_STEP:
        raise InvalidValue("stage-needs-own-event", field="stage", value=str(value))
    return stage


_DETAIL: dict[str, Check] = {
    "name": text_reference, "product": nullable(text_reference), "site": nullable(text_reference), "jobs": nullable(count), "land_mu": nullable(area),
    "channel": nullable(one_of(Channel)),
    "referred_by": nullable(identifier), "status": one_of(Status), "phase": count, "promised_start_on": day,
}  # fmt: skip
_PLACING: dict[str, Check] = {
    "task_force": nullable(identifier), "attracting_unit": nullable(identifier), "landing_place": nullable(identifier),
    "lead_person": nullable(identifier), "sponsoring_leader": nullable(identifier),
}  # fmt: skip
_CLASS: dict[str, Check] = {
    "industry": nullable(identifier),
    "origin": nullable(code),
    "kind": one_of(ProjectKind),
    "traits": set_of(Trait),
}

ARRIVING = (AmountKind.IN_PLACE, AmountKind.FOREIGN, AmountKind.FIXED_ASSET)
"""Kinds of amount that arrive in parts, each with its vouchers."""


def _shares(value: object) -> object:
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        raise InvalidValue("shares-malformed", field="shares", value=str(value))
    if any(set(item) != {"unit", "share"} for item in value):
        raise InvalidValue("shares-malformed", field="shares", value=str(value))
    shares = [{"unit": identifier(item["unit"]), "share": share(item["share"])} for item in value]
    if len({item["unit"] for item in shares}) != len(shares):
        raise InvalidValue("unit-credited-twice", field="shares", value=str(value))
    return shares


def _arriving(value: object) -> object:
    kind = one_of(AmountKind)(value)
    if kind not in ARRIVING:
        raise InvalidValue("amount-does-not-arrive", field="amount_kind", value=str(value))
    return kind


EVENT_KINDS: Mapping[str, Shape] = {
    "opened": Shape({"name": text_reference}, {**_DETAIL, **_PLACING, **_CLASS, "lead": identifier}),
    "described": Shape({}, _DETAIL),
    "placed": Shape({}, _PLACING),
    "classified": Shape({}, _CLASS),
    "investor_joined": Shape({"company": identifier}, {"leading": flag}),
    "investor_left": Shape({"company": identifier}, {}),
    "amount_stated": Shape({"amount_kind": one_of(AmountKind), "amount": nullable(money)}, {"phase": count}),
    "stage_reached": Shape({"stage": _step}, {"note": text_reference, "undated": flag}),
    "contract_signed": Shape(
        {"contract_kind": one_of(ContractKind)}, {"planned_start_on": day, "note": text_reference, "undated": flag}
    ),
    "credited": Shape({"shares": _shares, "basis": one_of(CreditBasis)}, {"note": text_reference}),
    "funds_arrived": Shape(
        {"amount": money, "amount_kind": _arriving, "vouchers": count}, {"note": text_reference, "undated": flag}
    ),
    "progress_noted": Shape({"note": text_reference}, {}),
    "ended": Shape({"outcome": one_of(Outcome)}, {"note": text_reference}),
    "resumed": Shape({}, {"note": text_reference}),
    "merged_into": Shape({"project": identifier}, {}),
    "unmerged": Shape({}, {}),
    "retracted": Shape({}, {"note": text_reference}),
}
"""Every kind a project's history may hold. `undated`: the step was taken, on which day is not known; `occurred` is then the day
for which it was reported, and the step counts in no period until it is corrected. `credited` says the whole division, in
the order in which the units are named; an empty one takes it back. `funds_arrived` is one arrival, not the sum so far."""


def check_payload(kind: str, payload: Payload) -> dict[str, object]:
    """The payload of a project event with every value in canonical form; InvalidValue names the field."""
    clean = checked(EVENT_KINDS, kind, payload)
    if kind == "credited" and clean["basis"] != CreditBasis.DUAL:
        shares = clean["shares"]
        given = sum((Decimal(item["share"]) for item in shares), Decimal(0)) if isinstance(shares, list) else Decimal(0)
        if given > 1:
            raise InvalidValue("shares-above-one", field="shares", value=str(given))
    return clean
