"""Figures over the mirror, and the projects behind them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, IntegerField, OuterRef, Subquery, When

from zhaoyin.adapters.warehouse import Question, Warehouse, explain
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.models import Event, Head
from zhaoyin.apps.ledger.queries import known_seq, rows_after
from zhaoyin.apps.projects.access import visible_to
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.reports.access import published_below, zones_below
from zhaoyin.apps.reports.models import Freeze, PublishedFigures
from zhaoyin.apps.reports.packs import pack_named, rates
from zhaoyin.apps.taskforces.models import Industry, TaskForce, Unit
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import InvalidValue, NotVisible
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.figure import Exclusion, Quantity, Verdict
from zhaoyin.domain.period import PartialDate, Period, Precision
from zhaoyin.engines.counting import Count, Explanation, FunnelStep, RatioValue, Share, StageTime
from zhaoyin.engines.counting.params import DEFAULT_PACK

LISTED = 200
"""Records shown of one group; the export has all."""
MOST_RECORDS = 100_000


@lru_cache(maxsize=1)
def warehouse() -> Warehouse:
    """The mirror of this process."""
    return Warehouse(settings.MIRROR_HOME)


class ZoneLedger:
    """The ledger of one zone as the mirror reads it."""

    def __init__(self, zone_id: UUID) -> None:
        self.zone_id = zone_id

    def head(self) -> tuple[int, str]:
        """Last sequence number and its hash."""
        row = Head.objects.filter(zone_id=self.zone_id).values_list("seq", "hash").first()
        return row if row and row[0] else (0, "")

    def rows_after(self, seq: int) -> Iterator[Sequence[object]]:
        """Rows with a larger number."""
        return rows_after(zone_id=self.zone_id, seq=seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks: as written in the URL or on the command line, parsed."""

    period: Period
    pack: str
    as_of: date | None = None
    known_on: date | None = None
    by_report: bool = False
    """`known_on` is the day by which ledgers had reported it, not the day by which it was recorded here."""
    known_seq: int | None = None
    """What a signed-off count saw: goes before `known_on`."""
    pack_sha256: str = ""
    """Just this version of the pack; "": the one in use."""
    known_at: datetime | None = None
    """The moment of a signed-off count, for its exchange rates."""


def _day(text: str, field: str) -> date | None:
    if not text.strip():
        return None
    found = PartialDate.parse(text)
    if found.precision is not Precision.DAY:
        raise InvalidValue("date-malformed", field=field, value=text)
    return found.first


KNOWN_BASES = ("", "recorded", "reported")


def parse_asked(
    *,
    period: str = "",
    pack: str = "",
    as_of: str = "",
    known_at: str = "",
    known_basis: str = "",
    zone_id: UUID | None = None,
) -> Asked:
    """InvalidValue names what cannot be understood. `zone_id`: packs of that zone may be named, too. No period: this year up to today. `known_basis`: "recorded" (default) or "reported"."""
    if known_basis not in KNOWN_BASES:
        raise InvalidValue("not-an-option", field="known_basis", value=known_basis)
    days = Period.parse(period) if period.strip() else Period.year_to_date(clock.today())
    pack_named(zone_id=zone_id, name=pack or DEFAULT_PACK)
    upto = _day(as_of, "as_of")
    if upto is not None and upto < days.start:
        raise InvalidValue("as-of-before-period", field="as_of", value=as_of, start=days.start.isoformat())
    known = _day(known_at, "known_at")
    by_report = known_basis == "reported" and known is not None
    return Asked(period=days, pack=pack or DEFAULT_PACK, as_of=upto, known_on=known, by_report=by_report)


@dataclass(frozen=True, slots=True)
class Answer:
    """A count with what is needed to open it: the same question at the same place in the ledger."""

    asked: Asked
    count: Count
    question: Question
    last_seq: int


def answer(*, zone_id: UUID, asked: Asked, seen: int | None = None) -> Answer:
    """Tail the ledger, then count; one query when nothing is new. `seen`: the ledger was tailed just now up to there."""
    last_seq = warehouse().catch_up(zone_id, ZoneLedger(zone_id)) if seen is None else seen
    pack = pack_named(zone_id=zone_id, name=asked.pack, sha256=asked.pack_sha256)
    codes: dict[str, str] = {}
    if pack.uses_industries:
        codes = {str(pk): code for pk, code in Industry.objects.filter(zone_id=zone_id).values_list("id", "code")}
    recorded = asked.known_on is not None and not asked.by_report
    known = known_seq(zone_id=zone_id, known_on=asked.known_on) if asked.known_on and recorded else None
    known = known if asked.known_seq is None else asked.known_seq
    question = Question(
        zone=zone_id,
        pack=pack,
        period=asked.period,
        as_of=asked.as_of,
        known_seq=known,
        reported_by=asked.known_on if asked.by_report else None,
        industry_codes=codes,
        rates=rates(zone_id=zone_id, known_on=asked.known_on if recorded else None, known_at=asked.known_at),
    )
    return Answer(asked, warehouse().count(question, last_seq=last_seq), question, last_seq)


CELLS = ("task_force", "industry", "month")
TABLES = {"unit": "units", "origin": "places", "size": "sizes"}
DIMENSIONS = (*CELLS, "quarter", "year", *TABLES)
"""What a figure can be grouped by."""


def breakdown(found: Answer, *, figure: str, by: str) -> dict[str | None, Share]:
    """A figure by one of `DIMENSIONS`; InvalidValue for another. Units hold their credited shares; None is unknown or nobody."""
    if by not in DIMENSIONS:
        raise InvalidValue("dimension-unknown", field="by", value=by, known=", ".join(DIMENSIONS))
    table: dict[str | None, Share] = {}
    if by in TABLES:
        rows = warehouse().table(found.question, TABLES[by], figure=figure, last_seq=found.last_seq)
        for (key, _month), share in rows.items():
            table[key] = table.get(key, Share()) + share
        return table
    cell = by if by in CELLS else "month"
    for (part,), quantity in found.count.figures[figure].by(cell).items():
        key = span_of(part, by)
        table[key] = table.get(key, Share()) + Share.of(quantity, Decimal(1))
    return dict(sorted(table.items(), key=lambda item: item[0] or ""))


def matrix(found: Answer, *, figure: str, by: str) -> dict[tuple[str | None, str | None], Share]:
    """A figure by task force, industry, unit, origin or size, and month; InvalidValue for another."""
    if by in TABLES:
        return warehouse().table(found.question, TABLES[by], figure=figure, last_seq=found.last_seq)
    if by not in CELLS or by == "month":
        raise InvalidValue("dimension-unknown", field="by", value=by, known=", ".join((*CELLS[:2], *TABLES)))
    pairs = found.count.figures[figure].by(by, "month").items()
    return {(key, month): Share.of(quantity, Decimal(1)) for (key, month), quantity in pairs}


def span_of(part: str | None, by: str) -> str | None:
    """Month, its quarter or its year."""
    if part is None or by not in {"quarter", "year"}:
        return part
    year, month = part.split("-")
    return year if by == "year" else f"{year}-Q{(int(month) + 2) // 3}"


def ratios(found: Answer) -> dict[str, RatioValue]:
    """Conversion rates of the pack."""
    return warehouse().ratios(found.question, last_seq=found.last_seq)


def stage_times(found: Answer) -> tuple[StageTime, ...]:
    """Days in each stage by the as-of day."""
    return warehouse().stage_times(found.question, last_seq=found.last_seq)


def explain_difference(before: Answer, after: Answer, *, figure: str) -> Explanation:
    """Why a figure of one answer is not that of another of the same zone: causes that add up to the difference."""
    return explain(warehouse(), before.question, after.question, figure=figure, last_seq=after.last_seq)


def funnel(found: Answer) -> tuple[FunnelStep, ...]:
    """How far the projects have come by the as-of day."""
    return warehouse().funnel(found.question, last_seq=found.last_seq)


def origins(found: Answer) -> dict[str, dict[str, int]]:
    """Counted projects by figure and origin code."""
    return warehouse().origins(found.question, last_seq=found.last_seq)


@dataclass(frozen=True, slots=True)
class ChildFigures:
    """A zone below this one and what it has published; `published` None: nothing for these days."""

    zone: Zone
    published: PublishedFigures | None
    totals: Mapping[str, Quantity]


def children(*, viewer: Viewer, asked: Asked) -> list[ChildFigures]:
    """Zones below with what they published under the same pack for days that overlap the period; two queries.

    Of several publications the latest one for exactly these days, otherwise the latest one; with `known_on` only
    those published by the end of that day. Never a live figure.
    """
    rows = published_below(viewer).filter(
        pack=asked.pack, period_start__lte=asked.period.last_day, period_end__gte=asked.period.start
    )
    if asked.known_on is not None:
        rows = rows.filter(published_at__lt=clock.end_of_day(asked.known_on))
    same_days = Case(
        When(period_start=asked.period.start, period_end=asked.period.last_day, then=1),
        default=0,
        output_field=IntegerField(),
    )
    newest = rows.filter(zone_id=OuterRef("pk")).order_by(same_days.desc(), "-published_at", "-id").values("pk")[:1]
    below = list(zones_below(viewer).annotate(newest_id=Subquery(newest)).order_by("name"))
    chosen = {row.zone_id: row for row in rows.filter(pk__in=[zone.newest_id for zone in below if zone.newest_id])}
    return [ChildFigures(zone, row, _totals(row)) for zone in below for row in [chosen.get(zone.pk)]]


def _totals(row: PublishedFigures | None) -> dict[str, Quantity]:
    if row is None:
        return {}
    loaded: dict[str, dict[str, Any]] = json.loads(row.body)
    return {
        name: Quantity(
            projects=total["projects"],
            yuan=Decimal(total["yuan"]),
            unknown=total["unknown"],
            unconverted={code: Decimal(amount) for code, amount in total["unconverted"].items()},
        )
        for name, total in loaded.items()
    }


def last_published(*, viewer: Viewer) -> PublishedFigures | None:
    """The newest publication of the viewer's own zone; one query."""
    rows = PublishedFigures.objects.filter(zone_id=viewer.zone_id).select_related("actor")
    return rows.order_by("-published_at", "-id").first()


def rebuild_mirror(*, zone_id: UUID) -> int:
    """Throw the zone's mirror away and read the ledger again; number of events."""
    return warehouse().rebuild(zone_id, ZoneLedger(zone_id))


def freezes(*, zone_id: UUID, limit: int = 100) -> list[Freeze]:
    """What was signed off, the newest first."""
    return list(Freeze.objects.filter(zone_id=zone_id).select_related("actor").order_by("-frozen_at")[:limit])


def freeze_of(*, zone_id: UUID, freeze_id: UUID) -> Freeze:
    """One; NotVisible when it is not there."""
    row = Freeze.objects.filter(zone_id=zone_id, pk=freeze_id).select_related("actor").first()
    if row is None:
        raise NotVisible("not-found")
    return row


def asked_of_freeze(row: Freeze) -> Asked:
    """The question of a signed-off count, down to the ledger's number, the version of the pack and the rates known then."""
    return Asked(
        period=Period(row.period_start, row.period_end + timedelta(days=1)), pack=row.pack, as_of=row.as_of, known_seq=row.last_seq,
        pack_sha256=row.pack_sha256, known_at=row.frozen_at,
    )  # fmt: skip


Named = TaskForce | Industry


def names(*, zone_id: UUID) -> dict[str, Named]:
    """Task forces and industries by id; two queries."""
    found: dict[str, Named] = {str(row.pk): row for row in _named(TaskForce, zone_id)}
    return {**found, **{str(row.pk): row for row in _named(Industry, zone_id)}}


def _named(model: type[Named], zone_id: UUID) -> Iterable[Named]:
    rows: Iterable[Named] = model._default_manager.filter(zone_id=zone_id).only("name", "name_en")
    return rows


def part_names(*, zone_id: UUID, english: bool = False) -> dict[str, str]:
    """Names of task forces, industries and units by id, in English where there is one and it is asked for; three queries."""
    units = Unit.objects.filter(zone_id=zone_id).values_list("id", "name")
    named = {key: (english and row.name_en) or row.name for key, row in names(zone_id=zone_id).items()}
    return {**named, **{str(pk): name for pk, name in units}}


@dataclass(frozen=True, slots=True)
class Record:
    """A project behind a figure. `name` None: the viewer may not see that project."""

    verdict: Verdict
    name: str | None
    event: LedgerEvent | None


def rule_counts(found: Answer, *, figure: str, cell: Mapping[str, str | None]) -> dict[str, int]:
    """Projects by rule ("" counted) in one cell."""
    base = found.question.pack.figure(figure).base
    return warehouse().rules(found.question, last_seq=found.last_seq, figure=base, cell=cell)


def verdicts(
    found: Answer,
    *,
    figure: str | None,
    rules: Sequence[Exclusion | None] | None,
    cell: Mapping[str, str | None] | None = None,
    limit: int = LISTED,
) -> list[Verdict]:
    """Verdicts of a figure (an amount's are those of its projects) or of all."""
    base = found.question.pack.figure(figure).base if figure else None
    return warehouse().verdicts(
        found.question, last_seq=found.last_seq, figure=base, rules=rules, cell=cell, limit=limit
    )


def records(*, viewer: Viewer, verdicts: Sequence[Verdict]) -> list[Record]:
    """The same with names and deciding events; three queries at most for a page of them."""
    seen = visible_names(viewer=viewer, ids={verdict.project for verdict in verdicts})
    events = _events(viewer.zone_id, {verdict.event for verdict in verdicts if verdict.event is not None})
    return [
        Record(
            verdict=verdict,
            name=seen.get(verdict.project),
            event=events.get(verdict.event) if verdict.event is not None and verdict.project in seen else None,
        )
        for verdict in verdicts
    ]


def visible_names(*, viewer: Viewer, ids: Iterable[str]) -> dict[str, str]:
    """Names of those projects that the viewer may see, by id."""
    found: dict[str, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = visible_to(viewer).filter(pk__in=wanted[start : start + 500]).values_list("pk", "name")
        found.update((str(pk), name) for pk, name in rows)
    return found


def project_names(*, zone_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Names by id, for the command line of the installation."""
    found: dict[str, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = Project.objects.filter(zone_id=zone_id, pk__in=wanted[start : start + 500]).values_list("pk", "name")
        found.update((str(pk), name) for pk, name in rows)
    return found


def payload_of(row: Event) -> dict[str, object]:
    """The payload as a mapping."""
    loaded: dict[str, object] = json.loads(row.payload)
    return loaded


def _events(zone_id: UUID, numbers: Iterable[int]) -> dict[int, LedgerEvent]:
    found: dict[int, LedgerEvent] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 500):
        rows = Event.objects.filter(zone_id=zone_id, seq__in=wanted[start : start + 500])
        for row in rows.only("id", "seq", "kind", "occurred_on", "occurred_precision", "recorded_at", "payload"):
            found[row.seq] = LedgerEvent(
                id=str(row.pk),
                seq=row.seq,
                kind=row.kind,
                occurred=PartialDate(row.occurred_on, Precision(row.occurred_precision)),
                recorded_on=row.recorded_at.astimezone(clock.SHANGHAI).date(),
                payload=payload_of(row),
            )
    return found
