"""Mentions found in a text and the board that keeps them from overlapping."""

from array import array
from bisect import bisect_left, bisect_right
from enum import StrEnum

from zhaoyin.domain.value import value


class Kind(StrEnum):
    """What a span names."""

    COMPANY = "company"
    FUND = "fund"
    AGENCY = "agency"
    ZONE = "zone"
    PLACE = "place"
    PERSON = "person"
    ROLE = "role"
    PROJECT = "project"

    __hash__ = str.__hash__  # that of Enum is written in Python, and kinds are looked up in sets everywhere


ORGANISATIONS = frozenset({Kind.COMPANY, Kind.FUND, Kind.AGENCY, Kind.ZONE})


@value(order=True)
class Mention:
    """`text[start:end]` (canonical text) names a thing of kind `kind`."""

    start: int
    end: int
    kind: Kind
    text: str


class Board:
    """Mentions so far, sorted, without overlaps; the first to be placed wins."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.guessed: set[tuple[int, int]] = set()
        """Where names stand that only the tagger sees."""
        self._starts = array("l")

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing is placed on `start`..`end`."""
        index = bisect_right(self._starts, start)
        if index and self.mentions[index - 1].end > start:
            return False
        return index == len(self._starts) or self._starts[index] >= end

    def place(self, text: str, start: int, end: int, kind: Kind) -> Mention | None:
        """Put a mention; None when its place is taken."""
        if start >= end or not self.is_free(start, end):
            return None
        mention = Mention(start, end, kind, text[start:end])
        self._insert(mention)
        return mention

    def _insert(self, mention: Mention) -> None:
        index = bisect_left(self._starts, mention.start)
        self.mentions.insert(index, mention)
        self._starts.insert(index, mention.start)

    def remove(self, mention: Mention) -> None:
        """Take a mention from the board."""
        index = bisect_left(self._starts, mention.start)
        del self.mentions[index], self._starts[index]

    def replace(self, old: Mention, new: Mention) -> None:
        """Exchange one mention for another at the same place."""
        self.remove(old)
        self._insert(new)

    def of(self, *kinds: Kind) -> list[Mention]:
        """Mentions of these kinds in their order."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    def at(self, position: int) -> Mention | None:
        """The mention that covers `position`."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and self.mentions[index].end > position:
            return self.mentions[index]
        return None

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie inside `start`..`end`."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        if last > first and self.mentions[last - 1].end > end:
            last -= 1
        return self.mentions[first:last]
