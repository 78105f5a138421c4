"""Pages of engagements."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.engagements import access, actions, queries
from zhaoyin.apps.engagements.forms import FORM_LABELS, STATUS_LABELS, EngagementForm
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.access import get_for_change as project_for_change
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError


def _project(request: ZoneRequest, project_id: UUID | None) -> HttpResponseRedirect:
    slug = request.zone.slug
    if project_id is None:
        return HttpResponseRedirect(reverse("engagements:list", args=[slug]))
    return HttpResponseRedirect(reverse("projects:detail", args=[slug, project_id]) + "#panel-engagements")


@require_safe
def engagement_list(request: ZoneRequest) -> HttpResponse:
    """Engagements newest first; `?mine=1` for one's own."""
    mine = request.GET.get("mine") == "1"
    page = queries.engagement_page(
        viewer=request.viewer, mine=mine, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    rows = [
        {"row": row, "form": FORM_LABELS.get(row.form, row.form), "status": STATUS_LABELS.get(row.status, row.status)}
        for row in page.rows
    ]
    return render(request, "engagements/list.html", {"rows": rows, "page": page, "mine": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_new(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Record a meeting about a project."""
    viewer = request.viewer
    project = project_for_change(viewer, project_id)
    if request.method != "POST":
        initial = {"occurred": clock.today().isoformat(), "token": uuid4().hex}
        return render(request, "engagements/form.html", {"form": EngagementForm(initial=initial), "project": project})
    form = EngagementForm(request.POST)
    status = 422
    if form.is_valid():
        given = dict(form.cleaned_data)
        token = given.pop("token")
        draft = actions.EngagementDraft(**given, project_id=project.pk, company_id=project.investor_id)
        try:
            actions.record_engagement(viewer=viewer, draft=draft, idempotency_key=token)
        except DomainError as error:
            name = str(error.params.get("field", ""))
            form.add_error(name if name in form.fields else None, words(error))
            status = status_of(error)
        else:
            messages.success(request, _("会面已记录。"))
            return _project(request, project_id)
    return render(request, "engagements/form.html", {"form": form, "project": project}, status=status)


@require_POST
def engagement_step(request: ZoneRequest, engagement_id: UUID) -> HttpResponse:
    """Mark the next step done, a planned meeting held or cancelled."""
    viewer = request.viewer
    row = access.get_for_change(viewer, engagement_id)
    act = request.POST.get("act", "")
    if act == "done":
        actions.finish_step(viewer=viewer, engagement_id=engagement_id)
    elif act == "held":
        actions.hold(viewer=viewer, engagement_id=engagement_id, note="")
    elif act == "cancel":
        actions.cancel(viewer=viewer, engagement_id=engagement_id)
    else:
        raise DomainError("not-an-option", value=act)
    messages.success(request, _("已更新。"))
    return _project(request, row.project_id)
