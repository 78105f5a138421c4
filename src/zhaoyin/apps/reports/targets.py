"""Targets of the year and the share of it that has passed."""

from datetime import date
from decimal import Decimal

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.taskforces.models import Target
from zhaoyin.domain.period import Period

TARGET_OF = {
    "newly_negotiating": "newly_negotiating", "newly_signed": "newly_signed",
    "planned_total_of_newly_signed": "planned_total_investment",
}  # fmt: skip
"""Figure → indicator of the yearly targets (amounts in units of 100 m yuan)."""


def targets(*, viewer: Viewer, year: int) -> dict[tuple[str, str], Decimal]:
    """The latest target of each task force and indicator."""
    rows = Target.objects.filter(zone_id=viewer.zone_id, year=year).order_by("recorded_at", "id")
    return {(str(team), name): value for team, name, value in rows.values_list("task_force_id", "indicator", "value")}


def elapsed_share(period: Period, on: date) -> Decimal | None:
    """Share of the year that has passed, in percent; None when the period is not the year to date."""
    if (period.start.month, period.start.day) != (1, 1) or period.last_day.year != period.start.year:
        return None
    last = min(period.last_day, on)
    days = (date(last.year + 1, 1, 1) - date(last.year, 1, 1)).days
    return Decimal(((last - date(last.year, 1, 1)).days + 1) * 100) / days
