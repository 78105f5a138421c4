"""A document as received: its text with a place marked, and its bytes as a download (never served as a page)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.sources import access
from zhaoyin.domain.errors import NotVisible


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_safe
def document_page(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """The text, with `?start=&end=` marked (anchor #span)."""
    document = access.get_visible(request.viewer, document_id)
    text = document.body.text
    start, end = _number(request.GET.get("start", "")), _number(request.GET.get("end", ""))
    parts = None
    if text and start is not None and end is not None and start < end <= len(text):
        parts = (text[:start], text[start:end], text[end:])
    first = next((line.strip() for line in (text or "").splitlines() if line.strip()), "")
    heading = document.title or document.file_name or first[:40] or document.get_kind_display()
    context = {"document": document, "heading": heading, "text": text, "parts": parts, "redacted": text is None}
    return render(request, "sources/document.html", context)


@require_safe
def document_download(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """The bytes as received, always as an attachment of no particular type."""
    document = access.get_visible(request.viewer, document_id)
    if document.body.content is None:
        raise NotVisible("not-found")
    answer = HttpResponse(bytes(document.body.content), content_type="application/octet-stream")
    name = document.file_name or f"{document.pk}.bin"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
