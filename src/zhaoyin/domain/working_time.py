"""Clocks of the trade in working days, from a table of holidays and moved working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Calendar:
    """`exceptions`: day → is it a working day, where that differs from Monday to Friday. `last_year`: the last one published."""

    exceptions: Mapping[date, bool]
    last_year: int

    def is_working(self, day: date) -> bool:
        """Monday to Friday unless the table says otherwise; beyond `last_year` only the week counts."""
        return self.exceptions.get(day, day.weekday() < 5)

    def after(self, day: date, working_days: int) -> date:
        """The day that is `working_days` working days after `day` (0 gives `day` itself, or the next working day)."""
        cursor, left = day, working_days
        while left > 0 or not self.is_working(cursor):
            cursor += timedelta(days=1)
            if self.is_working(cursor):
                left -= 1
        return cursor

    def is_published(self, day: date) -> bool:
        """Whether the holidays of the day's year are known."""
        return day.year <= self.last_year
