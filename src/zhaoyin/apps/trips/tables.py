"""Travel times that the zone brought itself."""

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction

from zhaoyin.adapters.travel.gtfs import read_gtfs
from zhaoyin.adapters.travel.params import TravelParams
from zhaoyin.adapters.travel.table import read_table
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.actions import checked_text
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.sources.actions import receive
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.apps.trips.access import require_writer
from zhaoyin.apps.trips.forms import city_code
from zhaoyin.apps.trips.models import TravelTable
from zhaoyin.apps.trips.queries import travel_tables
from zhaoyin.domain.errors import InvalidValue, NotVisible
from zhaoyin.domain.region import cities
from zhaoyin.engines.routing.problem import Place, TravelOption


def _read(content: bytes, kind: str, name: str) -> list[TravelOption]:
    """Ways between cities of the region table; InvalidValue names file, line and value of a mistake."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{PurePath(name).stem[:60] or 'table'}.{'zip' if kind == 'gtfs' else 'csv'}"
        path.write_bytes(content)
        if kind == "gtfs":
            return read_gtfs(path, _places(), TravelParams())
        return read_table(path, lambda text: city_code(text) or None)


def _places() -> list[Place]:
    return [
        Place(code=code, name=city.name, latitude=city.latitude, longitude=city.longitude)
        for code, city in cities().items()
    ]


def add_travel_table(*, viewer: Viewer, name: str, file_name: str, content: bytes) -> TravelTable:
    """Keep a table (CSV) or timetable (GTFS, zip) of travel times. InvalidValue names the line of a mistake."""
    require_writer(viewer)
    kind = "gtfs" if content[:2] == b"PK" else "csv"
    found = _read(content, kind, file_name)
    if not found:
        raise InvalidValue("travel-table-empty", field="file", value=file_name)
    with transaction.atomic():
        document = receive(viewer=viewer, kind="file", content=content, file_name=file_name)
        table = TravelTable.objects.create(
            zone_id=viewer.zone_id,
            name=checked_text(name, field="name", limit=80),
            kind=kind,
            document=document,
            rows=len(found),
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
    return table


def retire_travel_table(*, viewer: Viewer, table_id: UUID) -> None:
    """No longer used for new plans."""
    require_writer(viewer)
    if not TravelTable.objects.filter(zone_id=viewer.zone_id, pk=table_id, retired_at__isnull=True).update(
        retired_at=clock.now()
    ):
        raise NotVisible("not-found")


def own_ways(*, zone_id: UUID) -> list[TravelOption]:
    """What the zone's tables say; of two tables about one way the newer one, and a redacted document says nothing."""
    tables = travel_tables(zone_id=zone_id)
    contents = dict(
        DocumentContent.objects.filter(document_id__in=[table.document_id for table in tables]).values_list(
            "document_id", "content"
        )
    )
    found: list[TravelOption] = []
    served: set[tuple[str, str]] = set()
    for table in tables:
        content = contents.get(table.document_id)
        ways = _read(bytes(content), table.kind, table.name) if content else []
        found += [way for way in ways if (way.origin, way.destination) not in served]
        served |= {(way.origin, way.destination) for way in ways}
    return found
