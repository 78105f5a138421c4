"""Addresses of trip pages."""

from django.urls import path

from zhaoyin.apps.trips import stop_views, views

app_name = "trips"
urlpatterns = [
    path("trips/", views.trip_list, name="list"),
    path("trips/new/", views.trip_new, name="new"),
    path("trips/campaigns/new/", views.campaign_new, name="campaign"),
    path("trips/territories/", views.territories, name="territories"),
    path("trips/calendar/", views.calendar, name="calendar"),
    path("trips/travel/", views.travel_times, name="travel"),
    path("trips/stops/<uuid:stop_id>/", stop_views.stop_page, name="stop"),
    path("trips/stops/<uuid:stop_id>/pin/", stop_views.stop_pin, name="pin"),
    path("trips/stops/<uuid:stop_id>/answer/", stop_views.stop_answer, name="answer"),
    path("trips/stops/<uuid:stop_id>/note/", stop_views.stop_note, name="note"),
    path("trips/stops/<uuid:stop_id>/briefing.<str:form>", stop_views.stop_briefing, name="briefing"),
    path("trips/<uuid:trip_id>/", views.planner, name="planner"),
    path("trips/<uuid:trip_id>/edit/", views.trip_edit, name="edit"),
    path("trips/<uuid:trip_id>/close/", views.trip_close, name="close"),
    path("trips/<uuid:trip_id>/candidates/", views.candidates, name="candidates"),
    path("trips/<uuid:trip_id>/stops/new/", views.stop_new, name="stop-new"),
    path("trips/<uuid:trip_id>/plan/", views.plan, name="plan"),
    path("trips/<uuid:trip_id>/publish/", views.publish, name="publish"),
    path("trips/<uuid:trip_id>/what-if/", views.what_if, name="what-if"),
    path("trips/<uuid:trip_id>/day/", stop_views.trip_day, name="day"),
    path("trips/<uuid:trip_id>/report/", stop_views.trip_report, name="report"),
    path("trips/<uuid:trip_id>/report.<str:form>", stop_views.trip_report_file, name="report-file"),
]
