"""Pages of projects: list, board, page, create, edit, advance, correct, export."""

import re
from collections.abc import Mapping
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects import access, actions, editing, likeness, presentation, queries
from zhaoyin.apps.projects.export import export_response
from zhaoyin.apps.projects.forms import (
    KIND_LABELS,
    OUTCOME_LABELS,
    STAGE_LABELS,
    AdvanceForm,
    Choices,
    CorrectForm,
    ProjectForm,
    options,
)
from zhaoyin.apps.projects.reasons import reason_words
from zhaoyin.apps.taskforces.queries import industry_choices, project_choices, task_force_choices
from zhaoyin.apps.ui import slots
from zhaoyin.apps.ui.components import Filter
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.apps.ui.regions import province_options
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.period import PartialDate, Precision

FILTERS = ("q", "stage", "industry", "task_force", "outcome", "origin", "kind", "person", "stuck_days")


def _to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"projects:{name}", args=[request.zone.slug, *args]))


def filter_of(request: ZoneRequest) -> queries.ProjectFilter:
    """The filters in the URL."""
    return queries.ProjectFilter(**{name: request.GET.get(name, "").strip()[:80] for name in FILTERS})


def _chosen(pairs: Choices) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in pairs if value]


def _filter_controls(request: ZoneRequest, wanted: queries.ProjectFilter, *, stages: bool) -> list[Filter]:
    zone_id, language = request.viewer.zone_id, get_language() or "zh-hans"
    controls = [
        Filter("q", _("关键词"), wanted.q),
        Filter("task_force", _("专班"), wanted.task_force, task_force_choices(zone_id=zone_id, language=language)),
        Filter("industry", _("产业"), wanted.industry, industry_choices(zone_id=zone_id, language=language)),
        Filter("origin", _("来源地"), wanted.origin, _chosen(province_options())),
        Filter("kind", _("性质"), wanted.kind, _chosen(options(KIND_LABELS))),
    ]
    if stages:
        outcomes = [("open", _("推进中")), *_chosen(options(OUTCOME_LABELS))]
        controls.insert(1, Filter("stage", _("阶段"), wanted.stage, _chosen(options(STAGE_LABELS))))
        controls.append(Filter("outcome", _("结局"), wanted.outcome, outcomes))
        controls.append(
            Filter(
                "stuck_days",
                _("停滞"),
                wanted.stuck_days,
                [(str(n), _("%(n)s 天无进展") % {"n": n}) for n in (14, 30, 60, 90)],
            )
        )
    return controls


@require_safe
def project_list(request: ZoneRequest) -> HttpResponse:
    """The list: filters and sort in the URL, keyset pages."""
    viewer, wanted, sort = request.viewer, filter_of(request), request.GET.get("sort", "")
    page = queries.project_page(
        viewer=viewer,
        wanted=wanted,
        sort=sort,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "rows": presentation.rows(page.rows, request.zone.slug),
        "page": page,
        "filters": _filter_controls(request, wanted, stages=True),
        "may_create": access.may_author(viewer),
        "narrowed": any(getattr(wanted, name) for name in FILTERS),
        "more_exports": slots.menu(slots.LIST_ACTION, slots.ask_for(request)),
    }
    return render(request, "projects/list.html", context)


@require_safe
def project_export(request: ZoneRequest) -> HttpResponseBase:
    """What the list shows (its filters and sort), as xlsx or csv."""
    return export_response(
        viewer=request.viewer,
        wanted=filter_of(request),
        sort=request.GET.get("sort", ""),
        form="csv" if request.GET.get("form") == "csv" else "xlsx",
        zone_name=request.zone.name,
        zone_slug=request.zone.slug,
        on=clock.today(),
    )


@require_safe
def project_board(request: ZoneRequest) -> HttpResponse:
    """Cards by stage; a card dropped on a later column opens the step form with that stage chosen."""
    wanted = filter_of(request)
    columns = [
        presentation.column(column, request.zone.slug) for column in queries.board(viewer=request.viewer, wanted=wanted)
    ]
    filters = _filter_controls(request, wanted, stages=False)
    nobody = UUID(int=0)
    address = reverse("projects:advance", args=[request.zone.slug, nobody]).replace(str(nobody), "ID")
    context = {"columns": columns, "filters": filters, "advance_url": f"{address}?step=STAGE"}
    return render(request, "projects/board.html", context)


def _project_form(
    request: ZoneRequest,
    data: object = None,
    initial: dict[str, object] | None = None,
    present: dict[str, tuple[str, str]] | None = None,
) -> ProjectForm:
    viewer = request.viewer
    found = project_choices(
        viewer, writes_everything=viewer.has(WRITES_EVERYTHING), language=get_language() or "zh-hans"
    )
    choices: dict[str, Choices] = {
        "industry": found.industry, "task_force": found.task_force, "lead_person": found.lead_person,
        "attracting_unit": found.attracting_unit, "landing_place": found.landing_place,
    }  # fmt: skip
    for name, now in (present or {}).items():
        if now[0] not in {value for value, _label in choices[name]}:
            choices[name] = [*choices[name], now]
    return ProjectForm(data, initial=initial, choices=choices, editing=present is not None)


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: ZoneRequest) -> HttpResponse:
    """Create a project by hand; the same form sent twice makes one project."""
    viewer = request.viewer
    access.require_author(viewer)
    if request.method != "POST":
        own = project_choices(viewer, writes_everything=viewer.has(WRITES_EVERYTHING), language="zh-hans").task_force
        initial: dict[str, object] = {
            "token": uuid4().hex, "amount_unit": "1e8", "lead_person": str(viewer.person_id),
            "task_force": own[0][0] if len(own) == 1 else "",
        }  # fmt: skip
        return render(request, "projects/form.html", {"form": _project_form(request, initial=initial)})
    form = _project_form(request, request.POST)
    status = 200
    if form.is_valid():
        try:
            project_id = actions.create_project(
                viewer=viewer, draft=_draft(form), idempotency_key=form.cleaned_data["token"] or None
            )
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("项目已建立。"))
            return _to(request, "detail", project_id)
    similar = _alike(request, form.data)
    return render(
        request,
        "projects/form.html",
        {"form": form, "similar": similar},
        status=status if form.errors and status != 200 else 422,
    )


def _field(form: object, error: DomainError) -> str | None:
    name = str(error.params.get("field", ""))
    return name if name in getattr(form, "fields", {}) else None


def _draft(form: ProjectForm) -> actions.ProjectDraft:
    given = form.cleaned_data
    return actions.ProjectDraft(
        name=given["name"],
        investor_names=form.investors(),
        planned_total=given["money"],
        product=given["product"],
        site=given["site"],
        land_mu=editing.land(given["land_mu"]),
        industry_id=form.chosen("industry"),
        task_force_id=form.chosen("task_force"),
        lead_person_id=form.chosen("lead_person"),
        attracting_unit_id=form.chosen("attracting_unit"),
        landing_place_id=form.chosen("landing_place"),
        origin=given["origin"],
        kind=given["kind"],
        channel=given["channel"],
        jobs=given["jobs"],
        negotiating_on=given["negotiating_on"],
    )


@require_safe
def project_similar(request: ZoneRequest) -> HttpResponse:
    """Fragment: projects that may be the same one as what is being typed, with reasons."""
    return render(request, "projects/similar.html", {"similar": _alike(request, request.GET)})


def _alike(request: ZoneRequest, typed: Mapping[str, str]) -> list[dict[str, object]]:
    """Likely doubles of what is typed so far, as the fragment shows them."""
    name, investor = typed.get("name", "").strip(), typed.get("investor", "").strip()
    if len(name) < 2 and len(investor) < 2:
        return []
    first = re.split(r"[、，,;；]", investor)[0]
    amount = editing.typed_amount(typed.get("amount", ""), typed.get("amount_unit", ""))
    found = likeness.alike(
        viewer=request.viewer, name=name, investor=first, amount=amount, currency=typed.get("amount_currency", "")
    )
    return [{"project": one.project, "certain": one.certain, "reasons": reason_words(one.reasons)[0]} for one in found]


@require_safe
def project_detail(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """State, history with evidence, and the panels of downstream apps."""
    viewer = request.viewer
    project = access.get_visible(viewer, project_id)
    lines = queries.history_lines(zone_id=viewer.zone_id, project_id=project_id)
    context = {
        "project": project,
        "facts": presentation.facts(project),
        "steps": presentation.stepper_of(project, queries.stage_days(lines)),
        "entries": presentation.timeline(
            lines, request.zone.slug, project.pk, may_change := access.may_change(viewer, project)
        ),
        "may_change": may_change,
        "next_step": presentation.next_step(project),
    }
    return render(request, "projects/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Change facts; a stale form is shown again with what was typed and what it is now (409)."""
    viewer = request.viewer
    project = access.get_for_change(viewer, project_id)
    if request.method != "POST":
        form = _project_form(request, initial=editing.initial(project), present=editing.present(project))
        return render(request, "projects/form.html", {"form": form, "project": project})
    form = _project_form(request, request.POST, initial=editing.initial(project), present=editing.present(project))
    status = 422
    if form.is_valid():
        try:
            editing.save(viewer=viewer, project=project, form=form)
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return _to(request, "detail", project_id)
    context = {"form": form, "project": project, "facts": presentation.facts(project), "stale": status == 409}
    return render(request, "projects/form.html", context, status=status)


def _file(form: AdvanceForm) -> actions.EvidenceFile | None:
    upload = form.cleaned_data.get("file")
    if not upload:
        return None
    return actions.EvidenceFile(
        content=upload.read(), file_name=upload.name or "", media_type=upload.content_type or ""
    )


@require_http_methods(["GET", "HEAD", "POST"])
def project_advance(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Record the next step with its date and evidence."""
    viewer = request.viewer
    project = access.get_for_change(viewer, project_id)
    steps = presentation.possible_steps(project)
    if request.method != "POST":
        initial = {
            "step": presentation.step_for(request.GET.get("step", ""), steps),
            "occurred": clock.today().isoformat(), "version": project.version, "token": uuid4().hex,
        }  # fmt: skip
        form = AdvanceForm(initial=initial, steps=steps)
        return render(request, "projects/advance.html", {"form": form, "project": project})
    if actions.was_done(viewer=viewer, project_id=project_id, key=request.POST.get("token")):
        return _to(request, "detail", project_id)
    form = AdvanceForm(request.POST, request.FILES, steps=steps)
    status = 422
    if form.is_valid():
        try:
            _advance(viewer, project_id, form)
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("进展已登记。"))
            return _to(request, "detail", project_id)
    return render(
        request, "projects/advance.html", {"form": form, "project": project, "stale": status == 409}, status=status
    )


def _advance(viewer: Viewer, project_id: UUID, form: AdvanceForm) -> None:
    given = form.cleaned_data
    kind, _sep, value = given["step"].partition(":")
    field = {"stage_reached": "stage", "contract_signed": "contract_kind", "ended": "outcome"}.get(kind)
    actions.record_event(
        viewer=viewer,
        project_id=project_id,
        kind=kind,
        occurred=given["occurred"],
        payload={field: value} if field else {},
        note=given["note"],
        file=_file(form),
        expected_version=given["version"],
        idempotency_key=given["token"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def project_correct(request: ZoneRequest, project_id: UUID, event_id: UUID) -> HttpResponse:
    """Correct one event of the history."""
    viewer = request.viewer
    project = access.get_for_change(viewer, project_id)
    if request.method == "POST" and actions.was_done(
        viewer=viewer, project_id=project_id, key=request.POST.get("token")
    ):
        return _to(request, "detail", project_id)
    lines = queries.history_lines(zone_id=viewer.zone_id, project_id=project_id)
    line = next((found for found in lines if found.event.id == str(event_id) and not found.struck), None)
    if line is None:
        raise DomainError("corrected-event-does-not-stand", event=str(event_id))
    title = presentation.event_title(line)
    if request.method != "POST":
        initial = {"occurred": str(line.event.occurred), "version": project.version, "token": uuid4().hex}
        return render(
            request, "projects/correct.html", {"form": CorrectForm(initial=initial), "project": project, "title": title}
        )
    form = CorrectForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            _correct(viewer, project_id, line, form)
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("已更正，原记录保留。"))
            return _to(request, "detail", project_id)
    return render(request, "projects/correct.html", {"form": form, "project": project, "title": title}, status=status)


def _correct(viewer: Viewer, project_id: UUID, line: queries.HistoryLine, form: CorrectForm) -> None:
    given = form.cleaned_data
    retract = given["action"] == "retract"
    kept = {key: value for key, value in line.event.payload.items() if key != "note"}
    actions.correct_event(
        viewer=viewer,
        project_id=project_id,
        event_id=UUID(line.event.id),
        kind="retracted" if retract else line.event.kind,
        occurred=PartialDate(clock.today(), Precision.DAY) if retract else given["occurred"],
        payload={} if retract else kept,
        note=given["note"],
        expected_version=given["version"],
        idempotency_key=given["token"],
    )


@require_POST
def project_unmerge(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Undo a merge."""
    actions.unmerge_project(viewer=request.viewer, project_id=project_id)
    messages.success(request, _("已取消合并。"))
    return _to(request, "detail", project_id)


@require_POST
def project_merge(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """This project is the same as another one."""
    try:
        into = UUID(request.POST.get("into", ""))
    except ValueError:
        into = UUID(int=0)
    actions.merge_project(viewer=request.viewer, project_id=project_id, into=into)
    messages.success(request, _("已合并。两个编号都保留，可随时取消。"))
    return _to(request, "detail", into)
