"""Addresses of the import, under /z/<zone_slug>/imports/."""

from django.urls import path

from zhaoyin.apps.imports import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.batch_list, name="list"),
    path("imports/new/", views.new, name="new"),
    path("imports/<uuid:batch_id>/", views.batch, name="batch"),
    path("imports/<uuid:batch_id>/progress/", views.progress, name="progress"),
    path("imports/<uuid:batch_id>/stop/", views.stop, name="stop"),
    path("imports/<uuid:batch_id>/terms/", views.terms, name="terms"),
    path("imports/<uuid:batch_id>/names/", views.names, name="names"),
    path("imports/<uuid:batch_id>/again/", views.again, name="again"),
    path("imports/<uuid:batch_id>/import/", views.start, name="start"),
    path("imports/<uuid:batch_id>/undo/", views.undo, name="undo"),
    path("imports/files/<uuid:file_id>/", views.file, name="file"),
    path("imports/files/<uuid:file_id>/forget/", views.forget, name="forget"),
    path("imports/rows/<uuid:import_row_id>/answer/", views.answer, name="answer"),
]
