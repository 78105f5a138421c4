"""The answer of a count: figures with their cells, and the form whose bytes are the same for the same question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many projects have come at least as far as a stage, and how many stand there now."""

    stage: str
    reached: int
    standing: int


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
        for verdict in sorted(verdicts, key=lambda v: (v.figure, v.day or date.max, v.event or 0, v.project)):
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
        return canonical_json(body)


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
    amount, rate = Decimal(str(row["amount"])), int(str(row["rate"]))
    if currency == "CNY":
        return Quantity(projects=projects, yuan=amount)
    if rate < 0:
        return Quantity(projects=projects, unconverted={currency: amount})
    return Quantity(projects=projects, yuan=amount * rates[rate])
