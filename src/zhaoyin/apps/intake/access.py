"""Who may see and decide proposals: whoever may see the document they were read from."""

from uuid import UUID

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.intake.models import Archive, DocumentReading, Draft
from zhaoyin.apps.sources.access import RECEIVES, visible_to
from zhaoyin.domain.errors import NotAllowed, NotVisible


def readings_visible_to(viewer: Viewer) -> QuerySet[DocumentReading]:
    """Readings of documents that the viewer may see."""
    rows = DocumentReading.objects.filter(zone_id=viewer.zone_id)
    return rows if viewer.reads_everything else rows.filter(document__in=visible_to(viewer))


def get_reading(viewer: Viewer, document_id: UUID) -> DocumentReading:
    """The reading of a document, with its text; NotVisible when it is not there for the viewer."""
    rows = readings_visible_to(viewer).select_related("document", "document__body", "document__received_by")
    reading = rows.filter(document_id=document_id).first()
    if reading is None:
        raise NotVisible("not-found")
    return reading


def get_archive(viewer: Viewer, document_id: UUID) -> Archive:
    """A zip file that is read; NotVisible when it is not there for the viewer."""
    rows = Archive.objects.filter(zone_id=viewer.zone_id, document_id=document_id).select_related("document")
    found = rows.first()
    if found is None or not visible_to(viewer).filter(pk=document_id).exists():
        raise NotVisible("not-found")
    return found


def get_draft(viewer: Viewer, draft_id: UUID) -> Draft:
    """A proposal with its document; NotVisible when it is not there for the viewer."""
    rows = Draft.objects.filter(zone_id=viewer.zone_id, pk=draft_id)
    draft = rows.select_related("reading", "reading__document", "reading__document__body", "lead", "project").first()
    if draft is None or not readings_visible_to(viewer).filter(pk=draft.reading_id).exists():
        raise NotVisible("not-found")
    return draft


def get_draft_for_change(viewer: Viewer, draft_id: UUID) -> Draft:
    """NotVisible or NotAllowed."""
    draft = get_draft(viewer, draft_id)
    require_decider(viewer)
    return draft


def require_decider(viewer: Viewer) -> None:
    """NotAllowed unless the viewer may decide proposals."""
    if not viewer.has(RECEIVES):
        raise NotAllowed("role-may-not", to="intake-decide")
