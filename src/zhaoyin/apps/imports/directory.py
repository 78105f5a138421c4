"""The zone's own names, as a ledger writes them → ids: industries, task forces, units, companies, projects."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.queries import by_exact_name
from zhaoyin.apps.companies.queries import names_with_ids as company_names
from zhaoyin.apps.projects.access import visible_to as projects_visible_to
from zhaoyin.apps.taskforces.queries import open_names
from zhaoyin.engines.entity_resolution.problem import ResolutionProblem
from zhaoyin.engines.entity_resolution.registry import Registry
from zhaoyin.engines.entity_resolution.result import Decision
from zhaoyin.engines.entity_resolution.solve import solve

_NOISE = re.compile(r"[\s\W_]+")
_INDUSTRY_END = re.compile(r"(?:产业|行业|领域|类|专班|招商)+$")
_FORCE_END = re.compile(r"(?:产业)?(?:招商)?(?:工作)?(?:专班|工作组|小组|组)$")
MOST_ASKED = 6000
"""Names compared for likeness in one dry run (about a millisecond each); beyond that only exact names are found."""


def folded(text: str) -> str:
    """Without white space, punctuation, width and case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def industry_key(text: str) -> str:
    """新材料产业 and 新材料 are one."""
    return _INDUSTRY_END.sub("", folded(text))


def force_key(text: str) -> str:
    """新材料产业招商专班 and 新材料专班 are one."""
    return _FORCE_END.sub("", folded(text))


@dataclass(frozen=True, slots=True)
class Likely:
    """A company of the zone that may be meant, with its score."""

    id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Companies:
    """`certain`: name as written → company; `likely`: name → candidates for a person to choose from."""

    certain: Mapping[str, UUID]
    likely: Mapping[str, tuple[Likely, ...]] = field(default_factory=dict)
    not_compared: int = 0


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of the zone, for matching."""

    id: UUID
    name: str
    investor: str
    investor_id: UUID | None
    planned: Decimal | None
    currency: str
    site: str
    signed: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Built once for a dry run."""

    industries: Mapping[str, UUID]
    task_forces: Mapping[str, UUID]
    units: Mapping[str, UUID]
    projects: tuple[ProjectLine, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    """What a person said that words mean, as in `ImportBatch.names`."""

    def industry(self, text: str) -> UUID | None:
        """By what a person said, else by name; None when the zone has no such industry."""
        told = self.said.get(f"industry:{text.strip()}", "")
        return UUID(told.partition(":")[2]) if told else self.industries.get(industry_key(text))

    def placing(self, text: str) -> tuple[str, UUID] | None:
        """("task_force" or "unit", id)."""
        told = self.said.get(f"unit:{text.strip()}", "")
        if told:
            kind, _, pk = told.partition(":")
            return kind, UUID(pk)
        force = self.task_forces.get(force_key(text))
        if force is not None:
            return "task_force", force
        unit = self.units.get(folded(text))
        return ("unit", unit) if unit is not None else None


def directory(viewer: Viewer, said: Mapping[str, str] | None = None) -> Directory:
    """Four queries."""
    names = open_names(zone_id=viewer.zone_id)
    rows = projects_visible_to(viewer).filter(merged_into__isnull=True).order_by("-version")
    columns = rows.values_list(
        "id", "name", "investor__name", "investor_id", "planned_total", "planned_currency", "site", "signed_on"
    )
    return Directory(
        industries={industry_key(name): pk for name, pk in names.industries},
        task_forces={force_key(name): pk for name, pk in names.task_forces},
        units={folded(name): pk for name, pk in names.units},
        projects=tuple(
            ProjectLine(pk, name, who or "", company, amount, currency or "CNY", site, str(signed or ""))
            for pk, name, who, company, amount, currency, site, signed in columns
        ),
        said=said or {},
    )


def companies(*, zone_id: UUID, names: Iterable[str]) -> Companies:
    """Exact names and aliases first; the others by likeness, as far as time allows."""
    wanted = sorted({name for name in names if name})
    certain: dict[str, UUID] = {}
    for start in range(0, len(wanted), 500):
        certain.update(by_exact_name(zone_id=zone_id, names=wanted[start : start + 500]))
    rest = [name for name in wanted if name not in certain]
    known = company_names(zone_id=zone_id) if rest else []
    if not known:
        return Companies(certain)
    registry = Registry.of([name for name, _ in known])
    likely: dict[str, tuple[Likely, ...]] = {}
    for name in rest[:MOST_ASKED]:
        answer = solve(problem=ResolutionProblem(registry, name[:200]))
        if answer.decision is Decision.ACCEPT:
            certain[name] = known[answer.candidates[0].number][1]
        elif answer.decision is Decision.REVIEW:
            likely[name] = tuple(
                Likely(str(known[one.number][1]), one.name, one.score) for one in answer.candidates[:3]
            )
    return Companies(certain, likely, max(0, len(rest) - MOST_ASKED))
