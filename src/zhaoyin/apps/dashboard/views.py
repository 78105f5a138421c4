"""Pages of figures: the war room and the explorer."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.dashboard import actions, export, presentation, queries, war_room
from zhaoyin.apps.dashboard.access import may_publish, require_figures, require_publisher
from zhaoyin.apps.dashboard.presentation import Group, Links, RecordView
from zhaoyin.apps.dashboard.queries import Answer, Asked, Named
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.presentation import localized
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.components import Filter
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.figure import Exclusion
from zhaoyin.engines.counting import load_pack, shipped_packs

QUESTION = ("period", "pack", "as_of", "known_at", "known_basis")
CHOICE = ("figure", "task_force", "industry", "month", "rule")


def viewer_of(request: HttpRequest) -> Viewer:
    """Set by the zone middleware; NotAllowed for an administrator without another role."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    require_figures(viewer)
    return viewer


def _slug(request: HttpRequest) -> str:
    slug: str = request.zone.slug  # type: ignore[attr-defined]
    return slug


def _given(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:80] for name in names}


def _filters(given: Mapping[str, str], asked: Asked) -> list[Filter]:
    packs = [(name, presentation.pack_title(load_pack(name))) for name in shipped_packs()]
    return [
        Filter("period", _("期间（含首尾）"), given["period"] or _written(asked)),
        Filter("pack", _("统计口径"), asked.pack, packs),
        Filter("as_of", _("截至日"), given["as_of"], kind="date"),
        Filter("known_at", _("按当时所知"), given["known_at"], kind="date"),
        Filter("known_basis", _("所知以什么为准"), given["known_basis"], [("reported", _("台账截止日期"))]),
    ]


def _written(asked: Asked) -> str:
    return f"{asked.period.start.isoformat()}/{asked.period.last_day.isoformat()}"


def _asked(request: HttpRequest) -> tuple[dict[str, str], Asked, DomainError | None]:
    """The question in the URL; a question that cannot be understood is told, and the year to date shown instead."""
    given = _given(request, QUESTION)
    try:
        return given, queries.parse_asked(**given), None
    except DomainError as error:
        return given, queries.parse_asked(), error


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """The war room; `?wall=1` refreshes itself and needs no hand."""
    viewer = viewer_of(request)
    given, asked, error = _asked(request)
    links = Links(_slug(request), {} if error else given)
    shown = war_room.build(
        viewer=viewer, asked=asked, links=links, projects_url=reverse("projects:list", args=[_slug(request)])
    )
    context = {
        **shown,
        "wall": request.GET.get("wall") == "1",
        "now": clock.now(),
        "error": words(error) if error else "",
        "figures_url": links.figures(),
        "basis": _basis(shown["answer"]),  # type: ignore[arg-type]
    }
    return render(request, "dashboard/war_room.html", context, status=status_of(error) if error else 200)


def _basis(found: Answer) -> list[tuple[str, str]]:
    """What a figure rests on, as it stands under it."""
    identity, pack = found.count.identity, found.question.pack
    known = found.asked.known_on.isoformat() if found.asked.known_on else _("现在")
    return [
        (_("统计口径"), f"{presentation.pack_title(pack)} {pack.version}"),
        (_("统计区间"), identity.covered.replace("/", " — ")),
        (_("截至日"), identity.as_of.isoformat()),
        (
            _("按台账截止日期") if found.asked.by_report else _("按所知"),
            _("%(when)s（台账第 %(seq)s 号）") % {"when": known, "seq": identity.last_seq},
        ),
        (_("口径校验"), identity.pack_sha256[:12]),
    ]


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The explorer: the table, and the projects behind the number that was chosen."""
    viewer = viewer_of(request)
    given, asked, error = _asked(request)
    chosen = _given(request, CHOICE)
    links = Links(_slug(request), {**({} if error else given), **chosen})
    found = queries.answer(zone_id=viewer.zone_id, asked=asked)
    names = queries.names(zone_id=viewer.zone_id)
    context: dict[str, object] = {
        "filters": _filters({} | given if not error else dict.fromkeys(QUESTION, ""), asked),
        "error": words(error) if error else "",
        "answer": found,
        "basis": _basis(found),
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
    return render(request, "dashboard/figures.html", context, status=status_of(error) if error else 200)


def _publishing(
    request: HttpRequest, viewer: Viewer, asked: Asked, given: Mapping[str, str], error: DomainError | None
) -> dict[str, object]:
    """Only where there is a zone above: when it was last told, and for those who may, the question to tell it."""
    if request.zone.parent_id is None:  # type: ignore[attr-defined]
        return {}
    question = {**given, "period": _written(asked), "pack": asked.pack}
    return {
        "has_parent": True,
        "last_published": queries.last_published(viewer=viewer),
        "publish_question": question if may_publish(viewer) and error is None else None,
    }


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Give the totals of the question that was shown to the zone above."""
    viewer = viewer_of(request)
    require_publisher(viewer)
    given = {name: request.POST.get(name, "").strip()[:80] for name in QUESTION}
    try:
        actions.publish(viewer=viewer, asked=queries.parse_asked(**given))
    except DomainError as error:
        if status_of(error) != HTTPStatus.BAD_REQUEST:
            raise
        messages.error(request, words(error))
    else:
        messages.success(request, _("已发布给上级。之后的变化不会改动这次发布的数字。"))
    return redirect(Links(_slug(request), given).figures())


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
        "close_url": links.figures(**dict.fromkeys(CHOICE)),
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
    viewer = viewer_of(request)
    asked = queries.parse_asked(**_given(request, QUESTION))
    chosen = _given(request, CHOICE)
    links = Links(_slug(request), chosen)
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
    foot = [f"{label}：{value}" for label, value in _basis(found)] + [_("内部管理口径，非官方统计数据")]
    name = f"{request.zone.name}-{title}-{_written(replace(asked)).replace('/', '至')}"  # type: ignore[attr-defined]
    return export.response(rows, name=name, form=request.GET.get("form", "xlsx"), foot=foot)
