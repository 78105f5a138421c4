"""Writing briefings: composing, rewording, refreshing, finishing, handing out; templates and schedules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from zhaoyin.adapters.office import FORMS, draw
from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer, get_person, viewer_of
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.briefings import access
from zhaoyin.apps.briefings.gather import problem_of
from zhaoyin.apps.briefings.models import Briefing, BriefingVersion, Schedule, WordTemplate
from zhaoyin.apps.briefings.queries import (
    Wanted,
    due_schedules,
    parse_wanted,
    template_bytes,
    version_document,
    wanted_of,
)
from zhaoyin.apps.companies.actions import checked_text
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.sources.actions import receive
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, StaleWrite
from zhaoyin.engines.briefing import Document, apply_edits, solve

RHYTHMS = ("weekly", "monthly")
TITLE_LIMIT = 120
log = structlog.get_logger(__name__)


def write(*, viewer: Viewer, zone: Zone, wanted: Wanted) -> Document:
    """The briefing as it would be now; nothing is kept. NotAllowed for roles that write none."""
    access.require_writer(viewer)
    return solve(problem_of(viewer=viewer, zone=zone, wanted=wanted))


def compose(
    *, viewer: Viewer, zone: Zone, wanted: Wanted, template_id: UUID | None = None, idempotency_key: str | None = None
) -> Briefing:
    """Write a draft and keep its first version; the same key of the same person gives the same draft again."""
    access.require_writer(viewer)
    if idempotency_key:
        known = Briefing.objects.filter(
            zone_id=viewer.zone_id, owner_id=viewer.person_id, idempotency_key=idempotency_key
        )
        found = known.first()
        if found is not None:
            return found
    template = access.get_template(viewer, template_id) if template_id else None
    document = write(viewer=viewer, zone=zone, wanted=wanted)
    return _keep(viewer, wanted, document, template=template, idempotency_key=idempotency_key, seen=True)


def _keep(
    viewer: Viewer,
    wanted: Wanted,
    document: Document,
    *,
    template: WordTemplate | None = None,
    schedule: Schedule | None = None,
    day: date | None = None,
    idempotency_key: str | None = None,
    seen: bool = False,
) -> Briefing:
    now = clock.now()
    with transaction.atomic():
        briefing = Briefing.objects.create(
            zone_id=viewer.zone_id, kind=wanted.kind, language=wanted.language, title=document.title[:TITLE_LIMIT],
            question=dict(wanted.question), owner_id=viewer.person_id, created_at=now, changed_at=now, template=template,
            schedule=schedule, made_for=day if schedule else None, seen_at=now if seen else None,
            idempotency_key=idempotency_key,
        )  # fmt: skip
        _version(viewer, briefing, document)
        _audit(viewer, "briefing-composed", briefing, {"kind": wanted.kind})
    return briefing


def _version(viewer: Viewer, briefing: Briefing, document: Document, *, final: bool = False) -> None:
    BriefingVersion.objects.create(
        zone_id=viewer.zone_id, briefing=briefing, number=briefing.version, final=final, body=document.canonical(),
        sha256=document.sha256, made_at=clock.now(), made_by_id=viewer.person_id,
    )  # fmt: skip


def _next(viewer: Viewer, briefing: Briefing, version: int, document: Document, **values: object) -> None:
    """One more version; StaleWrite when somebody saved in between."""
    number = version + 1
    rows = Briefing.objects.filter(pk=briefing.pk, version=version, state="draft")
    changed = rows.update(version=number, changed_at=clock.now(), title=document.title[:TITLE_LIMIT], **values)
    if not changed:
        now = Briefing.objects.get(pk=briefing.pk).version
        raise StaleWrite("changed-by-somebody-else", expected=version, version=now)
    briefing.version = number
    _version(viewer, briefing, document, final=values.get("state") == "final")


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the draft, and what could not be applied, by paragraph."""

    briefing: Briefing
    refused: Mapping[str, InvalidValue]


def reword(*, viewer: Viewer, briefing_id: UUID, version: int, edits: Mapping[str, str], title: str = "") -> Saved:
    """Other words for paragraphs, the figures as they are. A wording that loses a figure is refused, the others are kept."""
    briefing = access.get_for_change(viewer, briefing_id)
    _last, document = version_document(viewer=viewer, briefing=briefing)
    edited, refused = apply_edits(document, edits)
    if title.strip():
        edited = replace(edited, title=" ".join(title.split())[:TITLE_LIMIT])
    kept = {key: text for key, text in edits.items() if key not in refused}
    if edited == document:
        return Saved(briefing, refused)
    with transaction.atomic():
        question = {**briefing.question, **({"title": edited.title} if title.strip() else {})}
        _next(viewer, briefing, version, edited, edits={**briefing.edits, **kept}, question=question)
        _audit(viewer, "briefing-reworded", briefing, {"version": briefing.version, "paragraphs": sorted(kept)})
    return Saved(access.get_visible(viewer, briefing_id), refused)


def refresh(*, viewer: Viewer, zone: Zone, briefing_id: UUID, version: int, plain: bool = False) -> Saved:
    """Count anew under the same question and put the own wording back; `plain` drops the wording."""
    briefing = access.get_for_change(viewer, briefing_id)
    if briefing.version != version:
        raise StaleWrite("changed-by-somebody-else", expected=version, version=briefing.version)
    fresh = write(viewer=viewer, zone=zone, wanted=wanted_of(briefing))
    edits = {} if plain else dict(briefing.edits)
    document, refused = apply_edits(fresh, edits)
    with transaction.atomic():
        _next(viewer, briefing, version, document, edits=edits)
        _audit(viewer, "briefing-refreshed", briefing, {"version": briefing.version})
    return Saved(access.get_visible(viewer, briefing_id), refused)


def finish(*, viewer: Viewer, briefing_id: UUID, version: int) -> Briefing:
    """Freeze the draft as it was last saved: one more version with its hash, and no change after it."""
    briefing = access.get_for_change(viewer, briefing_id)
    _last, document = version_document(viewer=viewer, briefing=briefing)
    with transaction.atomic():
        _next(viewer, briefing, version, document, state="final")
        _audit(viewer, "briefing-finished", briefing, {"version": briefing.version, "sha256": document.sha256})
    return access.get_visible(viewer, briefing_id)


def take_text_away(*, viewer: Viewer, briefing_id: UUID) -> None:
    """Remove the text of all versions for good (a person asked for it, a note was redacted); hashes, who and when stay."""
    briefing = access.get_visible(viewer, briefing_id)
    if not viewer.has(WRITES_EVERYTHING) or viewer.guest:
        raise NotAllowed("role-may-not", to="briefing-redact")
    with transaction.atomic():
        BriefingVersion.objects.filter(zone_id=viewer.zone_id, briefing=briefing, body__isnull=False).update(body=None)
        Briefing.objects.filter(pk=briefing.pk).update(edits={}, title="", state="final", changed_at=clock.now())
        _audit(viewer, "briefing-text-removed", briefing, {})


def note_seen(*, viewer: Viewer, briefing: Briefing) -> None:
    """Its owner has opened it: it leaves the Today page."""
    if briefing.seen_at is None and briefing.owner_id == viewer.person_id:
        Briefing.objects.filter(pk=briefing.pk, seen_at__isnull=True).update(seen_at=clock.now())


@dataclass(frozen=True, slots=True)
class Download:
    """One file to hand over."""

    file_name: str
    media_type: str
    content: bytes


def file_of(document: Document, form: str, template: bytes | None = None) -> bytes:
    """The document in a form; with a Word template, through it (Word only)."""
    if template is None:
        return draw(document, form)
    if form != "docx":
        raise InvalidValue("briefing-template-word-only", field="form", value=form)
    from zhaoyin.adapters.office.templates import render

    return render(document, template)


def download(*, viewer: Viewer, briefing_id: UUID, form: str, number: int | None = None, template_id: UUID | None = None) -> Download:  # fmt: skip
    """A saved version as docx, xlsx or pdf; audited."""
    briefing = access.get_visible(viewer, briefing_id)
    version, document = version_document(viewer=viewer, briefing=briefing, number=number)
    template = template_bytes(access.get_template(viewer, template_id)) if template_id else None
    content = file_of(document, form, template)
    details = {"form": form, "version": version.number, "sha256": version.sha256, "template": str(template_id or "")}
    _audit(viewer, "briefing-downloaded", briefing, details)
    return Download(_file_name(document, form), FORMS[form], content)


def _file_name(document: Document, form: str) -> str:
    plain = "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in document.title).strip(". ")
    return f"{plain or 'briefing'}{document.subtitle if len(document.subtitle) < 30 else ''}.{form}"


def add_template(*, viewer: Viewer, name: str, file_name: str, content: bytes) -> WordTemplate:
    """Check a .docx with tags and keep it; the error names the tag, where it stands and the nearest that there is."""
    access.require_template_bringer(viewer)
    short = PurePath(file_name).name[-200:] or "template.docx"
    from zhaoyin.adapters.office.templates import check

    check(content, file_name=short)
    with transaction.atomic():
        document = receive(viewer=viewer, kind="file", content=content, file_name=short, media_type=FORMS["docx"])
        template = WordTemplate.objects.create(
            zone_id=viewer.zone_id, name=checked_text(name, field="name")[:80], document=document, created_at=clock.now(),
            created_by_id=viewer.person_id,
        )  # fmt: skip
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="briefing-template-added", subject_kind="briefing-template",
            subject_id=template.pk,
        )  # fmt: skip
    return template


def retire_template(*, viewer: Viewer, template_id: UUID) -> None:
    """No longer offered."""
    access.require_template_bringer(viewer)
    template = access.get_template(viewer, template_id)
    with transaction.atomic():
        WordTemplate.objects.filter(pk=template.pk).update(retired_at=clock.now())
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="briefing-template-retired",
            subject_kind="briefing-template", subject_id=template.pk,
        )  # fmt: skip


def add_schedule(
    *, viewer: Viewer, kind: str, rhythm: str, day: int, language: str = "zh", pack: str = "", task_force: UUID | None = None,
    recipient_id: UUID | None = None,
) -> Schedule:  # fmt: skip
    """A draft for somebody each week or month; for others only by chief and statistician. InvalidValue names the field."""
    access.require_writer(viewer)
    if rhythm not in RHYTHMS:
        raise InvalidValue("not-an-option", field="rhythm", value=rhythm)
    if not 1 <= day <= (7 if rhythm == "weekly" else 28):
        raise InvalidValue("briefing-schedule-day", field="day", value=str(day), last=7 if rhythm == "weekly" else 28)
    if kind in {"meeting", "trip"}:
        raise InvalidValue("briefing-not-scheduled", field="kind", value=kind)
    wanted = parse_wanted(
        {"kind": kind, "language": language, "pack": pack, "task_force": str(task_force or "")}, zone_id=viewer.zone_id
    )
    recipient = recipient_id or viewer.person_id
    if recipient != viewer.person_id:
        if not access.may_schedule_for_others(viewer):
            raise NotAllowed("role-may-not", to="briefing-schedule")
        get_person(viewer=viewer, person_id=recipient)
    with transaction.atomic():
        made = Schedule.objects.create(
            zone_id=viewer.zone_id, kind=wanted.kind, language=language, rhythm=rhythm, day=day, pack=pack,
            task_force_id=task_force, recipient_id=recipient, created_at=clock.now(), created_by_id=viewer.person_id,
        )  # fmt: skip
        _audit_schedule(viewer, "briefing-scheduled", made)
    return made


def stop_schedule(*, viewer: Viewer, schedule_id: UUID) -> None:
    """No further drafts; those that were made stay."""
    schedule = access.get_schedule(viewer, schedule_id)
    with transaction.atomic():
        Schedule.objects.filter(pk=schedule.pk).update(stopped_at=clock.now())
        _audit_schedule(viewer, "briefing-schedule-stopped", schedule)


def last_period(*, rhythm: str, kind: str, today: date) -> str:
    """What a scheduled briefing covers: the seven days before for a weekly list, else the year up to the last whole month."""
    if kind == "progress" or rhythm == "weekly":
        first = date.fromordinal(today.toordinal() - 7) if kind == "progress" else date(today.year, 1, 1)
        last = date.fromordinal(today.toordinal() - 1)
        return f"{min(first, last)}/{last}"
    year, month = (today.year - 1, 12) if today.month == 1 else (today.year, today.month - 1)
    return f"{year}-01/{year}-{month:02d}"


def run_due(*, zone: Zone, today: date | None = None) -> list[UUID]:
    """Write the drafts that are due today, each as its recipient sees the zone; ids. A second run makes nothing twice.

    One that fails (its recipient left, its task force was closed) is logged and does not stop the others.
    """
    day, made = today or clock.today(), []
    for schedule in due_schedules(zone_id=zone.pk, today=day):
        try:
            viewer = viewer_of(person_id=schedule.recipient_id, zone_id=zone.pk, on=day)
            given = {
                "kind": schedule.kind, "language": schedule.language, "pack": schedule.pack,
                "task_force": str(schedule.task_force_id or ""), "period": last_period(rhythm=schedule.rhythm, kind=schedule.kind, today=day),
            }  # fmt: skip
            wanted = parse_wanted(given, zone_id=zone.pk)
            document = write(viewer=viewer, zone=zone, wanted=wanted)
            made.append(_keep(viewer, wanted, document, schedule=schedule, day=day).pk)
        except IntegrityError:
            continue  # another run was first
        except DomainError as error:
            log.warning("briefing-schedule-failed", schedule=str(schedule.pk), error=str(error))
    return made


def _audit(viewer: Viewer, verb: str, briefing: Briefing, details: dict[str, object]) -> None:
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb=verb, subject_kind="briefing", subject_id=briefing.pk, details=details,
    )  # fmt: skip


def _audit_schedule(viewer: Viewer, verb: str, schedule: Schedule) -> None:
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb=verb, subject_kind="briefing-schedule", subject_id=schedule.pk,
        details={"kind": schedule.kind, "rhythm": schedule.rhythm},
    )  # fmt: skip
