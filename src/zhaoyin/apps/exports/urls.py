"""Addresses of templates, under /z/<zone_slug>/exports/."""

from django.urls import path

from zhaoyin.apps.exports import views

app_name = "exports"
urlpatterns = [
    path("exports/", views.fill, name="fill"),
    path("exports/download/", views.download, name="download"),
    path("exports/templates/", views.template_list, name="list"),
    path("exports/templates/<uuid:template_id>/", views.template, name="template"),
    path("exports/templates/<uuid:template_id>/retire/", views.retire, name="retire"),
]
