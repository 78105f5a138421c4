"""What project pages show: rows, cards, facts, steps, timeline entries, in the words of the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.projects.forms import CHANNEL_LABELS, CONTRACT_LABELS, KIND_LABELS, OUTCOME_LABELS, STAGE_LABELS
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.queries import BoardColumn, HistoryLine
from zhaoyin.apps.taskforces.models import Industry, TaskForce
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.components import EvidenceLink, Step, TimelineEntry, steps
from zhaoyin.apps.ui.regions import region_name
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project import Stage

STAGE_TONES = {
    "lead": "plain", "negotiating": "blue", "pre_signing": "blue", "signed": "green", "registered": "green", "filed": "green",
    "construction_started": "yellow", "completed": "yellow", "in_production": "green", "in_statistics": "green", "full_capacity": "green",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list or a card of the board."""

    project: Project
    stage: str
    tone: str
    planned: Money | None
    kind: str
    origin: str
    task_force: str
    industry: str
    outcome: str
    url: str
    investor_url: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board."""

    key: str
    label: str
    cards: list[Row]
    more: bool
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value; `kind` says which filter writes it."""

    label: str
    value: object
    kind: str = "text"
    url: str = ""


def amount(project: Project, kind: str = "planned_total_investment") -> Money | None:
    """An amount of the project; None is unknown."""
    payload = project.amounts.get(kind)
    return Money.from_payload(payload) if payload else None


_ANY = UUID(int=0)


def rows(projects: Sequence[Project], zone_slug: str) -> list[Row]:
    """Lines of a list; addresses are put together from one reversal a list, not two a row."""
    project_url = reverse("projects:detail", args=[zone_slug, _ANY])
    company_url = reverse("companies:detail", args=[zone_slug, _ANY])
    nothing, english = str(_ANY), not wording.in_chinese()
    return [
        Row(
            project=project,
            stage=str(STAGE_LABELS[project.stage]),
            tone=STAGE_TONES[project.stage],
            planned=amount(project),
            kind=str(KIND_LABELS.get(project.kind, project.kind)) if project.kind != "new" else "",
            origin=region_name(project.origin),
            task_force=_name(project.task_force, english),
            industry=_name(project.industry, english),
            outcome=str(OUTCOME_LABELS[project.outcome]) if project.outcome else "",
            url=project_url.replace(nothing, str(project.pk)),
            investor_url=company_url.replace(nothing, str(project.investor_id)) if project.investor_id else "",
        )
        for project in projects
    ]


def _name(thing: Industry | TaskForce | None, english: bool) -> str:
    if thing is None:
        return ""
    return (thing.name_en if english else "") or thing.name


def localized(thing: Industry | TaskForce | None) -> str:
    """Name of an industry or a task force in the language in force; "" for None."""
    return _name(thing, not wording.in_chinese())


def column(found: BoardColumn, zone_slug: str) -> Column:
    """One column of the board."""
    return Column(
        key=found.stage.value,
        label=str(STAGE_LABELS[found.stage.value]),
        cards=rows(found.cards, zone_slug),
        more=found.more,
        stages=found.stages,
    )


def facts(project: Project) -> list[Fact]:
    """What is known, in the order people ask for it; unknown is said."""
    person = project.lead_person
    return [
        Fact(_("计划总投资"), amount(project), "money"),
        Fact(_("固定资产投资"), amount(project, "fixed_asset_investment"), "money"),
        Fact(
            _("投资方"), project.investor.name if project.investor else None, "company", str(project.investor_id or "")
        ),
        Fact(_("产业"), localized(project.industry)),
        Fact(_("专班"), localized(project.task_force)),
        Fact(_("项目负责人"), person.display_name if person else None),
        Fact(_("招引单位"), project.attracting_unit.name if project.attracting_unit else None),
        Fact(_("落地载体"), project.landing_place.name if project.landing_place else None),
        Fact(_("投资来源地"), region_name(project.origin)),
        Fact(_("渠道"), str(CHANNEL_LABELS[project.channel]) if project.channel else None),
        Fact(_("产品或建设内容"), project.product),
        Fact(_("选址"), project.site),
        Fact(_("用工人数"), project.jobs, "number"),
        Fact(_("用地（亩）"), project.land_mu, "number"),
        Fact(_("签约日期"), project.signed_on, "day"),
        Fact(_("最近进展"), project.last_progress_on, "day"),
    ]


MAIN_STEPS = (
    "lead", "negotiating", "pre_signing", "signed", "registered", "filed", "construction_started", "completed",
    "in_production",
)  # fmt: skip


def stepper_of(project: Project, days: Mapping[str, PartialDate]) -> list[Step]:
    """Steps of the page; the two after production are shown only once reached."""
    keys = [*MAIN_STEPS, *(key for key in ("in_statistics", "full_capacity") if key in days)]
    return steps([(key, str(STAGE_LABELS[key])) for key in keys], project.stage, dict(days))


def possible_steps(project: Project) -> list[tuple[str, str]]:
    """Values of the step select: what may come next."""
    if project.outcome:
        return [("resumed", _("恢复推进"))]
    found: list[tuple[str, str]] = []
    for stage in Stage:
        if stage is Stage.SIGNED:
            found += [
                (f"contract_signed:{kind}", f"{_('签约')} · {label}")
                for kind, label in reversed(CONTRACT_LABELS.items())
            ]
        elif stage is not Stage.LEAD and stage.rank > project.stage_rank:
            found.append((f"stage_reached:{stage.value}", str(STAGE_LABELS[stage.value])))
    if project.contract_kind == "formal":
        found = [step for step in found if step[0] != "contract_signed:formal"]
    found.sort(key=lambda step: _rank(step[0], project.stage_rank))
    return found + [(f"ended:{value}", f"{_('结束')} · {label}") for value, label in OUTCOME_LABELS.items()]


def step_for(wanted: str, found: Sequence[tuple[str, str]]) -> str:
    """The step of a stage's name (a board column) or of its own value; the first possible one otherwise."""
    values = [value for value, _label in found]
    for candidate in (wanted, f"stage_reached:{wanted}", "contract_signed:formal" if wanted == "signed" else ""):
        if candidate in values:
            return candidate
    return values[0] if values else ""


def _rank(step: str, current: int) -> tuple[bool, int]:
    kind, _sep, value = step.partition(":")
    rank = Stage.SIGNED.rank if kind == "contract_signed" else Stage(value).rank
    return rank <= current, rank


def next_step(project: Project) -> str:
    """Words of the step that the page offers first."""
    found = possible_steps(project)
    return found[0][1] if found and not project.outcome else ""


def event_title(line: HistoryLine) -> str:
    """What an event says, in a few words."""
    payload, kind = line.event.payload, line.event.kind
    if kind == "stage_reached":
        return _("进入“%(stage)s”") % {"stage": STAGE_LABELS[str(payload["stage"])]}
    if kind == "contract_signed":
        return _("签订%(contract)s") % {"contract": CONTRACT_LABELS[str(payload["contract_kind"])]}
    if kind == "ended":
        return _("结束：%(outcome)s") % {"outcome": OUTCOME_LABELS[str(payload["outcome"])]}
    if kind == "amount_stated":
        return _amount_title(payload)
    if kind == "opened":
        return _("建立项目：%(name)s") % {"name": line.name}
    if kind in {"investor_joined", "investor_left"}:
        pattern = _("投资方加入：%(name)s") if kind == "investor_joined" else _("投资方退出：%(name)s")
        return pattern % {"name": line.company}
    titles = {
        "described": _("修改基本信息"), "placed": _("调整专班、单位或负责人"), "classified": _("调整产业、来源地或性质"),
        "resumed": _("恢复推进"), "progress_noted": _("进展"), "credited": _("划分考核归属"), "funds_arrived": _("资金到账"),
        "merged_into": _("并入另一个项目"), "unmerged": _("取消合并"), "retracted": _("撤回一条记录"),
    }  # fmt: skip
    return titles.get(kind, kind)


def _amount_title(payload: Mapping[str, object]) -> str:
    names = {
        "planned_total_investment": _("计划总投资"), "fixed_asset_investment": _("固定资产投资"),
        "agreed_outside_capital": _("协议引资额"), "funds_in_place": _("到位资金"), "foreign_capital_utilised": _("实际利用外资"),
        "increment_investment": _("增量投资"),
    }  # fmt: skip
    value = payload["amount"]
    money = Money.from_payload(dict(value)) if isinstance(value, Mapping) else None
    return f"{names[str(payload['amount_kind'])]} {wording.money(money)}"


UNCORRECTABLE = frozenset({"opened", "merged_into", "unmerged", "retracted"})
"""Kinds without a correction page: the opening is edited, a merge is undone."""

_ICONS = {
    "opened": "circle-plus", "contract_signed": "writing-sign", "ended": "circle-x", "amount_stated": "coin",
    "stage_reached": "flag", "progress_noted": "message", "retracted": "arrow-back-up",
}  # fmt: skip


def _links(line: HistoryLine, zone_slug: str) -> list[EvidenceLink]:
    links: list[EvidenceLink] = []
    for item in line.evidence:
        if item["kind"] == "statement":
            links.append(EvidenceLink(_("本人说明"), quote=line.note))
        elif item.get("document"):
            url = reverse("sources:document", args=[zone_slug, str(item["document"])])
            if item["kind"] == "sheet_cells":
                links.append(EvidenceLink(_("表格 %(sheet)s %(cells)s") % item, url=url, quote=line.note))
                continue
            if item["kind"] == "text_span":
                url += f"?start={item['start']}&end={item['end']}#span"
            label = _("原文第 %(start)s–%(end)s 字") % item if item["kind"] == "text_span" else _("佐证文件")
            links.append(EvidenceLink(label, url=url, quote=line.note))
    return links


def timeline(lines: Sequence[HistoryLine], zone_slug: str, project_id: UUID, may_change: bool) -> list[TimelineEntry]:
    """Entries newest first; a corrected one says what took its place."""
    entries: list[TimelineEntry] = []
    for line in lines:
        correction = ""
        if line.corrected_by is not None:
            gone = line.corrected_by.kind == "retracted"
            correction = _("已撤回") if gone else wording.day(line.corrected_by.occurred)
        struck = line.struck and line.event.kind != "retracted"
        url = ""
        if may_change and not line.struck and line.event.kind not in UNCORRECTABLE:
            url = reverse("projects:correct", args=[zone_slug, project_id, line.event.id])
        entries.append(_entry(line, _links(line, zone_slug), struck=struck, correction=correction, url=url))
    return entries


def _entry(
    line: HistoryLine, links: Sequence[EvidenceLink], *, struck: bool, correction: str, url: str
) -> TimelineEntry:
    return TimelineEntry(
        title=event_title(line),
        occurred=line.event.occurred,
        recorded_at=line.recorded_at,
        who=line.who,
        detail=line.note if line.event.kind in {"retracted", "progress_noted"} or line.event.supersedes else "",
        evidence=links,
        struck=struck,
        correction=correction,
        icon=_ICONS.get(line.event.kind, "circle-dot"),
        anchor=f"e{line.event.seq}",
        action_label=_("更正"),
        action_url=url,
    )
