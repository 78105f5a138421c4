"""A generated file with its gold."""

from dataclasses import dataclass, field


@dataclass
class Case:
    """`layout` names the kind; `trap` ones are those where doubtful amounts must be flagged rather than read."""

    layout: str
    name: str
    data: bytes
    records: list[dict[str, object]]
    duplicates: list[list[int]] = field(default_factory=list)
    trap: bool = False
