"""Writing companies: one verb a function."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.access import get_for_change, require_writer
from zhaoyin.apps.companies.models import Company, Contact
from zhaoyin.apps.companies.queries import by_exact_name
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text
from zhaoyin.apps.ledger.queries import subject_of_key
from zhaoyin.apps.zones.erasure import erase_on_commit
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.domain.company import check_credit_code
from zhaoyin.domain.errors import DomainError, InvalidValue, NotVisible, StaleWrite
from zhaoyin.domain.evidence import Evidence, statement_by
from zhaoyin.domain.period import PartialDate

LONGEST_NAME = 120


def checked_text(text: str, *, field: str, limit: int = LONGEST_NAME) -> str:
    """The text without outer white space; InvalidValue when empty or too long."""
    clean = " ".join(text.replace("\0", "").split())
    if not clean:
        raise InvalidValue("text-empty", field=field, value=text)
    if len(clean) > limit:
        raise InvalidValue("text-too-long", field=field, value=clean[:40], limit=limit, length=len(clean))
    return clean


def checked_note(text: str, *, limit: int = 2000) -> str:
    """A note without outer white space, lines kept; InvalidValue when too long: nothing is cut off."""
    clean = text.replace("\0", "").strip()
    if len(clean) > limit:
        raise InvalidValue("text-too-long", field="note", value=clean[:40], limit=limit, length=len(clean))
    return clean


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyDraft:
    """What is known of a new company."""

    name: str
    short_name: str = ""
    credit_code: str = ""
    origin: str = ""
    industry_id: UUID | None = None
    based_here_since: str = ""


def _event(
    company_id: UUID,
    kind: str,
    payload: dict[str, object],
    occurred: PartialDate,
    evidence: tuple[Evidence, ...],
    key: str | None = None,
) -> NewEvent:
    return NewEvent(
        subject_kind="company",
        subject_id=company_id,
        kind=kind,
        occurred=occurred,
        payload=payload,
        evidence=evidence,
        idempotency_key=key,
    )


def company_events(
    *,
    zone_id: UUID,
    company_id: UUID,
    draft: CompanyDraft,
    occurred: PartialDate,
    evidence: tuple[Evidence, ...],
    key: str | None = None,
) -> list[NewEvent]:
    """Events that register a company; for callers that append more in the same batch."""
    name = checked_text(draft.name, field="name")
    payload: dict[str, object] = {"name": keep_text(zone_id=zone_id, body=name)}
    if draft.credit_code:
        payload["credit_code"] = check_credit_code(draft.credit_code)
    if draft.origin:
        payload["origin"] = draft.origin
    if draft.industry_id:
        payload["industry"] = str(draft.industry_id)
    if draft.based_here_since:
        payload["based_here_since"] = draft.based_here_since
    events = [_event(company_id, "registered", payload, occurred, evidence, key)]
    if draft.short_name:
        short = keep_text(zone_id=zone_id, body=checked_text(draft.short_name, field="short_name"))
        events.append(
            _event(
                company_id,
                "named",
                {"use": "short", "name": short},
                occurred,
                evidence,
                f"{key}:short" if key else None,
            )
        )
    return events


def register_company(
    *, viewer: Viewer, draft: CompanyDraft, evidence: tuple[Evidence, ...] = (), idempotency_key: str | None = None
) -> UUID:
    """A new company; InvalidValue `company-exists` when its name or credit code is in the zone already."""
    require_writer(viewer)
    with transaction.atomic():
        known = subject_of_key(zone_id=viewer.zone_id, subject_kind="company", key=idempotency_key)
        if known is not None:
            return known
        _refuse_double(viewer.zone_id, draft)
        events = company_events(
            zone_id=viewer.zone_id,
            company_id=new_id(),
            draft=draft,
            occurred=PartialDate(clock.today()),
            evidence=evidence or (statement_by(viewer.person_id),),
            key=idempotency_key,
        )
        rows = append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=events)
        return rows[0].subject_id


def _refuse_double(zone_id: UUID, draft: CompanyDraft) -> None:
    name = checked_text(draft.name, field="name")
    if by_exact_name(zone_id=zone_id, names=[name]):
        raise InvalidValue("company-exists", field="name", value=name)
    if draft.credit_code:
        code = check_credit_code(draft.credit_code)
        if Company.objects.filter(zone_id=zone_id, credit_code=code, merged_into__isnull=True).exists():
            raise InvalidValue("company-exists", field="credit_code", value=code)


def find_or_register(*, viewer: Viewer, name: str, evidence: tuple[Evidence, ...] = (), origin: str = "") -> UUID:
    """The company with exactly this name (or another name of it), registered if there is none."""
    clean = checked_text(name, field="investor")
    known = by_exact_name(zone_id=viewer.zone_id, names=[clean])
    if clean in known:
        return known[clean]
    return register_company(viewer=viewer, draft=CompanyDraft(name=clean, origin=origin), evidence=evidence)


def describe_company(
    *,
    viewer: Viewer,
    company_id: UUID,
    changes: dict[str, object],
    new_name: str = "",
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> None:
    """Change facts (`credit_code`, `origin`, `industry`, `based_here_since`; None makes one unknown) or the name."""
    company = get_for_change(viewer, company_id)
    occurred, said = PartialDate(clock.today()), (statement_by(viewer.person_id),)
    events: list[NewEvent] = []
    with transaction.atomic():
        if new_name and new_name != company.name:
            reference = keep_text(zone_id=viewer.zone_id, body=checked_text(new_name, field="name"))
            events.append(_event(company_id, "renamed", {"name": reference}, occurred, said))
        if changes:
            events.append(_event(company_id, "described", changes, occurred, said, idempotency_key))
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=events, expected_version=expected_version)


def add_name(*, viewer: Viewer, company_id: UUID, name: str, use: str, evidence: tuple[Evidence, ...] = ()) -> None:
    """Another name: short, former, english, as_written."""
    get_for_change(viewer, company_id)
    with transaction.atomic():
        reference = keep_text(zone_id=viewer.zone_id, body=checked_text(name, field="name"))
        event = _event(
            company_id,
            "named",
            {"use": use, "name": reference},
            PartialDate(clock.today()),
            evidence or (statement_by(viewer.person_id),),
        )
        append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def merge_company(*, viewer: Viewer, company_id: UUID, into: UUID) -> None:
    """`company_id` becomes another record of `into`; both ids stay, reads resolve to `into`, and it can be undone."""
    get_for_change(viewer, company_id)
    target = get_for_change(viewer, into)
    if target.pk == company_id:
        raise DomainError("merge-into-itself")
    if target.merged_into_id is not None:
        raise DomainError("company-already-merged", into=str(target.merged_into_id))
    event = _event(
        company_id, "merged_into", {"company": str(into)}, PartialDate(clock.today()), (statement_by(viewer.person_id),)
    )
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


def unmerge_company(*, viewer: Viewer, company_id: UUID) -> None:
    """Undo a merge."""
    get_for_change(viewer, company_id)
    event = _event(company_id, "unmerged", {}, PartialDate(clock.today()), (statement_by(viewer.person_id),))
    append(zone_id=viewer.zone_id, actor_id=viewer.person_id, events=[event])


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """A contact: where the data came from, on what basis, how long it is kept."""

    name: str
    title: str = ""
    phone: str = ""
    source: str
    basis: str
    keep_until: date


def add_contact(*, viewer: Viewer, company_id: UUID, draft: ContactDraft) -> UUID:
    """Keep a person at a company, with source, basis and retention."""
    company = get_for_change(viewer, company_id)
    if draft.keep_until <= clock.today():
        raise InvalidValue("retention-in-the-past", field="keep_until", value=draft.keep_until.isoformat())
    phone = "".join(char for char in draft.phone if char.isdigit() or char == "+")
    if draft.phone.strip() and not 5 <= len(phone) <= 16:
        raise InvalidValue("phone-malformed", field="phone", value=draft.phone)
    with transaction.atomic():
        contact = Contact.objects.create(
            zone_id=viewer.zone_id,
            company=company,
            name=checked_text(draft.name, field="name", limit=40),
            title=draft.title.strip()[:60],
            phone=phone,
            source=checked_text(draft.source, field="source"),
            basis=draft.basis,
            keep_until=draft.keep_until,
            owner_id=viewer.person_id,
        )
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="contact-added",
            subject_kind="contact",
            subject_id=contact.pk,
        )
    return contact.pk


def remove_contact(
    *, viewer: Viewer, company_id: UUID, contact_id: UUID, at: datetime, version: int | None = None
) -> None:
    """Take a contact's personal data away for good; that there was one stays."""
    get_for_change(viewer, company_id)
    with transaction.atomic():
        contact = Contact.objects.filter(zone_id=viewer.zone_id, company_id=company_id, pk=contact_id).first()
        if contact is None or contact.removed_at is not None:
            raise NotVisible("not-found")
        if version is not None and contact.version != version:
            raise StaleWrite("changed-by-somebody-else", expected=version, version=contact.version)
        Contact.objects.filter(pk=contact_id).update(
            name="", title="", phone="", removed_at=at, version=contact.version + 1
        )
        erase_on_commit()
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="contact-removed",
            subject_kind="contact",
            subject_id=contact_id,
        )


def hand_over_contacts(*, zone_id: UUID, from_person: UUID, to_person: UUID) -> int:
    """All contacts of one person go to another; number of contacts."""
    return Contact.objects.filter(zone_id=zone_id, owner_id=from_person).update(owner_id=to_person)
