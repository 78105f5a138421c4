"""Days with precision, and periods: inclusive as people write them, half open inside."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhaoyin.domain.errors import InvalidValue

EARLIEST, LATEST = date(1949, 10, 1), date(2100, 12, 31)


class Precision(StrEnum):
    """How exactly the day is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """The first day of what is known, and how wide that is."""

    first: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first <= LATEST:
            raise InvalidValue("date-out-of-range", field="date", value=self.first.isoformat())

    @property
    def end(self) -> date:
        """The day after the last possible day."""
        year, month = self.first.year, self.first.month
        if self.precision is Precision.DAY:
            return self.first + timedelta(days=1)
        if self.precision is Precision.YEAR:
            return date(year + 1, 1, 1)
        months = 1 if self.precision is Precision.MONTH else 3
        return _month_start(year, month + months)

    def __str__(self) -> str:
        if self.precision is Precision.YEAR:
            return f"{self.first.year}"
        if self.precision is Precision.QUARTER:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        if self.precision is Precision.MONTH:
            return f"{self.first.year}-{self.first.month:02d}"
        return self.first.isoformat()

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """`2026`, `2026-Q2`, `2026-05`, `2026-05-03`; InvalidValue otherwise (also for 2026-02-30)."""
        match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d{1,2})(?:-(\d{1,2}))?))?", text.strip())
        if match is None:
            raise InvalidValue("date-malformed", field="date", value=text)
        year, quarter, month, day = match.groups()
        try:
            if quarter:
                return cls(date(int(year), int(quarter) * 3 - 2, 1), Precision.QUARTER)
            if day:
                return cls(date(int(year), int(month), int(day)))
            if month:
                return cls(date(int(year), int(month), 1), Precision.MONTH)
            return cls(date(int(year), 1, 1), Precision.YEAR)
        except ValueError as error:
            raise InvalidValue("date-impossible", field="date", value=text) from error


def _month_start(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days `start` (in) to `end` (out)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidValue("period-empty", field="period", value=f"{self.start}/{self.end}")

    @property
    def last_day(self) -> date:
        """The last day inside, as it is printed."""
        return self.end - timedelta(days=1)

    def covers(self, day: date) -> bool:
        """Whether `day` lies inside."""
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.last_day.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`2026-01/2026-05` is January to May, both included; a single part is that year, quarter, month or day."""
        first, _, last = text.partition("/")
        start = PartialDate.parse(first)
        end = PartialDate.parse(last) if last else start
        if end.end <= start.first:
            raise InvalidValue("period-empty", field="period", value=text)
        return cls(start.first, end.end)

    @classmethod
    def year_to_date(cls, day: date) -> "Period":
        """1 January to `day`, both included."""
        return cls(date(day.year, 1, 1), day + timedelta(days=1))

    def months(self) -> list["Period"]:
        """The calendar months it touches, cut to the period."""
        found: list[Period] = []
        cursor = self.start
        while cursor < self.end:
            width = monthrange(cursor.year, cursor.month)[1] - cursor.day + 1
            stop = min(self.end, cursor + timedelta(days=width))
            found.append(Period(cursor, stop))
            cursor = stop
        return found
