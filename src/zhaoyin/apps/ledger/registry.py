"""What downstream apps tell the ledger of their subjects: how to check a new event, how to keep the projection.

Registered in `AppConfig.ready`; the ledger never imports a downstream app.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from zhaoyin.domain.event import LedgerEvent


class Projector(Protocol):
    """Keeps the present state of one kind of subject."""

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense after the history."""

    def project(
        self, *, zone_id: UUID, subject_ids: Iterable[UUID], known: Mapping[UUID, Sequence[LedgerEvent]] | None = None
    ) -> None:
        """Bring the projection rows of these subjects up to date, inside the caller's transaction. `known`: their whole
        histories, when the caller has them."""

    def rebuild(self, *, zone_id: UUID) -> int:
        """Throw the zone's projection away and make it again; number of rows."""

    def differences(self, *, zone_id: UUID) -> list[str]:
        """Rows whose stored projection is not what the events say; empty when all is well."""


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject: its payload rule and its projector."""

    name: str
    check_payload: Callable[[str, dict[str, object]], dict[str, object]]
    projector: Projector


_kinds: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Make a kind of subject known; a second registration of the same name replaces the first."""
    _kinds[kind.name] = kind


def subject_kind(name: str) -> SubjectKind:
    """KeyError when nobody registered it."""
    return _kinds[name]


def subject_kinds() -> list[SubjectKind]:
    """All, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
