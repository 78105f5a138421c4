"""A problem as a JSON document: what `read_problem` reads back to the same problem; its hash is the problem's identity."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum

from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.engines.routing.document import clock_text
from zhaoyin.engines.routing.problem import SCHEMA, Problem

_CLOCKS = {
    "day_starts",
    "day_ends",
    "earliest_leave",
    "latest_arrival",
    "opens",
    "closes",
    "starts",
    "time",
    "free_since",
}
_NAMES = {"origin": "from", "destination": "to", "opens": "from", "closes": "to", "starts": "time"}


def _plain(key: str, value: object) -> object:
    if key == "departures" and isinstance(value, tuple):
        return [clock_text(item) for item in value]
    if isinstance(value, tuple):
        return [_plain("", item) for item in value]
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if key in _CLOCKS and isinstance(value, int):
        return clock_text(value)
    if hasattr(value, "__dataclass_fields__"):
        return _table(value)
    return value


def _table(item: object) -> dict[str, object]:
    return {
        _NAMES.get(spec.name, spec.name): _plain(spec.name, value)
        for spec in fields(item)  # type: ignore[arg-type]
        if (value := getattr(item, spec.name)) is not None
    }


def write_problem(problem: Problem) -> dict[str, object]:
    """The document; every value is written out, so that a later default does not change an old problem."""
    return {"schema": SCHEMA} | _table(problem)


def problem_hash(problem: Problem) -> str:
    """SHA-256 of the document; coordinates are written as texts for it, so that it holds no float."""
    return sha256_hex(canonical_json(_floatless(write_problem(problem))))


def _floatless(value: object) -> object:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {key: _floatless(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_floatless(item) for item in value]
    return value
