"""Mentions found in a text and the board that keeps them from overlapping."""

from bisect import bisect_left
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


ROOM = 1 << 14
"""Characters of the text whose mentions are kept in one list: a list of all would be moved with every mention that is put into it."""


class Board:
    """Mentions so far, sorted, without overlaps; the first to be placed wins."""

    def __init__(self) -> None:
        self.guessed: set[tuple[int, int]] = set()
        """Where names stand that only the tagger sees."""
        self.given: set[tuple[int, int]] = set()
        """Where names stand that a column, the user's lists or the text itself (以下简称) give."""
        self._rooms: list[list[Mention]] = [[]]
        self._starts: list[list[int]] = [[]]
        self._longest = 0

    @property
    def mentions(self) -> list[Mention]:
        """All of them in their order; not to be changed."""
        return self._rooms[0] if len(self._rooms) == 1 else [one for room in self._rooms for one in room]

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing is placed on `start`..`end`."""
        last = self._last(start, end)
        return last is None or last.end <= start

    def _last(self, start: int, end: int) -> Mention | None:
        """The last mention that begins before `end`; None when there is none or none that reaches `start`."""
        room = (end - 1) // ROOM
        if room >= len(self._rooms):
            room = len(self._rooms) - 1
        while room >= 0:
            index = bisect_left(self._starts[room], end)
            if index:
                return self._rooms[room][index - 1]
            if room * ROOM + self._longest <= start:
                break
            room -= 1
        return None

    def place(self, text: str, start: int, end: int, kind: Kind) -> Mention | None:
        """Put a mention; None when its place is taken."""
        if start >= end or not self.is_free(start, end):
            return None
        mention = Mention(start, end, kind, text[start:end])
        self._insert(mention)
        return mention

    def _insert(self, mention: Mention) -> None:
        start = mention.start
        room = start // ROOM
        while room >= len(self._rooms):
            self._rooms.append([])
            self._starts.append([])
        index = bisect_left(self._starts[room], start)
        self._rooms[room].insert(index, mention)
        self._starts[room].insert(index, start)
        if mention.end - start > self._longest:
            self._longest = mention.end - start

    def remove(self, mention: Mention) -> None:
        """Take a mention from the board."""
        room = mention.start // ROOM
        index = bisect_left(self._starts[room], mention.start)
        del self._rooms[room][index], self._starts[room][index]

    def replace(self, old: Mention, new: Mention) -> None:
        """Exchange one mention for another at the same place."""
        self.remove(old)
        self._insert(new)

    def of(self, *kinds: Kind) -> list[Mention]:
        """Mentions of these kinds in their order."""
        return [one for room in self._rooms for one in room if one.kind in kinds]

    def at(self, position: int) -> Mention | None:
        """The mention that covers `position`."""
        last = self._last(position, position + 1)
        return last if last is not None and last.end > position else None

    def touching(self, start: int, end: int) -> list[Mention]:
        """Mentions that share a character with `start`..`end`."""
        found: list[Mention] = []
        last = self._last(start, end)
        while last is not None and last.end > start:
            found.append(last)
            last = self._last(start, last.start)
        return found[::-1]

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie inside `start`..`end`."""
        first = start // ROOM if start > 0 else 0
        if first == (end - 1) // ROOM < len(self._rooms):
            starts = self._starts[first]
            begin = bisect_left(starts, start)
            found = self._rooms[first][begin : bisect_left(starts, end, begin)]
        else:
            rooms = self._rooms[first : (end - 1) // ROOM + 1]
            found = [one for room in rooms for one in room if start <= one.start < end]
        if found and found[-1].end > end:
            found.pop()
        return found
