"""Pages of task forces inside a zone."""

from django.urls import path

from zhaoyin.apps.taskforces import views

app_name = "taskforces"
_one = "taskforces/<uuid:task_force_id>/"
urlpatterns = [
    path("taskforces/", views.overview, name="overview"),
    path("taskforces/new/", views.task_force_new, name="task_force_new"),
    path("taskforces/industries/", views.industries, name="industries"),
    path("taskforces/industries/new/", views.industry_form, name="industry_new"),
    path("taskforces/industries/<uuid:industry_id>/", views.industry_form, name="industry_edit"),
    path("taskforces/industries/<uuid:industry_id>/close/", views.industry_close, name="industry_close"),
    path("taskforces/industries/<uuid:industry_id>/leader/", views.leader, name="leader"),
    path("taskforces/industries/<uuid:industry_id>/taskforce/", views.industry_task_force, name="industry_task_force"),
    path("taskforces/units/", views.units, name="units"),
    path("taskforces/units/new/", views.unit_form, name="unit_new"),
    path("taskforces/units/<uuid:unit_id>/", views.unit_form, name="unit_edit"),
    path("taskforces/units/<uuid:unit_id>/close/", views.unit_close, name="unit_close"),
    path("taskforces/roster/", views.roster, name="roster"),
    path("taskforces/handovers/", views.hand_overs, name="hand_overs"),
    path("people/<uuid:person_id>/hand-over/", views.hand_over, name="hand_over"),
    path(_one, views.task_force, name="task_force"),
    path(f"{_one}edit/", views.task_force_edit, name="task_force_edit"),
    path(f"{_one}close/", views.task_force_close, name="task_force_close"),
    path(f"{_one}members/new/", views.member_new, name="member_new"),
    path(f"{_one}sponsors/new/", views.sponsor_new, name="sponsor_new"),
    path(f"{_one}territories/new/", views.territory_new, name="territory_new"),
    path(f"{_one}targets/new/", views.target_new, name="target_new"),
    path(f"{_one}end/<str:what>/<uuid:row_id>/", views.end, name="end"),
]
