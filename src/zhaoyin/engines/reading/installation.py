"""What an installation has learned, as data: small changes to the engine's own models, names confirmed and names refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.reading.packing import packed
from zhaoyin.engines.reading.stage_model import CLASSES, StageModel, base_model

FORMAT = "zhaoyin-reading-1"
LARGEST_CHANGE = 1_000.0
"""No correction moves a weight so far; a file that says so is none of ours."""


@dataclass(frozen=True, slots=True, eq=False)
class Installation:
    """`changes` are added to the stage model's weights (feature → number of the class → change)."""

    changes: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    learned: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    stages: StageModel | None = None
    """The stage model with the changes in it; made by `loads`."""

    def dumps(self) -> bytes:
        """Canonical JSON: the same content is the same bytes."""
        content = {
            "format": FORMAT,
            "changes": {
                feature: {CLASSES[number]: value for number, value in row.items()}
                for feature, row in self.changes.items()
            },
            "learned": sorted(self.learned),
            "refused": sorted(self.refused),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def loads(cls, data: bytes) -> "Installation":
        """Read what `dumps` wrote. Errors: InvalidValue `reading-model`."""
        try:
            content = json.loads(data)
            if content["format"] != FORMAT:
                raise ValueError(content["format"])
            changes = {
                str(feature): {CLASSES.index(label): float(value) for label, value in row.items()}
                for feature, row in content["changes"].items()
            }
            if not all(abs(value) <= LARGEST_CHANGE for row in changes.values() for value in row.values()):
                raise ValueError("changes")
            learned = tuple(str(name) for name in content["learned"])
            refused = frozenset(str(name) for name in content["refused"])
        except (ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
            raise InvalidValue("reading-model", field="model", value=repr(data[:40])) from error
        return cls(changes, learned, refused, _with(changes) if changes else None)


def _with(changes: Mapping[str, Mapping[int, float]]) -> StageModel:
    weights = dict(base_model().weights)
    for feature, change in changes.items():
        weights[feature] = weights.get(feature, 0) + packed(change.items())
    return StageModel(weights)
