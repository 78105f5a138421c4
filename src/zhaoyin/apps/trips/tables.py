"""Travel times that the zone brought itself."""

from uuid import UUID

from django.db import transaction

from zhaoyin.adapters.travel import read_ways
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.actions import checked_text
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.sources.actions import receive
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.apps.trips.access import require_writer
from zhaoyin.apps.trips.models import TravelTable
from zhaoyin.apps.trips.queries import travel_tables
from zhaoyin.domain.errors import InvalidValue, NotVisible
from zhaoyin.engines.routing.problem import TravelOption


def add_travel_table(*, viewer: Viewer, name: str, file_name: str, content: bytes) -> tuple[TravelTable, list[str]]:
    """Keep a table (CSV) or timetable (GTFS, zip) of travel times; the rows that could not be read come back as words, the rest is used.

    InvalidValue when no row could be read.
    """
    require_writer(viewer)
    kind = "gtfs" if content[:2] == b"PK" else "csv"
    found = read_ways(content, kind=kind, name=file_name)
    if not found.ways:
        first = found.problems[0] if found.problems else ""
        raise InvalidValue("travel-table-empty", field="file", value=file_name, problem=first)
    with transaction.atomic():
        document = receive(viewer=viewer, kind="file", content=content, file_name=file_name)
        table = TravelTable.objects.create(
            zone_id=viewer.zone_id,
            name=checked_text(name, field="name", limit=80),
            kind=kind,
            document=document,
            rows=len(found.ways),
            created_at=clock.now(),
            created_by_id=viewer.person_id,
        )
        record(
            zone_id=viewer.zone_id,
            actor_id=viewer.person_id,
            verb="travel-table-added",
            subject_kind="travel_table",
            subject_id=table.pk,
        )
    return table, [str(problem) for problem in found.problems]


def retire_travel_table(*, viewer: Viewer, table_id: UUID) -> None:
    """No longer used for new plans."""
    require_writer(viewer)
    if not TravelTable.objects.filter(zone_id=viewer.zone_id, pk=table_id, retired_at__isnull=True).update(
        retired_at=clock.now()
    ):
        raise NotVisible("not-found")


def own_ways(*, zone_id: UUID) -> list[TravelOption]:
    """Everything that the zone's tables say, the newest table first; a redacted document says nothing."""
    tables = travel_tables(zone_id=zone_id)
    contents = dict(
        DocumentContent.objects.filter(document_id__in=[table.document_id for table in tables]).values_list(
            "document_id", "content"
        )
    )
    found: list[TravelOption] = []
    for table in tables:
        content = contents.get(table.document_id)
        if content:
            found += read_ways(bytes(content), kind=table.kind, name=table.name).ways
    return found
