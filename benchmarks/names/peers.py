"""What people would use otherwise, written plainly: cosine of TF-IDF over characters and pairs, and Jaccard over pairs."""

from collections import Counter, defaultdict

import numpy as np


def _grams(name: str) -> list[str]:
    return [*name, *(name[at : at + 2] for at in range(len(name) - 1))]


class TfIdf:
    """Cosine of TF-IDF weights of characters and pairs (1 + log tf, smooth idf)."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        lists: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for gram, count in Counter(_grams(name)).items():
                lists[gram].append(number)
                counts[gram].append(count)
        self.idf = {gram: np.log((1 + len(names)) / (1 + len(found))) + 1 for gram, found in lists.items()}
        squares = np.zeros(len(names))
        self.postings = {}
        for gram, found in lists.items():
            weight = (1 + np.log(np.array(counts[gram]))) * self.idf[gram]
            self.postings[gram] = (np.array(found), weight)
            np.add.at(squares, self.postings[gram][0], weight**2)
        self.norms = np.sqrt(np.maximum(squares, 1e-9))

    def best(self, query: str) -> str:
        """The nearest name."""
        score = np.zeros(len(self.names))
        for gram, count in Counter(_grams(query)).items():
            if gram in self.postings:
                found, weight = self.postings[gram]
                score[found] += (1 + np.log(count)) * self.idf[gram] * weight
        return self.names[int(np.argmax(score / self.norms))]


class Jaccard:
    """Share of common pairs."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        lists: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for pair in {name[at : at + 2] for at in range(len(name) - 1)}:
                lists[pair].append(number)
        self.postings = {pair: np.array(found) for pair, found in lists.items()}
        self.sizes = np.array([len({name[at : at + 2] for at in range(len(name) - 1)}) for name in names])

    def best(self, query: str) -> str:
        """The nearest name."""
        pairs = {query[at : at + 2] for at in range(len(query) - 1)}
        shared = np.zeros(len(self.names))
        for pair in pairs & self.postings.keys():
            shared[self.postings[pair]] += 1
        return self.names[int(np.argmax(shared / np.maximum(self.sizes + len(pairs) - shared, 1)))]
