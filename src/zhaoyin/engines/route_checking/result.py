"""What the check found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: its name, the team or meeting, and what was found."""

    rule: str
    where: str
    detail: str
