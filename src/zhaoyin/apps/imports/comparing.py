"""What a row of a ledger would change of a project: pure, field by field.

A field of a project has its value now, who set it (a person here, or an import) and what imports last said of it. From these
three and the row's value follows what is to be done; nothing a person entered is overwritten without being asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zhaoyin.domain.project.stages import Stage

Json = object
"""A value in canonical form: text, number, money payload or None for unknown."""


class Verdict(StrEnum):
    """What is to be done with one field."""

    SAME = "same"
    FILL = "fill"
    CHANGE = "change"
    CONFLICT = "conflict"
    KEPT = "kept"
    BLANK = "blank"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Known:
    """A field of a project: its value now, whether a person set it, what imports last said (None: nothing)."""

    value: Json = None
    by_hand: bool = False
    imported: Json = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`before` and `after` in canonical form."""

    verdict: Verdict
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class Comparison:
    """Changes by field; fields that are the same are left out of `changes` and counted."""

    changes: Mapping[str, FieldChange] = field(default_factory=dict)
    same: int = 0

    def having(self, *verdicts: Verdict) -> dict[str, FieldChange]:
        """The fields with one of the verdicts."""
        return {name: change for name, change in self.changes.items() if change.verdict in verdicts}


def _equal(one: Json, other: Json) -> bool:
    """Same amount whatever unit it was written in; texts without regard to white space."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = ("value", "currency", "qualifier", "high")
        return all(one.get(key) == other.get(key) for key in keys)
    if isinstance(one, str) and isinstance(other, str):
        return "".join(one.split()) == "".join(other.split())
    return one == other


def compare_field(known: Known, said: Json) -> Verdict:
    """What a row's value (None: the cell is blank or was not understood) does to a field that has no order."""
    if said is None:
        return Verdict.BLANK if known.imported is not None and known.value is not None else Verdict.SAME
    if _equal(known.value, said):
        return Verdict.SAME
    if known.value is None and not known.by_hand:
        return Verdict.FILL
    if not known.by_hand:
        return Verdict.CHANGE
    return Verdict.KEPT if known.imported is not None and _equal(known.imported, said) else Verdict.CONFLICT


def compare_stage(known: Known, said: Json, *, ended: str) -> Verdict:
    """A stage only advances; a row that is behind is reported. `ended`: how the project ended, "" while it goes on."""
    if said is None or said == known.value or said == ended:
        return Verdict.SAME
    if said in {"terminated", "lost", "withdrawn"}:
        return Verdict.CHANGE
    if ended:
        return Verdict.CONFLICT
    now = Stage(str(known.value or Stage.LEAD.value))
    return Verdict.CHANGE if Stage(str(said)).rank > now.rank else Verdict.BEHIND


def compare(known: Mapping[str, Known], said: Mapping[str, Json], *, ended: str = "") -> Comparison:
    """Every field that the row has a column for. `known` may lack a field: then nothing is known of it."""
    changes: dict[str, FieldChange] = {}
    same = 0
    for name, value in said.items():
        before = known.get(name, Known())
        verdict = compare_stage(before, value, ended=ended) if name == "stage" else compare_field(before, value)
        if verdict is Verdict.SAME:
            same += 1
            continue
        changes[name] = FieldChange(verdict, before.value, value)
    return Comparison(changes, same)
