"""Pages of the shell inside a zone: mounted at /z/<zone_slug>/."""

from django.urls import path

from zhaoyin.apps.ui import views

app_name = "zone"
urlpatterns = [
    path("", views.today, name="home"),
    path("search/", views.search, name="search"),
    path("search/palette/", views.palette, name="palette"),
]
