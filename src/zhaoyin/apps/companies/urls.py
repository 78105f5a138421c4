"""Addresses of company pages, under /z/<zone_slug>/companies/."""

from django.urls import path

from zhaoyin.apps.companies import views

app_name = "companies"
urlpatterns = [
    path("companies/", views.company_list, name="list"),
    path("companies/new/", views.company_new, name="new"),
    path("companies/alike/", views.company_alike, name="alike"),
    path("companies/<uuid:company_id>/merge/", views.company_merge, name="merge"),
    path("companies/<uuid:company_id>/unmerge/", views.company_unmerge, name="unmerge"),
    path("companies/<uuid:company_id>/", views.company_detail, name="detail"),
    path("companies/<uuid:company_id>/edit/", views.company_edit, name="edit"),
    path("companies/<uuid:company_id>/names/new/", views.company_name, name="name"),
    path("companies/<uuid:company_id>/contacts/new/", views.contact_new, name="contact_new"),
    path("companies/<uuid:company_id>/contacts/<uuid:contact_id>/remove/", views.contact_remove, name="contact_remove"),
]
