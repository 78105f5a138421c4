"""Addresses of assessment pages."""

from django.urls import path

from zhaoyin.apps.assessments import views

app_name = "assessments"
urlpatterns = [
    path("assessment/", views.assessment, name="assessment"),
    path("assessment/export/", views.assessment_file, name="export"),
    path("assessment/sign-off/", views.sign_off, name="sign-off"),
    path("assessment/signed/", views.signed_list, name="signed-list"),
    path("assessment/signed/<uuid:signed_id>/", views.signed, name="signed"),
    path("assessment/schemes/", views.scheme_list, name="schemes"),
    path("assessment/task-forces/<uuid:task_force_id>/steps/", views.simulator, name="simulator"),
    path("assessment/task-forces/<uuid:task_force_id>/exempt/", views.exempt, name="exempt"),
    path("hints/", views.hint_list, name="hints"),
    path("hints/<str:fingerprint>/", views.hint_answer, name="hint"),
]
