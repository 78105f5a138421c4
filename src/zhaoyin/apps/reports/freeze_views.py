"""Pages: signing off, comparing, rule packs, exchange rates, the league table."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.reports import actions, differences, forms, packs, presentation, queries, tables
from zhaoyin.apps.reports.access import may_publish, require_figures, require_publisher
from zhaoyin.apps.reports.queries import Asked
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.engines.counting.pack_words import explain as explain_pack


def _to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"reports:{name}", args=[request.zone.slug, *args]))


@require_safe
def freeze_list(request: ZoneRequest) -> HttpResponse:
    """What was signed off."""
    require_figures(request.viewer)
    rows = queries.freezes(zone_id=request.viewer.zone_id)
    return render(request, "reports/freezes.html", {"rows": rows})


@require_POST
def freeze(request: ZoneRequest) -> HttpResponse:
    """Sign off the question that was shown."""
    require_publisher(request.viewer)
    given = {name: request.POST.get(name, "").strip()[:80] for name in forms.QUESTION}
    try:
        asked = queries.parse_asked(**given, zone_id=request.viewer.zone_id)
        row = actions.freeze(viewer=request.viewer, asked=asked, note=request.POST.get("note", ""))
    except InvalidValue as error:
        messages.error(request, words(error))
        return _to(request, "figures")
    messages.success(request, _("已定稿。以后的更正不会改动它，差别在这里看得到。"))
    return _to(request, "freeze", row.pk)


@require_safe
def freeze_page(request: ZoneRequest, freeze_id: UUID) -> HttpResponse:
    """A signed-off count: as it was, computed again, and what has changed since; `?figure=` opens the causes."""
    viewer = request.viewer
    require_figures(viewer)
    row = queries.freeze_of(zone_id=viewer.zone_id, freeze_id=freeze_id)
    again = actions.reproduce(row)
    context: dict[str, object] = {"row": row, "again": again}
    if again.answer is not None:
        asked = replace(queries.asked_of_freeze(row), known_seq=None, known_at=None)
        now = queries.answer(zone_id=viewer.zone_id, asked=asked)
        context |= _difference(request, again.answer, now)
        context["basis"] = presentation.basis(again.answer)
    return render(request, "reports/freeze.html", context)


def _difference(request: ZoneRequest, before: queries.Answer, after: queries.Answer) -> dict[str, object]:
    context: dict[str, object] = {"lines": differences.summary(before, after), "chosen": ""}
    figure = request.GET.get("figure", "").strip()[:80]
    if figure:
        rule, why = differences.explained(before, after, figure=figure)
        ids = {change.project for change in why.changes}
        names = queries.visible_names(viewer=request.viewer, ids=ids)
        listed = differences.change_lines(why, rule, names)
        context |= {
            "chosen": figure,
            "chosen_title": presentation.figure_title(rule),
            "waterfall": differences.waterfall(why, rule),
            "changes": [line for line in listed if line["name"]],
            "hidden": sum(1 for line in listed if not line["name"]),
        }
    return context


SIDES = ("a", "b")


@require_safe
def compare(request: ZoneRequest) -> HttpResponse:
    """Two counts side by side: other days known, other packs, other periods; `a_period`, `b_known_at`… in the URL."""
    viewer = request.viewer
    require_figures(viewer)
    said = {
        side: {name: request.GET.get(f"{side}_{name}", "").strip()[:80] for name in forms.QUESTION} for side in SIDES
    }
    problem = ""
    asked: dict[str, Asked] = {}
    for side in SIDES:
        try:
            asked[side] = queries.parse_asked(**said[side], zone_id=viewer.zone_id)
        except DomainError as error:
            problem, asked[side] = words(error), queries.parse_asked()
    before, after = (queries.answer(zone_id=viewer.zone_id, asked=asked[side]) for side in SIDES)
    context: dict[str, object] = {
        "said": said,
        "problem": problem,
        "packs": [
            (name, presentation.pack_title(pack)) for name, pack in packs.all_packs(zone_id=viewer.zone_id).items()
        ],
        "sides": [
            {
                "key": side,
                "title": title,
                "said": said[side],
                "pack": asked[side].pack,
                "period": forms.written(asked[side]),
            }
            for side, title in zip(SIDES, (_("先看的"), _("后看的")), strict=True)
        ],
        "kept": [(key, value) for key, value in request.GET.items() if key != "figure" and value],
    }
    try:
        context |= _difference(request, before, after)
    except InvalidValue as error:
        context |= {"problem": words(error), "lines": differences.summary(before, after), "chosen": ""}
    return render(request, "reports/compare.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pack_list(request: ZoneRequest) -> HttpResponse:
    """Rule packs that may be counted with; bring one: every mistake is shown with its line."""
    viewer = request.viewer
    require_figures(viewer)
    findings: list[dict[str, object]] = []
    problem, status = "", 200
    if request.method == "POST":
        require_publisher(viewer)
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise InvalidValue("document-empty", field="file", value="")
            checked = actions.add_pack(
                viewer=viewer, text=upload.read().decode("utf-8-sig"), file_name=upload.name or "pack.toml"
            )
        except UnicodeDecodeError:
            problem, status = _("文件不是 UTF-8 编码的文本。"), 400
        else:
            place = 1 if in_chinese() else 0
            findings = [
                {"line": one.line, "error": one.error, "problem": one.problem[place], "fix": one.fix[place]}
                for one in checked.findings
            ]
            if checked.pack is not None:
                messages.success(request, _("已采用：%(name)s %(version)s") % {"name": checked.pack.title, "version": checked.pack.version})  # fmt: skip
                if not findings:
                    return _to(request, "pack", checked.pack.id)
            else:
                status = 400
    rows = packs.all_packs(zone_id=viewer.zone_id)
    context = {
        "rows": [
            (pack, presentation.pack_title(pack), pack.basis if in_chinese() else pack.basis_en)
            for pack in rows.values()
        ],
        "findings": findings,
        "problem": problem,
        "may_bring": may_publish(viewer),
    }
    return render(request, "reports/packs.html", context, status=status)


@require_safe
def pack_page(request: ZoneRequest, pack: str) -> HttpResponse:
    """A pack in prose that a statistician can read."""
    require_figures(request.viewer)
    found = packs.pack_named(zone_id=request.viewer.zone_id, name=pack)
    language = "zh" if in_chinese() else "en"
    prose = explain_pack(found, language)
    return render(
        request, "reports/pack.html", {"pack": found, "title": presentation.pack_title(found), "prose": prose}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rate_list(request: ZoneRequest) -> HttpResponse:
    """Exchange rates: entered by hand, or loaded from CSV with the rows that could not be read."""
    viewer = request.viewer
    require_figures(viewer)
    problem, lines, status = "", [], 200
    if request.method == "POST":
        require_publisher(viewer)
        try:
            upload = request.FILES.get("file")
            if upload is not None:
                kept, found = actions.load_rates(viewer=viewer, text=upload.read().decode("utf-8-sig"))
                lines = [
                    _("第 %(n)s 行：%(words)s") % {"n": number, "words": words(error)} for number, error in found[:50]
                ]
                messages.success(request, _("读入 %(n)s 条汇率。") % {"n": kept})
            else:
                given = {name: request.POST.get(name, "") for name in ("currency", "yuan", "source")}
                day = forms.day_of(request.POST.get("from", ""))
                actions.add_rate(viewer=viewer, from_day=day, **given)
                messages.success(request, _("已登记。"))
            if not lines:
                return _to(request, "rates")
        except UnicodeDecodeError:
            problem, status = _("文件不是 UTF-8 编码的文本。"), 400
        except InvalidValue as error:
            problem, status = words(error), 400
    context = {
        "rows": packs.rate_rows(zone_id=viewer.zone_id),
        "problem": problem,
        "lines": lines,
        "may_bring": may_publish(viewer),
        "today": clock.today(),
    }
    return render(request, "reports/rates.html", context, status=status)


@require_safe
def pivot(request: ZoneRequest) -> HttpResponse:
    """A figure by task force, unit, industry, origin or size, and month, quarter or year; conversion rates; days in stages."""
    viewer = forms.viewer_of(request)
    given, asked, error = forms.asked_of(request)
    found = queries.answer(zone_id=viewer.zone_id, asked=asked)
    rules = found.question.pack.figures
    figure = request.GET.get("figure", "")
    rule = next((one for one in rules if one.name == figure), rules[0])
    rows = request.GET.get("rows", "task_force")
    columns = request.GET.get("columns", "quarter")
    rows = rows if rows in tables.ROWS else "task_force"
    columns = columns if columns in tables.COLUMNS else "quarter"
    links = presentation.Links(forms.slug_of(request), {} if error else given)
    context = {
        "filters": forms.filters(given, asked, viewer.zone_id),
        "error": words(error) if error else "",
        "basis": presentation.basis(found),
        "figures": [(one.name, presentation.figure_title(one)) for one in rules],
        "rule": rule,
        "rule_title": presentation.figure_title(rule),
        "rows": rows,
        "columns": columns,
        "row_choices": tables.row_choices(),
        "column_choices": tables.column_choices(),
        "table": tables.pivot(found, rule=rule, rows=rows, columns=columns, links=links, language=get_language() or ""),
        "ratios": tables.ratio_lines(found),
        "stages": tables.stage_lines(found),
        "moves": tables.movement_lines(found, zone_id=viewer.zone_id),
        "question": given if not error else {},
        "may_freeze": may_publish(viewer) and not error,
        "freeze_question": {**given, "period": forms.written(asked), "pack": asked.pack},
    }
    return render(request, "reports/pivot.html", context, status=status_of(error) if error else 200)


@require_safe
def league(request: ZoneRequest) -> HttpResponse:
    """Task forces and units by figure against their targets; ties share a rank; never persons."""
    viewer = forms.viewer_of(request)
    given, asked, error = forms.asked_of(request)
    found = queries.answer(zone_id=viewer.zone_id, asked=asked)
    context = {
        "filters": forms.filters(given, asked, viewer.zone_id),
        "error": words(error) if error else "",
        "basis": presentation.basis(found),
        "leagues": tables.leagues(viewer=viewer, found=found),
    }
    return render(request, "reports/league.html", context, status=status_of(error) if error else 200)
