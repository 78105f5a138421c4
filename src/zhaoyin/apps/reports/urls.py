"""Addresses of figure pages, under /z/<zone_slug>/."""

from django.urls import path

from zhaoyin.apps.reports import views

app_name = "reports"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/export/", views.figures_export, name="export"),
    path("figures/publish/", views.publish, name="publish"),
]
