"""Reading briefings, their versions, templates and schedules."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.briefings import access
from zhaoyin.apps.briefings.models import Briefing, BriefingVersion, Schedule, WordTemplate
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.pages import Page, keyset_page
from zhaoyin.apps.reports import queries as reports
from zhaoyin.apps.reports.queries import Asked
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.domain.errors import InvalidValue, NotVisible
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.briefing import LANGUAGES, Document, document_from, known_kind

PAGE = 30
QUESTION = ("period", "pack", "as_of", "known_at", "known_basis")
NEEDS_PROJECT = frozenset({"meeting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A briefing to write: kind, language and what is asked, understood. `question`: the same as it was written."""

    kind: str
    language: str
    asked: Asked
    since: date | None = None
    task_force: UUID | None = None
    project: UUID | None = None
    number: str = ""
    title: str = ""
    question: Mapping[str, str] = field(default_factory=dict)


def _id(value: str, name: str) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError as error:
        raise InvalidValue("not-an-id", field=name, value=value) from error


def _since(text: str, asked: Asked) -> date | None:
    """The day of the figures to compare with; it must lie before what is known in the briefing."""
    if not text.strip():
        return None
    found = PartialDate.parse(text)
    if found.precision is not Precision.DAY:
        raise InvalidValue("date-malformed", field="since", value=text)
    last = asked.known_on or clock.today()
    if found.first >= last:
        raise InvalidValue("briefing-since-late", field="since", value=text, last=last.isoformat())
    return found.first


def parse_wanted(given: Mapping[str, str], *, zone_id: UUID | None = None) -> Wanted:
    """InvalidValue names what cannot be understood: kind, language, period, pack, days, task force, project. `zone_id`: packs of that zone too.

    The weekly list without a period covers the last seven days; the others the year to date.
    """
    kind = known_kind(given.get("kind", "") or "bulletin")
    language = given.get("language", "") or "zh"
    if language not in LANGUAGES:
        raise InvalidValue("not-an-option", field="language", value=language)
    question = {name: given.get(name, "").strip() for name in QUESTION}
    if kind in {"progress", "trip"} and not question["period"]:
        question["period"] = f"{date.fromordinal(clock.today().toordinal() - 6)}/{clock.today()}"
    asked = reports.parse_asked(**question, zone_id=zone_id)
    since = _since(given.get("since", ""), asked)
    project = _id(given.get("project", ""), "project")
    if kind in NEEDS_PROJECT and project is None:
        raise InvalidValue("briefing-needs-project", field="project", value="")
    question["period"] = str(asked.period)
    kept = {name: value for name, value in question.items() if value}
    for name in ("since", "task_force", "project", "number", "title"):
        if given.get(name, "").strip():
            kept[name] = given[name].strip()[:120]
    return Wanted(
        kind=kind, language=language, asked=asked, since=since, task_force=_id(given.get("task_force", ""), "task_force"), project=project,
        number=kept.get("number", "")[:40], title=kept.get("title", ""), question=kept,
    )  # fmt: skip


def wanted_of(briefing: Briefing) -> Wanted:
    """What a saved briefing asks."""
    return parse_wanted(
        {**briefing.question, "kind": briefing.kind, "language": briefing.language}, zone_id=briefing.zone_id
    )


def page(*, viewer: Viewer, after: str = "", before: str = "") -> Page[Briefing]:
    """Briefings that the viewer may open, the newest change first; one query."""
    rows = access.visible_to(viewer).select_related("owner").defer("edits")
    return keyset_page(rows, sort="-changed_at", after=after, before=before, size=PAGE)


def unseen(*, viewer: Viewer, most: int = 5) -> list[Briefing]:
    """Drafts that schedules made for the viewer and that nobody opened yet; one query."""
    rows = Briefing.objects.filter(
        zone_id=viewer.zone_id, owner_id=viewer.person_id, seen_at__isnull=True, schedule__isnull=False, state="draft"
    )
    return list(rows.order_by("-changed_at")[:most])


def versions(*, viewer: Viewer, briefing: Briefing) -> list[BriefingVersion]:
    """All, newest first, without their texts."""
    return list(access.versions_of(viewer, briefing).defer("body")[:100])


def version_document(
    *, viewer: Viewer, briefing: Briefing, number: int | None = None
) -> tuple[BriefingVersion, Document]:
    """A saved version (the newest without a number); NotVisible when there is none, InvalidValue when its text was taken away."""
    rows = access.versions_of(viewer, briefing)
    row = (rows.filter(number=number) if number is not None else rows).first()
    if row is None:
        raise NotVisible("not-found")
    if row.body is None:
        raise InvalidValue("briefing-text-gone", field="version", value=str(row.number))
    return row, document_from(json.loads(row.body))


def template_bytes(template: WordTemplate) -> bytes:
    """The .docx; InvalidValue after redaction."""
    rows = DocumentContent.objects.filter(zone_id=template.zone_id, document_id=template.document_id)
    content = rows.values_list("content", flat=True).first()
    if content is None:
        raise InvalidValue("template-gone", field="file", value=template.name)
    return bytes(content)


def template_list(*, viewer: Viewer) -> list[WordTemplate]:
    """Templates in use by name; one query."""
    return list(access.templates(viewer).select_related("created_by")[:200])


def schedule_list(*, viewer: Viewer) -> list[Schedule]:
    """Schedules that the viewer may stop; one query."""
    return list(access.schedules(viewer)[:200])


def task_force_name(*, viewer: Viewer, task_force: UUID | None) -> TaskForce | None:
    """The task force of the viewer's zone; NotVisible when there is no such one."""
    if task_force is None:
        return None
    row = TaskForce.objects.filter(zone_id=viewer.zone_id, pk=task_force).first()
    if row is None:
        raise NotVisible("not-found")
    return row


def due_schedules(*, zone_id: UUID, today: date) -> list[Schedule]:
    """Schedules whose day it is and that have made nothing for it yet."""
    rows = Schedule.objects.filter(zone_id=zone_id, stopped_at__isnull=True)
    due = [row for row in rows.order_by("created_at", "id") if row.day == (today.isoweekday() if row.rhythm == "weekly" else today.day)]  # fmt: skip
    done = _made(zone_id, [row.pk for row in due], today)
    return [row for row in due if row.pk not in done]


def _made(zone_id: UUID, ids: Collection[UUID], today: date) -> set[UUID | None]:
    rows = Briefing.objects.filter(zone_id=zone_id, schedule_id__in=list(ids), made_for=today)
    return set(rows.values_list("schedule_id", flat=True))
