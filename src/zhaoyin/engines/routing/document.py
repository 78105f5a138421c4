"""Reading JSON documents so that every mistake is told with the path of its field, the value and what to write."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from zhaoyin.domain.errors import InvalidValue

T = TypeVar("T")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
DAY_MINUTES = 1440


class Node:
    """An object of the document and the path that leads to it; unknown keys are refused at once."""

    def __init__(self, value: object, path: str, allowed: Iterable[str]) -> None:
        if not isinstance(value, Mapping):
            raise wrong(path or "document", value, "an object {…}")
        self.table: Mapping[str, object] = value
        self.path = path
        known = set(allowed)
        for key in value:
            if key not in known:
                raise wrong(
                    self._at(str(key)), value[key], f"one of {', '.join(sorted(known))}", code="route-unknown-field"
                )

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fail(self, key: str, expected: str) -> InvalidValue:
        """The error for the value of `key`."""
        return wrong(self._at(key), self.table.get(key), expected)

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self.table.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """A text; not empty unless there is a default."""
        value = self.table.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fail(key, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not there."""
        value = self.table.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, "a list of texts")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """true or false; false when it is not there."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, "true or false")
        return value

    def whole(self, key: str, default: int | None = None, *, least: int = 0, most: int = 10**9) -> int:
        """A whole number within the limits."""
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.fail(key, f"a whole number from {least} to {most}")
        return value

    def exact(self, key: str, default: str | None = None) -> Decimal:
        """An exact number, not below zero: a text or a whole number, never a float."""
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.fail(key, 'an exact number as text, such as "7.5"')
        try:
            number = Decimal(str(value))
        except InvalidOperation as error:
            raise self.fail(key, 'an exact number as text, such as "7.5"') from error
        if not number.is_finite() or number < 0 or number > 10**12:
            raise self.fail(key, "a number from 0 to 1e12")
        return number

    def degrees(self, key: str, most: float) -> float | None:
        """A coordinate in degrees, None when it is not there."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            raise self.fail(key, f"degrees from -{most:g} to {most:g}")
        return float(value)

    def day(self, key: str) -> date:
        """A day YYYY-MM-DD."""
        value = self.table.get(key)
        try:
            if isinstance(value, str):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.fail(key, "a day YYYY-MM-DD")

    def clock(self, key: str, default: str | None = None) -> int:
        """Minutes since midnight of a time of day HH:MM (24:00 is the end of the day)."""
        value = self.table.get(key, default)
        minutes = clock_minutes(value)
        if minutes is None:
            raise self.fail(key, "a time of day HH:MM")
        return minutes

    def clocks(self, key: str) -> tuple[int, ...]:
        """A list of times of day, in order."""
        value = self.table.get(key) or []
        found = [clock_minutes(item) for item in value] if isinstance(value, list) else [None]
        if any(item is None for item in found):
            raise self.fail(key, "a list of times of day HH:MM")
        return tuple(sorted({item for item in found if item is not None}))

    def items(self, key: str, read: Callable[[object, str], T], *, required: bool = False) -> tuple[T, ...]:
        """The list under `key`, each item read with its own path."""
        value = self.table.get(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list):
            raise self.fail(key, "a list […]")
        return tuple(read(item, f"{self._at(key)}[{number}]") for number, item in enumerate(value))

    def one(self, key: str, read: Callable[[object, str], T]) -> T | None:
        """The object under `key`, None when it is not there."""
        value = self.table.get(key)
        return None if value is None else read(value, self._at(key))


def wrong(field: str, value: object, expected: str, *, code: str = "route-invalid-value") -> InvalidValue:
    """The error that names the field by its path, the value as given and what is expected there."""
    return InvalidValue(code, field=field, value=value, expected=expected)


def clock_minutes(value: object) -> int | None:
    """Minutes since midnight of "HH:MM"; None when it is no time of day."""
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > DAY_MINUTES:
        return None
    return int(found[1]) * 60 + int(found[2])


def clock_text(minutes: int) -> str:
    """ "HH:MM" of minutes since midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
