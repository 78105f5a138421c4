"""Rule packs that a zone may count with (shipped ones and its own) and its exchange rates."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from zhaoyin.apps.ledger import clock
from zhaoyin.apps.reports.models import ExchangeRate, PackVersion
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.counting import Pack, Rate, load_pack, parse_pack, shipped_packs
from zhaoyin.engines.counting.params import near_miss

_ID = re.compile(r"[\w.-]{1,80}")
"""What an id may look like; anything else comes from an address and is not asked for in the database."""


@lru_cache(maxsize=64)
def _parsed(text: str, name: str) -> Pack:
    return parse_pack(text, name=name)


def own_packs(*, zone_id: UUID) -> dict[str, Pack]:
    """The newest version of each pack that the zone brought, by id; one query."""
    found: dict[str, Pack] = {}
    for row in PackVersion.objects.filter(zone_id=zone_id).order_by("recorded_at", "id"):
        found[row.pack] = _parsed(row.text, row.pack)
    return found


def pack_named(*, zone_id: UUID | None, name: str, sha256: str = "") -> Pack:
    """The pack of that id: shipped, or the zone's own; with `sha256` just that one, whatever is in use now.

    InvalidValue `pack-unknown` names the nearest, `pack-gone` when that version is no longer there.
    """
    if name in shipped_packs():
        shipped = load_pack(name)
        if not sha256 or shipped.sha256 == sha256:
            return shipped
    rows = PackVersion.objects.none()
    if zone_id is not None and _ID.fullmatch(name) is not None:
        rows = PackVersion.objects.filter(zone_id=zone_id, pack=name)
    if sha256:
        rows = rows.filter(sha256=sha256)
    row = rows.order_by("-recorded_at", "-id").first()
    if row is not None:
        return _parsed(row.text, row.pack)
    if sha256:
        raise InvalidValue("pack-gone", field="pack", value=name)
    known = (*shipped_packs(), *(own_packs(zone_id=zone_id) if zone_id else ()))
    raise InvalidValue(
        "pack-unknown", field="pack", value=name, known=", ".join(known), near=near_miss(name, known) or known[0]
    )


def all_packs(*, zone_id: UUID) -> dict[str, Pack]:
    """Every pack that the zone may count with, by id."""
    return {name: load_pack(name) for name in shipped_packs()} | own_packs(zone_id=zone_id)


def rates(*, zone_id: UUID, known_on: date | None = None, known_at: datetime | None = None) -> tuple[Rate, ...]:
    """The zone's own exchange rates as known at the end of a day in Shanghai, or at a moment; one query."""
    rows = ExchangeRate.objects.filter(zone_id=zone_id)
    if known_on is not None:
        known_at = datetime.combine(known_on + timedelta(days=1), time(), clock.SHANGHAI) - timedelta(microseconds=1)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    latest = {(row.currency, row.from_day): row for row in rows.order_by("recorded_at", "id")}
    return tuple(
        Rate(currency=row.currency, from_day=row.from_day, yuan=row.yuan, source=row.source)
        for _key, row in sorted(latest.items())
    )


def rate_rows(*, zone_id: UUID) -> list[ExchangeRate]:
    """Rates as they were entered, the newest day first."""
    rows = ExchangeRate.objects.filter(zone_id=zone_id).select_related("actor")
    return list(rows.order_by("currency", "-from_day", "-recorded_at")[:500])
