"""The same project twice, within a ledger, across ledgers, and against known projects: by investor, what is built, amount, time.

Rows are compared when they share a telling word (stem of the investor, name, phone, code, what is built and its amount), so the
work grows with the number of rows, not with its square. Each pair carries its score and the reasons for and against; groups
are made of pairs above the threshold, without joining two rows that contradict each other. docs/algorithms/duplicates.md.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from zhaoyin.engines.entity_resolution.project_blocks import Blocks
from zhaoyin.engines.entity_resolution.project_likeness import Reasons, compare
from zhaoyin.engines.entity_resolution.project_rows import ProjectFacts, Row, search_words

__all__ = [
    "DuplicatePair", "DuplicatesFound", "DuplicatesParams", "DuplicatesProblem", "KnownProjects", "NewRowsFound",
    "NewRowsProblem", "ProjectFacts", "search_words", "solve_duplicates", "solve_new_rows",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DuplicatesParams:
    """`accept`: from this score two rows are one project; `review`: from this score they are shown to a person.
    A word that more than `largest_block` rows share is passed over; a row is compared with at most `compared` others."""

    accept: float = 0.72
    review: float = 0.5
    largest_block: int = 400
    compared: int = 24
    shown: int = 3
    """Candidates of a new row in the answer of `solve_new_rows`."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two rows that may be one project: `score` from 0 to 1, `reasons` as (code, weight), most telling first."""

    first: str
    second: str
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class DuplicatesProblem:
    """The rows to compare with each other."""

    projects: tuple[ProjectFacts, ...]


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """`pairs` from the review score on, best first; `groups` of keys that are one project."""

    pairs: tuple[DuplicatePair, ...]
    groups: tuple[tuple[str, ...], ...]


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Nothing made here is cyclic; looking for cycles among a million small objects is a fifth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class KnownProjects:
    """Projects made ready for being compared with new rows; built once, about twenty seconds for a million."""

    def __init__(self, projects: Sequence[ProjectFacts], params: DuplicatesParams | None = None) -> None:
        rules = params or DuplicatesParams()
        with _collection_paused():
            self.rows = [Row.of(place, facts) for place, facts in enumerate(projects)]
            self.blocks = Blocks(self.rows, largest=rules.largest_block, kept=rules.compared)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class NewRowsProblem:
    """New rows, and the projects that are known already."""

    known: KnownProjects
    rows: tuple[ProjectFacts, ...]


@dataclass(frozen=True, slots=True)
class NewRowsFound:
    """For the key of a new row its likely projects, best first; `first` of a pair is the row, `second` the project."""

    likely: Mapping[str, tuple[DuplicatePair, ...]] = field(default_factory=dict)


def solve_new_rows(*, problem: NewRowsProblem, params: DuplicatesParams | None = None) -> NewRowsFound:
    """Known projects that each new row may be, from the review score on; deterministic; linear in the number of rows."""
    rules = params or DuplicatesParams()
    with _collection_paused():
        return NewRowsFound(_likely(problem, rules))


def _likely(problem: NewRowsProblem, rules: DuplicatesParams) -> dict[str, tuple[DuplicatePair, ...]]:
    known = problem.known
    found: dict[str, tuple[DuplicatePair, ...]] = {}
    for place, facts in enumerate(problem.rows):
        row = Row.of(place, facts)
        others = known.blocks.alike_in_product(row) - 1
        likely: list[DuplicatePair] = []
        for other in known.blocks.candidates(row):
            score, reasons = compare(row, known.rows[other], others=others, least=rules.review)
            if score >= rules.review:
                likely.append(DuplicatePair(facts.key, known.rows[other].facts.key, round(score, 3), reasons))
        if likely:
            likely.sort(key=lambda pair: -pair.score)
            found[facts.key] = tuple(likely[: rules.shown])
    return found


def solve_duplicates(*, problem: DuplicatesProblem, params: DuplicatesParams | None = None) -> DuplicatesFound:
    """Groups and pairs of rows that are the same project; deterministic; linear in the number of rows."""
    rules = params or DuplicatesParams()
    with _collection_paused():
        pairs = _pairs(KnownProjects(problem.projects, rules), rules)
    keys = [facts.key for facts in problem.projects]
    found = tuple(DuplicatePair(keys[one], keys[two], round(score, 3), reasons) for score, one, two, reasons in pairs)
    return DuplicatesFound(found, tuple(tuple(keys[place] for place in group) for group in _groups(pairs, rules)))


_Pair = tuple[float, int, int, Reasons]


def _pairs(known: KnownProjects, rules: DuplicatesParams) -> list[_Pair]:
    """Pairs from the review score on, best first."""
    pairs: list[_Pair] = []
    seen: set[tuple[int, int]] = set()
    for row in known.rows:
        others = known.blocks.alike_in_product(row) - 2
        for other in known.blocks.candidates(row):
            pair = (min(row.place, other), max(row.place, other))
            if other == row.place or pair in seen:
                continue
            seen.add(pair)
            score, reasons = compare(known.rows[pair[0]], known.rows[pair[1]], others=others, least=rules.review)
            if score >= rules.review:
                pairs.append((score, *pair, reasons))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return pairs


def _groups(pairs: Sequence[_Pair], rules: DuplicatesParams) -> list[list[int]]:
    """Best pairs first; two groups become one when no two of their rows are clearly different projects."""
    scores = {(one, two): score for score, one, two, _ in pairs}
    group_of: dict[int, list[int]] = {}
    for score, one, two, _ in pairs:
        if score < rules.accept:
            break
        left, right = group_of.get(one, [one]), group_of.get(two, [two])
        if left is right:
            continue
        if any(scores.get((min(a, b), max(a, b)), 0.0) < rules.review for a in left for b in right):
            continue
        joined = sorted([*left, *right])
        for place in joined:
            group_of[place] = joined
    unique = {group[0]: group for group in group_of.values()}
    return [unique[first] for first in sorted(unique)]
