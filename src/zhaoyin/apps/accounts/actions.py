"""Writes: founding a zone, inviting, resetting, deactivating people, their roles and tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from zhaoyin.apps.accounts.access import ADMINISTERS, GRANTS_RECORDS, Viewer, get_person, require, require_role_here
from zhaoyin.apps.accounts.models import ApiToken, Invitation, Person, RecordGrant, Role, ZoneRole
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.zones.models import Zone, ZoneKind
from zhaoyin.domain.errors import DomainError, InvalidValue, NotVisible

INVITATION_DAYS = 7
SHOWN_START = "zy_"
SCOPES = ("read", "write")
USERNAME_LONGEST = 64


def hash_of(secret: str) -> str:
    """What is stored of a secret that was shown once."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _check_roles(roles: Iterable[str]) -> list[str]:
    wanted = sorted(set(roles))
    for role in wanted:
        if role not in Role.values:
            raise InvalidValue("not-an-option", field="role", value=role)
    if not wanted:
        raise InvalidValue("no-role", field="role", value="")
    return wanted


def _check_username(username: str) -> str:
    name = username.strip()
    if not 2 <= len(name) <= USERNAME_LONGEST or not all(c.isalnum() or c in "._-@+" for c in name):
        raise InvalidValue("username-malformed", field="username", value=username)
    return name


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidValue("password-weak", field="password", value="", reason=" ".join(error.messages)) from error


def _new_person(*, username: str, display_name: str, title: str, email: str) -> Person:
    name = _check_username(username)
    if not display_name.strip():
        raise InvalidValue("name-missing", field="name", value="")
    if Person.objects.filter(username__iexact=name).exists():
        raise InvalidValue("username-taken", field="username", value=name)
    return Person(username=name, display_name=display_name.strip()[:40], title=title.strip()[:60], email=email.strip())


def found_zone(
    *,
    slug: str,
    name: str,
    username: str,
    display_name: str,
    password: str,
    at: datetime,
    on: date,
    kind: str = ZoneKind.DEVELOPMENT_ZONE,
    region_code: str = "",
    name_en: str = "",
    parent: Zone | None = None,
    roles: Iterable[str] = (Role.ADMINISTRATOR, Role.BUREAU_CHIEF),
    only_if_empty: bool = False,
) -> tuple[Zone, Person]:
    """An empty zone and its first person, signed in by `password`; the page and `zhaoyin init` both call this.

    InvalidValue when the slug or login name is taken or malformed or the password is weak, DomainError with
    `only_if_empty` when there is a zone already; then nothing is made.
    """
    zone = Zone(
        slug=slug.strip(), name=name.strip(), name_en=name_en.strip(), kind=kind, region_code=region_code.strip(),
        parent=parent, created_at=at,
    )  # fmt: skip
    if Zone.objects.filter(slug=zone.slug).exists():
        raise InvalidValue("slug-taken", field="slug", value=slug)
    try:
        zone.clean_fields()
    except ValidationError as error:
        field = next(iter(error.message_dict))
        raise InvalidValue("zone-field-invalid", field=field, value=str(getattr(zone, field, ""))) from error
    person = _new_person(username=username, display_name=display_name, title="", email="")
    _check_password(password, person)
    person.set_password(password)
    with transaction.atomic():
        if only_if_empty and Zone.objects.exists():
            raise DomainError("zone-exists-already")
        zone.save(force_insert=True)
        person.save(force_insert=True)
        for role in _check_roles(roles):
            ZoneRole.objects.create(zone=zone, person=person, role=role, starts_on=on)
        record(
            zone_id=zone.pk,
            actor_id=person.pk,
            verb="zone.founded",
            subject_kind="zone",
            subject_id=zone.pk,
            at=at,
        )
    return zone, person


def _new_invitation(*, zone_id: UUID, person: Person, actor_id: UUID | None, at: datetime) -> str:
    Invitation.objects.filter(person=person, used_at__isnull=True).update(used_at=at)
    secret = secrets.token_urlsafe(24)
    Invitation.objects.create(
        zone_id=zone_id, person=person, token_hash=hash_of(secret), created_by_id=actor_id, created_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    return secret


def invite(
    *,
    viewer: Viewer,
    username: str,
    display_name: str,
    roles: Iterable[str],
    at: datetime,
    title: str = "",
    email: str = "",
) -> tuple[Person, str]:
    """A new person with roles here, and the secret of the link by which they set a password (shown once)."""
    require(viewer, ADMINISTERS, to="invite")
    wanted = _check_roles(roles)
    person = _new_person(username=username, display_name=display_name, title=title, email=email)
    person.set_unusable_password()
    with transaction.atomic():
        person.save(force_insert=True)
        for role in wanted:
            ZoneRole.objects.create(zone_id=viewer.zone_id, person=person, role=role, starts_on=viewer.on)
        secret = _new_invitation(zone_id=viewer.zone_id, person=person, actor_id=viewer.person_id, at=at)
        _audit(viewer, "person.invited", person, at, roles=wanted)
    return person, secret


def add_existing(*, viewer: Viewer, username: str, roles: Iterable[str], at: datetime) -> Person:
    """Give somebody who has an account (in another zone) roles here; InvalidValue when there is no such account."""
    require(viewer, ADMINISTERS, to="invite")
    wanted = _check_roles(roles)
    person = Person.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if person is None:
        raise InvalidValue("person-unknown", field="username", value=username)
    with transaction.atomic():
        held = set(_current(viewer, person).values_list("role", flat=True))
        for role in wanted:
            if role not in held:
                ZoneRole.objects.create(zone_id=viewer.zone_id, person=person, role=role, starts_on=viewer.on)
        _audit(viewer, "person.added", person, at, roles=wanted)
    return person


def _audit(viewer: Viewer, verb: str, person: Person, at: datetime, **details: object) -> None:
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb=verb, subject_kind="person", subject_id=person.pk,
        details=details, at=at,
    )  # fmt: skip


def _current(viewer: Viewer, person: Person) -> QuerySet[ZoneRole]:
    return ZoneRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), zone_id=viewer.zone_id, person=person
    )


def _refuse_if_elsewhere(viewer: Viewer, person: Person) -> None:
    """An administrator of one zone must not take over an account that works in another."""
    elsewhere = ZoneRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), person=person).exclude(
        zone_id=viewer.zone_id
    )
    if elsewhere.exists():
        raise DomainError("person-works-elsewhere")


def _refuse_if_last_administrator(viewer: Viewer, person: Person) -> None:
    others = (
        ZoneRole.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on),
            zone_id=viewer.zone_id,
            role=Role.ADMINISTRATOR,
            person__is_active=True,
        )
        .exclude(person=person)
        .exists()
    )
    if not others and _current(viewer, person).filter(role=Role.ADMINISTRATOR).exists():
        raise DomainError("last-administrator")


def reset(*, viewer: Viewer, person_id: UUID, at: datetime) -> tuple[Person, str]:
    """A new one-time link; the old password stops working at once."""
    require(viewer, ADMINISTERS, to="reset")
    person = get_person(viewer=viewer, person_id=person_id)
    _refuse_if_elsewhere(viewer, person)
    if not person.is_active:
        raise DomainError("person-inactive")
    with transaction.atomic():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        secret = _new_invitation(zone_id=viewer.zone_id, person=person, actor_id=viewer.person_id, at=at)
        _audit(viewer, "person.reset", person, at)
    return person, secret


def open_invitation(*, secret: str, at: datetime) -> Invitation:
    """The invitation of a link; NotVisible when unknown, used, expired or its person is inactive."""
    found = (
        Invitation.objects.select_related("person", "zone")
        .filter(token_hash=hash_of(secret), used_at__isnull=True, expires_at__gt=at, person__is_active=True)
        .first()
    )
    if found is None:
        raise NotVisible("invitation-not-valid")
    return found


def accept_invitation(*, secret: str, password: str, at: datetime) -> Person:
    """Set the password and use the link up; InvalidValue when the password is weak (the link stays good)."""
    with transaction.atomic():
        invitation = open_invitation(secret=secret, at=at)
        person = invitation.person
        _check_password(password, person)
        if not Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=at):
            raise NotVisible("invitation-not-valid")
        person.set_password(password)
        person.save(update_fields=["password"])
        record(
            zone_id=invitation.zone_id, actor_id=person.pk, verb="person.password_set", subject_kind="person",
            subject_id=person.pk, at=at,
        )  # fmt: skip
    return person


def set_roles(*, viewer: Viewer, person_id: UUID, roles: Iterable[str], at: datetime) -> None:
    """Make these the roles from today on; nobody changes their own, and one administrator must remain."""
    require(viewer, ADMINISTERS, to="set-roles")
    wanted = set(_check_roles(roles))
    person = get_person(viewer=viewer, person_id=person_id)
    if person.pk == viewer.person_id:
        raise DomainError("own-roles")
    with transaction.atomic():
        if Role.ADMINISTRATOR not in wanted:
            _refuse_if_last_administrator(viewer, person)
        held = {row.role: row for row in _current(viewer, person)}
        for role in sorted(set(held) - wanted):
            held[role].ends_on = viewer.on
            held[role].save(update_fields=["ends_on"])
        for role in sorted(wanted - set(held)):
            ZoneRole.objects.create(zone_id=viewer.zone_id, person=person, role=role, starts_on=viewer.on)
        _audit(viewer, "person.roles_set", person, at, roles=sorted(wanted))


def edit_person(*, viewer: Viewer, person_id: UUID, display_name: str, title: str, email: str, at: datetime) -> None:
    """Name, title and mail address."""
    require(viewer, ADMINISTERS, to="edit-person")
    person = get_person(viewer=viewer, person_id=person_id)
    if not display_name.strip():
        raise InvalidValue("name-missing", field="name", value="")
    person.display_name, person.title, person.email = (
        display_name.strip()[:40],
        title.strip()[:60],
        email.strip(),
    )
    with transaction.atomic():
        person.save(update_fields=["display_name", "title", "email"])
        _audit(viewer, "person.edited", person, at)


def deactivate(*, viewer: Viewer, person_id: UUID, at: datetime) -> None:
    """End all roles and tokens here; the account itself closes when no other zone needs it."""
    require(viewer, ADMINISTERS, to="deactivate")
    person = get_person(viewer=viewer, person_id=person_id)
    if person.pk == viewer.person_id:
        raise DomainError("own-account")
    with transaction.atomic():
        _refuse_if_last_administrator(viewer, person)
        _current(viewer, person).update(ends_on=viewer.on)
        ApiToken.objects.filter(zone_id=viewer.zone_id, person=person, revoked_at__isnull=True).update(revoked_at=at)
        Invitation.objects.filter(zone_id=viewer.zone_id, person=person, used_at__isnull=True).update(used_at=at)
        elsewhere = ZoneRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=viewer.on), person=person)
        if not elsewhere.exists():
            person.is_active = False
            person.save(update_fields=["is_active"])
        _audit(viewer, "person.deactivated", person, at)


def reactivate(*, viewer: Viewer, person_id: UUID, roles: Iterable[str], at: datetime) -> tuple[Person, str]:
    """Open the account again with these roles; the person sets a password by the one-time link."""
    require(viewer, ADMINISTERS, to="reactivate")
    wanted = _check_roles(roles)
    person = get_person(viewer=viewer, person_id=person_id)
    _refuse_if_elsewhere(viewer, person)
    with transaction.atomic():
        person.is_active = True
        person.set_unusable_password()
        person.save(update_fields=["is_active", "password"])
        held = set(_current(viewer, person).values_list("role", flat=True))
        for role in wanted:
            if role not in held:
                ZoneRole.objects.create(zone_id=viewer.zone_id, person=person, role=role, starts_on=viewer.on)
        secret = _new_invitation(zone_id=viewer.zone_id, person=person, actor_id=viewer.person_id, at=at)
        _audit(viewer, "person.reactivated", person, at, roles=wanted)
    return person, secret


def create_token(
    *, viewer: Viewer, name: str, scopes: Iterable[str], expires_at: datetime | None, at: datetime
) -> tuple[ApiToken, str]:
    """A token that acts as the viewer in this zone; the secret is shown once, only its hash is kept.

    NotAllowed for somebody who reads here under a grant.
    """
    require_role_here(viewer, to="create-token")
    wanted = sorted(set(scopes))
    if not wanted or any(scope not in SCOPES for scope in wanted):
        raise InvalidValue("not-an-option", field="scopes", value=", ".join(wanted))
    if not name.strip():
        raise InvalidValue("name-missing", field="name", value="")
    if expires_at is not None and expires_at <= at:
        raise InvalidValue("expired-already", field="ends_on", value=f"{expires_at:%Y-%m-%d}")
    secret = SHOWN_START + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            zone_id=viewer.zone_id, person_id=viewer.person_id, name=name.strip()[:60], token_hash=hash_of(secret),
            scopes=wanted, created_at=at, expires_at=expires_at,
        )  # fmt: skip
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="token.created", subject_kind="token",
            subject_id=token.pk, details={"scopes": wanted}, at=at,
        )  # fmt: skip
    return token, secret


def revoke_token(*, viewer: Viewer, token_id: UUID, at: datetime) -> None:
    """End a token of one's own; NotVisible when it is somebody else's."""
    with transaction.atomic():
        token = ApiToken.objects.filter(
            zone_id=viewer.zone_id, person_id=viewer.person_id, pk=token_id, revoked_at__isnull=True
        ).first()
        if token is None:
            raise NotVisible("not-found")
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="token.revoked", subject_kind="token",
            subject_id=token.pk, at=at,
        )  # fmt: skip


def grant_records(*, viewer: Viewer, grantee_id: UUID, starts_on: date, at: datetime) -> RecordGrant:
    """Let those who read everything in the zone above read every record here from a day on; by the bureau chief.

    InvalidValue when it is not the zone above or the day is past, DomainError when a grant is open already.
    """
    require(viewer, GRANTS_RECORDS, to="grant-records")
    above = Zone.objects.filter(pk=grantee_id, children__pk=viewer.zone_id).first()
    if above is None:
        raise InvalidValue("not-an-option", field="grantee", value=str(grantee_id))
    if starts_on < viewer.on:
        raise InvalidValue("grant-in-past", field="starts_on", value=starts_on.isoformat())
    with transaction.atomic():
        Zone.objects.select_for_update().get(pk=viewer.zone_id)
        grants = RecordGrant.objects.filter(zone_id=viewer.zone_id, grantee=above)
        if grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).exists():
            raise DomainError("granted-already", zone=above.name)
        made = RecordGrant.objects.create(zone_id=viewer.zone_id, grantee=above, starts_on=starts_on)
        _audit_grant(viewer, "records.granted", made, at)
    return made


def withdraw_grant(*, viewer: Viewer, grant_id: UUID, at: datetime) -> None:
    """End a grant today, one that has not begun before it begins; NotVisible when it is not open or not of this zone."""
    require(viewer, GRANTS_RECORDS, to="grant-records")
    with transaction.atomic():
        grant = RecordGrant.objects.filter(zone_id=viewer.zone_id, pk=grant_id, ends_on__isnull=True).first()
        if grant is None:
            raise NotVisible("not-found")
        grant.ends_on = max(viewer.on, grant.starts_on)
        grant.save(update_fields=["ends_on"])
        _audit_grant(viewer, "records.grant_withdrawn", grant, at)


def _audit_grant(viewer: Viewer, verb: str, grant: RecordGrant, at: datetime) -> None:
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb=verb, subject_kind="record_grant",
        subject_id=grant.pk, details={"grantee": str(grant.grantee_id)}, at=at,
    )  # fmt: skip
