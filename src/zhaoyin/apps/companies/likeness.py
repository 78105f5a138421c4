"""Is this company in the zone already? Candidates from the search index by the stem of the name, ranked by the name engine.

Costs a few index lookups and a ranking of at most some hundred names, whatever the size of the zone.
"""

from dataclasses import dataclass
from uuid import UUID

from zhaoyin.apps.companies.models import Company, CompanyName
from zhaoyin.apps.ledger import search
from zhaoyin.domain.company_name import parse
from zhaoyin.engines.entity_resolution.problem import ResolutionProblem
from zhaoyin.engines.entity_resolution.registry import Registry
from zhaoyin.engines.entity_resolution.solve import solve

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Alike:
    """A company that may be meant; `matched` is the name of it that is like what was typed; `certain`: no need to ask."""

    id: UUID
    name: str
    matched: str
    score: float
    certain: bool


def _candidates(zone_id: UUID, name: str) -> list[UUID]:
    """Companies that share the stem, its sound, or one of its pairs of characters; the surest first."""
    stem = parse(name).stem or name
    found: dict[UUID, None] = {}
    asked = [stem]
    if len(stem) >= 2:
        asked += [search.initials(stem), *(stem[place : place + 2] for place in range(len(stem) - 1))]
    for query in asked:
        if not query:
            continue
        for pk in search.find(zone_id=zone_id, kind="company", query=query, scopes=("every",)):
            found[pk] = None
        if len(found) >= search.CAP:
            break
    return list(found)[: 2 * search.CAP]


def alike(*, zone_id: UUID, name: str, limit: int = 5) -> list[Alike]:
    """Companies of the zone that `name` may mean, best first; nothing for fewer than two characters."""
    wanted = " ".join(name.split())[:LONGEST]
    if len(wanted) < 2:
        return []
    ids = _candidates(zone_id, wanted)
    if not ids:
        return []
    names: list[tuple[str, UUID, str]] = []
    full: dict[UUID, str] = {}
    rows = Company.objects.filter(zone_id=zone_id, pk__in=ids, merged_into__isnull=True, void=False)
    for pk, registered in rows.values_list("id", "name"):
        names.append((registered, pk, registered))
        full[pk] = registered
    others = CompanyName.objects.filter(zone_id=zone_id, company_id__in=list(full))
    names += [(other, pk, full[pk]) for other, pk in others.values_list("name", "company_id")]
    if not names:
        return []
    registry = Registry.of([one for one, _, _ in names])
    answer = solve(problem=ResolutionProblem(registry, wanted))
    best: dict[UUID, Alike] = {}
    for place, one in enumerate(answer.candidates):
        matched, pk, registered = names[one.number]
        certain = place == 0 and answer.decision.value == "accept"
        best.setdefault(pk, Alike(pk, registered, matched, one.score, certain))
    return list(best.values())[:limit]
