"""Writing projects: one verb a function; each appends events, the row follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.actions import checked_note, checked_text, find_or_register
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text
from zhaoyin.apps.ledger.queries import subject_of_key
from zhaoyin.apps.projects.access import get_for_change, get_visible, require_creator
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.actions import receive
from zhaoyin.apps.taskforces.access import is_of_zone, people_of_zone
from zhaoyin.apps.taskforces.models import Industry, TaskForce, Unit
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.evidence import Evidence, statement_by, whole_file
from zhaoyin.domain.money import AmountKind, Money
from zhaoyin.domain.period import PartialDate

NEEDS_EVIDENCE = frozenset({"contract_signed", "stage_reached", "ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    """What is known of a new project. `negotiating_on`: talks are under way since that day."""

    name: str
    investor_names: Sequence[str] = ()
    investor_ids: Sequence[UUID] = ()
    planned_total: Money | None = None
    product: str = ""
    site: str = ""
    industry_id: UUID | None = None
    task_force_id: UUID | None = None
    attracting_unit_id: UUID | None = None
    landing_place_id: UUID | None = None
    lead_person_id: UUID | None = None
    origin: str = ""
    kind: str = "new"
    channel: str = ""
    referred_by: UUID | None = None
    jobs: int | None = None
    land_mu: int | str | None = None
    lead_id: UUID | None = None
    opened_on: PartialDate | None = None
    negotiating_on: PartialDate | None = None
    evidence: tuple[Evidence, ...] = ()
    more: Sequence[tuple[str, PartialDate, dict[str, object]]] = field(default_factory=tuple)


def _event(
    project_id: UUID,
    kind: str,
    occurred: PartialDate,
    payload: dict[str, object],
    evidence: tuple[Evidence, ...],
    key: str | None = None,
    supersedes: UUID | None = None,
) -> NewEvent:
    return NewEvent(
        subject_kind="project",
        subject_id=project_id,
        kind=kind,
        occurred=occurred,
        payload=payload,
        evidence=evidence,
        idempotency_key=key,
        supersedes=supersedes,
    )


def refuse_future(occurred: PartialDate) -> None:
    """InvalidValue when what is said to have happened lies after today."""
    if occurred.first > clock.today():
        raise InvalidValue("date-in-future", field="occurred", value=str(occurred))


def _opening_payload(zone_id: UUID, draft: ProjectDraft) -> dict[str, object]:
    payload: dict[str, object] = {
        "name": keep_text(zone_id=zone_id, body=checked_text(draft.name, field="name")),
        "kind": draft.kind,
    }
    for name, words in (("product", draft.product), ("site", draft.site)):
        if words:
            payload[name] = keep_text(zone_id=zone_id, body=checked_text(words, field=name))
    ids = {
        "industry": draft.industry_id, "task_force": draft.task_force_id, "attracting_unit": draft.attracting_unit_id,
        "landing_place": draft.landing_place_id, "lead_person": draft.lead_person_id, "lead": draft.lead_id,
        "referred_by": draft.referred_by,
    }  # fmt: skip
    payload.update({name: str(value) for name, value in ids.items() if value is not None})
    plain = {"origin": draft.origin, "channel": draft.channel, "jobs": draft.jobs, "land_mu": draft.land_mu}
    payload.update({name: value for name, value in plain.items() if value not in {"", None}})
    return payload


def project_events(
    *,
    zone_id: UUID,
    project_id: UUID,
    draft: ProjectDraft,
    investors: Sequence[UUID],
    said: tuple[Evidence, ...],
    key: str | None,
) -> list[NewEvent]:
    """Events that open a project; for callers that append many projects in one batch."""
    evidence = draft.evidence or said
    opened = draft.opened_on or PartialDate(clock.today())
    parts: list[tuple[str, PartialDate, dict[str, object]]] = [("opened", opened, _opening_payload(zone_id, draft))]
    parts += [
        ("investor_joined", opened, {"company": str(company), "leading": place == 0})
        for place, company in enumerate(investors)
    ]
    if draft.planned_total is not None:
        amount: dict[str, object] = {
            "amount_kind": AmountKind.PLANNED_TOTAL.value,
            "amount": draft.planned_total.to_payload(),
        }
        parts.append(("amount_stated", opened, amount))
    if draft.negotiating_on is not None:
        parts.append(("stage_reached", draft.negotiating_on, {"stage": "negotiating"}))
    parts += list(draft.more)
    return [
        _event(project_id, kind, occurred, payload, evidence, f"{key}:{place}" if key else None)
        for place, (kind, occurred, payload) in enumerate(parts)
    ]


def create_project(*, viewer: Viewer, draft: ProjectDraft, idempotency_key: str | None = None) -> UUID:
    """Open a project with its investors; the same key again gives the same project and writes nothing."""
    require_creator(viewer, draft.task_force_id)
    for occurred in (draft.opened_on, draft.negotiating_on):
        if occurred is not None:
            refuse_future(occurred)
    _check_named(viewer, _named(draft))
    with transaction.atomic():
        first = f"{idempotency_key}:0" if idempotency_key else None
        known = subject_of_key(zone_id=viewer.zone_id, subject_kind="project", key=first)
        if known is not None:
            return known
        investors = list(draft.investor_ids)
        for name in draft.investor_names:
            if name.strip():
                company = find_or_register(viewer=viewer, name=name, evidence=draft.evidence, origin=draft.origin)
                if company not in investors:
                    investors.append(company)
        events = project_events(
            zone_id=viewer.zone_id,
            project_id=new_id(),
            draft=draft,
            investors=investors,
            said=(statement_by(viewer.person_id),),
            key=idempotency_key,
        )
        rows = append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=events)
        return rows[0].subject_id


def _named(draft: ProjectDraft) -> dict[str, object]:
    return {
        "task_force": draft.task_force_id, "industry": draft.industry_id, "attracting_unit": draft.attracting_unit_id,
        "landing_place": draft.landing_place_id, "lead_person": draft.lead_person_id,
    }  # fmt: skip


_OWNED = (("task_force", TaskForce), ("industry", Industry), ("attracting_unit", Unit), ("landing_place", Unit))


def _check_named(viewer: Viewer, payload: Mapping[str, object]) -> None:
    """InvalidValue when a placing or a classification names something or somebody that is not of the zone."""
    for name, model in _OWNED:
        value = payload.get(name)
        if value and not is_of_zone(model, viewer, str(value)):
            raise InvalidValue("not-an-option", field=name, value=str(value))
    people = {name: str(payload[name]) for name in ("lead_person", "sponsoring_leader") if payload.get(name)}
    known = {str(pk) for pk in people_of_zone(viewer)} if people else set()
    for name, value in people.items():
        if value not in known:
            raise InvalidValue("person-not-in-zone", field=name, value=value)


def _check_move(viewer: Viewer, project: Project, payload: Mapping[str, object]) -> None:
    """A project goes only into a task force in which the viewer may open one."""
    if "task_force" not in payload:
        return
    wanted = str(payload["task_force"] or "")
    if wanted != str(project.task_force_id or ""):
        require_creator(viewer, UUID(wanted) if wanted else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file that is to be kept as evidence of an event."""

    content: bytes
    file_name: str
    media_type: str = ""


def was_done(*, viewer: Viewer, project_id: UUID, key: str | None) -> bool:
    """Whether the request was carried out before; DomainError when its key was used for another project."""
    known = subject_of_key(zone_id=viewer.zone_id, subject_kind="project", key=key)
    if known is not None and known != project_id:
        raise DomainError("idempotency-key-reused", key=str(key))
    return known is not None


def record_event(
    *,
    viewer: Viewer,
    project_id: UUID,
    kind: str,
    occurred: PartialDate,
    payload: dict[str, object],
    note: str = "",
    evidence: tuple[Evidence, ...] = (),
    file: EvidenceFile | None = None,
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> None:
    """Append one event to a project; its `file` is kept only with it. `note` is the word of the writer and counts as evidence (a statement).

    InvalidValue `evidence-needed` for a step, a contract or an end without any evidence.
    """
    project = get_for_change(viewer, project_id)
    refuse_future(occurred)
    _check_named(viewer, payload)
    _check_move(viewer, project, payload)
    if kind in NEEDS_EVIDENCE and not evidence and file is None and not note.strip():
        raise InvalidValue("evidence-needed", field="evidence", value="")
    with transaction.atomic():
        if was_done(viewer=viewer, project_id=project_id, key=idempotency_key):
            return
        if file is not None:
            document = receive(
                viewer=viewer, kind="file", content=file.content, file_name=file.file_name, media_type=file.media_type
            )
            evidence = (*evidence, whole_file(document_id=document.pk, sha256=document.sha256))
        body = dict(payload)
        if note.strip():
            body["note"] = keep_text(zone_id=viewer.zone_id, body=checked_note(note))
        said = evidence or (statement_by(viewer.person_id),)
        event = _event(project_id, kind, occurred, body, said, idempotency_key)
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event], expected_version=expected_version)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChange:
    """Changes of a project's facts; a field that is not in `given` is left as it is, None makes it unknown."""

    given: frozenset[str]
    name: str = ""
    product: str = ""
    site: str = ""
    industry_id: UUID | None = None
    task_force_id: UUID | None = None
    attracting_unit_id: UUID | None = None
    landing_place_id: UUID | None = None
    lead_person_id: UUID | None = None
    sponsoring_leader_id: UUID | None = None
    origin: str | None = None
    kind: str = "new"
    channel: str = ""
    jobs: int | None = None
    land_mu: int | str | None = None
    planned_total: Money | None = None
    fixed_asset: Money | None = None


def _placing(change: ProjectChange) -> dict[str, object]:
    found = {
        "task_force": change.task_force_id, "attracting_unit": change.attracting_unit_id,
        "landing_place": change.landing_place_id, "lead_person": change.lead_person_id,
        "sponsoring_leader": change.sponsoring_leader_id,
    }  # fmt: skip
    return {name: str(value) if value else None for name, value in found.items() if name in change.given}


def _classes(change: ProjectChange) -> dict[str, object]:
    found: dict[str, object] = {
        "industry": str(change.industry_id) if change.industry_id else None,
        "origin": change.origin or None,
        "kind": change.kind,
    }
    return {name: value for name, value in found.items() if name in change.given}


def _description(zone_id: UUID, change: ProjectChange) -> dict[str, object]:
    found: dict[str, object] = {}
    if "name" in change.given:
        found["name"] = keep_text(zone_id=zone_id, body=checked_text(change.name, field="name"))
    for name, said in (("product", change.product), ("site", change.site)):
        if name in change.given:
            words = checked_text(said, field=name) if said.strip() else ""
            found[name] = keep_text(zone_id=zone_id, body=words) if words else None
    plain: dict[str, object] = {"jobs": change.jobs, "land_mu": change.land_mu, "channel": change.channel or None}
    found.update({name: value for name, value in plain.items() if name in change.given})
    return found


def change_project(
    *,
    viewer: Viewer,
    project_id: UUID,
    change: ProjectChange,
    evidence: tuple[Evidence, ...] = (),
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> None:
    """Change facts as of today: description, placing, classification and amounts are events of their own."""
    project = get_for_change(viewer, project_id)
    placing, classes = _placing(change), _classes(change)
    _check_named(viewer, {**placing, **classes})
    _check_move(viewer, project, placing)
    today, said = PartialDate(clock.today()), evidence or (statement_by(viewer.person_id),)
    with transaction.atomic():
        bodies = [
            ("described", _description(viewer.zone_id, change)),
            ("placed", placing),
            ("classified", classes),
        ]
        for name, kind, money in (
            ("planned_total", AmountKind.PLANNED_TOTAL, change.planned_total),
            ("fixed_asset", AmountKind.FIXED_ASSET, change.fixed_asset),
        ):
            if name in change.given:
                amount = money.to_payload() if money else None
                bodies.append(("amount_stated", {"amount_kind": kind.value, "amount": amount}))
        events = [
            _event(project_id, kind, today, body, said, f"{idempotency_key}:{place}" if idempotency_key else None)
            for place, (kind, body) in enumerate(bodies)
            if body
        ]
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=events, expected_version=expected_version)


def correct_event(
    *,
    viewer: Viewer,
    project_id: UUID,
    event_id: UUID,
    kind: str,
    occurred: PartialDate,
    payload: dict[str, object],
    note: str,
    evidence: tuple[Evidence, ...] = (),
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> None:
    """Correct an event (`kind` as it was) or take it back (`kind` = "retracted"); the reason is needed, both stay.

    NotAllowed when that would put the project into a task force in which the viewer may not open one.
    """
    project = get_for_change(viewer, project_id)
    refuse_future(occurred)
    if not note.strip():
        raise InvalidValue("text-empty", field="note", value="")
    with transaction.atomic():
        if was_done(viewer=viewer, project_id=project_id, key=idempotency_key):
            return
        body = {**payload, "note": keep_text(zone_id=viewer.zone_id, body=checked_note(note))}
        if kind not in {"stage_reached", "contract_signed", "progress_noted", "ended", "resumed", "retracted"}:
            body.pop("note")
        said = evidence or (statement_by(viewer.person_id),)
        event = _event(project_id, kind, occurred, body, said, idempotency_key, supersedes=event_id)
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event], expected_version=expected_version)
        now = Project.objects.values_list("task_force_id", flat=True).get(pk=project_id)
        if now != project.task_force_id:
            require_creator(viewer, now)


def merge_project(*, viewer: Viewer, project_id: UUID, into: UUID) -> None:
    """`project_id` is the same project as `into`; it is no longer counted, and it can be undone."""
    get_for_change(viewer, project_id)
    target = get_for_change(viewer, into)
    if target.pk == project_id:
        raise DomainError("merge-into-itself")
    if target.merged_into_id is not None:
        raise DomainError("project-already-merged", into=str(target.merged_into_id))
    said = (statement_by(viewer.person_id),)
    event = _event(project_id, "merged_into", PartialDate(clock.today()), {"project": str(into)}, said)
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def unmerge_project(*, viewer: Viewer, project_id: UUID) -> None:
    """Undo a merge."""
    get_for_change(viewer, project_id)
    said = (statement_by(viewer.person_id),)
    event = _event(project_id, "unmerged", PartialDate(clock.today()), {}, said)
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def hand_over_projects(*, zone_id: UUID, actor_id: UUID | None, from_person: UUID, to_person: UUID) -> int:
    """All projects of which one person is in charge go to another, as events; number of projects."""
    ids = Project.objects.filter(zone_id=zone_id, lead_person_id=from_person, outcome="").values_list("id", flat=True)
    said = (statement_by(actor_id),) if actor_id else ()
    today = PartialDate(clock.today())
    events = [_event(pk, "placed", today, {"lead_person": str(to_person)}, said) for pk in ids]
    append(zone_id=zone_id, actor_id=actor_id, events=events)
    return len(events)


def require_visible(*, viewer: Viewer, project_id: UUID) -> str:
    """Name of a project the viewer may see; NotVisible otherwise."""
    return get_visible(viewer, project_id).name
