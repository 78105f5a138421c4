"""How likely a draft's company, amount and stage are right: four logistic regressions over what the reader knows of its own doubt.

Fitted by `tools/train_reading.py --drafts` on hand-written texts that the other models had not seen; see docs/algorithms/reading.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from zhaoyin.engines.reading.lexicon import data_lines

FIELDS = ("company", "amount", "stage", "record")
SIGNS = (
    "always",
    "company",
    "legal_form",
    "said_again",
    "guessed",
    "no_amount",
    "bare_amount",
    "many_amounts",
    "strong_stage",
    "agreed_stage",
    "learned_stage",
    "many_stages",
    "sure_of_stage",
    "named",
    "crowd",
    "sure_of_record",
)
"""What is looked at, each between 0 and 1."""


@dataclass(frozen=True, slots=True, eq=False)
class ConfidenceModel:
    """For each of `FIELDS` one weight for each of `SIGNS`."""

    weights: Mapping[str, Sequence[float]]

    def chances(self, signs: Sequence[float]) -> list[float]:
        """Probability that each of `FIELDS` is right, in their order."""
        return [self.chance(field, signs) for field in FIELDS]

    def chance(self, field: str, signs: Sequence[float]) -> float:
        """Probability that the field is right, 0 to 1."""
        total = sum(map(mul, self.weights[field], signs))
        return 1 / (1 + math.exp(-total if -30.0 < total < 30.0 else -math.copysign(30.0, total)))


@lru_cache(maxsize=1)
def base_confidence() -> ConfidenceModel:
    """The model that comes with the engine."""
    rows = (line.split("\t") for line in data_lines("confidence.tsv"))
    return ConfidenceModel({field: tuple(float(value) for value in values) for field, *values in rows})


def fitted(
    rows: Sequence[tuple[Sequence[float], bool]], *, steps: int = 400, shrink: float = 0.01
) -> tuple[float, ...]:
    """Weights of one field from signs and whether it was right, by gradient descent with a pull towards 0."""
    weights = [0.0] * len(SIGNS)
    for _ in range(steps):
        slope = [shrink * weight for weight in weights]
        for signs, right in rows:
            total = sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
            miss = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - right
            for place, sign in enumerate(signs):
                slope[place] += miss * sign / len(rows)
        weights = [weight - 1.5 * step for weight, step in zip(weights, slope, strict=True)]
    return tuple(weights)
