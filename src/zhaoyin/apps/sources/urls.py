"""Addresses of documents as received, under /z/<zone_slug>/documents/."""

from django.urls import path

from zhaoyin.apps.sources import views

app_name = "sources"
urlpatterns = [
    path("documents/<uuid:document_id>/", views.document_page, name="document"),
    path("documents/<uuid:document_id>/download/", views.document_download, name="download"),
]
