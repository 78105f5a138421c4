"""What counting works on: one row for each project event, numbers and short codes only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from ibis import _
from ibis.expr.types import Table

from zhaoyin.domain.period import LATEST, PartialDate, Period
from zhaoyin.domain.project.stages import ContractKind, Stage, Trait
from zhaoyin.engines.counting.params import JOBS, Pack, Rate

KEY_BASE = 10**10
"""key = first day (ordinal) * KEY_BASE + sequence number: the order in which things happened, then became known."""

EVENT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "zone": "!string",
        "seq": "!int64",
        "project": "!string",
        "kind": "!string",
        "first_day": "!int32",
        "end_day": "!int32",
        "month": "!int32",
        "key": "!int64",
        "supersedes": "int64",
        "rank": "int16",
        "contract_kind": "string",
        "outcome": "string",
        "amount_kind": "string",
        "amount": "decimal(38, 6)",
        "currency": "string",
        "task_force": "string",
        "industry": "string",
        "origin": "string",
        "project_kind": "string",
        "channel": "string",
        "merged_into": "string",
        "unit": "string",
        "traits": "int32",
        "phase": "int16",
        "arrived": "string",
        "vouchers": "int32",
        "credit": "string",
        "matter": "string",
        "recognition": "string",
    }
)
"""Ibis types. Days are proleptic ordinals, `end_day` exclusive; `month` = year * 12 + month - 1; `supersedes` is the
sequence number of the corrected event. A NULL text: the event says nothing of it; "": it says that it is unknown (for
`outcome`: resumed, for `merged_into`: not merged any more). `zone`, `project` and the attributes may be of any comparable type.
`traits` is a set of bits in the order of `Trait`; `arrived` the kind of money of an arrival, whose `amount` is no statement;
`credit` a division, `basis;unit=share;…`; `recognition` the request that a row belongs to, `matter` what it is about."""

ZONE_COLUMNS: Mapping[str, str] = MappingProxyType({"zone": "!string", "known_seq": "!int64"})
"""Which zones to count, and the last sequence number that was known there."""

MERGE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"zone": "!string", "project": "!string", "canonical": "!string", "depth": "!int64", "merge_seq": "int64"}
)
"""Every member of every group of merged projects; `depth`: merges between it and the canonical one, whose depth
is 0 and whose `merge_seq` is NULL."""

_ATTRIBUTES = ("task_force", "industry", "origin", "channel")
_BITS = {trait.value: 1 << place for place, trait in enumerate(Trait)}
_CENT = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A question. `events`, `zones`, `merges`: Ibis tables with the columns above.

    `as_of`: the day up to which events have happened (default: the last day of the period); `industry_codes`: zone
    code by industry id, for packs that name industries by code; `rates`: the zone's own exchange rates, which go before the
    pack's of the same day.
    """

    events: Table
    zones: Table
    merges: Table
    pack: Pack
    period: Period
    as_of: date | None = None
    industry_codes: Mapping[str, str] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()

    @property
    def all_rates(self) -> tuple[Rate, ...]:
        """The pack's rates and the zone's, by currency and day; of one day the last one holds."""
        return self.rates_of(self.pack, self.rates)

    @staticmethod
    def rates_of(pack: Pack, own: tuple[Rate, ...]) -> tuple[Rate, ...]:
        """The rates of a pack and a zone's own in the order to which the column `rate` refers."""
        return tuple(sorted((*pack.rates, *own), key=lambda rate: (rate.currency, rate.from_day)))

    @property
    def last_day(self) -> date:
        """As-of day."""
        return self.as_of or self.period.last_day

    @property
    def covered(self) -> Period:
        """The days that can count: the period, cut at the as-of day. InvalidValue when nothing is left."""
        return Period(self.period.start, min(self.period.end, self.last_day + timedelta(days=1)))


def event_columns(
    *,
    zone: str,
    seq: int,
    project: str,
    kind: str,
    occurred: PartialDate,
    payload: Mapping[str, object],
    supersedes: int | None,
    recognition: str | None = None,
) -> tuple[object, ...]:
    """One row in the order of `EVENT_COLUMNS`. `recognition`: the request, when the event is one of a recognition."""
    first = occurred.first
    own = recognition is None
    rank, contract = _step(kind, payload) if own else (None, None)
    amount_kind, amount, currency = _amount(kind, payload) if own else (None, None, None)
    said: Mapping[str, object] = payload if own else {}
    attributes = [_said(said, name) for name in _ATTRIBUTES]
    arrival = own and kind == "funds_arrived"
    phase, vouchers = payload.get("phase") if kind == "amount_stated" else None, payload.get("vouchers")
    return (
        zone,
        seq,
        project,
        kind if own or kind == "retracted" else f"recognition_{kind}",
        first.toordinal(),
        (LATEST if payload.get("undated") else occurred.end).toordinal(),
        first.year * 12 + first.month - 1,
        first.toordinal() * KEY_BASE + seq,
        supersedes,
        rank,
        contract,
        (str(payload["outcome"]) if kind == "ended" else "" if kind == "resumed" else None) if own else None,
        amount_kind,
        amount,
        currency,
        *attributes[:3],
        _said(said, "kind"),
        attributes[3],
        (str(payload["project"]) if kind == "merged_into" else "" if kind == "unmerged" else None) if own else None,
        _said(said, "attracting_unit"),
        _bits(said),
        int(str(phase)) if amount_kind and phase else 0 if amount_kind else None,
        str(payload["amount_kind"]) if arrival else None,
        int(str(vouchers or 0)) if arrival else None,
        _credit(payload) if own and kind == "credited" else None,
        None if own else _said(payload, "matter"),
        recognition,
    )


def _said(payload: Mapping[str, object], name: str) -> str | None:
    if name not in payload:
        return None
    value = payload[name]
    return "" if value is None else str(value)


def _bits(payload: Mapping[str, object]) -> int | None:
    traits = payload.get("traits")
    return sum(_BITS[str(trait)] for trait in traits) if isinstance(traits, list | tuple) else None


def trait_bits(traits: Iterable[str]) -> int:
    """The set as it stands in the column `traits`."""
    return sum(_BITS[trait] for trait in traits)


def _credit(payload: Mapping[str, object]) -> str:
    shares = payload["shares"]
    listed = [f"{item['unit']}={item['share']}" for item in shares] if isinstance(shares, list | tuple) else []
    return ";".join([str(payload["basis"]), *listed]) if listed else ""


_RANKS = {stage.value: stage.rank for stage in Stage}
_CONTRACT_RANKS = {
    kind.value: _RANKS["signed" if kind is ContractKind.FORMAL else "pre_signing"] for kind in ContractKind
}


def _step(kind: str, payload: Mapping[str, object]) -> tuple[int | None, str | None]:
    if kind == "stage_reached":
        return _RANKS[str(payload["stage"])], None
    if kind == "contract_signed":
        contract = str(payload["contract_kind"])
        return _CONTRACT_RANKS[contract], contract
    return None, None


def _amount(kind: str, payload: Mapping[str, object]) -> tuple[str | None, Decimal | None, str | None]:
    if kind in {"opened", "described"} and "jobs" in payload:
        jobs = payload["jobs"]
        return JOBS, Decimal(0) if jobs is None else Decimal(str(jobs)), "" if jobs is None else "JOBS"
    if kind not in {"amount_stated", "funds_arrived"}:
        return None, None, None
    amount = payload["amount"]
    stated = str(payload["amount_kind"]) if kind == "amount_stated" else None
    if not isinstance(amount, Mapping):
        return stated, Decimal(0), ""
    value = Decimal(str(amount["value"])).quantize(_CENT, rounding=ROUND_HALF_EVEN)
    return stated, value, str(amount.get("currency", "CNY"))


def standing(events: Table, zones: Table, *, last_day: date | None = None) -> Table:
    """Events known by each zone's cutoff that no known event corrects or retracts.

    `last_day`: approvals revoked or taken back by that day are left out too.
    """
    known = events.inner_join(zones, "zone").filter(_.seq <= _.known_seq).drop("known_seq")
    gone = known.filter(known.supersedes.notnull()).select(gone_zone=_.zone, gone_seq=_.supersedes)
    stays = known.filter(known.kind != "retracted")
    stays = stays.anti_join(gone, [stays.zone == gone.gone_zone, stays.seq == gone.gone_seq])
    if last_day is None:
        return stays
    back = stays.filter(
        stays.kind.isin(["recognition_revoked", "recognition_withdrawn"]) & (stays.first_day <= last_day.toordinal())
    )
    back = back.select(back_zone=_.zone, back_recognition=_.recognition).distinct()
    return stays.anti_join(back, [stays.zone == back.back_zone, stays.recognition == back.back_recognition])


def merge_statements(*, events: Table, zones: Table) -> Table:
    """Rows (zone, project, into, seq): each project that is merged into another as known."""
    said = standing(events, zones).filter(_.merged_into.notnull())
    last = said.group_by("zone", "project").agg(into=said.merged_into.argmax(said.key), seq=said.seq.argmax(said.key))
    return last.filter(_["into"] != "")


Statement = tuple[str, str, str, int]
Merge = tuple[str, str, str, int, int | None]


def canonical_projects(statements: Iterable[Statement]) -> list[Merge]:
    """Rows of `MERGE_COLUMNS` from rows of `merge_statements`: chains followed to their end.

    Statements are taken in the order of their sequence numbers; one that would close a ring says nothing.
    """
    into: dict[str, dict[str, tuple[str, int]]] = {}
    for zone, project, target, seq in sorted(statements, key=lambda statement: statement[3]):
        pointers = into.setdefault(zone, {})
        if _end(target, pointers)[0] != project:
            pointers[project] = (target, seq)
    rows: list[Merge] = []
    for zone, pointers in into.items():
        for project in {*pointers, *(target for target, _seq in pointers.values())}:
            canonical, depth = _end(project, pointers)
            own = pointers[project][1] if project in pointers else None
            rows.append((zone, project, canonical, depth, own))
    return sorted(rows, key=lambda row: row[:2])


def _end(project: str, pointers: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """Where the chain from the project ends, and how many merges away that is."""
    depth = 0
    while project in pointers:
        project, depth = pointers[project][0], depth + 1
    return project, depth
