"""What the review page shows: the text in pieces, the proposals as cards."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zhaoyin.apps.intake.forms import DraftForm
from zhaoyin.apps.intake.models import Archive, DocumentReading, Draft
from zhaoyin.apps.intake.proposing import spans_of
from zhaoyin.apps.projects.forms import OUTCOME_LABELS, STAGE_LABELS
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.money import Money

SURE = 0.8
"""From this confidence of every field a proposal is ticked beforehand; how many that are and how often they are right: docs/algorithms/reading.md."""
CONFIDENT = 0.6
"""Under this a card says that a person should look closely (see docs/algorithms/reading.md)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, greyed or a fact; `drafts` are the positions of the cards it belongs to."""

    text: str
    kind: str = ""
    drafts: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A field's words in the document."""

    label: str
    text: str
    position: int


@dataclass(slots=True)
class Card:
    """One proposal."""

    draft: Draft
    form: DraftForm | None
    title: str
    stage: str
    planned: Money | None
    quotes: list[Quote] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    uncertain: bool = False
    similar: object = None
    figure: dict[str, object] = field(default_factory=dict)
    votes: list[str] = field(default_factory=list)
    by_model: bool = False
    sure: bool = False
    doubtful: str = ""


def archive_lines(archive: Archive) -> list[tuple[str, str, str]]:
    """(member, its document or "", what was wrong or "")."""
    lines = []
    for row in archive.results:
        wrong = words(DomainError(str(row["code"]), **dict(row.get("params", {})))) if "code" in row else ""
        lines.append((str(row["name"]), str(row.get("document", "")), wrong))
    return lines


def relation_words(kind: str, head: str, tail: str, role: str) -> str:
    """A relation as a short sentence."""
    sentences = {
        "has_role": _("%(head)s 任 %(role)s"), "supplier_of": _("%(head)s 为 %(tail)s 供应"), "customer_of": _("%(head)s 是 %(tail)s 的客户"),
        "followed": _("%(head)s 随 %(tail)s 而来"), "fund_invested": _("%(head)s 投资 %(tail)s"), "lends_to": _("%(head)s 贷款给 %(tail)s"),
        "subsidiary_of": _("%(head)s 是 %(tail)s 的子公司"),
    }  # fmt: skip
    return sentences.get(kind, "%(head)s %(tail)s") % {"head": head, "tail": tail, "role": role}


def indicator_words(indicator: str) -> str:
    """An area figure's measure."""
    return {
        "negotiating": _("新增洽谈"), "signed": _("新签约"), "landed": _("落地"), "construction": _("开工"), "production": _("投产"),
        "fdi": _("实际利用外资"), "funds_arrived": _("到位资金"),
    }.get(indicator, indicator)  # fmt: skip


def pieces(reading: DocumentReading, drafts: Sequence[Draft]) -> list[Piece]:
    """The text cut at every mark and at the edges of boilerplate."""
    text = reading.document.body.text or ""
    owners: dict[tuple[int, int], list[str]] = {}
    for draft in drafts:
        for span in spans_of(draft.content):
            owners.setdefault(span, []).append(str(draft.position))
    marks: list[tuple[int, int, str]] = [(int(s), int(e), str(kind)) for s, e, kind in reading.marks]
    marks += [(int(s), int(e), "boilerplate") for s, e in reading.boilerplate]
    found: list[Piece] = []
    position = 0
    for start, end, kind in sorted(marks):
        if start < position or end > len(text):
            continue
        if start > position:
            found.append(Piece(text[position:start]))
        found.append(Piece(text[start:end], kind, " ".join(_owners(owners, start, end)), f"s{start}"))
        position = end
    if position < len(text):
        found.append(Piece(text[position:]))
    return found


def _owners(owners: dict[tuple[int, int], list[str]], start: int, end: int) -> list[str]:
    exact = owners.get((start, end))
    if exact:
        return exact
    return sorted(
        {number for span, numbers in owners.items() if span[0] < end and start < span[1] for number in numbers}
    )


def card(reading: DocumentReading, draft: Draft, form: DraftForm | None, similar: object = None) -> Card:
    """One proposal as a card; `form` is None when it is decided or may not be decided."""
    content, text = draft.content, reading.document.body.text or ""
    amount = content.get("amount")
    planned = Money.from_payload(amount["money"]) if isinstance(amount, dict) else None
    made = Card(draft=draft, form=form, title="", stage="", planned=planned, similar=similar)
    if draft.kind == "figure":
        made.title = indicator_words(str(content.get("indicator", "")))
        made.figure = {name: content.get(name) for name in ("count", "period", "zone")}
        made.quotes = _quotes(text, [(_("原文"), content.get("span"))], wide=18)
        return made
    made.title = str(content.get("investor") or content.get("name") or _("投资方未知"))
    made.stage = _("已终止") if content.get("ended") else str(STAGE_LABELS.get(str(content.get("stage", "")), ""))
    made.uncertain = float(content.get("confidence") or 0) < CONFIDENT
    labelled = [
        (_("投资方"), content.get("company_span")), (_("项目"), content.get("name_span")),
        (_("投资额"), amount.get("span") if isinstance(amount, dict) else None), (_("阶段"), content.get("stage_span")),
        (_("日期"), content.get("dated_span")), (_("用工"), content.get("jobs_span")), (_("意向落地"), content.get("place_span")),
    ]  # fmt: skip
    made.quotes = _quotes(text, labelled, wide=8)
    made.relations = [
        relation_words(str(one["kind"]), str(one["head"]), str(one["tail"]), str(one["role"]))
        for one in content.get("relations", [])
    ]
    made.sure, made.doubtful = _sureness(content)
    made.by_model = content.get("by") == "model"
    made.votes = _differences(content)
    return made


def _sureness(content: dict[str, object]) -> tuple[bool, str]:
    """(whether it is ticked beforehand, the fields to look at closely)."""
    known = content.get("sure")
    if not isinstance(known, dict) or content.get("by") == "model" or "differs" in str(content.get("votes", "")):
        return False, ""
    labels = {"company": _("投资方"), "amount": _("投资额"), "stage": _("阶段")}
    fields = {name: float(value) for name, value in known.items() if name != "amount" or content.get("amount")}
    doubtful = [str(labels[name]) for name, value in fields.items() if value < CONFIDENT]
    return all(value >= SURE for value in fields.values()), _("、").join(doubtful)


def _differences(content: dict[str, object]) -> list[str]:
    """Where the model service reads another value than the engine."""
    others = content.get("model")
    found: list[str] = []
    for name, one in others.items() if isinstance(others, dict) else []:
        if name == "amount":
            found.append(_("模型读作投资额 %(value)s") % {"value": wording.money(Money.from_payload(one["money"]))})
        elif name == "stage":
            stage = STAGE_LABELS.get(str(one["value"])) or OUTCOME_LABELS.get(str(one["value"]), one["value"])
            found.append(_("模型读作阶段“%(value)s”") % {"value": stage})
        elif name == "jobs":
            found.append(_("模型读作用工 %(value)s") % one)
        else:
            found.append(_("模型读作项目“%(value)s”") % one)
    return found


def _quotes(text: str, labelled: Sequence[tuple[str, object]], *, wide: int) -> list[Quote]:
    found: list[Quote] = []
    for label, span in labelled:
        if isinstance(span, list):
            start, end = int(span[0]), int(span[1])
            before = text[max(0, start - wide) : start].split("\n")[-1]
            after = text[end : end + wide].split("\n")[0]
            found.append(Quote(str(label), f"…{before}【{text[start:end]}】{after}…", start))
    return found


def mark_position(reading: DocumentReading, start: int) -> str:
    """Anchor of the mark that holds an offset."""
    starts = [int(mark[0]) for mark in reading.marks]
    index = bisect_right(starts, start) - 1
    return f"s{starts[index]}" if index >= 0 else ""
