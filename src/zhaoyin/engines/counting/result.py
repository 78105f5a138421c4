"""The answer of a count: figures with their cells, and the form whose bytes are the same for the same question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhaoyin.domain.canonical import canonical_json
from zhaoyin.domain.figure import Exclusion, Figure, Quantity, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What makes an answer what it is: the same identity over the same ledger gives the same bytes."""

    engine: str
    pack: str
    pack_version: str
    pack_sha256: str
    covered: str
    as_of: date
    last_seq: int
    reported_by: date | None = None
    """Only what ledgers had reported by the end of that day, when that was asked."""
    rates_sha256: str = ""
    """Of the zone's own exchange rates, when it has any."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many projects have come at least as far as a stage, and how many stand there now."""

    stage: str
    reached: int
    standing: int


@dataclass(frozen=True, slots=True)
class Share:
    """A quantity of which units hold parts: everything is an exact decimal."""

    projects: Decimal = Decimal(0)
    yuan: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)
    unconverted: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, quantity: Quantity, share: Decimal) -> "Share":
        """That part of the quantity."""
        return cls(
            quantity.projects * share,
            quantity.yuan * share,
            quantity.unknown * share,
            {currency: amount * share for currency, amount in quantity.unconverted.items()},
        )

    def __add__(self, other: "Share") -> "Share":
        currencies = sorted({*self.unconverted, *other.unconverted})
        return Share(
            self.projects + other.projects,
            self.yuan + other.yuan,
            self.unknown + other.unknown,
            {c: self.unconverted.get(c, Decimal(0)) + other.unconverted.get(c, Decimal(0)) for c in currencies},
        )


@dataclass(frozen=True, slots=True)
class RatioValue:
    """A conversion rate, with what stands above and below the line."""

    numerator: Decimal
    denominator: Decimal

    @property
    def percent(self) -> Decimal | None:
        """To two decimals, half up; None when nothing stands below the line."""
        return percent(self.numerator, self.denominator)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """100 * part / whole to two decimals, half up; None when `whole` is zero."""
    if not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class StageTime:
    """Days in a stage: of `n` projects that have gone on; `still`: how many stand there. Quartiles interpolate linearly."""

    stage: str
    n: int
    lower: Decimal | None
    median: Decimal | None
    upper: Decimal | None
    still: int

    @classmethod
    def of(cls, stage: str, days: Mapping[int, int], still: int) -> "StageTime":
        """From a histogram of days."""
        lower, median, upper = (_quantile(days, quarter) for quarter in (1, 2, 3))
        return cls(stage, sum(days.values()), lower, median, upper, still)


def _quantile(days: Mapping[int, int], quarters: int) -> Decimal | None:
    n = sum(days.values())
    if not n:
        return None
    place, rest = divmod((n - 1) * quarters, 4)
    low, high = _nth(days, place), _nth(days, min(place + 1, n - 1))
    return Decimal(low) + Decimal((high - low) * rest) / 4


def _nth(days: Mapping[int, int], place: int) -> int:
    seen = 0
    for day in sorted(days):
        seen += days[day]
        if place < seen:
            return day
    raise AssertionError(place)


@dataclass(frozen=True, slots=True)
class Count:
    """Figures of one zone by name, in the order of the pack."""

    identity: Identity
    figures: Mapping[str, Figure]

    def canonical(self, verdicts: Iterable[Verdict] = (), names: Mapping[str, str] | None = None) -> str:
        """Canonical JSON: identity, figures with cells, counted records, and the excluded when they are given.

        `verdicts`: those to list; `names`: display words by project id, left out when None.
        """
        listed: dict[str, dict[str, list[dict[str, object]]]] = {}
        for verdict in sorted(verdicts, key=_order):
            side = "counted" if verdict.rule is None else "not_counted"
            sides = listed.setdefault(verdict.figure, {"counted": [], "not_counted": []})
            sides[side].append(_record(verdict, names))
        identity = self.identity
        body = {
            "engine": identity.engine,
            "pack": {"id": identity.pack, "version": identity.pack_version, "sha256": identity.pack_sha256},
            "days_covered": identity.covered,
            "as_of": identity.as_of,
            "last_seq": identity.last_seq,
            "figures": [_figure(figure) for figure in self.figures.values()],
            "records": listed,
        }
        if identity.reported_by is not None:
            body["reported_by"] = identity.reported_by
        if identity.rates_sha256:
            body["rates_sha256"] = identity.rates_sha256
        return canonical_json(body)


def _order(verdict: Verdict) -> tuple[object, ...]:
    return verdict.figure, verdict.day or date.max, verdict.event or 0, verdict.project, verdict.currency or ""


def _quantity(quantity: Quantity) -> dict[str, object]:
    return {
        "projects": quantity.projects,
        "yuan": quantity.yuan,
        "unknown": quantity.unknown,
        "unconverted": dict(quantity.unconverted),
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "measure": figure.measure,
        "total": _quantity(figure.total),
        "cells": [
            {
                "task_force": cell.task_force,
                "industry": cell.industry,
                "month": cell.month,
                **_quantity(cell.quantity),
            }
            for cell in figure.cells
        ],
        "excluded": dict(figure.excluded),
    }


def _record(verdict: Verdict, names: Mapping[str, str] | None) -> dict[str, object]:
    record: dict[str, object] = {
        "project": verdict.project,
        "event": verdict.event,
        "day": verdict.day,
        "task_force": verdict.task_force,
        "industry": verdict.industry,
        "amount": verdict.amount,
        "currency": verdict.currency,
    }
    if verdict.canonical != verdict.project:
        record["merged_into"] = verdict.canonical
    if verdict.rule is not None:
        record["rule"] = verdict.rule
    if names is not None:
        record["name"] = names.get(verdict.project)
    return record


def month_text(month: int | None) -> str | None:
    """2026 * 12 + 4 → "2026-05"."""
    return None if month is None else f"{month // 12:04d}-{month % 12 + 1:02d}"


def verdict_from_row(row: Mapping[str, object]) -> Verdict:
    """A fetched row of the `verdicts` expression."""
    currency = row["currency"]
    day, event = row["day"], row["event"]
    return Verdict(
        project=str(row["project"]),
        canonical=str(row["canonical"]),
        figure=str(row["figure"]),
        rule=Exclusion(str(row["rule"])) if row["rule"] else None,
        event=None if event is None else int(str(event)),
        day=None if day is None else date.fromordinal(int(str(day))),
        task_force=str(row["task_force"] or "") or None,
        industry=str(row["industry"] or "") or None,
        origin=str(row["origin"] or "") or None,
        amount=Decimal(str(row["amount"])) if currency else None,
        currency=str(currency) if currency else None,
    )


def quantity_of(row: Mapping[str, object], rates: Sequence[Decimal]) -> Quantity:
    """One row of the `totals` expression: projects of one currency and rate in one cell."""
    projects = int(str(row["projects"]))
    currency = str(row["currency"] or "")
    if not currency:
        return Quantity(projects=projects, unknown=projects)
    if currency == "JOBS":
        return Quantity(projects=projects, yuan=Decimal(str(row["amount"])))
    amount, rate = Decimal(str(row["amount"])), int(str(row["rate"]))
    if currency == "CNY":
        return Quantity(projects=projects, yuan=amount)
    if rate < 0:
        return Quantity(projects=projects, unconverted={currency: amount})
    return Quantity(projects=projects, yuan=amount * rates[rate])
