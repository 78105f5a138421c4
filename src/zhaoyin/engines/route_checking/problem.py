"""The two documents: a problem of schema `zhaoyin-route-1` and a plan of schema `zhaoyin-plan-1`, as parsed JSON."""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]


def clock(text: str) -> int:
    """Minutes since midnight of HH:MM."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
