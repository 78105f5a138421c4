"""Who may import ledgers, and who sees an import."""

from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.imports.models import ImportBatch, ImportFile, ImportRow
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.domain.errors import NotAllowed, NotVisible

IMPORTS = frozenset(WRITES_EVERYTHING | {Role.TASK_FORCE_LEADER})


def may_import(viewer: Viewer) -> bool:
    """The chief and the statistician for the zone, a leader for the own task force."""
    return viewer.has(IMPORTS)


def require_importer(viewer: Viewer) -> None:
    """NotAllowed for everybody else."""
    if not may_import(viewer):
        raise NotAllowed("role-may-not", to="ledger-import")


def writable_task_forces(viewer: Viewer) -> frozenset[UUID] | None:
    """Task forces into which the viewer may bring projects; None: all, and none at all."""
    return None if viewer.has(WRITES_EVERYTHING) else frozenset(scope_of(viewer).member_of)


def batches_visible_to(viewer: Viewer) -> QuerySet[ImportBatch]:
    """Whoever reads everything sees all imports, others their own."""
    rows = ImportBatch.objects.filter(zone_id=viewer.zone_id)
    if viewer.reads_everything:
        return rows
    return rows.filter(created_by_id=viewer.person_id) if may_import(viewer) else rows.none()


def get_batch(viewer: Viewer, batch_id: UUID) -> ImportBatch:
    """NotVisible when it is not there for the viewer."""
    batch = batches_visible_to(viewer).select_related("created_by").filter(pk=batch_id).first()
    if batch is None:
        raise NotVisible("not-found")
    return batch


def get_batch_for_change(viewer: Viewer, batch_id: UUID) -> ImportBatch:
    """NotVisible or NotAllowed."""
    batch = get_batch(viewer, batch_id)
    require_importer(viewer)
    return batch


def get_file(viewer: Viewer, file_id: UUID) -> ImportFile:
    """A file of a visible batch."""
    row = ImportFile.objects.filter(zone_id=viewer.zone_id, pk=file_id).select_related("batch", "document").first()
    if row is None or not batches_visible_to(viewer).filter(pk=row.batch_id).exists():
        raise NotVisible("not-found")
    return row


def get_file_for_change(viewer: Viewer, file_id: UUID) -> ImportFile:
    """NotVisible or NotAllowed."""
    row = get_file(viewer, file_id)
    require_importer(viewer)
    return row


def get_row_for_change(viewer: Viewer, row_id: UUID) -> ImportRow:
    """A row of a visible batch; NotVisible or NotAllowed."""
    row = ImportRow.objects.filter(zone_id=viewer.zone_id, pk=row_id).select_related("batch", "file").first()
    if row is None or not batches_visible_to(viewer).filter(pk=row.batch_id).exists():
        raise NotVisible("not-found")
    require_importer(viewer)
    return row
