"""Reading imports: the list, one batch, its rows, the words for ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.imports.access import batches_visible_to
from zhaoyin.apps.imports.models import BatchState, ImportBatch, ImportFile, ImportRow, RowState
from zhaoyin.apps.jobs.models import Job
from zhaoyin.apps.jobs.queries import latest_job
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.taskforces.models import Industry, TaskForce, Unit
from zhaoyin.apps.taskforces.queries import open_names

PAGE = 40
SHOWS = {
    "": Q(),
    "asked": ~Q(questions=[]),
    **{state.value: Q(state=state) for state in RowState},
    "written": Q(applied_at__isnull=False),
}
"""What the list of rows is narrowed to."""


def batch_page(*, viewer: Viewer, after: str = "", before: str = "") -> Page[ImportBatch]:
    """Imports that the viewer may see, newest first, with the number of their files."""
    rows = batches_visible_to(viewer).select_related("created_by").annotate(file_count=Count("files"))
    return keyset_page(rows, sort="-created_at", after=after, before=before)


def unfinished(*, viewer: Viewer) -> list[ImportBatch]:
    """Imports that wait for somebody, newest first, at most five."""
    rows = batches_visible_to(viewer).filter(state=BatchState.CHECKED)
    return list(rows.order_by("-created_at")[:5])


def files_of(*, batch: ImportBatch) -> list[ImportFile]:
    """Files of a batch in order."""
    rows = ImportFile.objects.filter(zone_id=batch.zone_id, batch=batch).select_related("document")
    return list(rows.order_by("position"))


def job_of(*, batch: ImportBatch) -> Job | None:
    """The newest work on the batch."""
    return latest_job(zone_id=batch.zone_id, subject_id=batch.pk)


def row_page(
    *, batch: ImportBatch, show: str = "", file: str = "", after: str = "", before: str = ""
) -> Page[ImportRow]:
    """Rows of a batch in their order."""
    rows = ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch).filter(SHOWS.get(show, Q()))
    if file.isdecimal():
        rows = rows.filter(file__position=int(file[:6]))
    return keyset_page(rows.select_related("file"), sort="position", after=after, before=before, size=PAGE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are of each kind, how many wait, how many were written, taken back, kept."""

    states: Mapping[str, int] = field(default_factory=dict)
    asked: int = 0
    written: int = 0
    undone: int = 0
    kept: int = 0
    total: int = 0


def tally(*, batch: ImportBatch) -> Tally:
    """Two queries."""
    rows = ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch)
    found = rows.aggregate(
        asked=Count("id", filter=~Q(questions=[])),
        written=Count("id", filter=Q(applied_at__isnull=False)),
        undone=Count("id", filter=Q(undone_at__isnull=False)),
        kept=Count("id", filter=Q(made__has_key="kept")),
        total=Count("id"),
    )
    states = {row["state"]: row["n"] for row in rows.values("state").annotate(n=Count("id"))}
    return Tally(states, **found)


def kept_rows(*, batch: ImportBatch) -> list[ImportRow]:
    """Rows whose projects an undo kept, because others have built on them; at most fifty."""
    rows = ImportRow.objects.filter(zone_id=batch.zone_id, batch=batch, made__has_key="kept")
    return list(rows.order_by("position")[:50])


@dataclass(frozen=True, slots=True)
class WordChoice:
    """A word of the ledgers that the zone does not know, in how many rows it stands, and what it may mean."""

    word: str
    rows: int
    options: list[tuple[str, str]]
    chosen: str = ""


def word_choices(*, batch: ImportBatch) -> tuple[list[WordChoice], list[WordChoice]]:
    """(industries, task forces and units) that are not known or were said by a person; three queries."""
    known = open_names(zone_id=batch.zone_id)
    industries = [(f"industry:{pk}", name) for name, pk in known.industries]
    placings = [(f"task_force:{pk}", name) for name, pk in known.task_forces]
    placings += [(f"unit:{pk}", name) for name, pk in known.units]
    found: list[list[WordChoice]] = []
    for kind, options in (("industry", industries), ("unit", placings)):
        counted = dict(batch.counts.get("unknown", {}).get(kind, []))
        words = [*counted, *(key.removeprefix(f"{kind}:") for key in batch.names if key.startswith(f"{kind}:"))]
        found.append(
            [
                WordChoice(word, counted.get(word, 0), options, batch.names.get(f"{kind}:{word}", ""))
                for word in dict.fromkeys(words)
            ]
        )
    return found[0], found[1]


def names_of(*, zone_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Names by id of industries, task forces, units, companies and projects; five queries at most."""
    wanted = {pk for pk in ids if pk}
    found: dict[str, str] = {}
    if not wanted:
        return found
    for model in (Industry, TaskForce, Unit, Company, Project):
        rows = model.objects.filter(zone_id=zone_id, pk__in=wanted)  # type: ignore[attr-defined]
        found |= {str(pk): name for pk, name in rows.values_list("id", "name")}
    return found
