"""Pages of briefings: the list, composing with the sheet beside it, rewording, handing out, templates, schedules."""

import io
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhaoyin.adapters.office import FORMS
from zhaoyin.apps.accounts.access import WRITES_EVERYTHING
from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.briefings import access, actions, presentation, queries
from zhaoyin.apps.briefings.forms import ComposeForm, ScheduleForm, TemplateForm, weekday
from zhaoyin.apps.briefings.words import HINTS, KINDS, LANGUAGES, RHYTHMS, STATES
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.engines.counting.params import DEFAULT_PACK

GIVEN = ("kind", "language", *queries.QUESTION, "since", "task_force", "number", "project")
PASSED_ON = {403, 404}


def _to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"briefings:{name}", args=[request.zone.slug, *args]))


def _version(request: ZoneRequest) -> int:
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise InvalidValue("not-a-number", field="version", value=text[:20])
    return int(text)


def _template(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise InvalidValue("not-an-id", field="file", value=text[:40]) from error


@require_GET
def briefing_list(request: ZoneRequest) -> HttpResponse:
    """Briefings that the viewer may open."""
    found = queries.page(
        viewer=request.viewer, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    rows = [
        (row, KINDS.get(row.kind, row.kind), LANGUAGES.get(row.language, ""), STATES[row.state]) for row in found.rows
    ]
    context = {
        "rows": rows, "page": found, "may_write": access.may_write(request.viewer),
        "kinds": [(kind, label, HINTS[kind]) for kind, label in KINDS.items() if kind != "meeting"],
    }  # fmt: skip
    return render(request, "briefings/list.html", context)


def _given(source: Mapping[str, str]) -> dict[str, str]:
    found = {name: source.get(name, "").strip()[:120] for name in GIVEN}
    if not found["language"]:
        found["language"] = "en" if (translation.get_language() or "").startswith("en") else "zh"
    found["kind"] = found["kind"] or "bulletin"
    found["pack"] = found["pack"] or DEFAULT_PACK
    return found


def _sheet(request: ZoneRequest, given: Mapping[str, str]) -> tuple[dict[str, object], int]:
    """The document as it would be, or why not."""
    try:
        wanted = queries.parse_wanted(given, zone_id=request.viewer.zone_id)
        document = actions.write(viewer=request.viewer, zone=request.zone, wanted=wanted)
    except DomainError as error:
        if status_of(error) == 403:
            raise
        return {"error": words(error)}, status_of(error)
    return {"document": document, "blocks": presentation.shown(document)}, 200


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: ZoneRequest) -> HttpResponse:
    """Choose what to write, see the sheet, keep it as a draft."""
    access.require_writer(request.viewer)
    given = _given(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        try:
            wanted = queries.parse_wanted(given, zone_id=request.viewer.zone_id)
            found = actions.compose(
                viewer=request.viewer, zone=request.zone, wanted=wanted, idempotency_key=request.POST.get("once", "")[:64] or None
            )  # fmt: skip
        except DomainError as error:
            if status_of(error) in PASSED_ON:
                raise
            messages.error(request, words(error))
        else:
            return _to(request, "detail", found.pk)
    sheet, status = _sheet(request, given)
    kinds = [(kind, label) for kind, label in KINDS.items() if kind != "meeting" or given["project"]]
    form = ComposeForm(given, viewer=request.viewer, kinds=kinds)
    return render(request, "briefings/compose.html", {"form": form, "given": given, **sheet}, status=status)


@require_GET
def preview(request: ZoneRequest) -> HttpResponse:
    """Only the sheet, for the composing page."""
    access.require_writer(request.viewer)
    sheet, _status = _sheet(request, _given(request.GET))
    return render(request, "briefings/preview.html", sheet)


def _detail(
    request: ZoneRequest, briefing_id: UUID, *, edit: bool = False, edits: Mapping[str, str] | None = None,
    refused: Mapping[str, InvalidValue] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    viewer = request.viewer
    briefing = access.get_visible(viewer, briefing_id)
    number = request.GET.get("version", "")
    problem, blocks, document, version = "", [], None, None
    try:
        chosen = int(number) if number.isdecimal() and len(number) < 9 else None
        version, document = queries.version_document(viewer=viewer, briefing=briefing, number=chosen)
        errors = {key: words(error) for key, error in (refused or {}).items()}
        blocks = presentation.shown(document, edits=edits, errors=errors)
    except InvalidValue as error:
        problem = words(error)
    actions.note_seen(viewer=viewer, briefing=briefing)
    newest = version is not None and version.number == briefing.version
    context = {
        "briefing": briefing, "document": document, "blocks": blocks, "problem": problem, "version": version, "newest": newest,
        "kind": KINDS.get(briefing.kind, briefing.kind), "state": STATES[briefing.state], "language": LANGUAGES[briefing.language],
        "may_change": access.may_change(viewer, briefing) and newest, "edit": edit, "may_remove": viewer.has(WRITES_EVERYTHING) and not viewer.guest,
        "versions": queries.versions(viewer=viewer, briefing=briefing), "templates": queries.template_list(viewer=viewer),
    }  # fmt: skip
    return render(request, "briefings/edit.html" if edit else "briefings/detail.html", context, status=status)


@require_GET
def detail(request: ZoneRequest, briefing_id: UUID) -> HttpResponse:
    """The sheet of the newest (or an older) version, and what may be done with it."""
    return _detail(request, briefing_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ZoneRequest, briefing_id: UUID) -> HttpResponse:
    """Other words, the same figures. What is refused stays in its box with the reason; the rest is saved."""
    briefing = access.get_for_change(request.viewer, briefing_id)
    if request.method != "POST":
        return _detail(request, briefing_id, edit=True)
    _row, document = queries.version_document(viewer=request.viewer, briefing=briefing)
    edits = presentation.edits_in(request.POST, document)
    title = request.POST.get("title", "")
    done = actions.reword(
        viewer=request.viewer, briefing_id=briefing_id, version=_version(request), edits=edits,
        title=title if title.strip() != document.title else "",
    )  # fmt: skip
    if done.refused:
        messages.error(request, _("有 %(n)s 段没有保存，原因写在该段下面；其余已保存。") % {"n": len(done.refused)})
        return _detail(request, briefing_id, edit=True, edits=edits, refused=done.refused, status=422)
    messages.success(request, _("已保存为第 %(n)s 版。") % {"n": done.briefing.version})
    return _to(request, "detail", briefing_id)


@require_POST
def refresh(request: ZoneRequest, briefing_id: UUID) -> HttpResponse:
    """Count anew; own wording is put back where its paragraph still is."""
    access.get_for_change(request.viewer, briefing_id)
    done = actions.refresh(
        viewer=request.viewer, zone=request.zone, briefing_id=briefing_id, version=_version(request), plain=request.POST.get("plain") == "1"
    )  # fmt: skip
    for error in done.refused.values():
        messages.warning(request, words(error))
    messages.success(request, _("数字已按台账现状更新，存为第 %(n)s 版。") % {"n": done.briefing.version})
    return _to(request, "detail", briefing_id)


@require_POST
def finish(request: ZoneRequest, briefing_id: UUID) -> HttpResponse:
    """Freeze it."""
    access.get_for_change(request.viewer, briefing_id)
    actions.finish(viewer=request.viewer, briefing_id=briefing_id, version=_version(request))
    messages.success(request, _("已定稿：文字和数字都不再变，校验值可以核对。"))
    return _to(request, "detail", briefing_id)


@require_POST
def remove_text(request: ZoneRequest, briefing_id: UUID) -> HttpResponse:
    """Take the text of all versions away."""
    actions.take_text_away(viewer=request.viewer, briefing_id=briefing_id)
    messages.success(request, _("文字已清除，只留校验值、时间和经手人。"))
    return _to(request, "detail", briefing_id)


@require_GET
def download(request: ZoneRequest, briefing_id: UUID) -> HttpResponse:
    """A version as a file."""
    number = request.GET.get("version", "")
    found = actions.download(
        viewer=request.viewer, briefing_id=briefing_id, form=request.GET.get("form", "docx"),
        number=int(number) if number.isdecimal() and len(number) < 9 else None, template_id=_template(request.GET.get("template", "")),
    )  # fmt: skip
    return as_file(found)


def as_file(found: actions.Download) -> HttpResponse:
    """An attachment whose name survives in Chinese."""
    answer = FileResponse(io.BytesIO(found.content), as_attachment=True, filename=found.file_name)
    answer["Content-Type"] = found.media_type
    return HttpResponse(
        found.content, headers={"Content-Type": found.media_type, "Content-Disposition": answer["Content-Disposition"]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def template_list(request: ZoneRequest) -> HttpResponse:
    """Word templates of the zone; a new one is checked and kept."""
    viewer, status = request.viewer, 200
    access.require_writer(viewer)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        access.require_template_bringer(viewer)
        status = 422
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                actions.add_template(viewer=viewer, name=form.cleaned_data["name"], file_name=upload.name or "", content=upload.read())  # fmt: skip
            except DomainError as error:
                form.add_error("file", words(error))
                status = status_of(error)
            else:
                messages.success(request, _("模板已检查并保存，下载简报时可以选用。"))
                return _to(request, "templates")
    context = {
        "rows": queries.template_list(viewer=viewer),
        "form": form,
        "may_add": access.may_bring_templates(viewer),
    }
    return render(request, "briefings/templates.html", context, status=status)


@require_GET
def sample(request: ZoneRequest) -> HttpResponse:
    """A template with the usual tags, to start from."""
    access.require_writer(request.viewer)
    from zhaoyin.adapters.office.sample_template import sample_template

    content = sample_template(english=(translation.get_language() or "").startswith("en"))
    return as_file(actions.Download(_("简报模板示例") + ".docx", FORMS["docx"], content))


@require_POST
def retire_template(request: ZoneRequest, template_id: UUID) -> HttpResponse:
    """No longer offer a template."""
    actions.retire_template(viewer=request.viewer, template_id=template_id)
    messages.success(request, _("模板已停用。"))
    return _to(request, "templates")


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_list(request: ZoneRequest) -> HttpResponse:
    """Schedules; a new one is made here."""
    viewer, status = request.viewer, 200
    access.require_writer(viewer)
    form = ScheduleForm(request.POST or None, viewer=viewer)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.add_schedule(
                    viewer=viewer, kind=said["kind"], rhythm=said["rhythm"], day=said["day"], language=said["language"],
                    task_force=_template(said["task_force"]), recipient_id=_template(said["recipient"]),
                )  # fmt: skip
            except DomainError as error:
                if status_of(error) in PASSED_ON:
                    raise
                form.add_error(None, words(error))
            else:
                messages.success(request, _("已安排。到日子会把草稿放在收件人的“今日”。"))
                return _to(request, "schedules")
    rows = [
        (row, KINDS.get(row.kind, row.kind), RHYTHMS[row.rhythm], weekday(row.day) if row.rhythm == "weekly" else _("%(n)s 日") % {"n": row.day})
        for row in queries.schedule_list(viewer=viewer)
    ]  # fmt: skip
    return render(request, "briefings/schedules.html", {"rows": rows, "form": form}, status=status)


@require_POST
def stop_schedule(request: ZoneRequest, schedule_id: UUID) -> HttpResponse:
    """No further drafts."""
    actions.stop_schedule(viewer=request.viewer, schedule_id=schedule_id)
    messages.success(request, _("已停止，已生成的草稿还在。"))
    return _to(request, "schedules")
