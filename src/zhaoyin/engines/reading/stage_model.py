"""What a clause says about a project's state, learned from written paraphrases: multinomial logistic regression on characters.

The clause is masked (C a firm, P a project, M money, D a day that has come, F one that has not, N a number, Z a zone, G an agency), so that what is
learned are the words around them. The cue that the rules found in the clause is one more feature: the model decides when to believe it.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

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


Row = tuple[tuple[int, float], ...]
"""Numbers of classes and their weights (`exact`); the others weigh nothing."""


def exact(weight: float) -> float:
    """`weight` to the next 1024th: sums of these are exact, so that the order in which a set gives its features changes nothing."""
    return round(weight * 1024) / 1024


@dataclass(frozen=True, slots=True, eq=False)
class StageModel:
    """Weights by feature; a model is the same only as itself."""

    weights: Mapping[str, Row]

    def probabilities(self, masked: str, cues: Iterable[str] = ()) -> tuple[float, ...]:
        """Probability of each class, in the order of `CLASSES`."""
        sums = [0.0] * len(CLASSES)
        weights = self.weights
        found = features(masked, cues) & weights.keys()
        for number, weight in chain.from_iterable(map(weights.__getitem__, found)):
            sums[number] += weight
        return softmax(sums)


def softmax(sums: Sequence[float]) -> tuple[float, ...]:
    """Probabilities from sums of weights."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    total = sum(powers)
    return tuple([power / total for power in powers])


@lru_cache(maxsize=1)
def base_model() -> StageModel:
    """The model that comes with the engine (`tools/train_reading.py` makes it)."""
    return StageModel(dict(_row(line) for line in data_lines("stages.tsv")))


def _row(line: str) -> tuple[str, Row]:
    feature, *cells = line.split("\t")
    return feature, tuple((int(cell[0], 36), exact(int(cell[1:]) / 100)) for cell in cells)
