"""Looking for projects that stand twice in the zone, and what people say of them."""

from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.jobs.actions import ask
from zhaoyin.apps.jobs.models import Job
from zhaoyin.apps.jobs.queries import latest_job
from zhaoyin.apps.jobs.registry import JobKind, Progress, register
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.access import get_for_change, require_author
from zhaoyin.apps.projects.likeness import distinct_pairs, facts_of
from zhaoyin.apps.projects.models import DoublePair, PairDecision, Project
from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.entity_resolution.project_duplicates import DuplicatesProblem, solve_duplicates

SEARCH = "projects.doubles"
MOST_KEPT = 20_000
"""Pairs kept of one search, the likeliest first."""


def look_for_doubles(*, viewer: Viewer) -> Job:
    """Search the whole zone in the background; one search at a time."""
    require_author(viewer)
    return ask(zone_id=viewer.zone_id, kind=SEARCH, subject_id=viewer.zone_id, person_id=viewer.person_id)


def last_search(*, viewer: Viewer) -> Job | None:
    """The newest search of the zone."""
    return latest_job(zone_id=viewer.zone_id, subject_id=viewer.zone_id)


def _run_search(zone_id: UUID, _subject: UUID, _person: UUID | None, progress: Progress) -> None:
    """Compares all projects, then replaces the pairs in one transaction; again after a kill it begins anew."""
    rows = Project.objects.filter(zone_id=zone_id, void=False, merged_into__isnull=True)
    projects = tuple(facts_of(rows))
    progress(1, 3)
    found = solve_duplicates(problem=DuplicatesProblem(projects)).pairs[:MOST_KEPT]
    progress(2, 3)
    now, decided = clock.now(), distinct_pairs(zone_id=zone_id)
    pairs = []
    for pair in found:
        first, second = _ordered(UUID(pair.first), UUID(pair.second))
        pairs.append(
            DoublePair(
                zone_id=zone_id, first_id=first, second_id=second, score=f"{pair.score:.3f}", found_at=now,
                reasons=[list(reason) for reason in pair.reasons], settled=decided.get((first, second), False),
            )
        )  # fmt: skip
    with transaction.atomic():
        DoublePair.objects.filter(zone_id=zone_id).delete()
        DoublePair.objects.bulk_create(pairs, batch_size=500)
    progress(3, 3)


def _ordered(one: UUID, two: UUID) -> tuple[UUID, UUID]:
    return (one, two) if one < two else (two, one)


def decide_distinct(*, viewer: Viewer, one: UUID, two: UUID, distinct: bool) -> None:
    """The two are not the same project, or that word is taken back. Kept for good, with who and when.

    NotVisible or NotAllowed unless the viewer may change both; DomainError `merge-into-itself` for one and the same.
    """
    for project_id in (one, two):
        get_for_change(viewer, project_id)
    if one == two:
        raise DomainError("merge-into-itself")
    first, second = _ordered(one, two)
    with transaction.atomic():
        PairDecision.objects.create(
            zone_id=viewer.zone_id, first_id=first, second_id=second, distinct=distinct, decided_by_id=viewer.person_id,
            decided_at=clock.now(),
        )  # fmt: skip
        DoublePair.objects.filter(zone_id=viewer.zone_id, first_id=first, second_id=second).update(settled=distinct)
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="projects-distinct" if distinct else "projects-distinct-withdrawn",
            subject_kind="project", subject_id=first, details={"other": str(second)},
        )  # fmt: skip


def register_jobs() -> None:
    """Make the search known to the jobs."""
    register(JobKind(SEARCH, _run_search))
