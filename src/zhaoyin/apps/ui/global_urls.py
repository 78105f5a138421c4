"""Preferences: outside any zone."""

from django.urls import path

from zhaoyin.apps.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/language/", views.set_language, name="language"),
    path("ui/text-size/", views.set_text_size, name="text_size"),
]
