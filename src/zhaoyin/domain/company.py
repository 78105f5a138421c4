"""Companies: the unified social credit code (GB 32100-2015) and its check character."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.event import LedgerEvent, check_correction, effective
from zhaoyin.domain.payload import (
    Check,
    Payload,
    Shape,
    checked,
    code,
    day,
    identifier,
    nullable,
    one_of,
    text_reference,
)

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def credit_code_check_character(first17: str) -> str:
    """Check character of the first 17 characters, GB 32100-2015 (modulus 31, weights 3^i)."""
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(first17, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def check_credit_code(text: str) -> str:
    """The code in upper case without spaces; InvalidValue with code `credit-code-length|character|checksum`."""
    code = "".join(text.split()).upper()
    if len(code) != 18:
        raise InvalidValue("credit-code-length", field="credit_code", value=text, length=len(code))
    for char in code:
        if char not in _ALPHABET:
            raise InvalidValue("credit-code-character", field="credit_code", value=text, character=char)
    if credit_code_check_character(code[:17]) != code[17]:
        raise InvalidValue("credit-code-checksum", field="credit_code", value=text)
    return code


@dataclass(frozen=True, slots=True)
class CompanyState:
    """What is known of a company; names are text references, the first is the registered one."""

    name: dict[str, str] | None = None
    names: tuple[tuple[str, dict[str, str]], ...] = ()
    credit_code: str | None = None
    origin: str | None = None
    industry: str | None = None
    based_here_since: str | None = None
    merged_into: str | None = None
    version: int = 0


class NameUse(StrEnum):
    """What another name of a company is."""

    SHORT = "short"
    FORMER = "former"
    ENGLISH = "english"
    AS_WRITTEN = "as_written"


def _credit(value: object) -> str:
    return check_credit_code(str(value))


_FACTS: dict[str, Check] = {
    "credit_code": nullable(_credit), "origin": nullable(code), "industry": nullable(identifier),
    "based_here_since": nullable(day),
}  # fmt: skip
COMPANY_EVENTS: Mapping[str, Shape] = {
    "registered": Shape({"name": text_reference}, _FACTS),
    "renamed": Shape({"name": text_reference}, {}),
    "named": Shape({"name": text_reference, "use": one_of(NameUse)}, {}),
    "described": Shape({}, _FACTS),
    "merged_into": Shape({"company": identifier}, {}),
    "unmerged": Shape({}, {}),
    "retracted": Shape({}, {}),
}
"""Every kind a company's history may hold."""


def check_company_payload(kind: str, payload: Payload) -> dict[str, object]:
    """The payload of a company event in canonical form; InvalidValue names the field."""
    return checked(COMPANY_EVENTS, kind, payload)


def replay_company(events: Sequence[LedgerEvent]) -> CompanyState:
    """State after all of a company's events."""
    state = CompanyState()
    for event in effective(events):
        facts = {key: event.payload[key] for key in _FACTS if key in event.payload}
        state = replace(state, **facts)  # type: ignore[arg-type]
        if event.kind in {"registered", "renamed"}:
            if state.name is not None:
                state = replace(state, names=(*state.names, (NameUse.FORMER.value, state.name)))
            state = replace(state, name=_reference(event.payload["name"]))
        elif event.kind == "named":
            known = (str(event.payload["use"]), _reference(event.payload["name"]))
            state = replace(state, names=(*state.names, known))
        elif event.kind == "merged_into":
            state = replace(state, merged_into=str(event.payload["company"]))
        elif event.kind == "unmerged":
            state = replace(state, merged_into=None)
    return replace(state, version=max((event.seq for event in events), default=0))


def _reference(value: object) -> dict[str, str]:
    return dict(value) if isinstance(value, Mapping) else {}


def check_next_company(events: Sequence[LedgerEvent], event: LedgerEvent) -> None:
    """DomainError when the company's history would make no sense with `event`."""
    if event.supersedes is not None:
        check_correction(events, event, opening="registered")
        return
    state = replay_company(events)
    if event.kind == "retracted":
        raise DomainError("retraction-names-no-event")
    if (event.kind == "registered") == (state.name is not None):
        raise DomainError("company-already-registered" if state.name else "company-not-registered")
    if event.kind == "merged_into" and state.merged_into is not None:
        raise DomainError("company-already-merged", into=state.merged_into)
    if event.kind == "unmerged" and state.merged_into is None:
        raise DomainError("company-not-merged")
