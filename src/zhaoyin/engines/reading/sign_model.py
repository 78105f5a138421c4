"""Weights of models of two classes: a sign that is not known weighs nothing."""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from zhaoyin.engines.reading.lexicon import data_lines
from zhaoyin.engines.reading.packing import exact

SUREST = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class SignModel:
    """The weight of each sign (`packing.exact`)."""

    weights: Mapping[str, float]

    def balance(self, signs: Set[str]) -> float:
        """Logarithm of the odds of yes against no, between -`SUREST` and `SUREST`."""
        weights = self.weights
        return max(-SUREST, min(SUREST, sum([weights[sign] for sign in weights.keys() & signs])))

    def chance(self, signs: Set[str]) -> float:
        """Probability of yes, 0 to 1."""
        return 1 / (1 + math.exp(-self.balance(signs)))


@lru_cache(maxsize=4)
def sign_model(file: str) -> SignModel:
    """The model of a data file: on each line a sign, a tab, and hundredths of its weight."""
    rows = (line.rsplit("\t", 1) for line in data_lines(file))
    return SignModel({sign: exact(int(weight) / 100) for sign, weight in rows})


def pieces(name: str, text: str, widths: tuple[int, ...]) -> list[str]:
    """Every piece of the text of these widths, with the name of where it stands before it."""
    return [name + text[at : at + width] for width in widths for at in range(len(text) - width + 1)]
