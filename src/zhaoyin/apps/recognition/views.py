"""Pages of recognition: list, request, review; credit; funds."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.recognition import access, actions, presentation, queries
from zhaoyin.apps.recognition.forms import (
    MATTER_LABELS,
    SHARE_ROWS,
    CreditForm,
    FundsForm,
    RequestForm,
    StepForm,
    proof_files,
)
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError


def _to_project(request: ZoneRequest, project_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("projects:detail", args=[request.zone.slug, project_id]) + "#panel-recognition")


def _to_request(request: ZoneRequest, recognition_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("recognition:detail", args=[request.zone.slug, recognition_id]))


@require_safe
def recognition_list(request: ZoneRequest) -> HttpResponse:
    """Requests; `?show=waiting|open|approved|closed`, `?matter=`."""
    default = "waiting" if access.waiting_for(request.viewer) is not None else ""
    shown = request.GET.get("show", default)
    if shown not in queries.SHOWN:
        shown = ""
    matter = request.GET.get("matter", "")
    page = queries.recognition_page(
        viewer=request.viewer,
        shown=shown,
        matter=matter if matter in MATTER_LABELS else "",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    tabs = [
        ("waiting", _("待我办理")), ("open", _("办理中")), ("approved", _("已认定")), ("closed", _("未认定")), ("", _("全部")),
    ]  # fmt: skip
    context = {
        "lines": [presentation.line(row) for row in page.rows],
        "page": page,
        "shown": shown,
        "tabs": tabs if default else tabs[1:],
        "matter": matter,
        "matters": list(MATTER_LABELS.items()),
    }
    return render(request, "recognition/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_new(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Ask for recognition: first the matter, then the day and the evidence."""
    viewer = request.viewer
    project = access.project_to_ask(viewer, project_id)
    rows = queries.of_project(viewer=viewer, project_id=project_id)
    matters = presentation.matters_to_ask(rows)
    matter = (request.POST if request.method == "POST" else request.GET).get("matter", "")
    if matter not in dict(matters):
        standing = matter in MATTER_LABELS
        return render(
            request, "recognition/choose.html", {"project": project, "matters": matters, "standing": standing}
        )
    if request.method != "POST":
        claimed = queries.claimed_day(queries.project_history(zone_id=viewer.zone_id, project_id=project_id), matter)
        initial = {"matter": matter, "claimed_on": str(claimed) if claimed else "", "token": uuid4().hex}
        form = RequestForm(initial=initial, matter=matter)
        return _new_page(request, project, form, matter)
    form = RequestForm(request.POST, request.FILES, matter=matter)
    status = 422
    if form.is_valid():
        try:
            made = actions.request_recognition(
                viewer=viewer,
                project_id=project_id,
                request=actions.Request(
                    matter=matter,
                    claimed_on=form.cleaned_data["claimed_on"],
                    files=form.files_given(),
                    note=form.cleaned_data["note"],
                ),
                idempotency_key=form.cleaned_data["token"],
            )
        except DomainError as error:
            status = _put_error(form, error)
        else:
            messages.success(request, _("已提交，等待初审。"))
            return _to_request(request, made)
    return _new_page(request, project, form, matter, status)


def _new_page(request: ZoneRequest, project: object, form: RequestForm, matter: str, status: int = 200) -> HttpResponse:
    context = {"project": project, "form": form, "matter": MATTER_LABELS[matter]}
    return render(request, "recognition/form.html", context, status=status)


def _put_error(form: RequestForm | StepForm | CreditForm | FundsForm, error: DomainError) -> int:
    name = str(error.params.get("field", ""))
    form.add_error(name if name in form.fields else None, words(error))
    return status_of(error)


@require_safe
def recognition_detail(request: ZoneRequest, recognition_id: UUID) -> HttpResponse:
    """A request with its evidence, its history and what the viewer may do."""
    row = access.get_visible(request.viewer, recognition_id)
    return _detail(request, presentation.detail(request.viewer, row))


def _detail(request: ZoneRequest, shown: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "recognition/detail.html", shown, status=status)


@require_POST
def recognition_step(request: ZoneRequest, recognition_id: UUID) -> HttpResponse:
    """Endorse, send back, approve, refuse, resubmit, withdraw, revoke."""
    viewer = request.viewer
    row = access.get_visible(viewer, recognition_id)
    form = StepForm(request.POST, request.FILES, matter=row.matter if request.POST.get("step") == "resubmitted" else "")
    if not form.is_valid():
        return _detail(request, presentation.detail(viewer, row, form), 422)
    given = form.cleaned_data
    try:
        actions.take_step(
            viewer=viewer,
            recognition_id=recognition_id,
            step=actions.StepTaken(
                kind=given["step"],
                note=given["note"],
                on=given["recognized_on"],
                claimed_on=given["claimed_on"],
                files=form.files_given(),
            ),
            expected_version=given["version"],
            idempotency_key=given["token"],
        )
    except DomainError as error:
        name = "recognized_on" if error.params.get("field") == "occurred" else str(error.params.get("field", ""))
        form.add_error(name if name in form.fields else None, words(error))
        return _detail(request, presentation.detail(viewer, row, form), status_of(error))
    messages.success(request, _("已办理。"))
    return _to_request(request, recognition_id)


@require_http_methods(["GET", "HEAD", "POST"])
def project_credit(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """State which units are credited with a project."""
    viewer = request.viewer
    project = access.project_to_credit(viewer, project_id)
    units = queries.units(zone_id=viewer.zone_id, on=clock.today())
    events = queries.project_history(zone_id=viewer.zone_id, project_id=project_id)
    credit = queries.credit(zone_id=viewer.zone_id, events=events)
    status = 200
    if request.method != "POST":
        form = CreditForm(initial=presentation.credit_initial(events, credit, project.attracting_unit_id), units=units)
    else:
        form, status = CreditForm(request.POST, units=units), 422
        if form.is_valid():
            try:
                actions.state_credit(
                    viewer=viewer,
                    project_id=project_id,
                    draft=actions.CreditDraft(
                        shares=[(UUID(unit), share) for unit, share in form.cleaned_data["pairs"]],
                        basis=form.cleaned_data["basis"],
                        since=form.cleaned_data["since"],
                        note=form.cleaned_data["note"],
                    ),
                    idempotency_key=form.cleaned_data["token"],
                )
            except DomainError as error:
                status = _put_error(form, error)
            else:
                messages.success(request, _("归属已登记。"))
                return _to_project(request, project_id)
    pairs = [(form[f"unit_{n}"], form[f"share_{n}"]) for n in range(1, SHARE_ROWS + 1)]
    context = {"project": project, "form": form, "pairs": pairs, "credit": presentation.credit_lines(credit)}
    return render(request, "recognition/credit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def project_funds(request: ZoneRequest, project_id: UUID) -> HttpResponse:
    """Record money that arrived."""
    viewer = request.viewer
    project = access.project_to_ask(viewer, project_id)
    arrivals = queries.arrivals(queries.project_history(zone_id=viewer.zone_id, project_id=project_id))
    status = 200
    if request.method != "POST":
        form = FundsForm(
            initial={
                "token": uuid4().hex, "on": clock.today().isoformat(), "amount_unit": "1e4", "amount_currency": "CNY"
            }
        )  # fmt: skip
    else:
        form, status = FundsForm(request.POST, request.FILES), 422
        if form.is_valid() and form.cleaned_data["money"] is not None:
            given = form.cleaned_data
            try:
                actions.record_funds(
                    viewer=viewer,
                    project_id=project_id,
                    amount=given["money"],
                    amount_kind=given["amount_kind"],
                    on=given["on"],
                    vouchers=proof_files(given["proof_voucher"], "voucher"),
                    voucher_count=given["voucher_count"] or 0,
                    note=given["note"],
                    idempotency_key=given["token"],
                )
            except DomainError as error:
                status = _put_error(form, error)
            else:
                messages.success(request, _("到位资金已登记。"))
                return _to_project(request, project_id)
    context = {"project": project, "form": form, "arrivals": presentation.arrival_lines(arrivals)}
    return render(request, "recognition/funds.html", context, status=status)
