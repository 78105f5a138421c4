"""Pages of duplicate projects: the pairs of the zone, the likely doubles of one project, and what people decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.jobs.presentation import job_view
from zhaoyin.apps.projects import access, actions, doubles, likeness, presentation, queries
from zhaoyin.apps.projects.reasons import reason_words


@require_safe
def pair_list(request: ZoneRequest) -> HttpResponse:
    """Pairs of the last search that the viewer may see, likeliest first; `show=settled`: those said to be two."""
    viewer, settled = request.viewer, request.GET.get("show") == "settled"
    page = queries.pair_page(
        viewer=viewer, settled=settled, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    rows = [
        {
            "pair": pair, "percent": round(pair.score * 100), "sides": presentation.rows([pair.first, pair.second], request.zone.slug),
            "reasons": reason_words(pair.reasons),
        }
        for pair in page.rows
    ]  # fmt: skip
    job = doubles.last_search(viewer=viewer)
    context = {
        "rows": rows, "page": page, "settled": settled, "job": job_view(job), "may_search": access.may_author(viewer),
        "searched_at": job.finished_at if job else None,
    }  # fmt: skip
    return render(request, "projects/doubles.html", context)


@require_POST
def search(request: ZoneRequest) -> HttpResponse:
    """Look through the whole zone again, in the background."""
    doubles.look_for_doubles(viewer=request.viewer)
    return HttpResponseRedirect(reverse("projects:doubles", args=[request.zone.slug]))


@require_safe
def search_progress(request: ZoneRequest) -> HttpResponse:
    """The bar alone; when the search is over the page loads again."""
    job = job_view(doubles.last_search(viewer=request.viewer))
    answer = render(request, "projects/doubles_progress.html", {"job": job})
    if job is None or not job.open:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
def of_project(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Likely doubles of one project, with reasons and what may be done."""
    viewer = request.viewer
    project = access.get_visible(viewer, project_id)
    found = likeness.alike_to(viewer=viewer, project=project)
    shown = presentation.rows([one.project for one in found], request.zone.slug)
    rows = [
        {
            "row": row, "percent": round(one.score * 100), "certain": one.certain, "reasons": reason_words(one.reasons),
            "may_change": access.may_change(viewer, one.project),
        }
        for one, row in zip(found, shown, strict=True)
    ]  # fmt: skip
    context = {"project": project, "rows": rows, "may_change": access.may_change(viewer, project)}
    return render(request, "projects/project_doubles.html", context)


@require_POST
def decide(request: ZoneRequest) -> HttpResponse:
    """Two projects are two (`distinct=1`), or that word is taken back (`distinct=0`)."""
    distinct = request.POST.get("distinct") == "1"
    one, two = (_id(request.POST.get(name, "")) for name in ("one", "two"))
    doubles.decide_distinct(viewer=request.viewer, one=one, two=two, distinct=distinct)
    messages.success(request, _("已记下：不是同一个项目，不再提示。") if distinct else _("判定已撤回。"))
    return HttpResponseRedirect(_back(request))


@require_POST
def merge(request: ZoneRequest) -> HttpResponse:
    """`one` is the same project as `into`."""
    one, into = (_id(request.POST.get(name, "")) for name in ("one", "into"))
    actions.merge_project(viewer=request.viewer, project_id=one, into=into)
    messages.success(request, _("已合并。两个编号都保留，可随时取消。"))
    return HttpResponseRedirect(_back(request))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _back(request: ZoneRequest) -> str:
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("projects:doubles", args=[request.zone.slug])
