"""Addresses of figure pages, under /z/<zone_slug>/."""

from django.urls import path

from zhaoyin.apps.reports import freeze_views, views

app_name = "reports"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/export/", views.figures_export, name="export"),
    path("figures/publish/", views.publish, name="publish"),
    path("figures/explore/", freeze_views.pivot, name="pivot"),
    path("figures/league/", freeze_views.league, name="league"),
    path("figures/compare/", freeze_views.compare, name="compare"),
    path("figures/freezes/", freeze_views.freeze_list, name="freezes"),
    path("figures/freezes/new/", freeze_views.freeze, name="freeze-new"),
    path("figures/freezes/<uuid:freeze_id>/", freeze_views.freeze_page, name="freeze"),
    path("figures/packs/", freeze_views.pack_list, name="packs"),
    path("figures/packs/<str:pack>/", freeze_views.pack_page, name="pack"),
    path("figures/rates/", freeze_views.rate_list, name="rates"),
]
