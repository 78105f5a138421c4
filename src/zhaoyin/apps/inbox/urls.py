"""Addresses of the inbox."""

from django.urls import path

from zhaoyin.apps.inbox import views

app_name = "inbox"
urlpatterns = [
    path("inbox/", views.inbox, name="list"),
    path("inbox/<uuid:item_id>/", views.answer, name="answer"),
]
