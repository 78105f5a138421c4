"""A relation as it is found, and the names and firms that it speaks of."""

from bisect import bisect_left
from collections import Counter
from enum import StrEnum
from functools import cached_property

from zhaoyin.domain.value import value
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.funding import LENDERS
from zhaoyin.engines.reading.mentions import ORGANISATIONS, Kind, Mention
from zhaoyin.engines.reading.sentences import InOrder


class RelationKind(StrEnum):
    """Head stands in this relation to tail."""

    HAS_ROLE = "has_role"
    SUPPLIER_OF = "supplier_of"
    CUSTOMER_OF = "customer_of"
    FOLLOWED = "followed"
    FUND_INVESTED = "fund_invested"
    LENDS_TO = "lends_to"
    SUBSIDIARY_OF = "subsidiary_of"

    __hash__ = str.__hash__  # that of Enum is written in Python


@value
class Link:
    """`head` and `tail` are surfaces; `start`..`end` is the sentence that says so."""

    kind: RelationKind
    head: tuple[str, ...]
    tail: tuple[str, ...] | None
    start: int
    end: int
    role: str = ""


HUB_REACH = 1_000
"""Characters on both sides in which the firm spoken of most is looked for."""


class Namers:
    """The organisations of one text: what each goes by, and which one the text speaks of most."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.satellites: set[tuple[str, ...]] = set()
        """Firms known by what they are to another one."""
        self._surfaces: dict[int, tuple[str, ...]] = {}
        self._same: dict[tuple[Kind, str], tuple[str, ...]] = {}
        self.texts: dict[Kind, set[str]] = {}
        """Names by kind."""
        self.organisations = InOrder(facts.board.of(*ORGANISATIONS))
        self.first_at: dict[str, int] = {}
        """Where each name stands first."""
        for mention in self.organisations:
            self.texts.setdefault(mention.kind, set()).add(mention.text)
            self.first_at.setdefault(mention.text, mention.start)

    def names(self, mention: Mention) -> tuple[str, ...]:
        """All surfaces of the thing a mention names."""
        cluster = self.facts.home.get((mention.start, mention.end))
        if cluster is not None:
            if cluster.number not in self._surfaces:
                self._surfaces[cluster.number] = tuple(sorted(cluster.names))
            return self._surfaces[cluster.number]
        if mention.kind in {Kind.ZONE, Kind.FUND, Kind.AGENCY}:
            known = self.texts.get(mention.kind, ())
            key = (mention.kind, mention.text)
            if key not in self._same:
                same = {text for text in known if text.endswith(mention.text) or mention.text.endswith(text)}
                self._same[key] = tuple(sorted(same))
            return self._same[key]
        return (mention.text,)

    def hub_before(self, position: int) -> Mention | None:
        """The firm that the text around `position` speaks of most and has named already; None when none is named twice."""
        starts = self.organisations.starts
        first, stop = bisect_left(starts, position - HUB_REACH), bisect_left(starts, position + HUB_REACH)
        here = [(one, names) for one, names in self._named[first:stop] if names]
        times = Counter([names for _, names in here])
        best: Mention | None = None
        most = 0
        for one, names in here:
            if one.start >= position:
                break
            if times[names] > most and names not in self.satellites and not LENDERS.search(one.text):
                best, most = one, times[names]
        return best if most > 1 else None

    @cached_property
    def _named(self) -> list[tuple[Mention, tuple[str, ...]]]:
        """The organisations with the surfaces of those that are firms; the others have none."""
        return [(one, self.names(one) if one.kind is Kind.COMPANY else ()) for one in self.organisations]

    def subject(self, candidates: list[Mention]) -> Mention:
        """The last one that opens a clause, else the last."""
        text = self.facts.text
        for mention in reversed(candidates):
            if mention.start == 0 or text[mention.start - 1] in "。,;\n:、.—":
                return mention
        return candidates[-1]
