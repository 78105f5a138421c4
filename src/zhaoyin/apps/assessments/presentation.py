"""What the pages of the assessment show."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from zhaoyin.apps.assessments.queries import Assessed
from zhaoyin.apps.projects.forms import STAGE_LABELS
from zhaoyin.apps.recognition.forms import MATTER_LABELS, PROOF_LABELS
from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.money import number_text
from zhaoyin.engines.assessment import Assessment, Indicator, Lift, Scheme, Scored
from zhaoyin.engines.assessment.hints import Hint, HintKind
from zhaoyin.engines.assessment.result import Gap

TONES = {"green": "green", "yellow": "yellow", "red": "red"}


def scheme_title(scheme: Scheme) -> str:
    """Title in the language in force."""
    return scheme.title if in_chinese() else scheme.title_en


def _title(indicator: Indicator) -> str:
    return indicator.title if in_chinese() else indicator.title_en


def heads(scheme: Scheme) -> list[dict[str, object]]:
    """Columns: title, weight, unit."""
    return [
        {
            "title": _title(indicator),
            "weight": number_text(indicator.weight),
            "unit": _("亿元") if indicator.measure == "amount" else "",
        }
        for indicator in scheme.indicators
    ]


def _shown(value: Decimal | None) -> str:
    return _("未知") if value is None else number_text(value.quantize(Decimal("0.01")))


def gap_words(gap: Gap) -> str:
    """Why there is no score."""
    return {
        Gap.NO_VALUE: _("没有这项数字，不计分"), Gap.NO_TARGET: _("没有定目标，不计分"), Gap.ZERO_TARGET: _("目标是 0，不能算完成率"),
    }[gap]  # fmt: skip


def _cell(scored: Scored) -> dict[str, object]:
    lights = {"green": _("不落后"), "yellow": _("略落后"), "red": _("落后")}
    return {
        "value": _shown(scored.value),
        "target": _shown(scored.target) if scored.target is not None else "",
        "score": scored.score,
        "working": scored.working,
        "ahead": scored.ahead,
        "progress": scored.progress,
        "light": lights[scored.light.value] if scored.light else "",
        "tone": TONES[scored.light.value] if scored.light else "plain",
        "gap": gap_words(scored.gap) if scored.gap else "",
    }


def lines(assessment: Assessment, scheme: Scheme) -> list[dict[str, object]]:
    """Units by rank with their cells."""
    points = {rule.name: rule.title if in_chinese() else rule.title_en for rule in scheme.points}
    return [
        {
            "unit": unit,
            "cells": [_cell(scored) for scored in unit.scored],
            "points": [
                {"title": points[name], "times": times, "points": number_text(value)}
                for name, times, value in unit.points
            ],
        }
        for unit in assessment.units
    ]


def step_words(step: str) -> str:
    """The next step of a project."""
    if step == "contract":
        return _("签正式合同")
    if step == "report":
        return _("补本月进展")
    if step.startswith("recognised:"):
        return _("认定“%(matter)s”") % {"matter": MATTER_LABELS.get(step.partition(":")[2], step)}
    return _("进入“%(stage)s”") % {"stage": STAGE_LABELS.get(step, step)}


def evidence_words(evidence: Sequence[str]) -> str:
    """What the step must be shown with."""
    words = [_("会面或进展记录") if name == "notes" else str(PROOF_LABELS.get(name, name)) for name in evidence]
    return _("、").join(words)


def lift_lines(found: Assessed, lifts: Sequence[Lift], names: Mapping[str, str]) -> list[dict[str, object]]:
    """The steps that lift most, each on top of those before it."""
    titles = {indicator.name: _title(indicator) for indicator in found.problem.scheme.indicators}
    return [
        {
            "lift": lift,
            "project": names.get(lift.move.project, ""),
            "step": step_words(lift.move.step),
            "evidence": evidence_words(lift.move.evidence),
            "adds": _("，").join(f"{titles[name]} +{_shown(more)}" for name, more in lift.move.adds.items()),
        }
        for lift in lifts
    ]


def hint_words(hint: Hint, names: Mapping[str, str]) -> str:
    """A question, never an accusation."""
    first = names.get(hint.projects[0], _("项目")) if hint.projects else ""
    facts = dict(hint.facts)
    if hint.kind is HintKind.SIGNED_BEFORE:
        other = names.get(hint.projects[1], _("项目"))
        return _("《%(second)s》（%(second_on)s 签约，%(two)s 亿元）和《%(first)s》（%(first_on)s 签约，%(one)s 亿元）是不是同一个项目？") % {
            "second": first, "second_on": facts["second_on"], "two": _yi(facts["second"]), "first": other,
            "first_on": facts["first_on"], "one": _yi(facts["first"]),
        }  # fmt: skip
    if hint.kind is HintKind.DENSE:
        return _("《%(name)s》每亩 %(per_mu)s 万元，同类项目一般 %(usual)s 万元，投资额或用地是否有误？") % {
            "name": first,
            **facts,
        }
    if hint.kind is HintKind.STALE:
        return _("《%(name)s》在谈 %(days)s 天，最近 %(silent)s 天没有进展，还在谈吗？") % {"name": first, **facts}
    if hint.kind is HintKind.ROUND:
        return _("%(all)s 个项目里 %(hits)s 个的投资额是整亿，别的专班约 %(others)s%%，数字核实过吗？") % facts
    return _("《%(name)s》的投资额在季末（%(on)s）由 %(one)s 亿元改为 %(two)s 亿元，依据是什么？") % {
        "name": first, "on": facts["on"], "one": _yi(facts["before"]), "two": _yi(facts["after"]),
    }  # fmt: skip


def _yi(text: str) -> str:
    return number_text((Decimal(text) / 10**8).quantize(Decimal("0.0001")))


def kind_words(kind: HintKind) -> str:
    """The kind of a hint as a heading."""
    return {
        HintKind.SIGNED_BEFORE: _("可能重复签约"), HintKind.DENSE: _("投资强度异常"), HintKind.STALE: _("久谈未决"),
        HintKind.ROUND: _("整数扎堆"), HintKind.RAISED_LATE: _("季末调高"),
    }[kind]  # fmt: skip


def answer_words(answer: str) -> str:
    """What was said of a hint."""
    return {"explained": _("已说明"), "corrected": _("已更正"), "dismissed": _("不成立")}.get(answer, answer)
