"""Reading projects: list, board, page, timeline, search."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.models import Company
from zhaoyin.apps.companies.queries import same_company
from zhaoyin.apps.ledger import clock, search
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.ledger.queries import event_rows, names_document, texts, to_domain
from zhaoyin.apps.projects.access import WORKS_IN_TASK_FORCE, search_scopes, visible_to
from zhaoyin.apps.projects.likeness import alike, pair_rows
from zhaoyin.apps.projects.models import DoublePair, Project, ProjectInvestor
from zhaoyin.apps.sources.models import Document
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project import Stage

PAGE = 30
PAIRS = 20
BOARD_CARDS = 20
RELATED = ("industry", "task_force", "lead_person", "investor")
SHOWN = (
    "name", "stage", "contract_kind", "outcome", "kind", "origin", "amounts", "jobs", "signed_on", "last_progress_on",
    "planned_sort", "version", "zone_id", "merged_into_id", "industry__name", "industry__name_en", "task_force__name",
    "task_force__name_en", "lead_person__display_name", "investor__name",
)  # fmt: skip
"""Columns that lists, cards and exports show; the others are not fetched."""
SORTS = {
    "": "-version", "-updated": "-version", "updated": "version", "-planned": "-planned_sort", "planned": "planned_sort",
    "name": "name", "-name": "-name",
}  # fmt: skip
"""Sort key in the URL → indexed column that is never NULL."""


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """What the list is narrowed to; "" is everything."""

    q: str = ""
    stage: str = ""
    industry: str = ""
    task_force: str = ""
    outcome: str = ""
    origin: str = ""
    kind: str = ""
    person: str = ""
    stuck_days: str = ""


def _filtered(viewer: Viewer, wanted: ProjectFilter) -> QuerySet[Project]:
    rows = visible_to(viewer).filter(merged_into__isnull=True)
    exact = {
        "stage": wanted.stage, "industry_id": _uuid(wanted.industry), "task_force_id": _uuid(wanted.task_force),
        "kind": wanted.kind, "lead_person_id": _uuid(wanted.person),
    }  # fmt: skip
    rows = rows.filter(**{column: value for column, value in exact.items() if value})
    if wanted.outcome == "open":
        rows = rows.filter(outcome="")
    elif wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.origin:
        rows = rows.filter(origin__startswith=wanted.origin)
    if wanted.stuck_days.isdecimal():
        rows = rows.filter(stuck_condition(int(wanted.stuck_days[:9]), clock.today()))
    if wanted.q:
        rows = rows.filter(pk__in=found_ids(viewer=viewer, query=wanted.q))
    return rows


def _uuid(text: str) -> UUID | str:
    try:
        return UUID(text) if text else ""
    except ValueError:
        return UUID(int=0)


def stuck_condition(days: int, today: date) -> Q:
    """Talks under way or a signed paper, and nothing has happened for more than `days` days."""
    moving = [
        Stage.NEGOTIATING.value,
        Stage.PRE_SIGNING.value,
        Stage.SIGNED.value,
        Stage.REGISTERED.value,
        Stage.FILED.value,
    ]
    return Q(stage__in=moving, outcome="", last_progress_on__lt=today - timedelta(days=min(days, 3650)))


def project_page(
    *, viewer: Viewer, wanted: ProjectFilter, sort: str = "", after: str = "", before: str = "", size: int = PAGE
) -> Page[Project]:
    """One page; at most three queries (task forces of the viewer, search, rows)."""
    rows = _filtered(viewer, wanted).select_related(*RELATED).only(*SHOWN)
    return keyset_page(rows, sort=SORTS.get(sort, "-version"), after=after, before=before, size=size)


def whole_rows(*, viewer: Viewer, wanted: ProjectFilter, sort: str, most: int) -> list[Project]:
    """Projects of a filter with all their columns, in the order of the list, at most `most`."""
    rows = _filtered(viewer, wanted).select_related(*RELATED, "attracting_unit")
    order = SORTS.get(sort, "-version")
    return list(rows.order_by(order, "pk")[:most])


def found_ids(*, viewer: Viewer, query: str) -> list[UUID]:
    """Ids of projects that match, newest first, capped."""
    scopes = search_scopes(viewer)
    return search.find(
        zone_id=viewer.zone_id, kind="project", query=query, scopes=("every",) if scopes is None else scopes
    )


def found(*, viewer: Viewer, query: str, limit: int) -> list[Project]:
    """Best projects for a search."""
    ids = found_ids(viewer=viewer, query=query)
    if not ids:
        return []
    candidates = visible_to(viewer).filter(pk__in=ids, merged_into__isnull=True)
    wanted = search.folded(query)
    ranked = sorted(
        (wanted not in search.folded(name), outcome != "", -version, pk)
        for pk, name, outcome, version in candidates.values_list("id", "name", "outcome", "version")
    )
    best = [pk for *_, pk in ranked[:limit]]
    rows = {row.pk: row for row in Project.objects.filter(pk__in=best).select_related(*RELATED).only(*SHOWN)}
    return [rows[pk] for pk in best]


BOARD_STAGES = (
    Stage.LEAD, Stage.NEGOTIATING, Stage.PRE_SIGNING, Stage.SIGNED, Stage.REGISTERED, Stage.CONSTRUCTION_STARTED,
    Stage.IN_PRODUCTION,
)  # fmt: skip
_COLUMN_OF = {Stage.FILED: Stage.REGISTERED, Stage.COMPLETED: Stage.CONSTRUCTION_STARTED, Stage.IN_STATISTICS: Stage.IN_PRODUCTION, Stage.FULL_CAPACITY: Stage.IN_PRODUCTION}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A stage with its newest cards; `more` when there are others."""

    stage: Stage
    stages: tuple[str, ...]
    cards: list[Project]
    more: bool


def board(*, viewer: Viewer, wanted: ProjectFilter) -> list[BoardColumn]:
    """One query a column (capped), so a board of a million projects costs the same."""
    base = _filtered(viewer, wanted).filter(outcome="").select_related(*RELATED).only(*SHOWN)
    columns: list[BoardColumn] = []
    for stage in BOARD_STAGES:
        stages = (stage.value, *(other.value for other, column in _COLUMN_OF.items() if column is stage))
        cards: list[Project] = []
        for value in stages:
            cards += list(base.filter(stage=value).order_by("-version")[: BOARD_CARDS + 1])
        cards.sort(key=lambda card: -card.version)
        columns.append(BoardColumn(stage, stages, cards[:BOARD_CARDS], len(cards) > BOARD_CARDS))
    return columns


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event with what a timeline shows of it."""

    event: LedgerEvent
    recorded_at: datetime
    who: str
    evidence: Sequence[dict[str, object]]
    note: str
    name: str
    struck: bool
    corrected_by: LedgerEvent | None
    company: str = ""


def history_lines(*, zone_id: UUID, project_id: UUID) -> list[HistoryLine]:
    """The history newest first; three queries. Corrected events are struck and name their correction."""
    rows = event_rows(zone_id=zone_id, subject_kind="project", subject_id=project_id)
    events = [to_domain(row) for row in rows]
    corrections = {event.supersedes: event for event in events if event.supersedes}
    named = {_text_id(event, field) for event in events for field in ("note", "name", "product", "site")} - {""}
    words = texts(named, zone_id=zone_id) if named else {}
    companies = company_names(
        zone_id=zone_id, ids={str(event.payload["company"]) for event in events if "company" in event.payload}
    )
    lines = [
        HistoryLine(
            event=event,
            recorded_at=row.recorded_at,
            who=row.actor.display_name if row.actor else "—",
            evidence=json.loads(row.evidence),
            note=words.get(_text_id(event, "note")) or "",
            name=words.get(_text_id(event, "name")) or words.get(_text_id(event, "product")) or "",
            company=companies.get(str(event.payload.get("company")), ""),
            struck=event.id in corrections or event.kind == "retracted",
            corrected_by=corrections.get(event.id),
        )
        for row, event in zip(rows, events, strict=True)
    ]
    return lines[::-1]


def company_names(*, zone_id: UUID, ids: set[str]) -> dict[str, str]:
    """Names of companies by id."""
    rows = Company.objects.filter(zone_id=zone_id, pk__in=ids).values_list("id", "name") if ids else []
    return {str(pk): name for pk, name in rows}


def _text_id(event: LedgerEvent, field: str) -> str:
    value = event.payload.get(field)
    return str(value["text"]) if isinstance(value, dict) and "text" in value else ""


def stage_days(lines: Sequence[HistoryLine]) -> dict[str, PartialDate]:
    """Day on which each stage was reached, from what still stands."""
    days: dict[str, PartialDate] = {}
    for line in sorted(lines, key=lambda line: line.event.occurred.first):
        if line.struck:
            continue
        if line.event.kind == "stage_reached":
            days.setdefault(str(line.event.payload["stage"]), line.event.occurred)
        if line.event.kind == "contract_signed":
            formal = line.event.payload["contract_kind"] == "formal"
            days.setdefault("signed" if formal else "pre_signing", line.event.occurred)
    return days


def similar(*, viewer: Viewer, name: str, investor: str, amount: Decimal | None = None) -> list[Project]:
    """Projects that may be the same one, best first. At most five."""
    return [one.project for one in alike(viewer=viewer, name=name, investor=investor, amount=amount)]


def pair_page(*, viewer: Viewer, settled: bool, after: str = "", before: str = "") -> Page[DoublePair]:
    """Pairs that look like one project, likeliest first; three queries."""
    related = [f"{side}__{name}" for side in ("first", "second") for name in RELATED]
    rows = pair_rows(viewer=viewer, settled=settled).select_related("first", "second", *related)
    return keyset_page(rows, sort="-score", after=after, before=before, size=PAIRS)


def of_company(*, viewer: Viewer, company_id: UUID) -> list[Project]:
    """Projects in which a company invests, also under a record that was merged into it, newest first, at most thirty."""
    ids = same_company(zone_id=viewer.zone_id, company_id=company_id)
    rows = visible_to(viewer).filter(
        pk__in=ProjectInvestor.objects.filter(zone_id=viewer.zone_id, company_id__in=ids).values("project_id"),
        merged_into__isnull=True,
    )
    return list(rows.select_related(*RELATED).order_by("-version")[:30])


def documents_of(*, viewer: Viewer, project_id: UUID) -> list[Document]:
    """Documents that the project's history names as evidence, newest first; two queries."""
    rows = event_rows(zone_id=viewer.zone_id, subject_kind="project", subject_id=project_id)
    ids = {str(item["document"]) for row in rows for item in json.loads(row.evidence) if item.get("document")}
    found = Document.objects.filter(zone_id=viewer.zone_id, pk__in=ids).select_related("received_by")
    return list(found.order_by("-received_at"))


def rest_on(viewer: Viewer, document: Document) -> bool:
    """Whether a project that the viewer works on names the document as evidence."""
    if not viewer.has(WORKS_IN_TASK_FORCE):
        return False
    rows = visible_to(viewer).values("pk")
    return names_document(zone_id=viewer.zone_id, subject_kind="project", subject_ids=rows, document=document)


def investors_of(*, viewer: Viewer, project_id: UUID) -> list[Company]:
    """Companies that invest in a project, the leading one first."""
    rows = ProjectInvestor.objects.filter(zone_id=viewer.zone_id, project_id=project_id).select_related("company")
    return [row.company for row in rows.order_by("position")]


def merged_targets(*, zone_id: UUID, project_ids: Collection[UUID]) -> set[UUID]:
    """Those of the projects that another one was merged into."""
    rows = Project.objects.filter(zone_id=zone_id, merged_into_id__in=list(project_ids))
    return {pk for pk in rows.values_list("merged_into_id", flat=True) if pk}


def investor_companies(*, zone_id: UUID, company_ids: Collection[UUID]) -> set[UUID]:
    """Those of the companies that invest in a project which is there."""
    rows = ProjectInvestor.objects.filter(zone_id=zone_id, company_id__in=list(company_ids), project__void=False)
    return set(rows.values_list("company_id", flat=True))
