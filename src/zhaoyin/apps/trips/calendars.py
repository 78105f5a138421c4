"""A person's published meetings as iCalendar, behind a secret link."""

import hashlib
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from zhaoyin.apps.accounts.access import current_roles
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.trips import queries
from zhaoyin.apps.trips.forms import city_words
from zhaoyin.apps.trips.models import CalendarFeed
from zhaoyin.domain.errors import NotVisible

BACK_DAYS, AHEAD_DAYS = 60, 180


def feed_of(secret: str) -> CalendarFeed:
    """The feed behind a secret; NotVisible when it was ended or its person has no role in the zone any more."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    feed = (
        CalendarFeed.objects.select_related("person", "zone")
        .filter(secret_sha256=digest, ended_at__isnull=True)
        .first()
    )
    if feed is None or not feed.person.is_active:
        raise NotVisible("not-found")
    if feed.zone_id not in current_roles(person_id=feed.person_id, on=clock.today()):
        raise NotVisible("not-found")
    return feed


def calendar_of(feed: CalendarFeed) -> bytes:
    """The person's meetings of the last two and the next six months; the same meeting keeps its identity when it moves."""
    today = clock.today()
    meetings = queries.published_meetings(
        zone_id=feed.zone_id,
        person_id=feed.person_id,
        since=today - timedelta(days=BACK_DAYS),
        until=today + timedelta(days=AHEAD_DAYS),
    )
    calendar = Calendar()
    calendar.add("prodid", "-//Zhaoyin//Trips//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"招引 {feed.zone.name}")
    calendar.refresh_interval = timedelta(minutes=15)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: queries.Meeting) -> Event:
    stop = meeting.stop
    event = Event()
    event.add("uid", f"{stop.pk}@zhaoyin")
    event.add("sequence", meeting.number)
    event.add("dtstamp", datetime.combine(stop.created_at.date(), time(), clock.SHANGHAI))
    event.add("dtstart", _moment(meeting.day, meeting.starts))
    event.add("dtend", _moment(meeting.day, meeting.ends))
    event.add("summary", stop.title)
    event.add("location", f"{city_words(stop.city)} {stop.address}".strip())
    status = {"cancelled": "CANCELLED", "confirmed": "CONFIRMED", "held": "CONFIRMED"}.get(stop.state, "TENTATIVE")
    event.add("status", status)
    event.add("description", meeting.trip.name)
    return event


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI) + timedelta(minutes=minutes)
