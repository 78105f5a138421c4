"""Who may see and change companies: everybody with a working role in the zone sees them, contacts are masked by role."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.companies.models import Company, Contact
from zhaoyin.domain.errors import NotAllowed, NotVisible

READS = frozenset(set(Role) - {Role.ADMINISTRATOR})
WRITES = frozenset({Role.BUREAU_CHIEF, Role.STATISTICIAN, Role.TASK_FORCE_LEADER, Role.RECRUITER, Role.SERVICE_OFFICER})
READS_PHONES = frozenset({Role.BUREAU_CHIEF, Role.TASK_FORCE_LEADER})


def visible_to(viewer: Viewer) -> QuerySet[Company]:
    """Companies of the zone that the viewer may see."""
    rows = Company.objects.filter(zone_id=viewer.zone_id, void=False)
    return rows if viewer.has(READS) else rows.none()


def get_visible(viewer: Viewer, company_id: UUID) -> Company:
    """NotVisible when it is not there for the viewer."""
    company = visible_to(viewer).select_related("industry", "merged_into").filter(pk=company_id).first()
    if company is None:
        raise NotVisible("not-found")
    return company


def get_for_change(viewer: Viewer, company_id: UUID) -> Company:
    """NotVisible or NotAllowed."""
    company = get_visible(viewer, company_id)
    require_writer(viewer)
    return company


def require_writer(viewer: Viewer) -> None:
    """NotAllowed unless the viewer may write companies."""
    if not viewer.has(WRITES):
        raise NotAllowed("role-may-not", to="company-write")


def contacts_visible_to(viewer: Viewer, company_ids: Sequence[UUID]) -> QuerySet[Contact]:
    """Contacts of companies that the viewer may see (phones may still be masked)."""
    rows = Contact.objects.filter(zone_id=viewer.zone_id, company_id__in=company_ids, removed_at__isnull=True)
    return rows if viewer.has(READS) else rows.none()


def may_see_phone(viewer: Viewer, owner_id: UUID) -> bool:
    """The owner of the contact, the chief and task-force leaders see the number; others see it masked."""
    return owner_id == viewer.person_id or viewer.has(READS_PHONES)
