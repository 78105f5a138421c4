"""Outside any zone: the root, the first run, one-time links."""

from django.urls import path

from zhaoyin.apps.accounts import views

urlpatterns = [
    path("", views.root, name="root"),
    path("zones/", views.choose_zone, name="choose_zone"),
    path("start/", views.first_run, name="first_run"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
]
