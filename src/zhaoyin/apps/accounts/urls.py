"""Pages of people inside a zone."""

from django.urls import path

from zhaoyin.apps.accounts import views

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/invite/", views.invite, name="invite"),
    path("people/add/", views.add_existing, name="add_existing"),
    path("people/tokens/", views.tokens, name="tokens"),
    path("people/tokens/<uuid:token_id>/revoke/", views.revoke_token, name="revoke_token"),
    path("people/grants/", views.grants, name="grants"),
    path("people/grants/<uuid:grant_id>/withdraw/", views.withdraw_grant, name="withdraw_grant"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/<uuid:person_id>/edit/", views.edit, name="edit"),
    path("people/<uuid:person_id>/roles/", views.roles, name="roles"),
    path("people/<uuid:person_id>/reset/", views.reset, name="reset"),
    path("people/<uuid:person_id>/deactivate/", views.deactivate, name="deactivate"),
    path("people/<uuid:person_id>/reactivate/", views.reactivate, name="reactivate"),
]
