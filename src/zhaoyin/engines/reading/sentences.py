"""Sentences, clauses and blocks (paragraphs, list items, table rows) of canonical text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from zhaoyin.domain.value import value

_END = re.compile(r"[。!?;\n…](?:(?<!…)[。!?;\n]*[”\"』)]?|(?<=…)…+)")
_EDGE = re.compile(
    r"[,::—。!?;\n…|](?:(?<=,)(?:(?<!\d,)|(?!\d{3}))|(?<=[::|])|(?<=—)—|(?<=[。!?;\n])[。!?;\n]*[”\"』)]?|(?<=…)…+)"
)
"""Where a clause ends. Both begin with a set of signs, so that what stands between them is passed over without a try."""


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""


P = TypeVar("P", bound=Placed)


class InOrder(list[P]):
    """Things in the order of the text, with their places in a list of their own; not to be changed."""

    __slots__ = ("starts",)

    def __init__(self, items: Iterable[P]) -> None:
        super().__init__(items)
        self.starts = [item.start for item in self]


def inside(items: InOrder[P], start: int, end: int) -> Sequence[P]:
    """Those of `items` (in the order of the text) that begin in `start`..`end`, by bisection."""
    if not items:
        return ()
    starts = items.starts
    first = bisect_left(starts, start)
    if first == len(starts) or starts[first] >= end:
        return ()
    return items[first : bisect_left(starts, end, first)]


@value
class Sentence:
    """`text[start:end]`; sentences with the same `block` stand in one line of the text."""

    start: int
    end: int
    block: int


def split_sentences(text: str) -> list[Sentence]:
    """Sentences in order; a semicolon ends one too, since items of a list are told apart by it."""
    found: list[Sentence] = []
    position, block = 0, 0
    for match in _END.finditer(text):
        if text[position : match.start()].strip():
            found.append(Sentence(position, match.end(), block))
            position = match.end()
        if "\n" in match[0]:
            block += 1
            position = match.end()
    if text[position:].strip():
        found.append(Sentence(position, len(text), block))
    return found


class Clauses:
    """Where the commas are: finds the clause around an offset."""

    def __init__(self, text: str) -> None:
        inner = [match.end() for match in _EDGE.finditer(text)]
        self.edges = [0, *inner] if inner and inner[-1] == len(text) else [0, *inner, len(text)]

    def start(self, position: int) -> int:
        """Where the clause that holds `position` begins."""
        return self.edges[bisect_right(self.edges, position) - 1]

    def end(self, position: int) -> int:
        """Where it ends (after its comma)."""
        index = bisect_right(self.edges, position)
        return self.edges[index] if index < len(self.edges) else self.edges[-1]
