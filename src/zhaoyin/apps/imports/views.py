"""Pages of the import: files in, the sheet with its columns, the report, questions, import, undo."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING
from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.imports import access, actions, presentation, queries
from zhaoyin.apps.imports.forms import ReportingForm, TermsForm, UploadForm
from zhaoyin.apps.imports.words import FIELD_LABELS, UNIT_CHOICES
from zhaoyin.apps.jobs.presentation import job_view
from zhaoyin.apps.projects.forms import CURRENCY_LABELS
from zhaoyin.apps.taskforces.queries import project_choices
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError


def _to(request: ZoneRequest, name: str, *args: object, query: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"imports:{name}", args=[request.zone.slug, *args]) + query)


def _force_choices(request: ZoneRequest) -> tuple[list[tuple[str, str]], bool]:
    """(task forces to choose from, whether one must be chosen)."""
    everything = request.viewer.has(WRITES_EVERYTHING)
    found = project_choices(request.viewer, writes_everything=everything, language=get_language() or "zh-hans")
    return list(found.task_force), not everything


@require_safe
def batch_list(request: ZoneRequest) -> HttpResponse:
    """Imports, newest first."""
    page = queries.batch_page(
        viewer=request.viewer, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    return render(request, "imports/list.html", {"page": page, "may_import": access.may_import(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ZoneRequest) -> HttpResponse:
    """Bring files in."""
    access.require_importer(request.viewer)
    forces, must = _force_choices(request)
    if request.method != "POST":
        return render(request, "imports/new.html", {"form": UploadForm(task_forces=forces, must=must)})
    form = UploadForm(request.POST, request.FILES, task_forces=forces, must=must)
    status = 422
    if form.is_valid():
        try:
            batch = actions.receive_ledgers(
                viewer=request.viewer, uploads=form.uploads(_("粘贴的表格.txt")), terms=form.terms()
            )
        except DomainError as error:
            form.add_error("ledgers", words(error))
            status = status_of(error)
        else:
            return _to(request, "batch", batch.pk)
    return render(request, "imports/new.html", {"form": form}, status=status)


@require_safe
def batch(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """The report of the dry run, what was written, and the questions."""
    found = access.get_batch(request.viewer, batch_id)
    show = request.GET.get("show", "")
    page = queries.row_page(
        batch=found, show=show, file=request.GET.get("file", ""), after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )  # fmt: skip
    names = queries.names_of(zone_id=found.zone_id, ids=presentation.ids_in(page.rows))
    files = queries.files_of(batch=found)
    context = {
        "batch": found,
        "job": job_view(queries.job_of(batch=found)),
        "files": [(file, presentation.file_problem(file), _file_sums(file)) for file in files],
        "tally": queries.tally(batch=found),
        "page": page,
        "cards": [presentation.card(row, names) for row in page.rows],
        "show": show,
        "shows": _shows(),
        "kept": queries.kept_rows(batch=found) if found.state == "undone" else [],
        "may_import": access.may_import(request.viewer),
    }
    return render(request, "imports/batch.html", context)


def _shows() -> list[tuple[str, str]]:
    return [
        ("", _("全部")), ("asked", _("待回答")), ("new", _("新增")), ("changed", _("变更")), ("same", _("相同")),
        ("suspicious", _("可疑")), ("refused", _("有误")),
    ]  # fmt: skip


def _file_sums(file: object) -> dict[str, int]:
    """Checks that do not agree, columns that were not understood, records."""
    tables = getattr(file, "tables", [])
    checks = [check for table in tables for check in table["checks"]]
    return {
        "records": sum(table["records"] for table in tables),
        "checks": len(checks),
        "wrong": sum(not check["agrees"] for check in checks),
        "columns": sum(not column["field"] for table in tables for column in table["columns"]),
    }


@require_safe
def progress(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """The bar alone; when the work is over the page loads again."""
    found = access.get_batch(request.viewer, batch_id)
    job = job_view(queries.job_of(batch=found))
    answer = render(request, "imports/progress.html", {"batch": found, "job": job})
    if job is None or not job.open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def stop(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """Stop the work; what is written stays."""
    actions.stop(viewer=request.viewer, batch_id=batch_id)
    messages.info(request, _("正在停止；已写好的部分保留。"))
    return _to(request, "batch", batch_id)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ZoneRequest, file_id: UUID) -> HttpResponse:
    """The sheet as it is, its columns coloured by what was understood, each with a choice."""
    found = access.get_file(request.viewer, file_id)
    if request.method == "POST":
        return _choose(request, found.batch_id, file_id)
    initial = {"reporting_on": found.reporting_on}
    context = {
        "file": found,
        "batch": found.batch,
        "problem": presentation.file_problem(found),
        "tables": presentation.tables(found),
        "fields": FIELD_LABELS.items(),
        "units": UNIT_CHOICES,
        "currencies": CURRENCY_LABELS.items(),
        "form": ReportingForm(initial=initial),
        "may_change": access.may_import(request.viewer) and found.batch.state in {"checked", "reading"},
    }
    return render(request, "imports/file.html", context)


def _choose(request: ZoneRequest, batch_id: UUID, file_id: UUID) -> HttpResponse:
    """Only what differs from what was shown is a choice."""
    access.get_file_for_change(request.viewer, file_id)
    form = ReportingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("台账截止日期不对，没有保存。"))
        return _to(request, "file", file_id)
    choices: dict[str, dict[str, object]] = {}
    for key, value in request.POST.items():
        name, _dash, index = key.rpartition("-")
        if (
            name in {"field", "unit", "currency"}
            and index.isdecimal()
            and value != request.POST.get(f"was_{key}", value)
        ):
            choices.setdefault(index, {})[name] = value
            if name == "field":
                choices[index]["ignored"] = value == "-"
                choices[index]["field"] = "" if value == "-" else value
    actions.choose_columns(
        viewer=request.viewer,
        file_id=file_id,
        table=request.POST.get("table", ""),
        choices=choices,
        reporting_on=form.cleaned_data["reporting_on"],
    )
    return _to(request, "batch", batch_id)


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """Sender, default task force, contacts."""
    found = access.get_batch_for_change(request.viewer, batch_id)
    forces, must = _force_choices(request)
    initial = {
        "sender": found.sender, "task_force": str(found.task_force_id or ""), "date_by_report": found.date_by_report,
        "contact_basis": found.contact_basis, "contacts_until": found.contacts_until,
    }  # fmt: skip
    if request.method != "POST":
        form = TermsForm(initial=initial, task_forces=forces, must=must)
        return render(request, "imports/terms.html", {"form": form, "batch": found})
    form = TermsForm(request.POST, task_forces=forces, must=must)
    status = 422
    if form.is_valid():
        try:
            actions.change_terms(viewer=request.viewer, batch_id=batch_id, terms=form.terms())
        except DomainError as error:
            form.add_error(None, words(error))
            status = status_of(error)
        else:
            return _to(request, "batch", batch_id)
    return render(request, "imports/terms.html", {"form": form, "batch": found}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """What the sender's words for industries, task forces and units mean here."""
    found = access.get_batch_for_change(request.viewer, batch_id)
    if request.method == "POST":
        said = {key.removeprefix("w:"): str(value) for key, value in request.POST.items() if key.startswith("w:")}
        actions.choose_names(viewer=request.viewer, batch_id=batch_id, names=said)
        return _to(request, "batch", batch_id)
    industries, placings = queries.word_choices(batch=found)
    context = {"batch": found, "groups": [("industry", _("产业"), industries), ("unit", _("专班或单位"), placings)]}
    return render(request, "imports/names.html", context)


@require_POST
def again(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """The dry run once more."""
    actions.check_again(viewer=request.viewer, batch_id=batch_id)
    return _to(request, "batch", batch_id)


@require_POST
def start(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """Import."""
    actions.start_import(viewer=request.viewer, batch_id=batch_id)
    return _to(request, "batch", batch_id)


@require_POST
def undo(request: ZoneRequest, batch_id: UUID) -> HttpResponse:
    """Take the whole import back."""
    actions.start_undo(viewer=request.viewer, batch_id=batch_id)
    return _to(request, "batch", batch_id)


@require_POST
def answer(request: ZoneRequest, import_row_id: UUID) -> HttpResponse:
    """An answer to one question; the row alone for htmx."""
    given = {key.removeprefix("q:"): str(value) for key, value in request.POST.items() if key.startswith("q:")}
    row = actions.answer(viewer=request.viewer, row_id=import_row_id, answers=given)
    if not _is_htmx(request):
        return _to(request, "batch", row.batch_id, query=f"?show=asked#r{row.position}")
    names = queries.names_of(zone_id=row.zone_id, ids=presentation.ids_in([row]))
    context = {"card": presentation.card(row, names), "may_import": True, "batch": row.batch}
    return render(request, "imports/row.html", context)


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


@require_POST
def forget(request: ZoneRequest, file_id: UUID) -> HttpResponse:
    """Redact a file and every copy of its words."""
    found = access.get_file_for_change(request.viewer, file_id)
    actions.forget_file(viewer=request.viewer, file_id=file_id)
    messages.success(request, _("内容已清除；指纹、位置和处理记录仍保留。"))
    return _to(request, "batch", found.batch_id)
