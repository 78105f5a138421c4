"""The war room's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhaoyin.apps.dashboard import war_room
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.reports import forms, presentation
from zhaoyin.apps.reports.presentation import Links
from zhaoyin.apps.ui.messages import status_of, words


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """The war room; `?wall=1` refreshes itself and needs no hand."""
    viewer = forms.viewer_of(request)
    given, asked, error = forms.asked_of(request)
    links = Links(forms.slug_of(request), {} if error else given)
    shown = war_room.build(
        viewer=viewer, asked=asked, links=links, projects_url=reverse("projects:list", args=[forms.slug_of(request)])
    )
    context = {
        **shown,
        "wall": request.GET.get("wall") == "1",
        "now": clock.now(),
        "error": words(error) if error else "",
        "figures_url": links.figures(),
        "basis": presentation.basis(shown["answer"]),  # type: ignore[arg-type]
    }
    return render(request, "dashboard/war_room.html", context, status=status_of(error) if error else 200)
