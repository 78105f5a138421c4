"""Pages of figures: the explorer, its export, publishing."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.projects.presentation import localized
from zhaoyin.apps.reports import actions, export, forms, presentation, queries
from zhaoyin.apps.reports.access import may_publish, require_publisher
from zhaoyin.apps.reports.presentation import Group, Links, RecordView
from zhaoyin.apps.reports.queries import Answer, Asked, Named
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.figure import Exclusion


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The explorer: the table, and the projects behind the number that was chosen."""
    viewer = forms.viewer_of(request)
    given, asked, error = forms.asked_of(request)
    chosen = forms.given(request, forms.CHOICE)
    links = Links(forms.slug_of(request), {**({} if error else given), **chosen})
    found = queries.answer(zone_id=viewer.zone_id, asked=asked)
    names = queries.names(zone_id=viewer.zone_id)
    context: dict[str, object] = {
        "filters": forms.filters({} | given if not error else dict.fromkeys(forms.QUESTION, ""), asked, viewer.zone_id),
        "error": words(error) if error else "",
        "answer": found,
        "basis": presentation.basis(found),
        "basis_text": found.question.pack.basis if wording.in_chinese() else found.question.pack.basis_en,
        "heads": [presentation.figure_title(rule) for rule in found.question.pack.figures],
        "lines": presentation.table(found, names, links, chosen),
        "children": presentation.children_table(queries.children(viewer=viewer, asked=asked), found.question.pack),
        **_publishing(request, viewer, asked, given, error),
        "months": presentation.months_chart(found),
        "chosen": chosen,
        "export_query": request.GET.urlencode(),
    }
    if chosen["figure"]:
        context.update(_opened(viewer, found, names, links, chosen))
    return render(request, "reports/figures.html", context, status=status_of(error) if error else 200)


def _publishing(
    request: HttpRequest, viewer: Viewer, asked: Asked, given: Mapping[str, str], error: DomainError | None
) -> dict[str, object]:
    """Only where there is a zone above: when it was last told, and for those who may, the question to tell it."""
    if request.zone.parent_id is None:  # type: ignore[attr-defined]
        return {}
    question = {**given, "period": forms.written(asked), "pack": asked.pack}
    return {
        "has_parent": True,
        "last_published": queries.last_published(viewer=viewer),
        "publish_question": question if may_publish(viewer) and error is None else None,
    }


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Give the totals of the question that was shown to the zone above."""
    viewer = forms.viewer_of(request)
    require_publisher(viewer)
    given = {name: request.POST.get(name, "").strip()[:80] for name in forms.QUESTION}
    try:
        actions.publish(viewer=viewer, asked=queries.parse_asked(**given, zone_id=viewer.zone_id))
    except DomainError as error:
        if status_of(error) != HTTPStatus.BAD_REQUEST:
            raise
        messages.error(request, words(error))
    else:
        messages.success(request, _("已发布给上级。之后的变化不会改动这次发布的数字。"))
    return redirect(Links(forms.slug_of(request), given).figures())


def _opened(
    viewer: Viewer, found: Answer, names: Mapping[str, Named], links: Links, chosen: Mapping[str, str]
) -> dict[str, object]:
    """The counted projects of the chosen number, and the others by the first rule that kept them out."""
    rule = found.question.pack.figure(chosen["figure"])
    cell = presentation.cell_of(chosen)
    counts = queries.rule_counts(found, figure=rule.name, cell=cell)
    opened = Exclusion(chosen["rule"]) if chosen["rule"] in set(Exclusion) else None
    counted = _records(viewer, found, names, links, rule.name, cell, None)
    groups: list[Group] = []
    for reason in Exclusion:
        if reason.value not in counts:
            continue
        is_open = reason is opened
        rows = _records(viewer, found, names, links, rule.name, cell, reason) if is_open else []
        url = links.figures(rule=None if is_open else reason.value) + "#not-counted"
        label = str(presentation.RULE_LABELS[reason])
        groups.append(Group(reason.value, label, counts[reason.value], url, [row for row in rows if row.name], is_open))
    where = [localized(names.get(chosen[key])) or _("未指定") for key in ("task_force", "industry") if chosen[key]]
    if chosen["month"]:
        where.append(chosen["month"])
    total = counts.get("", 0)
    shown = [row for row in counted if row.name]
    return {
        "figure": rule,
        "figure_title": presentation.figure_title(rule),
        "where": where,
        "counted": shown,
        "counted_total": total,
        "counted_hidden": len(counted) - len(shown),
        "counted_more": total > len(counted),
        "groups": groups,
        "not_counted_total": sum(count for name, count in counts.items() if name),
        "close_url": links.figures(**dict.fromkeys(forms.CHOICE)),
    }


def _records(
    viewer: Viewer, found: Answer, names: Mapping[str, Named], links: Links, figure: str,
    cell: Mapping[str, str | None], reason: Exclusion | None, limit: int = queries.LISTED,
) -> list[RecordView]:  # fmt: skip
    listed = queries.verdicts(found, figure=figure, rules=[reason], cell=cell, limit=limit)
    return [
        presentation.record_view(record, names, links) for record in queries.records(viewer=viewer, verdicts=listed)
    ]


@require_GET
def figures_export(request: HttpRequest) -> FileResponse:
    """The table, or with `figure` the projects behind it, as Excel or CSV."""
    viewer = forms.viewer_of(request)
    asked = queries.parse_asked(**forms.given(request, forms.QUESTION), zone_id=viewer.zone_id)
    chosen = forms.given(request, forms.CHOICE)
    links = Links(forms.slug_of(request), chosen)
    found = queries.answer(zone_id=viewer.zone_id, asked=asked)
    names = queries.names(zone_id=viewer.zone_id)
    if chosen["figure"]:
        cell = presentation.cell_of(chosen)
        every: list[RecordView] = []
        for reason in (None, *Exclusion):
            every += _records(viewer, found, names, links, chosen["figure"], cell, reason, queries.MOST_RECORDS)
        seen = [record for record in every if record.name]
        rows = export.record_rows(seen, len(every) - len(seen))
        title = presentation.figure_title(found.question.pack.figure(chosen["figure"]))
    else:
        lines = presentation.table(found, names, links, chosen)
        heads = [_("专班"), *(presentation.figure_title(rule) for rule in found.question.pack.figures)]
        rows = [
            heads,
            *(
                [("　" if line.part else "") + line.label, *(cell.exact or cell.text for cell in line.cells)]
                for line in lines
            ),
        ]
        title = _("数据")
    foot = [f"{label}：{value}" for label, value in presentation.basis(found)] + [_("内部管理口径，非官方统计数据")]
    name = f"{request.zone.name}-{title}-{forms.written(replace(asked)).replace('/', '至')}"  # type: ignore[attr-defined]
    return export.response(rows, name=name, form=request.GET.get("form", "xlsx"), foot=foot)
