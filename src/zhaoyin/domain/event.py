"""A line of any subject's history in the ledger, and which lines still stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.period import PartialDate


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One line of a subject's history.

    `seq`: number in the zone; `occurred`: when it happened; `recorded_on`: Shanghai day it became known;
    `supersedes`: id of the event that this one corrects (kind `retracted` corrects it to nothing).
    """

    id: str
    seq: int
    kind: str
    occurred: PartialDate
    recorded_on: date
    payload: Mapping[str, object]
    supersedes: str | None = None


def effective(events: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    """Events that still stand among those given, in order of (what happened first, then what was known first).

    A correction takes the place of the event it names; a retraction removes it and itself. The chain is followed:
    a corrected correction does not stand.
    """
    given = list(events)
    gone = {event.supersedes for event in given if event.supersedes}
    standing = [event for event in given if event.id not in gone and event.kind != "retracted"]
    return sorted(standing, key=lambda event: (event.occurred.first, event.seq))


def check_correction(events: Iterable[LedgerEvent], event: LedgerEvent, *, opening: str) -> None:
    """DomainError unless the event that `event` corrects still stands and is of the same kind (or is retracted).

    The opening can be taken back only when nothing else of the subject stands: then nobody has built on it.
    """
    standing = effective(events)
    target = next((known for known in standing if known.id == event.supersedes), None)
    if target is None:
        raise DomainError("corrected-event-does-not-stand", event=str(event.supersedes))
    if event.kind not in {target.kind, "retracted"}:
        raise DomainError("correction-of-another-kind", event=str(event.supersedes), kind=event.kind)
    if target.kind == opening and event.kind == "retracted" and len(standing) > 1:
        raise DomainError("opening-cannot-be-retracted", event=str(event.supersedes))
