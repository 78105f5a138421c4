"""Reads: people of a zone with their roles, one person, tokens, the zones of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from zhaoyin.apps.accounts.access import READS_EVERYTHING, Viewer, get_person, granted_on, people_of
from zhaoyin.apps.accounts.models import ApiToken, Invitation, Person, RecordGrant, Role, ZoneRole
from zhaoyin.apps.zones.models import Zone

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the people list; `state` is active, invited or inactive."""

    id: UUID
    username: str
    name: str
    title: str
    roles: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page by (name, id); cursors are "" where there is nothing more."""

    rows: Sequence[PersonRow]
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A role held from a day until a day (exclusive)."""

    label: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """One person as an administrator sees them."""

    row: PersonRow
    email: str
    role_codes: tuple[str, ...]
    spans: Sequence[RoleSpan]
    last_login: datetime | None
    two_factor: bool
    elsewhere: bool


def role_choices() -> list[tuple[str, str]]:
    """(code, label) of every role."""
    return [(code, str(label)) for code, label in Role.choices]


def role_label(code: str) -> str:
    """A role in the language in force."""
    return str(Role(code).label)


def _state(person: Person, roles: Sequence[str]) -> str:
    if not person.is_active or not roles:
        return "inactive"
    return "active" if person.has_usable_password() else "invited"


def _roles_by_person(viewer: Viewer, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    rows = ZoneRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), zone_id=viewer.zone_id, person_id__in=ids,
        starts_on__lte=viewer.on,
    ).values_list("person_id", "role")  # fmt: skip
    found: dict[UUID, list[str]] = {}
    for person_id, role in rows:
        found.setdefault(person_id, []).append(role)
    order = {code: at for at, code in enumerate(Role.values)}
    return {key: sorted(codes, key=lambda code: order[code]) for key, codes in found.items()}


def _row(person: Person, codes: Sequence[str]) -> PersonRow:
    labels = tuple(role_label(code) for code in codes)
    return PersonRow(person.pk, person.username, person.display_name, person.title, labels, _state(person, codes))


def people_page(
    *, viewer: Viewer, text: str = "", role: str = "", state: str = "", after: str = "", before: str = ""
) -> PeoplePage:
    """People of the zone by login name, `PAGE` a page; filters by name or login, role and state. Two queries."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on)
    people = people_of(viewer)
    if text:
        people = people.filter(Q(display_name__icontains=text) | Q(username__icontains=text) | Q(title__icontains=text))
    if role:
        people = people.filter(
            pk__in=ZoneRole.objects.filter(current, zone_id=viewer.zone_id, role=role).values("person")
        )
    holders = ZoneRole.objects.filter(current, zone_id=viewer.zone_id).values("person")
    if state == "inactive":
        people = people.filter(Q(is_active=False) | ~Q(pk__in=holders))
    elif state:
        people = people.filter(is_active=True, pk__in=holders)
        unusable = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        people = people.filter(unusable if state == "invited" else ~unusable)
    backwards = bool(before)
    if after:
        people = people.filter(username__gt=after)
    if before:
        people = people.filter(username__lt=before)
    found = list(people.order_by("-username" if backwards else "username")[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    if backwards:
        found.reverse()
    codes = _roles_by_person(viewer, [person.pk for person in found])
    rows = [_row(person, codes.get(person.pk, [])) for person in found]
    previous = rows[0].username if rows and (after or (backwards and more)) else ""
    following = rows[-1].username if rows and (more if not backwards else True) else ""
    return PeoplePage(rows, previous, following)


def person_detail(*, viewer: Viewer, person_id: UUID) -> PersonDetail:
    """NotVisible when not of this zone."""
    person = get_person(viewer=viewer, person_id=person_id)
    spans = list(ZoneRole.objects.filter(zone_id=viewer.zone_id, person=person).order_by("-starts_on", "role"))
    codes = _roles_by_person(viewer, [person.pk]).get(person.pk, [])
    elsewhere = (
        ZoneRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), person=person)
        .exclude(zone_id=viewer.zone_id)
        .exists()
    )
    return PersonDetail(
        row=_row(person, codes),
        email=person.email,
        role_codes=tuple(codes),
        spans=[RoleSpan(role_label(span.role), span.starts_on, span.ends_on) for span in spans],
        last_login=person.last_login,
        two_factor=Authenticator.objects.filter(user=person, type="totp").exists(),
        elsewhere=elsewhere,
    )


def people_choices(*, viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of everybody with a current role, for selects."""
    holders = ZoneRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), zone_id=viewer.zone_id, starts_on__lte=viewer.on
    ).values("person")
    people = Person.objects.filter(is_active=True, pk__in=holders).order_by("display_name")
    return [
        (str(pk), f"{name}（{title}）" if title else name)
        for pk, name, title in people.values_list("pk", "display_name", "title")
    ]


def find_people(*, viewer: Viewer, text: str, limit: int) -> list[PersonRow]:
    """People by part of their name, login or title."""
    people = people_of(viewer).filter(
        Q(display_name__icontains=text) | Q(username__istartswith=text) | Q(title__icontains=text),
        is_active=True,
    )
    return [_row(person, []) for person in people.order_by("display_name")[:limit]]


def tokens_of(*, viewer: Viewer) -> list[ApiToken]:
    """The viewer's own tokens here, newest first."""
    rows = ApiToken.objects.filter(zone_id=viewer.zone_id, person_id=viewer.person_id)
    return list(rows.order_by("revoked_at", "-created_at")[:100])


def pending_invitation(*, viewer: Viewer, person_id: UUID, at: datetime) -> datetime | None:
    """When the open link of a person expires; None when there is none."""
    row = Invitation.objects.filter(
        zone_id=viewer.zone_id, person_id=person_id, used_at__isnull=True, expires_at__gt=at
    ).first()
    return row.expires_at if row else None


@dataclass(frozen=True, slots=True)
class OpenZone:
    """A zone that a person may enter; `granted`: only to read, as the zone above."""

    zone: Zone
    granted: bool


def zones_of(*, person_id: UUID, on: date) -> list[OpenZone]:
    """Zones where the person has a role on the day, by name, then those that they read under a grant; one query."""
    held = ZoneRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), person_id=person_id, starts_on__lte=on
    )  # fmt: skip
    readable = held.filter(role__in=READS_EVERYTHING).values("zone")
    grants = RecordGrant.objects.filter(granted_on(on), zone=OuterRef("pk"), grantee=OuterRef("parent"))
    rows = Zone.objects.annotate(own=Exists(held.filter(zone=OuterRef("pk")))).filter(
        Q(own=True) | (Q(parent__in=readable) & Exists(grants))
    )
    return [OpenZone(zone, not zone.own) for zone in rows.order_by("-own", "name")]


@dataclass(frozen=True, slots=True)
class GrantsPage:
    """The zone above (None: there is none) and every grant ever made, newest first; `open`: one may be withdrawn."""

    parent: Zone | None
    grants: Sequence[RecordGrant]
    open: bool


def grants_page(*, viewer: Viewer) -> GrantsPage:
    """Two queries."""
    parent = Zone.objects.filter(children__pk=viewer.zone_id).first()
    grants = list(
        RecordGrant.objects.filter(zone_id=viewer.zone_id).select_related("grantee").order_by("-starts_on", "-id")[:100]
    )
    taken = parent is not None and any(g.ends_on is None and g.grantee_id == parent.pk for g in grants)
    return GrantsPage(parent, grants, taken)


def installation_is_empty() -> bool:
    """No zone yet: the first-run page is open."""
    return not Zone.objects.exists()
