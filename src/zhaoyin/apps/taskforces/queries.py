"""Reading units, industries, task forces and their people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Person
from zhaoyin.apps.taskforces.access import get_owned, people_of_zone, scope_of
from zhaoyin.apps.taskforces.models import (
    HandOver,
    Industry,
    IndustryLeader,
    IndustryTaskForce,
    MemberRole,
    SponsoringLeader,
    Target,
    TaskForce,
    TaskForceMembership,
    Territory,
    Unit,
)
from zhaoyin.domain import region as regions

Choice = tuple[str, str]


def named(row: Industry | TaskForce, language: str) -> str:
    """Name in the language, Chinese when there is no other."""
    return row.name_en if language == "en" and row.name_en else row.name


def industry_choices(*, zone_id: UUID, language: str = "zh-hans") -> list[Choice]:
    """Industries in use."""
    rows = Industry.objects.filter(zone_id=zone_id, closed_on__isnull=True).order_by("code")
    return [(str(row.pk), named(row, language)) for row in rows]


def task_force_choices(
    *, zone_id: UUID, language: str = "zh-hans", only: frozenset[UUID] | None = None
) -> list[Choice]:
    """Task forces in being; with `only`, those of them."""
    rows = TaskForce.objects.filter(zone_id=zone_id, closed_on__isnull=True).order_by("starts_on", "name")
    return [(str(row.pk), named(row, language)) for row in rows if only is None or row.pk in only]


def unit_choices(*, zone_id: UUID, kinds: tuple[str, ...] = ()) -> list[Choice]:
    """Units in being, of some kinds or of all."""
    rows = Unit.objects.filter(zone_id=zone_id, closed_on__isnull=True).order_by("kind", "name")
    return [(str(row.pk), row.name) for row in rows if not kinds or row.kind in kinds]


def people_choices(viewer: Viewer) -> list[Choice]:
    """People with a role in the zone."""
    rows = Person.objects.filter(pk__in=people_of_zone(viewer), is_active=True).order_by("display_name")
    return [(str(pk), name) for pk, name in rows.values_list("id", "display_name")]


@dataclass(frozen=True, slots=True)
class ProjectChoices:
    """What a project form offers to a viewer."""

    industry: list[Choice]
    task_force: list[Choice]
    lead_person: list[Choice]
    attracting_unit: list[Choice]
    landing_place: list[Choice]


def project_choices(viewer: Viewer, *, writes_everything: bool, language: str) -> ProjectChoices:
    """Five short lists; a recruiter is offered their own task forces only."""
    own = None if writes_everything else scope_of(viewer).member_of
    units = unit_choices(zone_id=viewer.zone_id)
    return ProjectChoices(
        industry=industry_choices(zone_id=viewer.zone_id, language=language),
        task_force=task_force_choices(zone_id=viewer.zone_id, language=language, only=own),
        lead_person=people_choices(viewer),
        attracting_unit=units,
        landing_place=units,
    )


def industry_of_task_force(*, zone_id: UUID, task_force_id: UUID) -> UUID | None:
    """The industry a task force works for now."""
    rows = IndustryTaskForce.objects.filter(
        Q(ends_on__isnull=True), zone_id=zone_id, task_force_id=task_force_id
    ).values_list("industry_id", flat=True)
    return rows.first()


def _holds(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def _region(code: str, language: str) -> str:
    return regions.region_name(code, english=language == "en") or code


@dataclass(frozen=True, slots=True)
class TaskForceLine:
    """One key industry with its leader in charge and its task force on a day; None is a gap to fill."""

    industry_id: UUID
    industry: str
    leader: str | None
    task_force_id: UUID | None
    task_force: str | None
    heads: Sequence[str]
    members: int
    regions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """Key industries with their one leader and one task force, and task forces without an industry."""

    lines: Sequence[TaskForceLine]
    unassigned: Sequence[tuple[UUID, str]]

    @property
    def gaps(self) -> int:
        """Leaders and task forces still to be named."""
        return sum((line.leader is None) + (line.task_force is None) for line in self.lines)


def overview(*, viewer: Viewer, language: str) -> Overview:
    """Six queries, whatever the number of task forces."""
    zone, on = viewer.zone_id, viewer.on
    industries = list(Industry.objects.filter(zone_id=zone, closed_on__isnull=True).order_by("code"))
    leaders = dict(
        IndustryLeader.objects.filter(_holds(on), zone_id=zone).values_list("industry_id", "person__display_name")
    )
    forces = {row.pk: row for row in TaskForce.objects.filter(zone_id=zone, closed_on__isnull=True).order_by("name")}
    links = dict(IndustryTaskForce.objects.filter(_holds(on), zone_id=zone).values_list("industry_id", "task_force_id"))
    heads: dict[UUID, list[str]] = {}
    members: dict[UUID, int] = {}
    rows = TaskForceMembership.objects.filter(_holds(on), zone_id=zone)
    for force, role, name in rows.values_list("task_force_id", "role", "person__display_name"):
        members[force] = members.get(force, 0) + 1
        if role == MemberRole.LEADER:
            heads.setdefault(force, []).append(name)
    regions: dict[UUID, list[str]] = {}
    territory = Territory.objects.filter(_holds(on), zone_id=zone).order_by("region_code")
    for force, code in territory.values_list("task_force_id", "region_code"):
        regions.setdefault(force, []).append(_region(code, language))
    lines = []
    for industry in industries:
        force_id = links.get(industry.pk)
        found = forces.get(force_id) if force_id else None
        key = found.pk if found else None
        lines.append(
            TaskForceLine(
                industry.pk,
                named(industry, language),
                leaders.get(industry.pk),
                key,
                named(found, language) if found else None,
                heads.get(key, []) if key else [],
                members.get(key, 0) if key else 0,
                regions.get(key, []) if key else [],
            )
        )
    taken = set(links.values())
    spare = [(pk, named(row, language)) for pk, row in forces.items() if pk not in taken]
    return Overview(lines, spare)


@dataclass(frozen=True, slots=True)
class Span:
    """A dated line of a task force: a member, a sponsor, a territory. `open` until it has an end."""

    id: UUID
    name: str
    role: str
    unit: str
    starts_on: date
    ends_on: date | None
    person_id: UUID | None = None

    @property
    def open(self) -> bool:
        """Without an end."""
        return self.ends_on is None


@dataclass(frozen=True, slots=True)
class TaskForcePage:
    """Everything on the page of a task force; `territory_codes` are the provinces held now."""

    id: UUID
    name: str
    starts_on: date
    closed_on: date | None
    industry: str | None
    leader: str | None
    members: Sequence[Span]
    sponsors: Sequence[Span]
    territories: Sequence[Span]
    targets: Sequence[Target]
    territory_codes: Sequence[str]


def task_force_page(*, viewer: Viewer, task_force_id: UUID, language: str) -> TaskForcePage:
    """NotVisible when not of this zone."""
    row = get_owned(TaskForce, viewer, task_force_id)
    link = IndustryTaskForce.objects.filter(_holds(viewer.on), task_force=row).select_related("industry").first()
    leader = None
    if link is not None:
        held = IndustryLeader.objects.filter(_holds(viewer.on), industry_id=link.industry_id).select_related("person")
        found = held.first()
        leader = found.person.display_name if found else None
    order = {role: at for at, role in enumerate(MemberRole.values)}
    members = [
        Span(
            m.pk, m.person.display_name, str(MemberRole(m.role).label), m.home_unit.name if m.home_unit else "",
            m.starts_on, m.ends_on, m.person_id,
        )
        for m in sorted(
            row.memberships.select_related("person", "home_unit"),
            key=lambda m: (m.ends_on is not None, order[m.role], m.starts_on),
        )
    ]  # fmt: skip
    sponsors = [
        Span(s.pk, s.person.display_name, "", s.person.title, s.starts_on, s.ends_on, s.person_id)
        for s in row.sponsors.select_related("person").order_by("ends_on", "starts_on")
    ]
    held_regions = list(row.territories.order_by("starts_on", "region_code"))
    territories = [Span(t.pk, _region(t.region_code, language), "", "", t.starts_on, t.ends_on) for t in held_regions]
    now = [
        t.region_code for t in held_regions if t.starts_on <= viewer.on and (t.ends_on is None or t.ends_on > viewer.on)
    ]
    return TaskForcePage(
        id=row.pk, name=named(row, language), starts_on=row.starts_on, closed_on=row.closed_on,
        industry=named(link.industry, language) if link else None, leader=leader, members=members, sponsors=sponsors,
        territories=territories, targets=current_targets(viewer=viewer, task_force_id=row.pk), territory_codes=now,
    )  # fmt: skip


def current_targets(*, viewer: Viewer, task_force_id: UUID) -> list[Target]:
    """The latest row of each year and indicator, newest year first."""
    rows = Target.objects.filter(zone_id=viewer.zone_id, task_force_id=task_force_id).order_by("recorded_at")
    latest = {(row.year, row.indicator): row for row in rows}
    return [latest[key] for key in sorted(latest, key=lambda key: (-key[0], key[1]))]


def task_force_values(*, viewer: Viewer, task_force_id: UUID) -> dict[str, object]:
    """For the form."""
    row = get_owned(TaskForce, viewer, task_force_id)
    return {"name": row.name, "name_en": row.name_en, "starts_on": row.starts_on}


def industry_values(*, viewer: Viewer, industry_id: UUID) -> dict[str, object]:
    """For the form; with the present leader and task force."""
    row = get_owned(Industry, viewer, industry_id)
    leader = row.leaders.filter(ends_on__isnull=True).first()
    force = row.task_forces.filter(ends_on__isnull=True).first()
    return {
        "code": row.code, "name": row.name, "name_en": row.name_en, "gbt4754": row.gbt4754,
        "person": str(leader.person_id) if leader else "", "task_force": str(force.task_force_id) if force else "",
    }  # fmt: skip


def unit_values(*, viewer: Viewer, unit_id: UUID) -> dict[str, object]:
    """For the form."""
    row = get_owned(Unit, viewer, unit_id)
    return {"name": row.name, "kind": row.kind, "parent": str(row.parent_id) if row.parent_id else ""}


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree, `depth` 0 at the top."""

    id: UUID
    name: str
    kind: str
    depth: int
    closed_on: date | None


def unit_tree(*, viewer: Viewer) -> list[UnitNode]:
    """All units, parents before children. One query."""
    rows = list(Unit.objects.filter(zone_id=viewer.zone_id).order_by("kind", "name"))
    below: dict[UUID | None, list[Unit]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[UnitNode] = []
    stack = [(row, 0) for row in reversed(below.get(None, []))]
    while stack:
        row, depth = stack.pop()
        found.append(UnitNode(row.pk, row.name, row.get_kind_display(), depth, row.closed_on))
        stack += [(child, depth + 1) for child in reversed(below.get(row.pk, []))]
    return found


def industries(*, viewer: Viewer) -> list[Industry]:
    """All, those in use first."""
    return list(Industry.objects.filter(zone_id=viewer.zone_id).order_by("closed_on", "code"))


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """One hand-over as it was recorded."""

    at: datetime
    from_name: str
    to_name: str
    actor: str
    counts: dict[str, int]


def hand_overs(*, viewer: Viewer) -> list[HandOverLine]:
    """The latest hundred."""
    rows = HandOver.objects.filter(zone_id=viewer.zone_id).select_related("from_person", "to_person", "actor")
    return [
        HandOverLine(
            row.at, row.from_person.display_name, row.to_person.display_name,
            row.actor.display_name if row.actor else "", dict(row.counts),
        )
        for row in rows.order_by("-at")[:100]
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """Something a person holds in the zone: a seat in a task force, an industry, a sponsorship."""

    name: str
    role: str
    starts_on: date
    ends_on: date | None
    task_force_id: UUID | None


def memberships_of(*, viewer: Viewer, person_id: UUID, language: str) -> list[Office]:
    """Seats in task forces, newest first."""
    rows = TaskForceMembership.objects.filter(zone_id=viewer.zone_id, person_id=person_id).select_related("task_force")
    return [
        Office(named(m.task_force, language), str(MemberRole(m.role).label), m.starts_on, m.ends_on, m.task_force_id)
        for m in rows.order_by("-starts_on")
    ]


def offices_held(zone_id: UUID, person_id: UUID, on: date) -> int:
    """Industries in charge and task forces sponsored."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return (
        IndustryLeader.objects.filter(still, zone_id=zone_id, person_id=person_id).count()
        + SponsoringLeader.objects.filter(still, zone_id=zone_id, person_id=person_id).count()
    )


def seats_held(zone_id: UUID, person_id: UUID, on: date) -> int:
    """Memberships of task forces."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return TaskForceMembership.objects.filter(still, zone_id=zone_id, person_id=person_id).count()


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a zone needs before its task forces can work; `gaps` are leaders and task forces still to be named."""

    units: bool
    industries: bool
    task_forces: bool
    members: bool
    gaps: int

    @property
    def done(self) -> bool:
        """Nothing is missing."""
        return self.units and self.industries and self.task_forces and self.members and not self.gaps


def set_up(*, viewer: Viewer) -> SetUp:
    """Six small queries."""
    zone = viewer.zone_id
    industries = Industry.objects.filter(zone_id=zone, closed_on__isnull=True)
    held = IndustryLeader.objects.filter(_holds(viewer.on), zone_id=zone).values("industry")
    linked = IndustryTaskForce.objects.filter(_holds(viewer.on), zone_id=zone).values("industry")
    total = industries.count()
    return SetUp(
        units=Unit.objects.filter(zone_id=zone).exists(),
        industries=total > 0,
        task_forces=TaskForce.objects.filter(zone_id=zone, closed_on__isnull=True).exists(),
        members=TaskForceMembership.objects.filter(_holds(viewer.on), zone_id=zone).exists(),
        gaps=2 * total - industries.filter(pk__in=held).count() - industries.filter(pk__in=linked).count(),
    )


@dataclass(frozen=True, slots=True)
class OpenNames:
    """(name, id) of what is in use."""

    industries: list[tuple[str, UUID]]
    task_forces: list[tuple[str, UUID]]
    units: list[tuple[str, UUID]]


def open_names(*, zone_id: UUID) -> OpenNames:
    """Industries, task forces and units that are not closed; three queries."""
    found = [
        list(model.objects.filter(zone_id=zone_id, closed_on__isnull=True).values_list("name", "id"))
        for model in (Industry, TaskForce, Unit)
    ]
    return OpenNames(*found)
