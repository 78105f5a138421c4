"""Publishing to the zone above, signing months off, bringing rule packs and exchange rates: rows that are added, never changed."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.reports.access import require_publisher
from zhaoyin.apps.reports.models import ExchangeRate, Freeze, PackVersion, PublishedFigures
from zhaoyin.apps.reports.queries import Answer, Asked, answer, asked_of_freeze
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.money import Currency, decimal_from_text
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.counting import Finding, Pack, check_pack, parse_pack


def publish(*, viewer: Viewer, asked: Asked) -> UUID:
    """Count the question now and keep its totals as published; id of the publication.

    NotAllowed unless bureau chief or statistician, DomainError when there is no zone above.
    """
    require_publisher(viewer)
    if not Zone.objects.filter(pk=viewer.zone_id, parent__isnull=False).exists():
        raise DomainError("no-parent-zone")
    count = answer(zone_id=viewer.zone_id, asked=asked).count
    totals = {name: figure.total for name, figure in count.figures.items()}
    body = canonical_json(
        {
            name: {
                "projects": total.projects,
                "yuan": total.yuan,
                "unknown": total.unknown,
                "unconverted": dict(total.unconverted),
            }
            for name, total in totals.items()
        }
    )
    identity, at = count.identity, clock.now()
    with transaction.atomic():
        made = PublishedFigures.objects.create(
            zone_id=viewer.zone_id, period_start=asked.period.start, period_end=asked.period.last_day,
            pack=asked.pack, pack_version=identity.pack_version, pack_sha256=identity.pack_sha256,
            as_of=identity.as_of, last_seq=identity.last_seq, body=body, sha256=sha256_hex(body), published_at=at,
            actor_id=viewer.person_id,
        )  # fmt: skip
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="figures.published",
            subject_kind="published_figures", subject_id=made.pk, at=at,
            details={"period": str(asked.period), "pack": asked.pack, "sha256": made.sha256},
        )  # fmt: skip
    return made.pk


def freeze(*, viewer: Viewer, asked: Asked, note: str = "") -> Freeze:
    """Sign a count off as it is now: the figures as canonical JSON with their hash. Only the chief and the statistician.

    The same question at the same place in the ledger has the same hash.
    """
    require_publisher(viewer)
    found = answer(zone_id=viewer.zone_id, asked=asked)
    body, identity, at = found.count.canonical(), found.count.identity, clock.now()
    with transaction.atomic():
        made = Freeze.objects.create(
            zone_id=viewer.zone_id, period_start=asked.period.start, period_end=asked.period.last_day, as_of=identity.as_of,
            pack=asked.pack, pack_version=identity.pack_version, pack_sha256=identity.pack_sha256, last_seq=identity.last_seq,
            body=body, sha256=sha256_hex(body), note=note.replace("\0", "").strip()[:200], frozen_at=at, actor_id=viewer.person_id,
        )  # fmt: skip
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="figures.frozen", subject_kind="freeze",
            subject_id=made.pk, at=at, details={"sha256": made.sha256},
        )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A signed-off count computed again: the same bytes, or not; `answer` None when its pack is gone."""

    answer: Answer | None
    same: bool


def reproduce(row: Freeze) -> Reproduced:
    """Count again with the pack, the ledger's number and the exchange rates of then."""
    try:
        found = answer(zone_id=row.zone_id, asked=asked_of_freeze(row))
    except InvalidValue:
        return Reproduced(None, False)
    return Reproduced(found, sha256_hex(found.count.canonical()) == row.sha256)


LARGEST_PACK = 200_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a pack file: the pack when it is in use now, and everything that was found."""

    pack: Pack | None
    findings: Sequence[Finding]


def add_pack(*, viewer: Viewer, text: str, file_name: str) -> Checked:
    """Check a pack file and, when nothing is wrong with it, use it from now on. Warnings do not keep it out."""
    require_publisher(viewer)
    if len(text) > LARGEST_PACK:
        raise InvalidValue("document-too-large", field="file", value=file_name, size=len(text) >> 10, limit=LARGEST_PACK >> 10)  # fmt: skip
    findings = check_pack(text, name=file_name)
    if any(finding.error for finding in findings):
        return Checked(None, findings)
    pack = parse_pack(text, name=file_name)
    with transaction.atomic():
        row = PackVersion.objects.create(
            zone_id=viewer.zone_id, pack=pack.id, version=pack.version, sha256=pack.sha256, text=text, recorded_at=clock.now(),
            actor_id=viewer.person_id,
        )  # fmt: skip
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="pack.added", subject_kind="pack", subject_id=row.pk,
            details={"pack": pack.id, "version": pack.version, "sha256": pack.sha256},
        )  # fmt: skip
    return Checked(pack, findings)


def add_rate(*, viewer: Viewer, currency: str, from_day: date, yuan: str, source: str) -> ExchangeRate:
    """A rate that holds from a day on. InvalidValue names the field."""
    require_publisher(viewer)
    row = _rate(viewer, currency=currency, from_day=from_day.isoformat(), yuan=yuan, source=source)
    with transaction.atomic():
        row.save(force_insert=True)
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="rate.added", subject_kind="rate", subject_id=row.pk,
            details={"currency": row.currency, "from": from_day.isoformat()},
        )  # fmt: skip
    return row


def _rate(viewer: Viewer, *, currency: str, from_day: str, yuan: str, source: str) -> ExchangeRate:
    code = currency.strip().upper()
    if code not in {one.value for one in Currency} or code == Currency.CNY.value:
        raise InvalidValue("not-an-option", field="currency", value=currency)
    day = PartialDate.parse(from_day.strip())
    if day.precision is not Precision.DAY:
        raise InvalidValue("date-malformed", field="from", value=from_day)
    value = decimal_from_text(yuan)
    if not SMALLEST_RATE <= value < 10**9:
        raise InvalidValue(
            "number-out-of-range", field="yuan", value=yuan, least=format(SMALLEST_RATE, "f"), most=10**9
        )
    value = value.quantize(SMALLEST_RATE)
    if not source.strip():
        raise InvalidValue("source-needed", field="source", value="")
    return ExchangeRate(
        zone_id=viewer.zone_id, currency=code, from_day=day.first, yuan=value, source=source.replace("\0", "").strip()[:200], recorded_at=clock.now(),
        actor_id=viewer.person_id,
    )  # fmt: skip


def _lines(reader: "csv.DictReader[str]") -> Iterator[dict[str, str | None]]:
    """The lines; InvalidValue when the text is no CSV, for instance a quotation mark that is never closed."""
    try:
        yield from reader
    except csv.Error as error:
        raise InvalidValue("csv-broken", field="file", value=str(reader.line_num)) from error


SMALLEST_RATE = Decimal("0.000001")
"""As many places as are kept."""
RATE_HEADS = ("currency", "from", "yuan", "source")
MOST_RATES = 20_000


def load_rates(*, viewer: Viewer, text: str) -> tuple[int, list[tuple[int, DomainError]]]:
    """Rates from CSV with the heads currency, from, yuan, source; how many were kept, and the lines that were not with what is wrong.

    InvalidValue when the heads are missing.
    """
    require_publisher(viewer)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in RATE_HEADS if name not in (reader.fieldnames or ())]
    if missing:
        raise InvalidValue("heads-missing", field="file", value=", ".join(missing), known=", ".join(RATE_HEADS))
    kept: list[ExchangeRate] = []
    problems: list[tuple[int, DomainError]] = []
    for number, line in enumerate(_lines(reader), start=2):
        if number > MOST_RATES:
            problems.append((number, InvalidValue("too-many-rows", field="file", value=str(MOST_RATES))))
            break
        try:
            given = {name: str(line.get(name) or "") for name in RATE_HEADS}
            kept.append(
                _rate(
                    viewer, currency=given["currency"], from_day=given["from"], yuan=given["yuan"], source=given["source"]
                )
            )  # fmt: skip
        except DomainError as error:
            problems.append((number, error))
    with transaction.atomic():
        ExchangeRate.objects.bulk_create(kept)
        if kept:
            record(
                zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="rates.loaded", subject_kind="rate",
                details={"rows": len(kept), "refused": len(problems)},
            )  # fmt: skip
    return len(kept), problems
