"""Pages of leads: list, page, new, assign, drop, reopen."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.leads import access, actions, presentation, queries
from zhaoyin.apps.leads.forms import SHOW_LABELS, AssignForm, DropForm, LeadForm, chosen
from zhaoyin.apps.taskforces.queries import people_choices, task_force_choices
from zhaoyin.apps.ui.components import Filter
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError


def _to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"leads:{name}", args=[request.zone.slug, *args]))


def _choices(request: ZoneRequest) -> dict[str, list[tuple[str, str]]]:
    language = get_language() or "zh-hans"
    return {
        "task_force": task_force_choices(zone_id=request.viewer.zone_id, language=language),
        "person": people_choices(request.viewer),
    }


@require_safe
def lead_list(request: ZoneRequest) -> HttpResponse:
    """Leads in the pool and under way; filters in the URL."""
    names = ("q", "show", "task_force")
    wanted = queries.LeadFilter(**{name: request.GET.get(name, "").strip()[:80] for name in names})
    page = queries.lead_page(
        viewer=request.viewer, wanted=wanted, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    task_forces = task_force_choices(zone_id=request.viewer.zone_id, language=get_language() or "zh-hans")
    shown = [(value, str(label)) for value, label in SHOW_LABELS.items() if value]
    filters = [
        Filter("q", _("关键词"), wanted.q),
        Filter("show", _("范围"), wanted.show, shown),
        Filter("task_force", _("专班"), wanted.task_force, task_forces),
    ]
    context = {
        "rows": [presentation.row(lead) for lead in page.rows],
        "page": page,
        "filters": filters,
        "may_write": access.may_write(request.viewer),
        "narrowed": any((wanted.q, wanted.show, wanted.task_force)),
    }
    return render(request, "leads/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_new(request: ZoneRequest) -> HttpResponse:
    """A lead by hand; the same form sent twice makes one lead."""
    access.require_writer(request.viewer)
    if request.method != "POST":
        form = LeadForm(initial={"token": uuid4().hex, "amount_unit": "1e8"}, choices=_choices(request))
        return render(request, "leads/form.html", {"form": form})
    form = LeadForm(request.POST, choices=_choices(request))
    status = 422
    if form.is_valid():
        try:
            lead_id = actions.open_lead(
                viewer=request.viewer, draft=_draft(form), idempotency_key=form.cleaned_data["token"] or None
            )
        except DomainError as error:
            form.add_error(None, words(error))
            status = status_of(error)
        else:
            messages.success(request, _("线索已登记。"))
            return _to(request, "detail", lead_id)
    return render(request, "leads/form.html", {"form": form}, status=status)


def _draft(form: LeadForm) -> actions.LeadDraft:
    given = form.cleaned_data
    return actions.LeadDraft(
        title=given["title"] or given["investor"],
        investor=given["investor"],
        product=given["product"],
        place=given["place"],
        planned_total=given["money"],
        jobs=given["jobs"],
        task_force_id=chosen(form, "task_force"),
        person_id=chosen(form, "person"),
    )


@require_safe
def lead_detail(request: ZoneRequest, lead_id: UUID) -> HttpResponse:
    """What is known, who follows it, its history, and the panels of downstream apps."""
    lead = access.get_visible(request.viewer, lead_id)
    return _page(request, lead, None, None, 200)


def _page(
    request: ZoneRequest, lead: object, assign: AssignForm | None, drop: DropForm | None, status: int
) -> HttpResponse:
    found = access.get_visible(request.viewer, lead.pk)  # type: ignore[attr-defined]
    lines = queries.history_lines(zone_id=request.viewer.zone_id, lead_id=found.pk)
    initial = {
        "task_force": str(found.task_force_id or ""), "person": str(found.person_id or ""), "version": found.version,
    }  # fmt: skip
    context = {
        "lead": found,
        "shown": presentation.row(found),
        "facts": presentation.facts(found),
        "entries": presentation.timeline(lines, presentation.document_link(request.zone.slug, found)),
        "may_write": access.may_write(request.viewer),
        "assign_form": assign or AssignForm(initial=initial, choices=_choices(request), prefix="assign"),
        "drop_form": drop or DropForm(initial={"version": found.version}, prefix="drop"),
    }
    return render(request, "leads/detail.html", context, status=status)


@require_POST
def lead_assign(request: ZoneRequest, lead_id: UUID) -> HttpResponse:
    """Give it to a task force and a person, or back to the pool."""
    lead = access.get_for_change(request.viewer, lead_id)
    form = AssignForm(request.POST, choices=_choices(request), prefix="assign")
    status = 422
    if form.is_valid():
        try:
            actions.assign_lead(
                viewer=request.viewer,
                lead_id=lead_id,
                person_id=chosen(form, "person"),
                task_force_id=chosen(form, "task_force"),
                expected_version=form.cleaned_data["version"],
            )
        except DomainError as error:
            form.add_error(None, words(error))
            status = status_of(error)
        else:
            messages.success(request, _("已分派。"))
            return _to(request, "list") if not _still_visible(request, lead_id) else _to(request, "detail", lead_id)
    return _page(request, lead, form, None, status)


def _still_visible(request: ZoneRequest, lead_id: UUID) -> bool:
    return access.visible_to(request.viewer).filter(pk=lead_id).exists()


@require_POST
def lead_drop(request: ZoneRequest, lead_id: UUID) -> HttpResponse:
    """Give it up with a reason."""
    lead = access.get_for_change(request.viewer, lead_id)
    form = DropForm(request.POST, prefix="drop")
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.drop_lead(
                viewer=request.viewer,
                lead_id=lead_id,
                reason=given["reason"],
                note=given["note"],
                expected_version=given["version"],
            )
        except DomainError as error:
            form.add_error(None, words(error))
            status = status_of(error)
        else:
            messages.success(request, _("已放弃，记录保留，可重新跟进。"))
            return _to(request, "detail", lead_id)
    return _page(request, lead, None, form, status)


@require_POST
def lead_reopen(request: ZoneRequest, lead_id: UUID) -> HttpResponse:
    """Take it up again."""
    actions.reopen_lead(viewer=request.viewer, lead_id=lead_id)
    messages.success(request, _("已重新跟进。"))
    return _to(request, "detail", lead_id)
