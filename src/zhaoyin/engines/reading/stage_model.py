"""What a clause says about a project's state, learned from written paraphrases: multinomial logistic regression on characters.

The clause is masked (C a firm, P a project, M money, D a day that has come, F one that has not, N a number, Z a zone, G an agency), so that what is
learned are the words around them. The cue that the rules found in the clause is one more feature: the model decides when to believe it.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from zhaoyin.engines.reading.lexicon import data_lines
from zhaoyin.engines.reading.stages import Step

CLASSES = (
    "none",
    "plan",
    "intent",
    "negotiating",
    "signed",
    "sited",
    "landed",
    "construction",
    "production",
    "terminated",
    "land",
)
"""`plan` is a later step that is announced only (将于6月开工), `land` land that was won; `none` says nothing about the state."""

STEPS: Mapping[str, Step] = {
    "plan": Step.INTENT,
    "intent": Step.INTENT,
    "negotiating": Step.NEGOTIATING,
    "signed": Step.SIGNED,
    "sited": Step.SITED,
    "landed": Step.LANDED,
    "construction": Step.CONSTRUCTION,
    "production": Step.PRODUCTION,
    "terminated": Step.TERMINATED,
    "land": Step.SITED,
}
LONGEST_CLAUSE = 60
_SPACE = re.compile(r"\s+")


def features(masked: str, cues: Iterable[str] = ()) -> list[str]:
    """Character n-grams (1 to 4) of the masked clause and the rules' cues."""
    text = f"^{_SPACE.sub('', masked)[-LONGEST_CLAUSE:]}$"
    length = len(text)
    found = {text[at : at + size] for size in (1, 2, 3, 4) for at in range(length - size + 1)}
    found.update(f"={cue}" for cue in cues)
    return sorted(found)


@dataclass(frozen=True, slots=True)
class StageModel:
    """Weights by feature, one for each of `CLASSES` (absent: zero)."""

    weights: Mapping[str, tuple[float, ...]]
    known: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def probabilities(self, masked: str, cues: Iterable[str] = ()) -> tuple[float, ...]:
        """Probability of each class, in the order of `CLASSES`."""
        sums = [0.0] * len(CLASSES)
        for feature in features(masked, cues):
            row = self.weights.get(feature)
            if row is not None:
                sums = [left + right for left, right in zip(sums, row, strict=True)]
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        total = sum(powers)
        return tuple(power / total for power in powers)


@lru_cache(maxsize=1)
def base_model() -> StageModel:
    """The model that comes with the engine (`tools/train_reading.py` makes it)."""
    weights: dict[str, tuple[float, ...]] = {}
    for line in data_lines("stages.tsv"):
        feature, *values = line.split("\t")
        row = [0.0] * len(CLASSES)
        for value in values:
            row[int(value[0], 36)] = int(value[1:]) / 100
        weights[feature] = tuple(row)
    return StageModel(weights)
