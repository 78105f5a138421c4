"""Mentions found in a text and the board that keeps them from overlapping."""

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum


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


ORGANISATIONS = frozenset({Kind.COMPANY, Kind.FUND, Kind.AGENCY, Kind.ZONE})


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """`text[start:end]` (canonical text) names a thing of kind `kind`."""

    start: int
    end: int
    kind: Kind
    text: str


@dataclass(slots=True)
class Board:
    """Mentions so far, sorted, without overlaps; the first to be placed wins."""

    mentions: list[Mention] = field(default_factory=list)
    guessed: set[tuple[int, int]] = field(default_factory=set)
    """Where names stand that only the tagger sees."""

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing is placed on `start`..`end`."""
        index = bisect_left(self.mentions, start, key=lambda mention: mention.end - 1)
        return index == len(self.mentions) or self.mentions[index].start >= end

    def place(self, text: str, start: int, end: int, kind: Kind) -> Mention | None:
        """Put a mention; None when its place is taken."""
        if start >= end or not self.is_free(start, end):
            return None
        mention = Mention(start, end, kind, text[start:end])
        self.mentions.insert(bisect_left(self.mentions, mention), mention)
        return mention

    def replace(self, old: Mention, new: Mention) -> None:
        """Exchange one mention for another at the same place."""
        self.mentions.remove(old)
        self.mentions.insert(bisect_left(self.mentions, new), new)

    def of(self, *kinds: Kind) -> list[Mention]:
        """Mentions of these kinds in their order."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    def at(self, position: int) -> Mention | None:
        """The mention that covers `position`."""
        index = bisect_left(self.mentions, position, key=lambda mention: mention.end - 1)
        if index < len(self.mentions) and self.mentions[index].start <= position:
            return self.mentions[index]
        return None

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie inside `start`..`end`."""
        index = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        found: list[Mention] = []
        while index < len(self.mentions) and self.mentions[index].start < end:
            if self.mentions[index].end <= end:
                found.append(self.mentions[index])
            index += 1
        return found
