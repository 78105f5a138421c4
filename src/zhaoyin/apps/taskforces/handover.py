"""What goes over when a person leaves. Downstream apps add their part in `AppConfig.ready()`:

handover.register(handover.Part(key="projects", label=_("项目"), order=30, count=count, move=move))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Transfer:
    """Everything of `from_person_id` in the zone goes to `to_person_id`, on the word of `actor_id`."""

    zone_id: UUID
    from_person_id: UUID
    to_person_id: UUID
    actor_id: UUID
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing. `count(zone_id, person_id, on)` says how many; `move(transfer)` moves them in the caller's
    transaction and returns how many it moved."""

    key: str
    label: str | Promise
    order: int
    count: Callable[[UUID, UUID, date], int]
    move: Callable[[Transfer], int]


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Make a part known; a second registration of the key replaces the first."""
    _parts[part.key] = part


def parts() -> list[Part]:
    """All parts in their order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.key))


def counts(*, zone_id: UUID, person_id: UUID, on: date) -> list[tuple[Part, int]]:
    """How much of each part the person holds."""
    return [(part, part.count(zone_id, person_id, on)) for part in parts()]
