"""Addresses of figure pages, under /z/<zone_slug>/."""

from django.urls import path

from zhaoyin.apps.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("dashboard/", views.dashboard, name="home"),
    path("figures/", views.figures, name="figures"),
    path("figures/export/", views.figures_export, name="export"),
    path("figures/publish/", views.publish, name="publish"),
]
