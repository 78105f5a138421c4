"""Hints that protect the chief: things about projects and units that somebody should look at, each worded as a question elsewhere.

A hint is no accusation: it says which facts stand beside each other. It is about projects and units, never about persons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, pairwise
from math import comb, log
from statistics import median

from zhaoyin.domain.canonical import canonical_json, sha256_hex


class HintKind(StrEnum):
    """What stands out."""

    SIGNED_BEFORE = "signed_before"
    DENSE = "dense"
    STALE = "stale"
    ROUND = "round"
    RAISED_LATE = "raised_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An amount as it was stated on a day, in yuan."""

    on: date
    yuan: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGiven:
    """A project: its investors' groups, what was stated when, land, days. Amounts in yuan; unknown ones are None."""

    id: str
    unit: str
    groups: tuple[str, ...] = ()
    industry: str = ""
    yuan: Decimal | None = None
    land_mu: Decimal | None = None
    stage: str = ""
    signed_on: date | None = None
    negotiating_since: date | None = None
    last_progress_on: date | None = None
    ended: bool = False
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HintParams:
    """Thresholds; where they come from stands in docs/algorithms/assessment.md."""

    alike_share: Decimal = Decimal("0.2")
    dense_z: float = 3.5
    dense_least: int = 8
    dense_times: float = 3.0
    stale_days: int = 180
    silent_days: int = 60
    round_to: Decimal = Decimal(100_000_000)
    round_least: int = 10
    round_chance: float = 0.001
    raised_share: Decimal = Decimal("0.3")
    raised_days: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Something to look at. `unit`: whose; `facts`: what the words need, numbers as text. `fingerprint` is the same as long as the
    facts are, so that an answer holds until they change."""

    kind: HintKind
    unit: str
    projects: tuple[str, ...]
    facts: Mapping[str, str]
    fingerprint: str = field(default="", compare=False)


def hints(projects: Sequence[ProjectGiven], *, today: date, params: HintParams | None = None) -> tuple[Hint, ...]:
    """All hints, by kind, unit and project; the same projects and day give the same hints."""
    limits = params or HintParams()
    found = [
        *_signed_before(projects, limits),
        *_dense(projects, limits),
        *_stale(projects, today, limits),
        *_round(projects, limits),
        *_raised_late(projects, limits),
    ]
    order = list(HintKind)
    found.sort(key=lambda hint: (order.index(hint.kind), hint.unit, hint.projects))
    return tuple(found)


def _hint(kind: HintKind, unit: str, projects: Sequence[str], facts: Mapping[str, object], about: object) -> Hint:
    """`about`: what must change for an answered hint to come up again."""
    mark = sha256_hex(canonical_json({"kind": kind.value, "projects": list(projects), "unit": unit, "about": about}))
    words = {key: str(value) for key, value in facts.items()}
    return Hint(kind=kind, unit=unit, projects=tuple(projects), facts=words, fingerprint=mark)


def _signed_before(projects: Sequence[ProjectGiven], limits: HintParams) -> Iterator[Hint]:
    """A later signing of the same investor's group for nearly the same amount."""
    by_group: dict[str, list[ProjectGiven]] = {}
    for project in projects:
        if project.signed_on is not None and project.yuan:
            for group in set(project.groups):
                by_group.setdefault(group, []).append(project)
    seen: set[tuple[str, str]] = set()
    for members in by_group.values():
        ordered = sorted(members, key=lambda project: (project.signed_on or date.min, project.id))
        for first, second in combinations(ordered, 2):
            one, two = first.yuan or Decimal(0), second.yuan or Decimal(0)
            pair = (second.id, first.id)
            if pair in seen or abs(one - two) > limits.alike_share * max(one, two):
                continue
            seen.add(pair)
            facts = {"first_on": first.signed_on, "second_on": second.signed_on, "first": one, "second": two}
            about = [str(first.signed_on), str(second.signed_on), str(one), str(two)]
            yield _hint(HintKind.SIGNED_BEFORE, second.unit, pair, facts, about)


def _dense(projects: Sequence[ProjectGiven], limits: HintParams) -> Iterator[Hint]:
    """Much more investment for each mu than the zone's other projects of the industry: robust z of the logarithm
    (median, MAD), and at least `dense_times` the median: where all are alike a small difference is no news."""
    rated = [
        (project, log(float(project.yuan / project.land_mu / 10_000)))
        for project in projects
        if project.yuan and project.land_mu
    ]
    by_industry: dict[str, list[tuple[ProjectGiven, float]]] = {}
    for pair in rated:
        by_industry.setdefault(pair[0].industry, []).append(pair)
    for pairs in by_industry.values():
        against = pairs if len(pairs) >= limits.dense_least else rated
        if len(against) < limits.dense_least:
            continue
        middle = median(value for _project, value in against)
        spread = median(abs(value - middle) for _project, value in against)
        for project, value in pairs:
            far = value - middle > log(limits.dense_times)
            if far and 0.6745 * (value - middle) > limits.dense_z * spread:
                facts = {
                    "per_mu": _per_mu(project), "usual": round(2.718281828459045**middle), "yuan": project.yuan,
                    "land_mu": project.land_mu,
                }  # fmt: skip
                about = [str(project.yuan), str(project.land_mu)]
                yield _hint(HintKind.DENSE, project.unit, [project.id], facts, about)


def _per_mu(project: ProjectGiven) -> int:
    return round((project.yuan or Decimal(0)) / (project.land_mu or Decimal(1)) / 10_000)


def _stale(projects: Sequence[ProjectGiven], today: date, limits: HintParams) -> Iterator[Hint]:
    """Long in negotiation, and nothing was noted for long."""
    for project in projects:
        since, last = project.negotiating_since, project.last_progress_on
        if project.ended or project.stage not in {"negotiating", "pre_signing"} or since is None or last is None:
            continue
        days, silent = (today - since).days, (today - last).days
        if days >= limits.stale_days and silent >= limits.silent_days:
            facts = {"days": days, "silent": silent, "since": since, "last": last}
            yield _hint(HintKind.STALE, project.unit, [project.id], facts, [str(since), str(last)])


def is_round(yuan: Decimal, step: Decimal) -> bool:
    """A whole multiple of `step`."""
    return yuan > 0 and yuan % step == 0


def _round(projects: Sequence[ProjectGiven], limits: HintParams) -> Iterator[Hint]:
    """A unit with far more round amounts than the others have: one-sided binomial bound against the others' share."""
    known = [project for project in projects if project.yuan]
    by_unit: dict[str, list[ProjectGiven]] = {}
    for project in known:
        by_unit.setdefault(project.unit, []).append(project)
    for unit, own in by_unit.items():
        others = [project for project in known if project.unit != unit]
        if len(own) < limits.round_least or len(others) < limits.round_least:
            continue
        # One is added to both sides (rule of succession): the others may have no round amount at all.
        share = (sum(_round_of(p, limits) for p in others) + 1) / (len(others) + 2)
        hits = sum(_round_of(p, limits) for p in own)
        if binomial_tail(hits, len(own), share) < limits.round_chance:
            facts = {"hits": hits, "all": len(own), "others": round(100 * share)}
            rounded = sorted(project.id for project in own if _round_of(project, limits))
            yield _hint(HintKind.ROUND, unit, rounded, facts, rounded)


def _round_of(project: ProjectGiven, limits: HintParams) -> bool:
    return project.yuan is not None and is_round(project.yuan, limits.round_to)


def binomial_tail(hits: int, tries: int, share: float) -> float:
    """Chance of at least `hits` of `tries` when each comes with `share`."""
    return float(sum(comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(hits, tries + 1)))


def _raised_late(projects: Sequence[ProjectGiven], limits: HintParams) -> Iterator[Hint]:
    """An amount that rose by much in the last days of a quarter."""
    for project in projects:
        ordered = sorted(project.statements, key=lambda one: one.on)
        for before, after in pairwise(ordered):
            if before.yuan <= 0 or not _near_quarter_end(after.on, limits.raised_days):
                continue
            if after.yuan - before.yuan >= limits.raised_share * before.yuan:
                facts = {"before": before.yuan, "after": after.yuan, "on": after.on}
                about = [str(before.yuan), str(after.yuan), str(after.on)]
                yield _hint(HintKind.RAISED_LATE, project.unit, [project.id], facts, about)


def _near_quarter_end(day: date, days: int) -> bool:
    quarter = (day.month - 1) // 3 + 1
    first_after = date(day.year + (quarter == 4), quarter * 3 % 12 + 1, 1)
    return 0 < (first_after - day).days <= days
