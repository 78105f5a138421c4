"""Addresses of the review, under /z/<zone_slug>/intake/."""

from django.urls import path

from zhaoyin.apps.intake import views

app_name = "intake"
urlpatterns = [
    path("intake/", views.reading_list, name="list"),
    path("intake/new/", views.new, name="new"),
    path("intake/documents/<uuid:document_id>/", views.review, name="review"),
    path("intake/documents/<uuid:document_id>/accept/", views.accept_all, name="accept_all"),
    path("intake/documents/<uuid:document_id>/forget/", views.forget, name="forget"),
    path("intake/archives/<uuid:document_id>/", views.archive, name="archive"),
    path("intake/archives/<uuid:document_id>/progress/", views.archive_progress, name="archive_progress"),
    path("intake/drafts/<uuid:draft_id>/accept/", views.accept, name="accept"),
    path("intake/drafts/<uuid:draft_id>/refuse/", views.refuse, name="refuse"),
    path("intake/drafts/<uuid:draft_id>/undo/", views.undo, name="undo"),
    path("intake/drafts/<uuid:draft_id>/similar/", views.similar, name="similar"),
    path("leads/<uuid:lead_id>/convert/", views.convert, name="convert"),
]
