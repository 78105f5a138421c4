"""The conditional random fields that find names: the newest one, and two of the round before that learned from fewer texts with other invented names, asked together.

One alone decides where it is sure of every word of a sentence; where it doubts one, the mean of both counts. Words are labelled one by one by
their own chances (B begins a firm, I goes on, O is none), not by the likeliest sequence: what is wanted is the right word, and the mean has no sequence.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import pycrfsuite

MODELS = ("names.crfsuite", "names_2.crfsuite", "names_3.crfsuite")
"""The last two learned from fewer texts; what they do not know by heart the mean with them finds more often in texts that none has seen (benchmarks/reading)."""
DOUBT = 0.02
"""A chance between this and one less it is a doubt."""


class NameModel:
    """Chances of the words of the sentence whose features were given last."""

    def __init__(self, models: Sequence[bytes]) -> None:
        self._models = models  # a tagger reads its model where it lies in memory, so the bytes must stay
        self._taggers = [_opened(model) for model in models]
        self._asked: list[pycrfsuite.Tagger] = []
        self.outside: list[float] = []
        """Of each word the chance that it is none of a firm's."""

    def read(self, features: list[list[str]]) -> None:
        """Take the features of a sentence (`tagger.token_features`)."""
        first, *others = self._taggers
        places = range(len(features))
        first.set(features)
        self._asked = [first]
        self.outside = [first.marginal("O", place) for place in places]
        if any(DOUBT < chance < 1 - DOUBT for chance in self.outside):
            for other in others:
                other.set(features)
                self._asked.append(other)
            if others:
                self.outside = [self.chance("O", place) for place in places]

    def chance(self, label: str, place: int) -> float:
        """Probability of the label at the word, 0 to 1."""
        total: float = sum([one.marginal(label, place) for one in self._asked])
        return total / len(self._asked)

    def firms(self) -> list[list[tuple[int, float]]]:
        """Places of the words of each firm found, with the chance of each word's label."""
        found: list[list[tuple[int, float]]] = []
        open_firm = False
        for place, outside in enumerate(self.outside):
            if outside >= 1 / 2:
                open_firm = False
                continue
            begins, goes_on = self.chance("B", place), self.chance("I", place)
            if not open_firm or begins > goes_on:
                found.append([])
                goes_on = 1 - outside  # where it begins is another question than whether it is one
            found[-1].append((place, goes_on))
            open_firm = True
        return found


def _opened(model: bytes) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return tagger


@lru_cache(maxsize=1)
def base_names() -> NameModel:
    """The models that come with the engine."""
    folder = resources.files("zhaoyin.engines.reading").joinpath("data")
    return NameModel([folder.joinpath(name).read_bytes() for name in MODELS])


@lru_cache(maxsize=4)
def own_names(model: bytes) -> NameModel:
    """One model in place of them."""
    return NameModel([model])
