"""The calendar feed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhaoyin.apps.trips.calendars import calendar_of, feed_of


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings of the person whose secret it is; 404 for any other."""
    response = HttpResponse(calendar_of(feed_of(secret)), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response
