"""The State Council's holidays as the package `chinesecalendar` (MIT) publishes them, up to its last year."""

from functools import cache

from chinese_calendar import constants

from zhaoyin.domain.working_time import Calendar


@cache
def state_calendar() -> Calendar:
    """Holidays are no working days, moved days (调休) are; `last_year` is the last year the package knows."""
    exceptions = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
    return Calendar(exceptions=exceptions, last_year=max(day.year for day in constants.holidays))
