"""Addresses of recognition pages."""

from django.urls import path

from zhaoyin.apps.recognition import views

app_name = "recognition"
urlpatterns = [
    path("recognitions/", views.recognition_list, name="list"),
    path("recognitions/<uuid:recognition_id>/", views.recognition_detail, name="detail"),
    path("recognitions/<uuid:recognition_id>/step/", views.recognition_step, name="step"),
    path("projects/<uuid:project_id>/recognitions/new/", views.recognition_new, name="new"),
    path("projects/<uuid:project_id>/credit/", views.project_credit, name="credit"),
    path("projects/<uuid:project_id>/funds/", views.project_funds, name="funds"),
]
