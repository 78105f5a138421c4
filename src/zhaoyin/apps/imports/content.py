"""Between the sheet engine's records and the rows of an import: canonical values with their cells. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from zhaoyin.domain.canonical import canonical_json
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.money import Money
from zhaoyin.domain.payload import area
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.result import CellRef, ContactFound, Record, Value

NAMES: Mapping[Field, str] = {
    Field.PROJECT_NAME: "name", Field.INVESTOR: "investor", Field.PLANNED_TOTAL: "planned_total_investment",
    Field.FIXED_ASSET: "fixed_asset_investment", Field.FUNDS_IN_PLACE: "funds_in_place", Field.STAGE: "stage",
    Field.SIGNED_ON: "signed_on", Field.INDUSTRY: "industry", Field.UNIT: "unit", Field.CONTACTS: "contacts",
    Field.SITE: "site", Field.PROGRESS: "progress", Field.JOBS: "jobs", Field.LAND: "land_mu",
}  # fmt: skip
"""Field of a record → name in the content of an import row."""
AMOUNTS = ("planned_total_investment", "fixed_asset_investment", "funds_in_place")
STAGES = {
    "lead": "lead", "negotiating": "negotiating", "signed": "signed", "registered": "registered",
    "construction": "construction_started", "production": "in_production", "terminated": "terminated",
}  # fmt: skip
"""Stages of a ledger → the one stage list; `terminated` is an end."""
SMALLEST, LARGEST = Decimal(10**5), Decimal(10**11)
"""Bounds of amounts that are offered as what may have been meant: a hundred thousand to a hundred billion."""
LONGEST = {"name": 120, "investor": 300, "site": 120, "progress": 2000}


def canonical(name: str, value: object) -> object:
    """A value as the ledger keeps it; DomainError when it cannot be one."""
    if isinstance(value, Money):
        return value.to_payload()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return [{"name": one.name, "phone": one.phone} for one in value if isinstance(one, ContactFound)]
    if isinstance(value, Decimal):
        return area(str(value)) if name == "land_mu" else int(value)
    text = str(value).strip()
    return STAGES.get(text, text) if name == "stage" else text


def cells_text(cells: tuple[CellRef, ...]) -> str:
    """ "B7" or "B7,C7"; at most eight cells are named."""
    return ",".join(dict.fromkeys(cell.a1 for cell in cells[:8]))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Money):
        return value.to_payload()
    return value if isinstance(value, int | bool) or value is None else str(value)


def _other_units(value: Value) -> list[Money]:
    """The same figure in the units next to the one that was read, where that makes an investment that can be."""
    if not isinstance(value.value, Money) or not any(flag.code.value.startswith("unit") for flag in value.flags):
        return []
    found = []
    for factor in (Decimal("1e-4"), Decimal("1e4"), Decimal("1e-8"), Decimal("1e8")):
        amount = value.value.value * factor
        if SMALLEST <= amount <= LARGEST:
            high = value.value.high * factor if value.value.high is not None else None
            found.append(replace(value.value, value=amount, high=high))
    return found


def _value(name: str, value: Value, problems: list[dict[str, object]]) -> dict[str, object] | None:
    try:
        said = canonical(name, value.value)
    except DomainError as error:
        where = cells_text(value.cells)
        problems.append({"code": error.code, "field": name, "cells": where, "value": value.as_written[:80]})
        return None
    if isinstance(said, str) and len(said) > LONGEST.get(name, 200):
        limit = LONGEST.get(name, 200)
        problems.append(
            {
                "code": "text-too-long",
                "field": name,
                "cells": cells_text(value.cells),
                "value": said[:40],
                "limit": limit,
            }
        )
        said = said[:limit]
    found: dict[str, object] = {
        "value": said,
        "cells": cells_text(value.cells),
        "confidence": round(value.confidence, 2),
    }
    if value.cells:
        found["sheet"] = value.cells[0].sheet
    if value.as_written != said:
        found["written"] = value.as_written[:400]
    if value.flags:
        found["flags"] = [{"code": flag.code.value, "evidence": _plain(flag.evidence)} for flag in value.flags]
    if value.needs_review:
        found["review"] = True
        others = [canonical(name, one) for one in (*value.alternatives, *_other_units(value))]
        found["options"] = list({canonical_json(one): one for one in (said, *others)}.values())
    return found


def content_of(record: Record) -> tuple[dict[str, object], list[dict[str, object]]]:
    """(content, problems) of one record: every understood value, and verbatim what was not understood."""
    problems: list[dict[str, object]] = []
    values: dict[str, object] = {}
    for field, value in record.values.items():
        name = NAMES.get(field)
        if name is None:
            continue
        found = _value(name, value, problems)
        if found is not None:
            values[name] = found
    content: dict[str, object] = {"values": values}
    if record.unmapped:
        content["unmapped"] = [[one.head[:60], one.cell.a1, one.text[:400]] for one in record.unmapped if one.text]
    if record.hidden:
        content["hidden"] = True
    if record.last_row != record.row:
        content["last_row"] = record.last_row
    return content, problems
