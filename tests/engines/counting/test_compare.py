"""Targets, time passed, earlier periods."""

from datetime import date
from decimal import Decimal

import pytest

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting.compare import Movement, period_before, progress, year_before

YEAR = Period.parse("2026")


def test_it_says_how_many_points_a_figure_is_ahead_of_time() -> None:
    found = progress(Decimal(29), Decimal(50), period=YEAR, on=date(2026, 5, 31))
    assert (found.achieved, found.elapsed, found.ahead) == (Decimal("58.00"), Decimal("41.37"), Decimal("16.63"))


def test_it_counts_no_time_before_the_period_and_all_of_it_after() -> None:
    assert progress(Decimal(1), Decimal(1), period=YEAR, on=date(2025, 6, 1)).elapsed == 0
    assert progress(Decimal(1), Decimal(1), period=YEAR, on=date(2027, 6, 1)).elapsed == 100


@pytest.mark.parametrize("target", ["0", "-1"])
def test_it_refuses_a_target_of_nothing(target: str) -> None:
    with pytest.raises(InvalidValue, match="target-not-positive"):
        progress(Decimal(1), Decimal(target), period=YEAR, on=date(2026, 5, 31))


@pytest.mark.parametrize(
    ("period", "year", "before"),
    [
        ("2026-01/2026-05", "2025-01-01/2025-05-31", "2025-08-01/2025-12-31"),
        ("2024-02-29", "2023-02-28/2023-02-28", "2024-02-28/2024-02-28"),
        ("2026-05-03/2026-05-10", "2025-05-03/2025-05-10", "2026-04-25/2026-05-02"),
    ],
)
def test_it_finds_the_days_to_compare_with(period: str, year: str, before: str) -> None:
    days = Period.parse(period)
    assert (str(year_before(days)), str(period_before(days))) == (year, before)


def test_it_gives_no_percent_of_nothing() -> None:
    assert Movement(Decimal(0), Decimal(3)).percent is None
    assert Movement(Decimal(8), Decimal(6)).percent == Decimal("-25.00")
