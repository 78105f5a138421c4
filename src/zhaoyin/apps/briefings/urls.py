"""Addresses of briefings, under /z/<zone_slug>/briefings/."""

from django.urls import path

from zhaoyin.apps.briefings import views

app_name = "briefings"
urlpatterns = [
    path("briefings/", views.briefing_list, name="list"),
    path("briefings/new/", views.compose, name="compose"),
    path("briefings/preview/", views.preview, name="preview"),
    path("briefings/templates/", views.template_list, name="templates"),
    path("briefings/templates/sample/", views.sample, name="sample"),
    path("briefings/templates/<uuid:template_id>/retire/", views.retire_template, name="retire"),
    path("briefings/schedules/", views.schedule_list, name="schedules"),
    path("briefings/schedules/<uuid:schedule_id>/stop/", views.stop_schedule, name="stop"),
    path("briefings/<uuid:briefing_id>/", views.detail, name="detail"),
    path("briefings/<uuid:briefing_id>/edit/", views.edit, name="edit"),
    path("briefings/<uuid:briefing_id>/refresh/", views.refresh, name="refresh"),
    path("briefings/<uuid:briefing_id>/finish/", views.finish, name="finish"),
    path("briefings/<uuid:briefing_id>/remove-text/", views.remove_text, name="remove_text"),
    path("briefings/<uuid:briefing_id>/download/", views.download, name="download"),
]
