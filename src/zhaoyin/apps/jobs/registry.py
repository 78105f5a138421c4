"""Kinds of background work. An app registers its own in `AppConfig.ready`; jobs never import a downstream app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Progress(Protocol):
    """What a running job tells of itself."""

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` steps; raises `Cancelled` when somebody asked to stop: what is written stays."""


class Cancelled(Exception):
    """Somebody asked the job to stop."""


Work = Callable[[UUID, UUID, UUID | None, Progress], None]
"""(zone id, subject id, who asked, progress). Must be able to run again after a kill and go on where it was."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work."""

    name: str
    work: Work


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make a kind known; a second registration of the same name replaces the first."""
    _kinds[kind.name] = kind


def job_kind(name: str) -> JobKind:
    """KeyError when nobody registered it."""
    return _kinds[name]
