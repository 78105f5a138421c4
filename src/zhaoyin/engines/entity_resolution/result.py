"""What the entity resolution engine answers."""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """`ACCEPT` may be taken without asking, `REVIEW` must be shown to a person, `NONE` found nobody."""

    ACCEPT = "accept"
    REVIEW = "review"
    NONE = "none"


class Reason(StrEnum):
    """How a candidate was found, the surest first."""

    CREDIT_CODE = "credit-code"
    EXACT = "exact"
    ALIAS = "alias"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`name` as registered, `number` its line in the registry (from 0), `score` at most 1."""

    name: str
    number: int
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Resolution:
    """Candidates, best first. `margin` is how far the first stands before the second."""

    query: str
    candidates: tuple[Candidate, ...]
    decision: Decision
    margin: float
