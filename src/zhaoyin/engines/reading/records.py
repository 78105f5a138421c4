"""What is known of a project while a text is read, and the stage that its cues support."""

from bisect import bisect_left
from dataclasses import dataclass, field

from zhaoyin.domain.atoms.counts import CountAtom
from zhaoyin.domain.atoms.dates import DateAtom
from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.mentions import Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.stages import Cue, Step


@dataclass(slots=True, eq=False)
class Record:
    """A project under way of being read; `clusters` are its investors, the first one leads."""

    clusters: list[Cluster]
    name: Mention | None = None
    amount: MoneyAtom | None = None
    amount_year: int | None = None
    cues: list[Cue] = field(default_factory=list)
    jobs: CountAtom | None = None
    place: Mention | None = None
    dates: list[DateAtom] = field(default_factory=list)
    reinvest: bool = False
    history: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)
    ignore_before: int = 0
    lead: list[Cue] = field(default_factory=list)
    titled: list[Cue] = field(default_factory=list)
    """What headlines tell: heard only when the article tells nothing."""
    heading: Step | None = None
    """Stage of the heading in its line (新开工:)."""
    heading_at: tuple[int, int] | None = None
    """Where that heading stands."""
    accepted: bool = True
    """Whether the rules take it for a project."""


@dataclass(slots=True, eq=False)
class Stretch:
    """A part of a sentence that speaks of `clusters` (none: of a project only)."""

    clusters: list[Cluster]
    start: int
    end: int
    mention: Mention | None
    listed: bool = False


class MoneyRoles:
    """Amounts of one text by place, with what they are."""

    def __init__(self, facts: Facts, roles: list[AmountRole]) -> None:
        self._pairs = list(zip(facts.money, roles, strict=True))
        self._starts = [atom.start for atom in facts.money]
        self.at = {atom.start: role for atom, role in self._pairs}

    def inside(self, start: int, end: int) -> list[tuple[MoneyAtom, AmountRole]]:
        """Those that begin in `start`..`end`."""
        if not self._pairs:
            return []
        first = bisect_left(self._starts, start)
        return self._pairs[first : bisect_left(self._starts, end, first)]

    def of(self, role: AmountRole, start: int, end: int) -> list[MoneyAtom]:
        """Those of one role."""
        return [atom for atom, one in self.inside(start, end) if one is role]


def final_step(record: Record) -> Step | None:
    """The latest state that the cues of a record support; None when they say nothing."""
    actual = [cue for cue in record.cues if not cue.weak]
    steps = [cue.step for cue in actual]
    if Step.TERMINATED in steps:
        last = max((cue for cue in actual if cue.step is Step.TERMINATED), key=lambda cue: cue.start)
        after = [
            cue
            for cue in actual
            if cue.start > last.start and cue.step >= Step.SIGNED and cue.step is not Step.TERMINATED
        ]
        return Step.TERMINATED if not after else max(cue.step for cue in after)
    if len(steps) == 1 and steps[0] is not Step.SITED:
        return steps[0]
    if steps:
        top = max(steps)
        if (
            top is Step.SITED
            and any(cue.step is Step.SIGNED and cue.by_rule for cue in actual)
            and not any(cue.land for cue in actual)
        ):
            return Step.SIGNED
        early = top <= Step.NEGOTIATING
        return max(actual, key=lambda cue: cue.start).step if early else top
    weak = [cue for cue in record.cues if cue.weak and not cue.hint]
    hints = [cue for cue in record.cues if cue.hint]
    if hints and not weak:
        return max(hints, key=lambda cue: cue.sure).step
    return max((cue.step for cue in weak), default=None)
