"""A project: one intended investment by one investor group at one place, as a history of events."""

from zhaoyin.domain.event import effective
from zhaoyin.domain.project.events import EVENT_KINDS, ProjectEvent, check_payload
from zhaoyin.domain.project.replay import ProjectState, check_next, replay
from zhaoyin.domain.project.stages import ContractKind, CreditBasis, Outcome, ProjectKind, Stage, Status, Trait

__all__ = [
    "EVENT_KINDS",
    "ContractKind",
    "CreditBasis",
    "Outcome",
    "ProjectEvent",
    "ProjectKind",
    "ProjectState",
    "Stage",
    "Status",
    "Trait",
    "check_next",
    "check_payload",
    "effective",
    "replay",
]
