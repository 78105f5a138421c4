"""The ledger's clock: injected, so that a demo or a test can live in another time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("zhaoyin_clock", default=None)


def now() -> datetime:
    """This moment, or the moment set by `at`."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """This day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment` (aware)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def end_of_day(day: date) -> datetime:
    """The midnight that ends `day` in Shanghai."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)
