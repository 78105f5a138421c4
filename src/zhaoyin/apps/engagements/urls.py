"""Addresses of engagement pages."""

from django.urls import path

from zhaoyin.apps.engagements import views

app_name = "engagements"
urlpatterns = [
    path("engagements/", views.engagement_list, name="list"),
    path("projects/<uuid:project_id>/engagements/new/", views.engagement_new, name="new"),
    path("engagements/<uuid:engagement_id>/step/", views.engagement_step, name="step"),
]
