"""Addresses of project pages, under /z/<zone_slug>/projects/."""

from django.urls import path

from zhaoyin.apps.projects import double_views, views

app_name = "projects"
urlpatterns = [
    path("projects/", views.project_list, name="list"),
    path("projects/export/", views.project_export, name="export"),
    path("projects/board/", views.project_board, name="board"),
    path("projects/new/", views.project_new, name="new"),
    path("projects/similar/", views.project_similar, name="similar"),
    path("projects/doubles/", double_views.pair_list, name="doubles"),
    path("projects/doubles/search/", double_views.search, name="doubles_search"),
    path("projects/doubles/progress/", double_views.search_progress, name="doubles_progress"),
    path("projects/doubles/decide/", double_views.decide, name="doubles_decide"),
    path("projects/doubles/merge/", double_views.merge, name="doubles_merge"),
    path("projects/<uuid:project_id>/doubles/", double_views.of_project, name="project_doubles"),
    path("projects/<uuid:project_id>/", views.project_detail, name="detail"),
    path("projects/<uuid:project_id>/edit/", views.project_edit, name="edit"),
    path("projects/<uuid:project_id>/advance/", views.project_advance, name="advance"),
    path("projects/<uuid:project_id>/merge/", views.project_merge, name="merge"),
    path("projects/<uuid:project_id>/unmerge/", views.project_unmerge, name="unmerge"),
    path("projects/<uuid:project_id>/events/<uuid:event_id>/correct/", views.project_correct, name="correct"),
]
