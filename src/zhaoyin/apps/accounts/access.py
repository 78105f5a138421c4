"""Who is looking: the one object that every access gate takes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhaoyin.apps.accounts.models import Person, RecordGrant, Role, ZoneRole
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import NotAllowed, NotVisible

READS_EVERYTHING = frozenset({Role.BUREAU_CHIEF, Role.STATISTICIAN, Role.AUDITOR})
WRITES_EVERYTHING = frozenset({Role.BUREAU_CHIEF, Role.STATISTICIAN})
GRANTS_RECORDS = frozenset({Role.BUREAU_CHIEF})
ADMINISTERS = frozenset({Role.ADMINISTRATOR, Role.BUREAU_CHIEF})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in a zone on a day, with the roles they hold there on that day."""

    person_id: UUID
    zone_id: UUID
    roles: frozenset[str]
    on: date
    guest: bool = False
    """Holds no role here and reads under a grant to the zone above."""

    def has(self, roles: frozenset[Role]) -> bool:
        """Whether any of the roles is held."""
        return bool(self.roles & roles)

    @property
    def reads_everything(self) -> bool:
        """Sees every record of the zone."""
        return self.has(READS_EVERYTHING)

    @property
    def administers(self) -> bool:
        """May edit people, units, task forces."""
        return self.has(ADMINISTERS)


def current_roles(*, person_id: UUID, on: date) -> dict[UUID, frozenset[str]]:
    """Zone id → roles held on the day."""
    rows = ZoneRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person_id=person_id, starts_on__lte=on)
    found: dict[UUID, set[str]] = {}
    for zone_id, role in rows.values_list("zone_id", "role"):
        found.setdefault(zone_id, set()).add(role)
    return {zone_id: frozenset(roles) for zone_id, roles in found.items()}


def granted_on(on: date) -> Q:
    """Condition on grants in force on the day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def _is_granted(zone: Zone, held: dict[UUID, frozenset[str]], on: date) -> bool:
    """Whether the zone lets its parent read its records and the person reads everything there; one query at most."""
    parent_id = zone.parent_id
    if parent_id is None or not held.get(parent_id, frozenset()) & READS_EVERYTHING:
        return False
    return RecordGrant.objects.filter(granted_on(on), zone=zone, grantee_id=parent_id).exists()


def enter_zone(*, person: Person, slug: str, on: date) -> tuple[Zone, Viewer]:
    """The zone and the viewer; NotVisible when there is no such zone for this person.

    Somebody without a role there who reads everything in the zone above enters as an auditor under a current grant.
    """
    zone = Zone.objects.filter(slug=slug).first()
    if zone is None or not person.is_active:
        raise NotVisible("zone-not-found", zone=slug)
    held = current_roles(person_id=person.pk, on=on)
    roles = held.get(zone.pk, frozenset())
    guest = not roles and _is_granted(zone, held, on)
    if guest:
        roles = frozenset({Role.AUDITOR.value})
    if not roles:
        raise NotVisible("zone-not-found", zone=slug)
    return zone, Viewer(person_id=person.pk, zone_id=zone.pk, roles=roles, on=on, guest=guest)


def viewer_of(*, person_id: UUID | None, zone_id: UUID, on: date) -> Viewer:
    """The person as background work that they asked for sees them; NotAllowed when they hold no role there any more."""
    roles = current_roles(person_id=person_id, on=on).get(zone_id, frozenset()) if person_id else frozenset()
    if person_id is None or not roles:
        raise NotAllowed("role-may-not", to="background-work")
    return Viewer(person_id=person_id, zone_id=zone_id, roles=roles, on=on)


def require(viewer: Viewer, roles: frozenset[Role], *, to: str) -> None:
    """NotAllowed unless the viewer holds one of the roles."""
    if not viewer.has(roles):
        raise NotAllowed("role-may-not", to=to)


def require_role_here(viewer: Viewer, *, to: str) -> None:
    """NotAllowed for somebody who only reads under a grant."""
    if viewer.guest:
        raise NotAllowed("role-may-not", to=to)


def people_of(viewer: Viewer) -> QuerySet[Person]:
    """Everybody who has or had a role in the viewer's zone."""
    return Person.objects.filter(Exists(ZoneRole.objects.filter(zone_id=viewer.zone_id, person=OuterRef("pk"))))


def get_person(*, viewer: Viewer, person_id: UUID) -> Person:
    """A person of the zone; NotVisible otherwise."""
    person = people_of(viewer).filter(pk=person_id).first()
    if person is None:
        raise NotVisible("not-found")
    return person
