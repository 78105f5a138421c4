"""A zip file of pages and notes: kept as received, its members read one by one in the background; goes on after a kill."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoyin.adapters.web.archives import Member, is_archive, members
from zhaoyin.apps.accounts.access import Viewer, viewer_of
from zhaoyin.apps.intake.actions import receive_file
from zhaoyin.apps.intake.models import Archive
from zhaoyin.apps.jobs.actions import ask
from zhaoyin.apps.jobs.registry import JobKind, Progress, register
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.sources.access import require_receiver
from zhaoyin.apps.sources.actions import receive
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.domain.errors import DomainError, InvalidValue

READ = "intake.archive"
LARGEST_ARCHIVE = 40 * 1024 * 1024

__all__ = ["LARGEST_ARCHIVE", "is_archive", "receive_archive", "register_jobs"]


def receive_archive(*, viewer: Viewer, content: bytes, file_name: str, published_on: date | None = None) -> Archive:
    """Keep the zip as received and ask for its members to be read. InvalidValue `archive-…` when it is no zip that can be read."""
    require_receiver(viewer)
    if sum(1 for _ in zip(members(content, file_name=file_name), range(1), strict=False)) == 0:
        raise InvalidValue("archive-without-text", field="file", value=file_name)
    with transaction.atomic():
        document = receive(
            viewer=viewer, kind="file", content=content, file_name=file_name, media_type="application/zip", title=file_name,
            at=clock.now(), largest=LARGEST_ARCHIVE,
        )  # fmt: skip
        archive = Archive.objects.create(zone_id=viewer.zone_id, document=document, published_on=published_on)
        ask(zone_id=viewer.zone_id, kind=READ, subject_id=document.pk, person_id=viewer.person_id)
    return archive


def _result(viewer: Viewer, member: Member, published_on: date | None) -> dict[str, object]:
    name = member.name[-200:]
    try:
        if member.data is None:
            raise InvalidValue("file-too-large", field="file", value=name)
        received = receive_file(viewer=viewer, content=member.data, file_name=name, published_on=published_on)
    except DomainError as error:
        return {"name": name, "code": error.code, "params": {key: str(value) for key, value in error.params.items()}}
    return {"name": name, "document": str(received.document.pk), "known": received.known}


def _read(zone_id: UUID, document_id: UUID, person_id: UUID | None, progress: Progress) -> None:
    viewer = viewer_of(person_id=person_id, zone_id=zone_id, on=timezone.localdate())
    archive = Archive.objects.get(zone_id=zone_id, document_id=document_id)
    body = (
        DocumentContent.objects.filter(zone_id=zone_id, document_id=document_id)
        .values_list("content", flat=True)
        .first()
    )
    if body is None:
        return
    results = list(archive.results)
    done = {row["name"] for row in results}
    found = list(members(bytes(body)))
    for place, member in enumerate(found):
        progress(place, len(found))
        if member.name[-200:] in done:
            continue
        results.append(_result(viewer, member, archive.published_on))
        Archive.objects.filter(pk=archive.pk).update(results=results)
    progress(len(found), len(found))


def register_jobs() -> None:
    """Make the kind of work known."""
    register(JobKind(READ, _read))
