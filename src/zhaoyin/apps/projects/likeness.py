"""Projects that may be one: candidates from the search index or all of them, compared by the duplicates engine.

For a form: some index lookups and at most a few hundred comparisons, whatever the size of the zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.ledger import search
from zhaoyin.apps.projects.access import search_scopes, visible_to
from zhaoyin.apps.projects.models import DoublePair, PairDecision, Project
from zhaoyin.engines.entity_resolution.project_duplicates import (
    DuplicatesParams,
    KnownProjects,
    NewRowsProblem,
    ProjectFacts,
    search_words,
    solve_new_rows,
)

MOST_COMPARED = 300
_COLUMNS = (
    "id", "name", "investor__name", "investor__credit_code", "planned_total", "planned_currency", "site", "signed_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """A project that may be the one in question. `reasons`: (code, weight) of the engine; `certain`: no need to ask twice."""

    project: Project
    score: float
    reasons: tuple[tuple[str, float], ...]
    certain: bool


def facts_of(rows: QuerySet[Project]) -> Iterable[ProjectFacts]:
    """What the engine compares, of each row; one query."""
    for pk, name, investor, code, amount, currency, site, signed in rows.values_list(*_COLUMNS).iterator(
        chunk_size=2000
    ):
        yield ProjectFacts(
            key=str(pk), name=name, investor=investor or "", investment=amount, currency=currency or "CNY", site=site,
            signed=signed.isoformat() if signed else "", credit_code=code or "",
        )  # fmt: skip


def alike(
    *,
    viewer: Viewer,
    name: str,
    investor: str = "",
    amount: Decimal | None = None,
    currency: str = "CNY",
    limit: int = 5,
) -> list[Alike]:
    """Projects that the viewer may see and that may be the one written here, best first."""
    facts = ProjectFacts(
        key="", name=name[:200], investor=investor[:200], investment=amount, currency=currency or "CNY"
    )
    return _compared(viewer, facts, None, limit)


def alike_to(*, viewer: Viewer, project: Project, limit: int = 20) -> list[Alike]:
    """Projects that may be this one; those are left out of which somebody said that they are two."""
    (facts,) = facts_of(Project.objects.filter(zone_id=viewer.zone_id, pk=project.pk))
    found = _compared(viewer, facts, project.pk, limit)
    apart = distinct_from(zone_id=viewer.zone_id, project_id=project.pk)
    return [one for one in found if one.project.pk not in apart]


def _compared(viewer: Viewer, facts: ProjectFacts, except_id: UUID | None, limit: int) -> list[Alike]:
    ids = [pk for pk in _candidates(viewer, facts) if pk != except_id]
    rows = visible_to(viewer).filter(pk__in=ids[:MOST_COMPARED], merged_into__isnull=True)
    known = list(facts_of(rows)) if ids else []
    if not known:
        return []
    params = DuplicatesParams(shown=limit, compared=MOST_COMPARED)
    found = solve_new_rows(problem=NewRowsProblem(KnownProjects(known, params), (facts,)), params=params)
    pairs = {UUID(pair.second): pair for pair in found.likely.get(facts.key, ())}
    projects = {
        row.pk: row for row in visible_to(viewer).filter(pk__in=list(pairs)).select_related("investor", "task_force")
    }
    return [Alike(projects[pk], pair.score, pair.reasons, pair.score >= params.accept) for pk, pair in pairs.items()]


def _candidates(viewer: Viewer, facts: ProjectFacts) -> list[UUID]:
    scopes = search_scopes(viewer)
    found: dict[UUID, None] = {}
    for query in search_words(facts):
        for pk in search.find(
            zone_id=viewer.zone_id, kind="project", query=query, scopes=("every",) if scopes is None else scopes
        ):
            found[pk] = None
        if len(found) >= MOST_COMPARED:
            break
    return list(found)


def distinct_from(*, zone_id: UUID, project_id: UUID) -> set[UUID]:
    """Projects of which somebody said that they are not this one."""
    rows = PairDecision.objects.filter(Q(first_id=project_id) | Q(second_id=project_id), zone_id=zone_id).order_by("id")
    last: dict[UUID, bool] = {}
    for first, second, distinct in rows.values_list("first_id", "second_id", "distinct"):
        last[second if first == project_id else first] = distinct
    return {pk for pk, distinct in last.items() if distinct}


def distinct_pairs(*, zone_id: UUID) -> Mapping[tuple[UUID, UUID], bool]:
    """The last word on each pair of the zone."""
    rows = PairDecision.objects.filter(zone_id=zone_id).order_by("id")
    return {
        (first, second): distinct for first, second, distinct in rows.values_list("first_id", "second_id", "distinct")
    }


def pair_rows(*, viewer: Viewer, settled: bool) -> QuerySet[DoublePair]:
    """Pairs of which the viewer may see both projects, neither of them merged since."""
    there = visible_to(viewer).filter(merged_into__isnull=True)
    return DoublePair.objects.filter(
        Exists(there.filter(pk=OuterRef("first_id"))), Exists(there.filter(pk=OuterRef("second_id"))),
        zone_id=viewer.zone_id, settled=settled,
    )  # fmt: skip
