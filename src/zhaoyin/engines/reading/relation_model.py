"""Which two firms of a text stand in which relation, decided once more by the words between and around them: twelve logistic regressions.

The rules (`relations`) say first what they find. Each pair of firms that are named near each other, with a word of dealings beside them, is then
looked at with all names, amounts and days masked (X and Y are the pair): what is likely is told though no rule says it. What the rules say
stands: to drop what the model doubts is worth 0.003 on unseen texts and takes away followers that are told over several sentences. Fitted by `tools/train_reading.py` on the hand-written texts; see docs/algorithms/reading.md.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from zhaoyin.domain.value import value
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.funding import LENDERS
from zhaoyin.engines.reading.lexicon import data_lines
from zhaoyin.engines.reading.links import Link, Namers, RelationKind
from zhaoyin.engines.reading.masking import FUNDS_AS_FIRMS, Masked, marks_of
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.packing import Row, Sums, packed_rows
from zhaoyin.engines.reading.sentences import Sentence

KINDS = (
    RelationKind.SUPPLIER_OF,
    RelationKind.CUSTOMER_OF,
    RelationKind.FOLLOWED,
    RelationKind.SUBSIDIARY_OF,
    RelationKind.FUND_INVESTED,
    RelationKind.LENDS_TO,
)
CLASSES: tuple[tuple[RelationKind, bool], ...] = tuple((kind, forward) for kind in KINDS for forward in (True, False))
"""A kind, and whether the first named of the two is its head; the two directions of a kind stand side by side."""
_SUMS = Sums(len(CLASSES))
LIKELY = 0.35
"""From this chance on a relation that no rule says is told (benchmarks/reading)."""
LONGEST_GAP, LONGEST_OVER_A_LINE, MOST_PLACES = 280, 160, 2
"""Characters between the two, and how many places at which they stand near each other are looked at."""
_LEFT, _RIGHT, _NEAR = 10, 16, 20
_REACH = 30
_OF_DEALINGS = re.compile(
    "供|客户|买|采购|卖|配套|上游|下游|子公司|母公司|控股|全资|旗下|跟|随|链|主顾|订单|来自|进货|替|给|股|带|集团|老东家|邻居|伙伴|隔壁|荐|介绍|吃|用的|拿|成立|设立|注册|组建|出资"
)
"""Without one of these two firms have nothing to do with each other, unless one lends or is a fund or a rule says so."""
_OF_THE_OTHER = re.compile(
    "供|客户|采购|上游|下游|母公司|子公司|配套|主顾|老东家|伙伴|链|跟着|跟来|跟过|随|荐|它|其(?!中|余|他)|他(?!们)"
)
"""What a line must say to have to do with a firm of the line above it."""
_LETTERS = {**FUNDS_AS_FIRMS, Kind.PERSON: "R"}


@dataclass(frozen=True, slots=True, eq=False)
class RelationModel:
    """For each sign its packed weights (`packing`) for `CLASSES`."""

    weights: Mapping[str, int]

    def chances(self, signs: Set[str]) -> list[float]:
        """Probability of each of `CLASSES`, each by itself, 0 to 1."""
        weights = self.weights
        sums = _SUMS.of(map(weights.__getitem__, weights.keys() & signs))
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) for total in sums]

    def row(self, sign: str) -> Row:
        """Its weights for some of `CLASSES`."""
        return _SUMS.row(self.weights.get(sign, 0))


@value
class Party:
    """A firm, bank or fund: its surfaces, and F, B or U."""

    names: tuple[str, ...]
    letter: str


@value
class Place:
    """Where two parties stand near each other: the one named first, the other one, and the sentences between them."""

    first: Mention
    second: Mention
    sentences: int


Pair = tuple[int, int]
"""Numbers of two parties."""


class Pairs:
    """The pairs of one text that may have to do with each other, with what the rules say of them."""

    def __init__(self, facts: Facts, sentences: Sequence[Sentence], links: Sequence[Link], namers: Namers) -> None:
        self.facts, self.links = facts, links
        self._ends = [one.end for one in sentences]
        self._sentences = sentences
        self.parties: list[Party] = []
        self._number: dict[tuple[str, ...], int] = {}
        self._owner: dict[int, int] = {}
        self._starts: list[list[int]] = []
        named: list[Mention] = []
        for mention in namers.organisations:
            if mention.kind in {Kind.COMPANY, Kind.FUND}:
                named.append(mention)
                party = self._owner[mention.start] = self._party(mention, namers.names(mention))
                self._starts[party].append(mention.start)
        self._named = named
        self._rows = {cell.start: cell.row for cell in facts.fields if cell.kind == "company"}
        """Where the firms of a table's rows stand."""
        self.ruled = self._ruled()
        self._masked = Masked(facts.text, marks_of(facts, _LETTERS))

    def _party(self, mention: Mention, names: tuple[str, ...]) -> int:
        if names not in self._number:
            letter = "U" if mention.kind is Kind.FUND else "B" if LENDERS.search(mention.text) else "F"
            self._number[names] = len(self.parties)
            self.parties.append(Party(names, letter))
            self._starts.append([])
        return self._number[names]

    def _ruled(self) -> dict[Pair, set[RelationKind]]:
        """What the rules say of head and tail."""
        by_name = {name: number for number, party in enumerate(self.parties) for name in party.names}
        found: dict[Pair, set[RelationKind]] = {}
        for link in self.links:
            heads = {by_name[name] for name in link.head if name in by_name}
            tails = {by_name[name] for name in link.tail or () if name in by_name}
            for head in heads:
                for tail in tails - {head}:
                    found.setdefault((head, tail), set()).add(link.kind)
        return found

    def near(self) -> Iterator[tuple[list[tuple[Pair, set[str]]], Place]]:
        """For each two parties their places near each other, each with the pair in the order in which it names them and its signs; and the nearest place."""
        if len(self.parties) < 2:
            return
        places: dict[Pair, list[Place]] = {}
        for index, first in enumerate(self._named):
            for second in self._named[index + 1 :]:
                if second.start - first.end > LONGEST_GAP:
                    break
                left, right = self._owner[first.start], self._owner[second.start]
                if left != right and self._reaches(first, second):
                    between = bisect_right(self._ends, second.start) - bisect_right(self._ends, first.start)
                    places.setdefault((min(left, right), max(left, right)), []).append(Place(first, second, between))
        for here in places.values():
            here.sort(key=_nearness)
            found = [
                ((self._owner[place.first.start], self._owner[place.second.start]), signs)
                for number, place in enumerate(here[:MOST_PLACES])
                if (signs := self._signs(place, number))
            ]
            if found:
                yield found, here[0]

    def _reaches(self, first: Mention, second: Mention) -> bool:
        gap = second.start - first.end
        text = self.facts.text
        row = self._rows.get(first.start)
        if row is not None and self._rows.get(second.start, row) != row:
            return False
        line = text.find("\n", first.end, second.start)
        if line < 0:
            return True
        if gap > LONGEST_OVER_A_LINE or text.find("\n", line + 1, second.start) >= 0:
            return False
        return _OF_THE_OTHER.search(text, line, second.end + _REACH) is not None

    def span(self, place: Place) -> tuple[int, int]:
        """The sentences in which the two stand."""
        start = bisect_right(self._ends, place.first.start)
        end = min(bisect_right(self._ends, place.second.start), len(self._sentences) - 1)
        return self._sentences[start].start, self._sentences[end].end

    def _near(self, party: int, start: int, end: int) -> list[int]:
        """Where the party is named between the two."""
        starts = self._starts[party]
        return starts[bisect_left(starts, start) : bisect_left(starts, end)]

    def _signs(self, place: Place, number: int) -> set[str]:
        """Signs of the place, none when nothing there speaks of dealings; X is the party named first."""
        text = self.facts.text
        first, second = place.first, place.second
        pair = self._owner[first.start], self._owner[second.start]
        line = max(text.rfind("\n", max(0, first.start - _REACH), first.start) + 1, first.start - _REACH, 0)
        stop = text.find("\n", second.end, second.end + _REACH)
        stop = stop if stop >= 0 else min(len(text), second.end + _REACH)
        letters = (self.parties[pair[0]].letter, self.parties[pair[1]].letter)
        said = self.ruled.get(pair, set()) | self.ruled.get((pair[1], pair[0]), set())
        if not said and letters == ("F", "F") and _OF_DEALINGS.search(text, line, stop) is None:
            return set()
        both = dict.fromkeys(self._near(pair[0], line, stop), "X") | dict.fromkeys(self._near(pair[1], line, stop), "Y")
        left = self._masked.piece(line, first.start, both)[-_LEFT:]
        middle = self._masked.piece(first.end, second.start, both).replace("\n", "/")
        right = self._masked.piece(second.end, stop, both)[:_RIGHT]
        found = place_signs(left, middle, right)
        found |= {f"t{''.join(letters)}", f"s{min(place.sentences, 6)}", f"n{number}"}
        for head, tail, sign in ((pair[0], pair[1], ">"), (pair[1], pair[0], "<")):
            found |= {f"r{kind.value}{sign}" for kind in self.ruled.get((head, tail), ())}
        if not said:
            found.add("r-")
        return found


def _nearness(place: Place) -> tuple[int, int]:
    return place.sentences, place.second.start - place.first.end


def place_signs(left: str, middle: str, right: str) -> set[str]:
    """Pieces of the words between the two, before the first and behind the second."""
    between = f"X{middle}Y"
    before, behind = f"{left}X", f"Y{right}"
    near = (between,) if len(between) <= 2 * _NEAR else (between[:_NEAR], between[-_NEAR:])
    found = {f"g{min(len(middle) // 8, 8)}", f"c{min(middle.count('C'), 3)}"}
    for name, parts in (("l", (before,)), ("m", near), ("q", (behind,))):
        for part in parts:
            for width in (2, 3):
                found.update([name + part[at : at + width] for at in range(len(part) - width + 1)])
    for width in range(2, 8):
        found.add(f"<{between[-width:]}")
        found.add(f">{between[:width]}")
    for width in range(2, 6):
        found.add(f"]{behind[:width]}")
        found.add(f"[{before[-width:]}")
    return found


def likely_links(
    facts: Facts, sentences: Sequence[Sentence], links: Sequence[Link], namers: Namers, model: RelationModel
) -> Iterator[Link]:
    """The likely relations that are not among `links`, which are the rules' ones."""
    pairs = Pairs(facts, sentences, links, namers)
    for places, nearest in pairs.near():
        highest: dict[tuple[RelationKind, int, int], float] = {}
        for pair, signs in places:
            for (kind, forward), chance in zip(CLASSES, model.chances(signs), strict=True):
                key = (kind, *pair) if forward else (kind, pair[1], pair[0])
                highest[key] = max(chance, highest.get(key, 0.0))
        for (kind, head, tail), chance in highest.items():
            if chance >= LIKELY and kind not in pairs.ruled.get((head, tail), ()):
                start, end = pairs.span(nearest)
                yield Link(kind, pairs.parties[head].names, pairs.parties[tail].names, start, end)


_TOLD_TWICE = {RelationKind.SUPPLIER_OF: RelationKind.CUSTOMER_OF, RelationKind.CUSTOMER_OF: RelationKind.SUPPLIER_OF}


def told_once(ruled: Sequence[Link], likely: Sequence[Link]) -> list[Link]:
    """Both together; of one trade told as selling and as buying only what the model says, which was right in 26 of 26 such pairs of the hand-written texts."""
    other = {(_TOLD_TWICE[one.kind], one.tail, one.head) for one in likely if one.kind in _TOLD_TWICE}
    return [*(one for one in ruled if (one.kind, one.head, one.tail) not in other), *likely]


@lru_cache(maxsize=1)
def base_relations() -> RelationModel:
    """The model that comes with the engine."""
    return RelationModel(dict(packed_rows(data_lines("relations.tsv"))))
