"""What lead pages show, in the words of the field."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.leads.forms import REASON_LABELS, STAGE_LABELS, STATUS_LABELS, STATUS_TONES
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.leads.queries import LeadLine
from zhaoyin.apps.ui.components import EvidenceLink, TimelineEntry
from zhaoyin.domain.money import Money


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    lead: Lead
    status: str
    tone: str
    stage: str
    planned: Money | None


def amount(lead: Lead) -> Money | None:
    """Planned total; None is unknown."""
    return Money.from_payload(lead.amount) if lead.amount else None


def row(lead: Lead) -> Row:
    """One line."""
    return Row(
        lead=lead,
        status=str(STATUS_LABELS[lead.status]),
        tone=STATUS_TONES[lead.status],
        stage=str(STAGE_LABELS.get(lead.said_stage, "")),
        planned=amount(lead),
    )


def facts(lead: Lead) -> list[tuple[str, object, str]]:
    """(label, value, filter) of the lead's page."""
    return [
        (_("客商"), lead.company.name if lead.company else lead.investor_name, "text"),
        (_("计划总投资"), amount(lead), "money"),
        (_("产品或内容"), lead.product, "text"),
        (_("所述阶段"), str(STAGE_LABELS.get(lead.said_stage, "")), "text"),
        (_("意向落地"), lead.place, "text"),
        (_("用工"), lead.jobs, "number"),
        (_("专班"), lead.task_force.name if lead.task_force else "", "text"),
        (_("跟进人"), lead.person.display_name if lead.person else "", "text"),
        (_("登记日期"), lead.opened_on, "day"),
    ]


def timeline(lines: Sequence[LeadLine], evidence: Sequence[EvidenceLink]) -> list[TimelineEntry]:
    """Entries newest first; the opening carries the places of the text it was read from."""
    titles = {
        "opened": _("登记线索"), "described": _("修改线索"), "assigned": _("分派"), "dropped": _("放弃"), "reopened": _("重新跟进"),
        "converted": _("转为项目"), "retracted": _("撤回一条记录"),
    }  # fmt: skip
    icons = {"opened": "circle-plus", "assigned": "user-check", "dropped": "circle-x", "converted": "briefcase"}
    entries: list[TimelineEntry] = []
    for line in lines:
        title = titles.get(line.event.kind, line.event.kind)
        if line.event.kind == "dropped":
            title = f"{title}：{REASON_LABELS[str(line.event.payload['reason'])]}"
        entries.append(
            TimelineEntry(
                title=title,
                occurred=line.event.occurred,
                recorded_at=line.recorded_at,
                who=line.who,
                evidence=evidence if line.event.kind == "opened" else (),
                icon=icons.get(line.event.kind, "circle-dot"),
            )
        )
    return entries


def document_link(zone_slug: str, lead: Lead) -> list[EvidenceLink]:
    """Where the lead was read."""
    if lead.document_id is None:
        return []
    return [EvidenceLink(_("原文"), url=reverse("sources:document", args=[zone_slug, lead.document_id]))]
