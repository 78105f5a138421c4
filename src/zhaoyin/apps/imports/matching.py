"""Which project of the zone a row of a ledger is: by name and investor, else by likeness, which a person decides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.apps.imports.directory import ProjectLine, folded
from zhaoyin.domain.money import Money
from zhaoyin.engines.entity_resolution.project_duplicates import (
    DuplicatePair,
    DuplicatesProblem,
    KnownProjects,
    NewRowsProblem,
    ProjectFacts,
    solve_duplicates,
    solve_new_rows,
)


def name_key(name: str) -> str:
    """…项目 and … are one."""
    return folded(name).removesuffix("项目")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row says of its project. `key` tells rows apart; `investor_id` when the investor is known here."""

    key: str
    name: str
    investor: str
    investor_id: str
    planned: Decimal | None
    currency: str = "CNY"
    site: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """A project, or an earlier row, that may be the same one. `reasons` are codes of the duplicate engine."""

    key: str
    name: str
    investor: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Matches:
    """`same`: row → project or earlier row that it is; `likely`: row → candidates for a person."""

    same: dict[str, str] = field(default_factory=dict)
    likely: dict[str, list[Twin]] = field(default_factory=dict)


def planned_of(values: Mapping[str, object]) -> Money | None:
    """Planned total of a row, for comparing only."""
    value = values.get("planned_total_investment")
    payload = value.get("value") if isinstance(value, Mapping) else None
    return Money.from_payload(dict(payload)) if isinstance(payload, Mapping) else None


@dataclass(frozen=True, slots=True)
class _Place:
    key: str
    investor: str
    investor_id: str


def _agree(row: RowFacts, other: _Place) -> bool:
    """The same investor, or one of the two does not say."""
    if row.investor_id and other.investor_id:
        return row.investor_id == other.investor_id
    if not row.investor or not other.investor:
        return True
    return folded(row.investor) == folded(other.investor)


def match(rows: Sequence[RowFacts], projects: Sequence[ProjectLine]) -> Matches:
    """Rows in the order of their files. A row that equals exactly one project or earlier row in name and investor is it."""
    found = Matches()
    places: dict[str, list[_Place]] = {}
    for line in projects:
        places.setdefault(name_key(line.name), []).append(
            _Place(str(line.id), line.investor, str(line.investor_id or ""))
        )
    open_rows: list[RowFacts] = []
    for row in rows:
        name = name_key(row.name)
        known = [place for place in places.get(name, ()) if _agree(row, place)] if name else []
        if len(known) == 1:
            found.same[row.key] = known[0].key
            continue
        open_rows.append(row)
        places.setdefault(name, []).append(_Place(row.key, row.investor, row.investor_id))
    _add_likely(found, open_rows, projects)
    return found


def _facts_of_row(row: RowFacts) -> ProjectFacts:
    return ProjectFacts(
        key=row.key, name=row.name, investor=row.investor, investment=row.planned, currency=row.currency, site=row.site,
        signed=row.signed,
    )  # fmt: skip


def _facts_of_line(line: ProjectLine) -> ProjectFacts:
    return ProjectFacts(
        key=str(line.id), name=line.name, investor=line.investor, investment=line.planned, currency=line.currency,
        site=line.site, signed=line.signed,
    )  # fmt: skip


def _add_likely(found: Matches, rows: Sequence[RowFacts], projects: Sequence[ProjectLine]) -> None:
    """Candidates for the rows that no project equals: among the zone's projects, and among the rows before them."""
    facts = tuple(_facts_of_row(row) for row in rows)
    by_key = {row.key: row for row in rows}
    place = {row.key: number for number, row in enumerate(rows)}
    lines = {str(line.id): line for line in projects}
    if projects:
        known = KnownProjects([_facts_of_line(line) for line in projects])
        for key, pairs in solve_new_rows(problem=NewRowsProblem(known, facts)).likely.items():
            found.likely[key] = [_twin_of_line(lines[pair.second], pair) for pair in pairs]
    for pair in solve_duplicates(problem=DuplicatesProblem(facts)).pairs:
        first, second = sorted((pair.first, pair.second), key=place.__getitem__)
        found.likely.setdefault(second, []).append(_twin_of_row(by_key[first], pair))


def _reasons(pair: DuplicatePair) -> tuple[str, ...]:
    """Codes of what speaks for it."""
    return tuple(code for code, weight in pair.reasons if weight > 0)


def _twin_of_line(line: ProjectLine, pair: DuplicatePair) -> Twin:
    return Twin(str(line.id), line.name, line.investor, pair.score, _reasons(pair))


def _twin_of_row(row: RowFacts, pair: DuplicatePair) -> Twin:
    return Twin(row.key, row.name, row.investor, pair.score, _reasons(pair))
