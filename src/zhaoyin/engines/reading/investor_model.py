"""Which firms of a text invest, by the words around all their names: a logistic regression over characters.

The rules (`serving`, `stretches`) know many ways to say that a firm only sells, buys, builds, lends or lets. Beside them each mention of a firm is looked at
with all names, amounts and days masked (X is the firm itself, wherever it is named), and the mean over its first mentions says how much it looks like an
investor; `record_model` weighs that with all else. Fitted by `tools/train_reading.py` on the hand-written texts; see docs/algorithms/reading.md.
"""

from collections.abc import Iterator, Mapping, Sequence

from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.masking import Masked
from zhaoyin.engines.reading.mentions import Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.sign_model import SignModel, pieces, sign_model

FILE = "investors.tsv"
MOST_MENTIONS = 6
"""Mentions of a firm that are looked at."""
LONGEST_BEFORE, LONGEST_AFTER = 16, 24
"""Characters of masked text on both sides."""
_REACH_BEFORE, _REACH_AFTER = 40, 48
_NEAREST = range(1, 9)
_WIDTHS = (2, 3)
_WHOLE = ("有限公司", "股份公司", "有限责任公司", "集团公司")


def mention_signs(facts: Facts, masked: Masked, cluster: Cluster, order: Mapping[int, int]) -> Iterator[set[str]]:
    """The signs of each of the firm's first mentions in the text; `order` is that of `order_of`."""
    text = facts.text
    own = {one.start: "X" for one in cluster.mentions}
    number, times = min(order[cluster.number], 4), min(len(cluster.mentions), 4)
    always = {f"k{min(len(facts.clusters), 6)}", f"o{number}", f"m{times}", f"om{min(number, 2)}{min(times, 3)}"}
    always.add(f"L{any(one.text.endswith(_WHOLE) for one in cluster.mentions):d}")
    for place, mention in enumerate(sorted(cluster.mentions, key=_start)[:MOST_MENTIONS]):
        floor = max(0, mention.start - _REACH_BEFORE)
        line = text.rfind("\n", floor, mention.start) + 1 or floor
        stop = text.find("\n", mention.end, mention.end + _REACH_AFTER)
        stop = stop if stop >= 0 else min(len(text), mention.end + _REACH_AFTER)
        before = "^" + masked.piece(line, mention.start, own)
        after = masked.piece(mention.end, stop, own) + "$"
        found = always | {f"n{min(place, 3)}", f"e{mention.text[-2:]}", f"f{mention.text[-3:]}"}
        found |= {f"g{(mention.start, mention.end) in facts.board.guessed:d}", f"t{min(len(mention.text), 12)}"}
        _add_surroundings(found, before, after)
        yield found


def _add_surroundings(found: set[str], before: str, after: str) -> None:
    """Words on both sides, and how many firms and amounts the sentence names there."""
    found.update([f"<{before[-width:]}" for width in _NEAREST])
    found.update([f">{after[:width]}" for width in _NEAREST])
    found.update(pieces("l", before[-LONGEST_BEFORE:], _WIDTHS))
    found.update(pieces("r", after[:LONGEST_AFTER], _WIDTHS))
    found.add(f"c{min(after[:LONGEST_AFTER].count('M'), 2)}")
    said, follows = before[before.rfind("。") + 1 :], after.partition("。")[0]
    found |= {f"C{min(follows.count('C'), 3)}", f"D{min(said.count('C'), 3)}"}
    found |= {f"M{min(follows.count('M'), 3)}", f"N{min(said.count('M'), 2)}"}


def order_of(facts: Facts) -> dict[int, int]:
    """For each firm (number of its cluster) how many are named before it."""
    first = sorted((min(one.start for one in cluster.mentions), cluster.number) for cluster in facts.clusters)
    return {number: place for place, (_, number) in enumerate(first)}


def _start(mention: Mention) -> int:
    return mention.start


class Investors:
    """The firms of one text, each judged once."""

    def __init__(self, facts: Facts, masked: Masked, model: SignModel) -> None:
        self._facts, self._masked, self._model = facts, masked, model
        self._order = order_of(facts)
        self._known: dict[int, float] = {}

    def likeness(self, clusters: Sequence[Cluster]) -> float:
        """How much the likeliest of the firms looks like an investor: logarithm of the odds; 0 when there is no firm."""
        return max([self._mean(cluster) for cluster in clusters], default=0.0)

    def _mean(self, cluster: Cluster) -> float:
        if cluster.number not in self._known:
            signs = mention_signs(self._facts, self._masked, cluster, self._order)
            balances = [self._model.balance(one) for one in signs]
            self._known[cluster.number] = sum(balances) / len(balances)
        return self._known[cluster.number]


def base_investors() -> SignModel:
    """The model that comes with the engine."""
    return sign_model(FILE)
