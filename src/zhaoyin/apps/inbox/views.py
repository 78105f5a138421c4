"""The list of everything that is due."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.inbox import access, actions, queries
from zhaoyin.apps.inbox.presentation import shown
from zhaoyin.domain.errors import InvalidValue


@require_safe
def inbox(request: ZoneRequest) -> HttpResponse:
    """Open items, the most urgent first."""
    viewer = request.viewer
    lines = queries.open_items(viewer=viewer)
    actions.note_delivered(viewer=viewer, item_ids=[line.item.pk for line in lines])
    return render(request, "inbox/list.html", {"lines": shown(lines)})


@require_POST
def answer(request: ZoneRequest, item_id: UUID) -> HttpResponse:
    """Done, or later."""
    viewer, act = request.viewer, request.POST.get("act", "")
    access.get_for_change(viewer, item_id)
    try:
        version = int(request.POST.get("version", ""))
    except ValueError as error:
        raise InvalidValue("not-a-number", field="version", value=request.POST.get("version", "")) from error
    if act == "done":
        actions.close(viewer=viewer, item_id=item_id, version=version)
        messages.success(request, _("已办结。"))
    else:
        try:
            until = date.fromisoformat(request.POST.get("until", ""))
        except ValueError as error:
            raise InvalidValue("date-malformed", field="until", value=request.POST.get("until", "")) from error
        actions.snooze(viewer=viewer, item_id=item_id, until=until, version=version)
        messages.success(request, _("已暂缓。"))
    return HttpResponseRedirect(reverse("inbox:list", args=[request.zone.slug]))
