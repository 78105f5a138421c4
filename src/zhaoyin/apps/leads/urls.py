"""Addresses of lead pages, under /z/<zone_slug>/leads/."""

from django.urls import path

from zhaoyin.apps.leads import views

app_name = "leads"
urlpatterns = [
    path("leads/", views.lead_list, name="list"),
    path("leads/new/", views.lead_new, name="new"),
    path("leads/<uuid:lead_id>/", views.lead_detail, name="detail"),
    path("leads/<uuid:lead_id>/assign/", views.lead_assign, name="assign"),
    path("leads/<uuid:lead_id>/drop/", views.lead_drop, name="drop"),
    path("leads/<uuid:lead_id>/reopen/", views.lead_reopen, name="reopen"),
]
