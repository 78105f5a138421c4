"""Shapes that pages hand to the component tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhaoyin.domain.period import PartialDate


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stepper; `state` is done, current or ahead."""

    key: str
    label: str
    state: str = "ahead"
    day: PartialDate | None = None


def steps(
    labels: Sequence[tuple[str, str]],
    current: str,
    days: dict[str, PartialDate] | None = None,
) -> list[Step]:
    """Steps from (key, label) pairs in their order; those before `current` are done. Unknown `current`: all ahead."""
    keys = [key for key, _ in labels]
    at = keys.index(current) if current in keys else -1
    states = ["done" if index < at else "current" if index == at else "ahead" for index in range(len(keys))]
    known = days or {}
    return [Step(key, label, state, known.get(key)) for (key, label), state in zip(labels, states, strict=True)]


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """Where a fact stands; `quote` is shown on demand."""

    label: str
    url: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A line of a history. A corrected entry is struck through, its correction stands beside it."""

    title: str
    occurred: PartialDate | None
    recorded_at: datetime
    who: str
    detail: str = ""
    evidence: Sequence[EvidenceLink] = ()
    struck: bool = False
    correction: str = ""
    icon: str = "circle-dot"
    anchor: str = ""
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One control of a filter bar: a select when it has options, otherwise a text or date box."""

    name: str
    label: str
    value: str = ""
    options: Sequence[tuple[str, str]] = ()
    kind: str = "search"


def phone_masked(phone: str) -> str:
    """138****0000; a number too short to mask becomes asterisks only; empty stays empty."""
    digits = phone.strip()
    if not digits:
        return ""
    if len(digits) < 7:
        return "*" * len(digits)
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
