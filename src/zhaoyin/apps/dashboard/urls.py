"""Address of the war room, under /z/<zone_slug>/."""

from django.urls import path

from zhaoyin.apps.dashboard import views

app_name = "dashboard"
urlpatterns = [path("dashboard/", views.dashboard, name="home")]
