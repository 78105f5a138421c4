"""The calendar link: outside the zones, because a calendar program has no session."""

from django.urls import path

from zhaoyin.apps.trips.feed_views import feed

urlpatterns = [path("calendar/<str:secret>.ics", feed, name="trip-calendar")]
