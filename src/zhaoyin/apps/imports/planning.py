"""From a row and what is known of its project to what would be written and what must be asked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhaoyin.apps.imports.comparing import Comparison, FieldChange, Verdict, compare
from zhaoyin.apps.imports.content import AMOUNTS
from zhaoyin.apps.imports.facts import ProjectFacts

Values = Mapping[str, Mapping[str, object]]
QUESTION_UNIT, QUESTION_CONFLICT, QUESTION_PROJECT, QUESTION_COMPANY = "unit", "conflict", "project", "company"
LEAVE, TAKE, KEEP, NEW = "leave", "take", "keep", "new"
COMPARED = (
    "investor", *AMOUNTS, "stage", "signed_on", "industry", "task_force", "unit", "site", "progress", "jobs", "land_mu",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolved:
    """Ids for the words of a row; "" when the zone knows none."""

    investor: str = ""
    industry: str = ""
    task_force: str = ""
    unit: str = ""
    defaulted: bool = False
    """The task force is the batch's, not the row's: it holds for a new project only."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`said`: values to write for a new project, or to compare; `changes` of a known one; `questions` still open."""

    said: Mapping[str, object]
    changes: Mapping[str, FieldChange] = field(default_factory=dict)
    questions: tuple[dict[str, object], ...] = ()


def _answer(answers: Mapping[str, object], kind: str, name: str = "") -> str | None:
    value = answers.get(f"{kind}:{name}" if name else kind)
    return None if value is None else str(value)


def said_of(
    values: Values, resolved: Resolved, answers: Mapping[str, object], mapped: Sequence[str] = ()
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """(values by field, questions). An amount whose unit is doubtful is left out until somebody has chosen."""
    said: dict[str, object] = {name: None for name in mapped if name in COMPARED}
    questions: list[dict[str, object]] = []
    for name, value in values.items():
        if not value.get("review"):
            said[name] = value["value"]
            continue
        said.pop(name, None)
        options = value.get("options")
        choices = options if isinstance(options, list) else [value["value"]]
        answer = _answer(answers, QUESTION_UNIT, name)
        if answer is None:
            flags = value.get("flags") or []
            questions.append(
                {"kind": QUESTION_UNIT, "field": name, "cells": value["cells"], "options": choices, "flags": flags}
            )
        elif answer.isdecimal() and int(answer) < len(choices):
            said[name] = choices[int(answer)]
    for name in ("investor", "industry", "unit"):
        said.pop(name, None)
    said.pop("task_force", None)
    for name in ("investor", "industry", "task_force", "unit"):
        known = getattr(resolved, name)
        if known:
            said[name] = known
    return said, questions


def plan_change(
    said: Mapping[str, object], facts: ProjectFacts, answers: Mapping[str, object], *, reported_on: date
) -> Plan:
    """What a row changes of a project that is there. A conflict is a question until it is answered; a ledger that is older
    than what is known changes nothing but what is unknown."""
    compared = {name: value for name, value in said.items() if name in COMPARED}
    if str(compared.get("investor", "")) in facts.investors:
        compared.pop("investor", None)
    result: Comparison = compare(facts.known, compared, ended=facts.ended)
    changes: dict[str, FieldChange] = {}
    questions: list[dict[str, object]] = []
    for name, change in result.changes.items():
        if change.verdict is Verdict.CHANGE and name != "stage" and facts.since.get(name, reported_on) > reported_on:
            change = FieldChange(Verdict.KEPT, change.before, change.after)
        if change.verdict is not Verdict.CONFLICT:
            changes[name] = change
            continue
        answer = _answer(answers, QUESTION_CONFLICT, name)
        if answer == TAKE:
            changes[name] = FieldChange(Verdict.CHANGE, change.before, change.after)
        elif answer == KEEP:
            changes[name] = FieldChange(Verdict.KEPT, change.before, change.after)
        else:
            changes[name] = change
            questions.append({"kind": QUESTION_CONFLICT, "field": name, "before": change.before, "after": change.after})
    return Plan(said, changes, tuple(questions))


def writes(plan: Plan) -> dict[str, FieldChange]:
    """Changes that are to be written."""
    return {name: one for name, one in plan.changes.items() if one.verdict in {Verdict.FILL, Verdict.CHANGE}}
