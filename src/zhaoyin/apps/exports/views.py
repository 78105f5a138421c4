"""Pages of templates: the list, one template's columns, filling from the project filter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.exports import access, actions, presentation, queries
from zhaoyin.apps.exports.forms import TemplateForm
from zhaoyin.apps.imports.words import UNIT_CHOICES
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.forms import CURRENCY_LABELS
from zhaoyin.apps.projects.views import FILTERS, filter_of
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError


def _to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"exports:{name}", args=[request.zone.slug, *args]))


@require_http_methods(["GET", "HEAD", "POST"])
def template_list(request: ZoneRequest) -> HttpResponse:
    """Templates of the zone; a new one is uploaded here."""
    viewer, status = request.viewer, 200
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        access.require_adder(viewer)
        status = 422
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                found = actions.add_template(
                    viewer=viewer, name=form.cleaned_data["name"], file_name=upload.name or "", content=upload.read()
                )
            except DomainError as error:
                form.add_error("file", words(error))
                status = status_of(error)
            else:
                messages.success(request, _("模板已保存。请看一下各列的含义对不对。"))
                return _to(request, "template", found.pk)
    context = {"rows": queries.templates(viewer=viewer), "form": form, "may_add": access.may_add(viewer)}
    return render(request, "exports/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: ZoneRequest, template_id: UUID) -> HttpResponse:
    """What each column of a template is taken for; who may change it says otherwise."""
    found = access.get_visible(request.viewer, template_id)
    if request.method == "POST":
        return _choose(request, template_id)
    problem, table = "", None
    try:
        table = queries.main_table(queries.understood(found))
    except DomainError as error:
        problem = words(error)
    context = {
        "template": found, "problem": problem, "may_change": access.may_change(request.viewer, found),
        "table": table, "key": queries.key_of(table) if table else "",
        "columns": presentation.columns(table, found.choices.get(queries.key_of(table), {})) if table else [],
        "fields": presentation.field_choices(), "units": UNIT_CHOICES, "currencies": CURRENCY_LABELS.items(),
    }  # fmt: skip
    return render(request, "exports/template.html", context)


def _choose(request: ZoneRequest, template_id: UUID) -> HttpResponse:
    """Only what differs from what was shown is a choice."""
    choices: dict[str, dict[str, object]] = {}
    for key, value in request.POST.items():
        name, _dash, index = key.rpartition("-")
        if (
            name not in {"field", "unit", "currency"}
            or not index.isdecimal()
            or value == request.POST.get(f"was_{key}", value)
        ):
            continue
        given = choices.setdefault(index, {})
        given[name] = "" if value == "-" else value
        if name == "field":
            given["ignored"] = value in {"-", ""}
    try:
        actions.choose_columns(
            viewer=request.viewer, template_id=template_id, table=request.POST.get("table", ""), choices=choices
        )
    except DomainError as error:
        if status_of(error) in {403, 404}:
            raise
        messages.error(request, words(error))
    else:
        messages.success(request, _("已保存。"))
    return _to(request, "template", template_id)


@require_POST
def retire(request: ZoneRequest, template_id: UUID) -> HttpResponse:
    """No longer offer a template."""
    actions.retire_template(viewer=request.viewer, template_id=template_id)
    messages.success(request, _("模板已停用。"))
    return _to(request, "list")


def _asked(request: ZoneRequest) -> list[UUID]:
    found = []
    for text in request.GET.getlist("t")[: actions.MOST_AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@require_safe
def fill(request: ZoneRequest) -> HttpResponse:
    """Choose templates for the projects of the filter; then what came of each, before it is downloaded."""
    viewer, asked, wanted = request.viewer, _asked(request), filter_of(request)
    outcomes, problem, status = [], "", 200
    if asked:
        try:
            done = actions.fill_templates(
                viewer=viewer, template_ids=asked, wanted=wanted, sort=request.GET.get("sort", "")
            )
            outcomes = [
                presentation.outcome(one, reverse("exports:template", args=[request.zone.slug, one.template.pk])) for one in done
            ]  # fmt: skip
        except DomainError as error:
            problem, status = words(error), status_of(error)
    given = [(name, getattr(wanted, name)) for name in FILTERS if getattr(wanted, name)]
    context = {
        "rows": [(row, row.pk in asked) for row in queries.templates(viewer=viewer)], "outcomes": outcomes, "problem": problem,
        "filters": given, "sort": request.GET.get("sort", ""), "query": request.GET.urlencode(),
        "ready": any(not one.error for one in outcomes), "may_add": access.may_add(viewer),
    }  # fmt: skip
    return render(request, "exports/fill.html", context, status=status)


@require_safe
def download(request: ZoneRequest) -> HttpResponse:
    """The filled template; a zip when several were chosen."""
    viewer, wanted, sort = request.viewer, filter_of(request), request.GET.get("sort", "")
    found = actions.export(
        viewer=viewer,
        template_ids=_asked(request),
        wanted=wanted,
        sort=sort,
        on=clock.today(),
        remarks=presentation.remarks_of,
    )
    return HttpResponse(found.content, headers=actions.headers(found))
