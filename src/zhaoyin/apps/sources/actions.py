"""Receiving documents: kept as they came, hashed, in one transaction."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.sources.models import Document, DocumentContent, DocumentRedaction
from zhaoyin.apps.zones.erasure import erase_on_commit
from zhaoyin.domain.errors import InvalidValue, NotVisible

LARGEST_BYTES = 10 * 1024 * 1024


def receive(
    *,
    viewer: Viewer,
    kind: str,
    content: bytes,
    text: str = "",
    file_name: str = "",
    media_type: str = "",
    title: str = "",
    source_url: str = "",
    published_on: date | None = None,
    at: datetime | None = None,
    largest: int = LARGEST_BYTES,
) -> Document:
    """Keep bytes as received and the text that spans will point into; InvalidValue when empty or too large."""
    if not content:
        raise InvalidValue("document-empty", field="file", value=file_name)
    if len(content) > largest:
        raise InvalidValue(
            "document-too-large", field="file", value=file_name, size=len(content) >> 20, limit=largest >> 20
        )
    with transaction.atomic():
        document = Document.objects.create(
            zone_id=viewer.zone_id,
            kind=kind,
            title=title[:200],
            file_name=file_name[-200:],
            media_type=media_type[:80],
            source_url=source_url[:500],
            published_on=published_on,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            received_at=at or timezone.now(),
            received_by_id=viewer.person_id,
        )
        DocumentContent.objects.create(zone_id=viewer.zone_id, document=document, content=content, text=text)
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="document-received",
            subject_kind="document",
            subject_id=document.pk,
            at=at,
        )
    return document


def redact(*, viewer: Viewer, document_id: UUID, reason: str, at: datetime | None = None) -> None:
    """Take the bytes and the text away for good; hash, spans, who and why stay. Idempotent."""
    with transaction.atomic():
        document = Document.objects.filter(zone_id=viewer.zone_id, pk=document_id).first()
        if document is None:
            raise NotVisible("not-found")
        if DocumentRedaction.objects.filter(document=document).exists():
            return
        moment = at or timezone.now()
        DocumentRedaction.objects.create(
            zone_id=viewer.zone_id, document=document, at=moment, actor_id=viewer.person_id, reason=reason[:40]
        )
        DocumentContent.objects.filter(document=document).update(content=None, text=None)
        Document.objects.filter(pk=document.pk).update(title=None, file_name=None, source_url=None)
        erase_on_commit()
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="document-redacted",
            subject_kind="document",
            subject_id=document.pk,
            at=moment,
        )
