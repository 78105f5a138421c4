"""Pages of the review: bring a document in, look at what was read, decide each proposal."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING
from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.intake import access, actions, archives, presentation, queries
from zhaoyin.apps.intake.forms import ConvertForm, DraftForm, NoteForm, PasteForm, UploadForm, draft_initial
from zhaoyin.apps.jobs.presentation import job_view
from zhaoyin.apps.jobs.queries import latest_job
from zhaoyin.apps.leads.access import get_for_change as get_lead_for_change
from zhaoyin.apps.sources.access import may_receive, require_receiver
from zhaoyin.apps.taskforces.queries import project_choices
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError

Choices = dict[str, list[tuple[str, str]]]


def _to(request: ZoneRequest, name: str, *args: object, anchor: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"intake:{name}", args=[request.zone.slug, *args]) + anchor)


def _choices(request: ZoneRequest) -> Choices:
    viewer = request.viewer
    found = project_choices(
        viewer, writes_everything=viewer.has(WRITES_EVERYTHING), language=get_language() or "zh-hans"
    )
    return {"task_force": found.task_force, "person": found.lead_person}


@require_safe
def reading_list(request: ZoneRequest) -> HttpResponse:
    """Documents that came in, with how much of each waits for a decision."""
    page = queries.reading_page(
        viewer=request.viewer, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {"page": page, "may_receive": may_receive(request.viewer)}
    return render(request, "intake/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ZoneRequest) -> HttpResponse:
    """Paste a text, upload a page, or write a note; one page with three tabs."""
    require_receiver(request.viewer)
    kind = request.POST.get("kind") or request.GET.get("kind") or "paste"
    makers: dict[str, Callable[..., django_forms.Form]] = {"paste": PasteForm, "upload": UploadForm, "note": NoteForm}
    kind = kind if kind in makers else "paste"
    bound = makers[kind](request.POST, request.FILES) if request.method == "POST" else None
    status = 200
    if bound is not None:
        status = 422
        if bound.is_valid():
            try:
                if kind == "upload" and (archive := _archive(request, bound)) is not None:
                    return _to(request, "archive", archive)
                received = _receive(request, kind, bound)
            except DomainError as error:
                bound.add_error("file" if kind == "upload" else "text", words(error))
                status = status_of(error)
            else:
                if received.known:
                    messages.info(request, _("同样的内容以前收过，这是当时的解析结果。"))
                return _to(request, "review", received.document.pk)
    context = {"kind": kind, "form": bound or makers[kind](), "recent": queries.waiting(viewer=request.viewer)}
    return render(request, "intake/new.html", context, status=status)


def _receive(request: ZoneRequest, kind: str, form: django_forms.Form) -> actions.Received:
    given = form.cleaned_data
    if kind == "upload":
        upload = given["file"]
        return actions.receive_file(
            viewer=request.viewer, content=upload.read(actions.LARGEST_FILE + 1), file_name=upload.name or "",
            media_type=upload.content_type or "", published_on=given["published_on"],
        )  # fmt: skip
    return actions.receive_text(
        viewer=request.viewer, text=given["text"], kind=kind, source_url=given.get("source_url", ""),
        published_on=given.get("published_on"),
    )  # fmt: skip


def _archive(request: ZoneRequest, form: django_forms.Form) -> UUID | None:
    """Id of the archive's document when the upload is a zip of pages and notes."""
    upload = form.cleaned_data["file"]
    content = upload.read(archives.LARGEST_ARCHIVE + 1)
    upload.seek(0)
    if not archives.is_archive(content):
        return None
    made = archives.receive_archive(
        viewer=request.viewer,
        content=content,
        file_name=upload.name or "",
        published_on=form.cleaned_data["published_on"],
    )
    return made.document_id


@require_safe
def archive(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """How far the reading of a zip file is, and what came of each member."""
    found = access.get_archive(request.viewer, document_id)
    job = job_view(latest_job(zone_id=found.zone_id, subject_id=document_id))
    context = {"archive": found, "job": job, "results": presentation.archive_lines(found)}
    return render(request, "intake/archive.html", context)


@require_safe
def archive_progress(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """The bar alone; when the work is over the page loads again."""
    found = access.get_archive(request.viewer, document_id)
    job = job_view(latest_job(zone_id=found.zone_id, subject_id=document_id))
    answer = render(request, "intake/archive_progress.html", {"archive": found, "job": job})
    if job is None or not job.open:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
def review(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """The text with its facts on the left, the proposals on the right."""
    reading = access.get_reading(request.viewer, document_id)
    drafts = queries.drafts_of(reading)
    may_decide = may_receive(request.viewer)
    choices = _choices(request) if may_decide else {"task_force": [], "person": []}
    cards = [
        presentation.card(reading, draft, _form(request, draft, choices) if may_decide else None) for draft in drafts
    ]
    context = {
        "reading": reading,
        "document": reading.document,
        "redacted": reading.document.body.text is None,
        "pieces": presentation.pieces(reading, drafts),
        "cards": cards,
        "may_decide": may_decide,
        "may_forget": reading.document.received_by_id == request.viewer.person_id
        or request.viewer.has(WRITES_EVERYTHING),
        "waiting": sum(draft.state == "proposed" for draft in drafts),
        "ready": sum(card.sure and card.form is not None for card in cards),
        "tickable": sum(card.form is not None for card in cards),
    }
    return render(request, "intake/review.html", context)


def _form(request: ZoneRequest, draft: object, choices: Choices) -> DraftForm | None:
    if draft.state != "proposed" or draft.kind != "project":  # type: ignore[attr-defined]
        return None
    initial = draft_initial(draft.content)  # type: ignore[attr-defined]
    initial["task_force"] = choices["task_force"][0][0] if len(choices["task_force"]) == 1 else ""
    initial["person"] = str(request.viewer.person_id) if initial["task_force"] else ""
    return DraftForm(initial=initial, choices=choices, prefix=f"d{draft.position}")  # type: ignore[attr-defined]


def _answer(request: ZoneRequest, draft_id: UUID, form: DraftForm | None, similar: object, status: int) -> HttpResponse:
    """The card alone for htmx, else back to the page."""
    draft = access.get_draft(request.viewer, draft_id)
    shown = form or _form(request, draft, _choices(request))
    if draft.state != "proposed":
        shown = None
    card = presentation.card(draft.reading, draft, shown, similar)
    context = {"card": card, "document": draft.reading.document, "may_decide": True}
    if request.headers.get("HX-Request"):
        return render(request, "intake/card.html", context)
    if form is None:
        return _to(request, "review", draft.reading.document_id, anchor=f"#d{draft.position}")
    return render(request, "intake/one.html", context, status=status)


@require_POST
def accept(request: ZoneRequest, draft_id: UUID) -> HttpResponse:
    """Take a proposal over, as it is or corrected, as a lead or a project."""
    draft = access.get_draft_for_change(request.viewer, draft_id)
    if draft.kind == "figure":
        actions.confirm_figure(viewer=request.viewer, draft_id=draft_id)
        return _answer(request, draft_id, None, None, 200)
    form = DraftForm(request.POST, choices=_choices(request), prefix=f"d{draft.position}")
    to = "project" if request.POST.get("to") == "project" else "lead"
    similar, status = None, 422
    if form.is_valid():
        decision = form.decision(to)
        try:
            actions.accept(viewer=request.viewer, draft_id=draft_id, decision=decision)
        except DomainError as error:
            status = status_of(error)
            if status == 409:
                return _answer(request, draft_id, None, None, 409)
            form.add_error(None, words(error))
            if error.code == "similar-exists":
                similar = queries.similar(viewer=request.viewer, investor=decision.investor, name=decision.name)
        else:
            return _answer(request, draft_id, None, None, 200)
    return _answer(request, draft_id, form, similar, status)


@require_POST
def accept_all(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """Take the ticked proposals over as leads."""
    ids = [UUID(value) for value in request.POST.getlist("draft") if _is_id(value)]
    taken = actions.accept_all(viewer=request.viewer, document_id=document_id, draft_ids=ids)
    messages.success(request, _("已存为线索：%(n)s 条。") % {"n": taken})
    return _to(request, "review", document_id)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
def refuse(request: ZoneRequest, draft_id: UUID) -> HttpResponse:
    """Make nothing of a proposal."""
    try:
        actions.refuse(viewer=request.viewer, draft_id=draft_id)
    except DomainError as error:
        if status_of(error) != 409:
            raise
    return _answer(request, draft_id, None, None, 200)


@require_POST
def undo(request: ZoneRequest, draft_id: UUID) -> HttpResponse:
    """Take a refusal back."""
    actions.propose_again(viewer=request.viewer, draft_id=draft_id)
    return _answer(request, draft_id, None, None, 200)


@require_safe
def similar(request: ZoneRequest, draft_id: UUID) -> HttpResponse:
    """Fragment: what may be the same thing already."""
    draft = access.get_draft(request.viewer, draft_id)
    found = queries.similar(
        viewer=request.viewer, investor=str(draft.content.get("investor", "")), name=str(draft.content.get("name", ""))
    )
    return render(request, "intake/similar.html", {"similar": found})


@require_POST
def forget(request: ZoneRequest, document_id: UUID) -> HttpResponse:
    """Redact the document and every copy of its words."""
    actions.forget_document(viewer=request.viewer, document_id=document_id, reason="by-person")
    messages.success(request, _("内容已清除；指纹、位置和处理记录仍保留。"))
    return _to(request, "review", document_id)


@require_http_methods(["GET", "HEAD", "POST"])
def convert(request: ZoneRequest, lead_id: UUID) -> HttpResponse:
    """A lead becomes a project."""
    lead = get_lead_for_change(request.viewer, lead_id)
    choices = _choices(request)
    if request.method != "POST":
        money = {"money": lead.amount} if lead.amount else None
        initial = draft_initial(
            {
                "investor": lead.company.name if lead.company else lead.investor_name, "name": lead.title, "stage": lead.said_stage or "lead",
                "kind": lead.project_kind, "jobs": lead.jobs, "place": lead.place, "amount": money,
            }
        )  # fmt: skip
        initial |= {
            "task_force": str(lead.task_force_id or (choices["task_force"][0][0] if len(choices["task_force"]) == 1 else "")),
            "person": str(lead.person_id or request.viewer.person_id), "token": uuid4().hex,
        }  # fmt: skip
        form = ConvertForm(initial=initial, choices=choices)
        found = queries.similar(
            viewer=request.viewer, investor=str(initial["investor"]), name=lead.title, lead_id=lead_id
        )
        return render(request, "intake/convert.html", {"form": form, "lead": lead, "similar": found})
    form = ConvertForm(request.POST, choices=choices)
    status, found_now = 422, None
    if form.is_valid():
        decision = form.decision("project")
        try:
            project_id = actions.convert_lead(
                viewer=request.viewer, lead_id=lead_id, decision=decision, token=form.cleaned_data["token"]
            )
        except DomainError as error:
            form.add_error(None, words(error))
            status = status_of(error)
            found_now = queries.similar(
                viewer=request.viewer, investor=decision.investor, name=decision.name, lead_id=lead_id
            )
        else:
            messages.success(request, _("线索已转为项目。"))
            return HttpResponseRedirect(reverse("projects:detail", args=[request.zone.slug, project_id]))
    return render(request, "intake/convert.html", {"form": form, "lead": lead, "similar": found_now}, status=status)
