"""Canonical JSON: one byte sequence for one value, so that a hash means something on every machine."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


_LEAVES = frozenset({str, int, bool, type(None)})


def _refuse_floats(value: object) -> None:
    if type(value) in _LEAVES:
        return
    if isinstance(value, float):
        raise TypeError("a float has no canonical form: use Decimal")
    if isinstance(value, dict):
        for item in value.values():
            if type(item) not in _LEAVES:
                _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            if type(item) not in _LEAVES:
                _refuse_floats(item)


def canonical_json(value: object) -> str:
    """Sorted keys, no white space, decimals as plain strings, no floats (TypeError)."""
    _refuse_floats(value)
    return _ENCODER.encode(value)


def canonical_floatless(value: object) -> str:
    """The same bytes for a value that cannot hold a float, without looking for one."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def sha256_hex(text: str) -> str:
    """SHA-256 of the UTF-8 bytes, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
