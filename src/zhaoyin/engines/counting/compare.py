"""Figures beside targets, time and earlier periods: exact numbers, and None where a share would mean nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting.result import percent


@dataclass(frozen=True, slots=True)
class Progress:
    """序时进度: percent of the target, percent of the time, and how many points the first is ahead of the second."""

    achieved: Decimal
    elapsed: Decimal
    ahead: Decimal


def progress(value: Decimal, target: Decimal, *, period: Period, on: date) -> Progress:
    """How far a figure has come on a day of the period for which the target is set; two decimals, half up.

    The day itself has passed. InvalidValue `target-not-positive` for a target of zero or less; before the period no time has
    passed, after it all of it.
    """
    if target <= 0:
        raise InvalidValue("target-not-positive", field="target", value=format(target, "f"))
    days = (period.end - period.start).days
    passed = min(max((on - period.start).days + 1, 0), days)
    achieved, elapsed = percent(value, target), percent(Decimal(passed), Decimal(days))
    assert achieved is not None and elapsed is not None
    return Progress(achieved, elapsed, achieved - elapsed)


@dataclass(frozen=True, slots=True)
class Movement:
    """From one value to another: the difference, and its percent of the first; None when the first is zero."""

    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """After less before."""
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """To two decimals, half up."""
        return percent(self.difference, self.before)


def year_before(period: Period) -> Period:
    """The same days a year earlier (同比); 29 February becomes the 28th."""
    return Period(_back(period.start), _back(period.last_day) + timedelta(days=1))


def period_before(period: Period) -> Period:
    """The stretch just before it (环比): as many months when it is of whole months, else as many days."""
    whole = period.start.day == 1 and period.end.day == 1
    if not whole:
        return Period(period.start - (period.end - period.start), period.start)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    place = period.start.year * 12 + period.start.month - 1 - months
    return Period(date(place // 12, place % 12 + 1, 1), period.start)


def _back(day: date) -> date:
    last_of_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if last_of_february else day.day)
