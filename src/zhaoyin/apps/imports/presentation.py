"""What the import pages show: columns in colour, rows in words, questions with their evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoyin.apps.imports.models import ImportFile, ImportRow, RowState
from zhaoyin.apps.imports.words import CELL_FLAGS, FIELD_LABELS, SUSPECTS, VALUE_LABELS
from zhaoyin.apps.projects.forms import OUTCOME_LABELS, STAGE_LABELS
from zhaoyin.apps.projects.reasons import FOR
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

TONES = {"new": "green", "changed": "blue", "same": "plain", "suspicious": "yellow", "refused": "red"}
VERDICTS: Mapping[str, str | Promise] = {
    "fill": gettext_lazy("补充"), "change": gettext_lazy("变更"), "conflict": gettext_lazy("冲突：系统里人工改过"),
    "kept": gettext_lazy("保留系统里的值"), "blank": gettext_lazy("表里变空，不清除"), "behind": gettext_lazy("表里阶段落后，不后退"),
}  # fmt: skip
COLOURS = {
    "project_name": 1, "investor": 2, "planned_total_investment": 3, "fixed_asset_investment": 3, "funds_in_place": 3,
    "stage": 4, "signed_on": 5, "industry": 6, "task_force_or_unit": 6, "site": 6, "contacts": 7, "phone": 7,
    "progress_text": 8, "jobs": 9, "land_mu": 9,
}  # fmt: skip
"""Colour of a column by what it means; 0 for what is not understood or not used."""


def value_words(name: str, value: object, names: Mapping[str, str]) -> str:
    """A canonical value in words; 未知 for None."""
    if value is None or value == "":
        return wording.unknown()
    if isinstance(value, Mapping):
        return wording.money(Money.from_payload(dict(value)))
    if name == "stage":
        return str(OUTCOME_LABELS.get(str(value)) or STAGE_LABELS.get(str(value), value))
    if name == "signed_on":
        return wording.day(PartialDate.parse(str(value)))
    if name in {"investor", "industry", "task_force", "unit"}:
        return names.get(str(value), str(value))
    text = str(value)
    return text if len(text) <= 80 else text[:80] + "…"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of a row."""

    label: str
    before: str
    after: str
    verdict: str
    cells: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question."""

    key: str
    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What must be answered, and why it is asked."""

    text: str
    why: Sequence[str]
    options: Sequence[Option]


@dataclass(slots=True)
class RowCard:
    """A row as the report shows it."""

    row: ImportRow
    state: str
    tone: str
    lines: list[ChangeLine] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unmapped: list[tuple[str, str, str]] = field(default_factory=list)
    status: str = ""


def ids_in(rows: Sequence[ImportRow]) -> set[str]:
    """Ids that a page of rows needs names for."""
    found: set[str] = set()
    for row in rows:
        found |= {str(one) for one in row.content.get("resolved", {}).values() if one and one is not True}
        for name, change in row.changes.items():
            if name in {"investor", "industry", "task_force", "unit"}:
                found |= {str(change["before"] or ""), str(change["after"] or "")}
        for question in row.questions:
            if question.get("field") in {"investor", "industry", "task_force", "unit"}:
                found |= {str(question.get("before") or ""), str(question.get("after") or "")}
    return found - {""}


def card(row: ImportRow, names: Mapping[str, str]) -> RowCard:
    """A row with its changes, questions and problems in words."""
    made = RowCard(row, str(RowState(row.state).label), TONES[row.state])
    made.lines = _changes(row, names) if row.changes else _values(row, names)
    made.questions = [_question(question, names) for question in row.questions]
    made.problems = [problem_words(problem) for problem in row.problems]
    made.unmapped = [tuple(one) for one in row.content.get("unmapped", [])[:30]]
    if row.undone_at:
        made.status = _("撤销时保留：别人已在此基础上继续") if "kept" in row.made else _("已撤销")
    elif row.applied_at:
        made.status = _("已写入")
    return made


def _label(name: str) -> str:
    return str(VALUE_LABELS.get(name, name))


def _changes(row: ImportRow, names: Mapping[str, str]) -> list[ChangeLine]:
    values = row.content.get("values", {})
    lines = []
    for name, change in row.changes.items():
        source = values.get("unit" if name == "task_force" else name, {})
        lines.append(
            ChangeLine(
                label=_label(name),
                before=value_words(name, change["before"], names),
                after=value_words(name, change["after"], names),
                verdict=str(VERDICTS.get(change["verdict"], "")),
                cells=str(source.get("cells", "")),
            )
        )
    return lines


def _values(row: ImportRow, names: Mapping[str, str]) -> list[ChangeLine]:
    """What a new row says; an amount that waits for an answer says so."""
    resolved = row.content.get("resolved", {})
    lines = []
    for name, value in row.content.get("values", {}).items():
        if name in {"name", "contacts"}:
            continue
        said = value.get("value")
        shown, note = value_words(name, said, {}), str(value.get("written", ""))
        known = resolved.get(name) or (resolved.get("task_force") if name == "unit" else "")
        if name in {"investor", "industry", "unit"} and known and names.get(str(known)) not in {None, said}:
            note = f"→ {names[str(known)]}"
        if value.get("review") and f"unit:{name}" not in row.answers:
            note = _("单位存疑，未计入")
        label = str(FIELD_LABELS["task_force_or_unit"]) if name == "unit" else _label(name)
        lines.append(ChangeLine(label, "", shown, "", str(value.get("cells", "")), note if note != shown else ""))
    return lines


def problem_words(problem: Mapping[str, Any]) -> str:
    """Names the cell, the field and the value."""
    given = {key: value for key, value in problem.items() if key not in {"code", "cells"}}
    text = words(DomainError(str(problem["code"]), **given))
    return f"{problem['cells']}：{text}" if problem.get("cells") else text


def _evidence(flag: Mapping[str, Any]) -> str:
    pattern = CELL_FLAGS.get(str(flag["code"]))
    if pattern is None:
        return str(flag["code"])
    shown = {
        key: _ratio(value) if key == "ratio" else str(value) if key == "as_written" else _plain_words(value)
        for key, value in dict(flag.get("evidence") or {}).items()
    }

    class _Known(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "—"

    return str(pattern).format_map(_Known(shown))


def _ratio(value: object) -> str:
    """How many times: whole from ten on."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    number = 1 / number if 0 < number < 1 else number
    return wording.number(number.quantize(Decimal(1) if number >= 10 else Decimal("0.1")))


def _plain_words(value: object) -> str:
    if isinstance(value, Mapping) and "value" in value:
        return wording.money(Money.from_payload(dict(value)))
    if isinstance(value, list):
        return "、".join(_plain_words(one) for one in value)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return wording.money(number) if number >= 1000 else wording.number(number)


def _question(question: Mapping[str, Any], names: Mapping[str, str]) -> Question:
    kind = question["kind"]
    if kind == "unit":
        name = str(question["field"])
        options = [
            Option(f"unit:{name}", str(place), value_words(name, option, names))
            for place, option in enumerate(question["options"])
        ]
        options.append(Option(f"unit:{name}", "leave", _("先不计入")))
        text = _("%(cells)s 的%(field)s是多少？") % {"cells": question["cells"], "field": _label(name)}
        return Question(text, [_evidence(flag) for flag in question.get("flags", [])], options)
    if kind == "conflict":
        name = str(question["field"])
        before, after = value_words(name, question["before"], names), value_words(name, question["after"], names)
        text = _("%(field)s：系统里有人改为“%(before)s”，表里是“%(after)s”，用哪个？")
        both = [
            Option(f"conflict:{name}", "keep", _("保留系统的：%(value)s") % {"value": before}),
            Option(f"conflict:{name}", "take", _("用表里的：%(value)s") % {"value": after}),
        ]
        return Question(text % {"field": _label(name), "before": before, "after": after}, [], both)
    if kind == "company":
        options = [Option("company", str(one["id"]), _("是：%(name)s") % one) for one in question["options"]]
        options.append(Option("company", "new", _("是另一家，新登记")))
        return Question(_("投资方“%(name)s”是不是已登记的企业？") % question, [], options)
    options = [
        Option("project", str(one["id"]), _("同一个：《%(name)s》") % one, _twin_detail(one))
        for one in question["options"]
    ]
    options.append(Option("project", "new", _("不同，作为新项目")))
    return Question(_("可能与已有项目重复，是同一个吗？"), [], options)


def _twin_detail(one: Mapping[str, Any]) -> str:
    reasons = "、".join(str(FOR.get(reason, reason)) for reason in one.get("reasons", []))
    return " · ".join(part for part in (str(one.get("investor") or ""), reasons) if part)


def suspect_words(check: Mapping[str, Any]) -> list[str]:
    """What could explain a total that does not agree."""
    found = []
    for one in check["suspects"]:
        rows = "、".join(str(row) for row in one["rows"])
        found.append(str(SUSPECTS.get(one["kind"], one["kind"])).format(rows=rows))
    return found


@dataclass(slots=True)
class ColumnView:
    """A column of a table with the choice that can be made."""

    index: int
    head: str
    field: str
    unit: str
    currency: str
    colour: int
    confidence: int
    why: str
    sample: str
    hidden: bool


@dataclass(slots=True)
class TableView:
    """A table with its first rows."""

    key: str
    sheet: str
    title: str
    shape: str
    records: int
    columns: list[ColumnView]
    rows: list[tuple[int, str, list[tuple[int, str]]]]
    checks: list[dict[str, Any]]
    others: list[dict[str, Any]]
    not_understood: int


def tables(file: ImportFile) -> list[TableView]:
    """Tables of a file as the mapping page shows them."""
    return [_table(table, file.choices.get(f"{table['sheet']}|{table['place']}", {})) for table in file.tables]


def _table(table: Mapping[str, Any], choices: Mapping[str, Any]) -> TableView:
    columns = [_column(column, choices.get(str(column["index"]), {})) for column in table["columns"]]
    colours = {column.index: column.colour for column in columns}
    preview = table["preview"]
    rows = [
        (
            number,
            preview["kinds"].get(str(number), ""),
            [(colours.get(place, 0), text) for place, text in enumerate(cells)],
        )
        for number, cells in zip(preview.get("numbers", []), preview["rows"], strict=False)
    ]
    return TableView(
        key=f"{table['sheet']}|{table['place']}",
        sheet=table["sheet"],
        title=table["title"],
        shape=table["shape"],
        records=table["records"],
        columns=columns,
        rows=rows,
        checks=[_check_view(check) for check in table["checks"]],
        others=table["others"],
        not_understood=sum(not column.field for column in columns),
    )


def _check_view(check: Mapping[str, Any]) -> dict[str, Any]:
    """A totals row in words: amounts as money, other sums as numbers."""
    amounts = check["field"] in {"planned_total_investment", "fixed_asset_investment", "funds_in_place"}
    shown: dict[str, str] = {}
    for name in ("stated", "computed", "difference"):
        value = Decimal(check[name])
        sign = "-" if value < 0 else ""
        shown[name] = sign + (wording.money(abs(value)) if amounts else wording.number(abs(value)))
    return {
        **check,
        **shown,
        "label_words": FIELD_LABELS.get(check["field"], check["field"]),
        "why": suspect_words(check),
    }


def _column(column: Mapping[str, Any], chosen: Mapping[str, Any]) -> ColumnView:
    field_name = "" if chosen.get("ignored") else str(chosen.get("field") or column["field"])
    return ColumnView(
        index=column["index"],
        head=column["head"],
        field="-" if chosen.get("ignored") else field_name,
        unit=str(chosen.get("unit") or column["unit"]),
        currency=str(chosen.get("currency") or column["currency"]),
        colour=COLOURS.get(field_name, 0),
        confidence=int(float(column["confidence"]) * 100),
        why="、".join(column["why"]),
        sample=" / ".join(column["sample"]),
        hidden=bool(column.get("hidden")),
    )


def file_problem(file: ImportFile) -> str:
    """Why a file could not be read; "" when it could."""
    if not file.problem:
        return ""
    return words(DomainError(str(file.problem["code"]), **dict(file.problem.get("params", {}))))
