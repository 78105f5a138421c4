"""Which project of the zone a row of a ledger is: by name and investor, else by likeness, which a person decides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.apps.imports.directory import ProjectLine, folded
from zhaoyin.domain.money import Money


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
    site: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """A project, or an earlier row, that may be the same one. `reasons` are codes of the duplicate engine."""

    key: str
    name: str
    investor: str
    planned: str
    score: float
    reasons: tuple[str, ...]
    is_row: bool


@dataclass(slots=True)
class Matches:
    """`same`: row → project or earlier row that it is; `likely`: row → candidates for a person."""

    same: dict[str, str] = field(default_factory=dict)
    likely: dict[str, list[Twin]] = field(default_factory=dict)


def planned_of(values: Mapping[str, object]) -> Decimal | None:
    """Planned total of a row in yuan-like base units, for comparing only."""
    value = values.get("planned_total_investment")
    payload = value.get("value") if isinstance(value, Mapping) else None
    return Money.from_payload(dict(payload)).value if isinstance(payload, Mapping) else None


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


def _add_likely(found: Matches, rows: Sequence[RowFacts], projects: Sequence[ProjectLine]) -> None:
    """Candidates for the rows that no project equals."""
