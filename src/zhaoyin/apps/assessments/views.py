"""Pages: the assessment, what would lift most, hints, schemes, what was signed off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.assessments import access, actions, presentation, queries
from zhaoyin.apps.assessments.export import workbook_of
from zhaoyin.apps.projects.presentation import localized
from zhaoyin.apps.reports import queries as reports
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.errors import DomainError, InvalidValue, NotVisible
from zhaoyin.engines.assessment import SchemeError, lifts, solve

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"assessments:{name}", args=[request.zone.slug, *args]))


def _asked(request: ZoneRequest) -> tuple[reports.Asked, str]:
    given = {name: request.GET.get(name, "").strip()[:40] for name in ("period", "pack", "as_of")}
    return reports.parse_asked(**given, zone_id=request.viewer.zone_id), request.GET.get("scheme", "").strip()[:60]


def _found(request: ZoneRequest) -> queries.Assessed:
    asked, name = _asked(request)
    scheme = queries.scheme_of(zone_id=request.viewer.zone_id, name=name)
    return queries.assessed(viewer=request.viewer, scheme=scheme, asked=asked, english=not in_chinese())


@require_safe
def assessment(request: ZoneRequest) -> HttpResponse:
    """Task forces by rank with the working behind each score; `?period=&pack=&scheme=`."""
    access.require_scores(request.viewer)
    found = _found(request)
    scheme, result = found.problem.scheme, solve(found.problem)
    seen = access.seen_task_forces(request.viewer)
    context = {
        "scheme": scheme,
        "title": presentation.scheme_title(scheme),
        "basis": scheme.basis if in_chinese() else scheme.basis_en,
        "schemes": [
            (name, presentation.scheme_title(one)) for name, one in queries.schemes(zone_id=request.viewer.zone_id).items()
        ],
        "heads": presentation.heads(scheme),
        "lines": presentation.lines(result, scheme),
        "time_share": result.time_share,
        "found": found,
        "period": request.GET.get("period", ""),
        "pack": request.GET.get("pack", ""),
        "may_decide": access.may_decide(request.viewer),
        "all_steps": seen is None,
        "own_steps": {str(pk) for pk in seen} if seen else set(),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "assessments/assessment.html", context)


@require_safe
def assessment_file(request: ZoneRequest) -> HttpResponse:
    """The same as a workbook."""
    access.require_scores(request.viewer)
    found = _found(request)
    response = HttpResponse(workbook_of(found), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="assessment.xlsx"'
    return response


@require_safe
def simulator(request: ZoneRequest, task_force_id: UUID) -> HttpResponse:
    """Which next real steps of a task force's projects would lift it most."""
    viewer = request.viewer
    access.require_task_force(viewer, str(task_force_id))
    found = _found(request)
    name = found.names.get(str(task_force_id))
    if name is None:
        return render(request, "assessments/simulator.html", {"missing": True}, status=404)
    moves = queries.moves(found=found, task_force=task_force_id, zone_id=viewer.zone_id)
    best = lifts(found.problem, moves, unit=str(task_force_id), most=8)
    names = reports.visible_names(viewer=viewer, ids={lift.move.project for lift in best})
    now = next(unit for unit in solve(found.problem).units if unit.id == str(task_force_id))
    context = {
        "name": name,
        "now": now,
        "lines": presentation.lift_lines(found, best, names),
        "tried": len(moves),
        "over": not moves,
        "query": request.GET.urlencode(),
    }
    return render(request, "assessments/simulator.html", context)


@require_safe
def hint_list(request: ZoneRequest) -> HttpResponse:
    """Hints by kind; for the chief, the statistician, and leaders of the task force concerned."""
    viewer = request.viewer
    if not access.sees_hints(viewer):
        return render(request, "assessments/hints.html", {"not_for_you": True}, status=403)
    found = queries.hint_list(viewer=viewer)
    names = reports.visible_names(viewer=viewer, ids={pk for hint in found for pk in hint.projects[:5]})
    teams = {key: localized(row) for key, row in reports.names(zone_id=viewer.zone_id).items()}
    context = {
        "lines": [
            {
                "hint": hint,
                "kind": presentation.kind_words(hint.kind),
                "words": presentation.hint_words(hint, names),
                "team": teams.get(hint.unit, ""),
                "projects": [(pk, names[pk]) for pk in hint.projects[:5] if pk in names],
            }
            for hint in found
        ],
        "answered": [
            {"row": row, "answer": presentation.answer_words(row.answer)}
            for row in queries.answered_hints(viewer=viewer)
        ]
        if access.may_decide(viewer)
        else [],
    }
    return render(request, "assessments/hints.html", context)


@require_POST
def hint_answer(request: ZoneRequest, fingerprint: str) -> HttpResponse:
    """Explained, corrected or dismissed, with the reason."""
    if not access.sees_hints(request.viewer):
        raise NotVisible("not-found")
    try:
        actions.answer_hint(
            viewer=request.viewer,
            fingerprint=fingerprint,
            answer=request.POST.get("answer", ""),
            reason=request.POST.get("reason", ""),
        )
    except InvalidValue as error:
        messages.error(request, words(error))
    else:
        messages.success(request, _("已记下；事实没有变，就不再提示。"))
    return _to(request, "hints")


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_list(request: ZoneRequest) -> HttpResponse:
    """Schemes that may be used; bring one of your own."""
    viewer = request.viewer
    access.require_scores(viewer)
    problem, status = None, 200
    if request.method == "POST":
        access.require_decider(viewer)
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise InvalidValue("document-empty", field="file", value="")
            text = upload.read().decode("utf-8-sig")
            scheme = actions.add_scheme(viewer=viewer, text=text, file_name=upload.name or "scheme.toml")
        except UnicodeDecodeError:
            problem, status = {"words": _("文件不是 UTF-8 编码的文本。")}, 400
        except SchemeError as error:
            problem, status = {"words": words(error)}, 400
        except DomainError as error:
            problem, status = {"words": words(error)}, status_of(error)
        else:
            messages.success(
                request, _("已采用：%(name)s %(version)s") % {"name": scheme.title, "version": scheme.version}
            )
            return _to(request, "schemes")
    rows = queries.schemes(zone_id=viewer.zone_id)
    context = {
        "rows": [(scheme, presentation.scheme_title(scheme), presentation.heads(scheme)) for scheme in rows.values()],
        "problem": problem,
        "may_decide": access.may_decide(viewer),
    }
    return render(request, "assessments/schemes.html", context, status=status)


@require_POST
def sign_off(request: ZoneRequest) -> HttpResponse:
    """Keep the assessment that is shown."""
    access.require_decider(request.viewer)
    row = actions.sign_off(viewer=request.viewer, found=_found(request), note=request.POST.get("note", ""))
    messages.success(request, _("已定稿。以后的更正不会改动它。"))
    return _to(request, "signed", row.pk)


@require_safe
def signed_list(request: ZoneRequest) -> HttpResponse:
    """What was signed off, the newest first."""
    rows = access.signed_off(request.viewer).select_related("actor").order_by("-recorded_at")[:100]
    return render(request, "assessments/signed_list.html", {"rows": rows})


@require_safe
def signed(request: ZoneRequest, signed_id: UUID) -> HttpResponse:
    """One that was signed off, as it was, and what it would be now."""
    row = access.signed_off(request.viewer).select_related("actor").filter(pk=signed_id).first()
    if row is None:
        raise NotVisible("not-found")
    now = queries.reproduced(viewer=request.viewer, question=row.question)
    context = {
        "row": row,
        "same": now is not None and actions.result_of(now)["units"] == row.result["units"],
        "now": now,
    }
    return render(request, "assessments/signed.html", context)


@require_POST
def exempt(request: ZoneRequest, task_force_id: UUID) -> HttpResponse:
    """Force majeure for a year, or no longer."""
    access.require_decider(request.viewer)
    access.require_own_task_force(request.viewer, task_force_id)
    try:
        year = int(request.POST.get("year", ""))
    except ValueError as error:
        raise InvalidValue("not-a-number", field="year", value=request.POST.get("year", "")) from error
    actions.exempt(
        viewer=request.viewer,
        task_force_id=task_force_id,
        year=year,
        holds=request.POST.get("holds") == "1",
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已记下。"))
    return _to(request, "assessment")
