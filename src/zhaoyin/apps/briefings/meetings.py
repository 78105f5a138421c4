"""Rows of trip reports and meeting briefings: notes of meetings, and facts of a project with where each stands."""

from uuid import UUID

from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.briefings.queries import Wanted
from zhaoyin.apps.engagements.access import visible_to
from zhaoyin.apps.engagements.forms import FORM_LABELS
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.presentation import amount, event_title, localized
from zhaoyin.apps.projects.queries import HistoryLine, history_lines
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.regions import region_name
from zhaoyin.domain import region
from zhaoyin.engines.briefing.problem import FactRow, VisitRow

MOST_VISITS = 400
MOST_FACTS = 14
ON_A_TRIP = ("visit", "hosted_visit", "online", "call")


def visits_of(*, viewer: Viewer, wanted: Wanted, project: UUID | None = None) -> tuple[VisitRow, ...]:
    """Meetings that were held, as their notes tell: of a project, or of the period (visits only), of a task force's projects."""
    rows = visible_to(viewer).filter(status="held")
    if project is not None:
        rows = rows.filter(project_id=project)
    else:
        period = wanted.asked.period
        rows = rows.filter(occurred_on__gte=period.start, occurred_on__lt=period.end, form="visit")
        if wanted.task_force is not None:
            rows = rows.filter(project__task_force_id=wanted.task_force)
    rows = rows.select_related("company", "project", "project__investor", "person", "next_person")
    made = []
    for row in rows.order_by("-occurred_on", "-version")[:MOST_VISITS]:
        company = row.company or (row.project.investor if row.project else None)
        place = region.region_name(row.place, english=not wording.in_chinese()) or region_name(row.place)
        made.append(
            VisitRow(
                day=row.occurred_on, company=company.name if company else row.project.name if row.project else _("未写明企业"),
                place=place, project=row.project.name if row.project else "", people=row.person.display_name, note=row.note,
                outcome=str(FORM_LABELS.get(row.form, row.form)) if project is not None else "",
                next_step="" if row.next_done else row.next_step, due_on=row.next_due_on,
                responsible=row.next_person.display_name if row.next_person else "",
            )
        )  # fmt: skip
    return tuple(made[::-1])


def _source(line: HistoryLine) -> str:
    """Where a fact stands: the entry of the ledger, and what it rests on."""
    kinds = {str(item["kind"]) for item in line.evidence}
    said = {
        "statement": _("%(who)s说明") % {"who": line.who}, "text_span": _("收到的原文"), "sheet_cells": _("收到的表格"),
        "page_region": _("收到的页面"), "whole_file": _("佐证文件"),
    }  # fmt: skip
    rests = "、".join(str(said[kind]) for kind in sorted(kinds) if kind in said)
    entry = _("台账第 %(seq)s 号") % {"seq": line.event.seq}
    return f"{entry}（{rests}）" if rests else entry


def facts_of(*, viewer: Viewer, project: Project) -> tuple[FactRow, ...]:
    """What is known of the project, what happened, what is agreed next: each with the entry that says it; newest facts first."""
    lines = [line for line in history_lines(zone_id=viewer.zone_id, project_id=project.pk) if not line.struck]
    opened = next((line for line in lines if line.event.kind == "opened"), None)
    source = _source(opened) if opened else _("项目台账")
    facts = [FactRow(topic=_("基本情况"), text=text, source=source) for text in _about(project)]
    told = [line for line in lines if line.event.kind not in {"opened", "placed", "described", "classified"}]
    for line in told[:MOST_FACTS]:
        text = event_title(line) + (f"：{line.note}" if line.note else "")
        facts.append(FactRow(topic=_("进展与依据"), text=text, source=_source(line), day=line.event.occurred.first))
    rows = visible_to(viewer).filter(project_id=project.pk, next_done=False).exclude(next_step="")
    for row in rows.order_by("next_due_on", "id")[:5]:
        due = _("（%(day)s 前）") % {"day": row.next_due_on.isoformat()} if row.next_due_on else ""
        when = _("%(day)s会面记录") % {"day": row.occurred_on.isoformat()}
        facts.append(FactRow(topic=_("已约定的下一步"), text=f"{row.next_step}{due}", source=when))
    return tuple(facts)


def _about(project: Project) -> list[str]:
    """The head of the project's page in short sentences; what is not known is not said, except the amount."""
    said = [
        (_("投资方：%(v)s"), project.investor.name if project.investor else ""),
        (_("来源地：%(v)s"), region_name(project.origin)), (_("产业：%(v)s"), localized(project.industry)),
        (_("产品：%(v)s"), project.product), (_("计划总投资：%(v)s"), wording.money(amount(project))),
        (_("用工：%(v)s 人"), str(project.jobs or "")), (_("意向选址：%(v)s"), project.site),
        (_("主办专班：%(v)s"), localized(project.task_force)),
        (_("负责人：%(v)s"), project.lead_person.display_name if project.lead_person else ""),
    ]  # fmt: skip
    return [_("项目：%(v)s") % {"v": project.name}, *(words % {"v": value} for words, value in said if value)]
