"""What a clause says about a project's state, learned from written paraphrases: multinomial logistic regression on characters.

The clause is masked (C a firm, P a project, M money, D a day that has come, F one that has not, N a number, Z a zone, G an agency), so that what is
learned are the words around them. The cue that the rules found in the clause is one more feature: the model decides when to believe it.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhaoyin.engines.reading.lexicon import data_lines
from zhaoyin.engines.reading.packing import Row, Sums, packed_rows
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


def features(masked: str, cues: Iterable[str] = ()) -> set[str]:
    """Character n-grams (1 to 4) of the masked clause and the rules' cues."""
    text = f"^{_SPACE.sub('', masked)[-LONGEST_CLAUSE:]}$"
    length = len(text)
    found = set(text)
    found.update([text[at : at + 2] for at in range(length - 1)])
    found.update([text[at : at + 3] for at in range(length - 2)])
    found.update([text[at : at + 4] for at in range(length - 3)])
    for cue in cues:
        found.add(f"={cue}")
    return found


_SUMS = Sums(len(CLASSES))


@dataclass(frozen=True, slots=True, eq=False)
class StageModel:
    """Packed weights (`packing`) by feature; a model is the same only as itself."""

    weights: Mapping[str, int]

    def probabilities(self, masked: str, cues: Iterable[str] = ()) -> tuple[float, ...]:
        """Probability of each class, in the order of `CLASSES`."""
        weights = self.weights
        return softmax(_SUMS.of(map(weights.__getitem__, features(masked, cues) & weights.keys())))

    def row(self, feature: str) -> Row:
        """Its weights for some of `CLASSES`."""
        return _SUMS.row(self.weights.get(feature, 0))


def softmax(sums: Sequence[float]) -> tuple[float, ...]:
    """Probabilities from sums of weights."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    total = sum(powers)
    return tuple([power / total for power in powers])


@lru_cache(maxsize=1)
def base_model() -> StageModel:
    """The model that comes with the engine (`tools/train_reading.py` makes it)."""
    return StageModel(dict(packed_rows(data_lines("stages.tsv"))))
