"""What the template pages show: columns in colour, notes in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhaoyin.apps.exports.actions import FilledTemplate
from zhaoyin.apps.exports.words import LOST, NOTES
from zhaoyin.apps.imports.presentation import COLOURS
from zhaoyin.apps.imports.words import FIELD_LABELS
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.money import number_text
from zhaoyin.engines.sheet_reading.problem import RECORD_FIELDS, Field
from zhaoyin.engines.sheet_reading.result import Table

FILLABLE = (*RECORD_FIELDS, Field.SERIAL, Field.PHONE)
MOST_CELLS = 12


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a template: its head, what goes there, its unit."""

    index: int
    head: str
    field: str
    unit: str
    currency: str
    colour: int
    is_money: bool


def columns(table: Table, choices: Mapping[str, Mapping[str, object]]) -> list[ColumnView]:
    """Columns with what people chose before what was understood."""
    found = []
    for column in table.columns:
        chosen = choices.get(str(column.index), {})
        name = "-" if chosen.get("ignored") else column.field.value if column.field in FILLABLE else ""
        colour = COLOURS.get(name, 0)
        found.append(
            ColumnView(
                index=column.index, head=column.head, field=name, unit=number_text(column.unit) if column.unit else "",
                currency=column.currency.value if column.currency else "", colour=colour, is_money=colour == 3,
            )
        )  # fmt: skip
    return found


def field_choices() -> list[tuple[str, str]]:
    """What can be written into a column."""
    return [(name.value, str(FIELD_LABELS[name.value])) for name in FILLABLE]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one template: its rows, and what a person should know before sending it."""

    name: str
    url: str
    rows: int
    error: str
    remarks: list[str]


def outcome(done: FilledTemplate, url: str = "") -> Outcome:
    """In words."""
    if done.filled is None:
        return Outcome(done.template.name, url, 0, words(done.error) if done.error else "", [])
    return Outcome(done.template.name, url, done.filled.rows, "", _remarks(done))


def _remarks(done: FilledTemplate) -> list[str]:
    filled = done.filled
    if filled is None:
        return []
    told: list[str] = []
    counted = Counter(note.code for note in filled.notes)
    for code, number in counted.most_common():
        cells = [note.cell or note.written for note in filled.notes if note.code == code]
        if not any(cells):
            told.append(str(NOTES.get(code, code)))
            continue
        shown = "、".join(cells[:MOST_CELLS]) + ("…" if number > MOST_CELLS else "")
        told.append(
            _("%(what)s：%(number)s 处（%(cells)s）")
            % {"what": NOTES.get(code, code), "number": number, "cells": shown}
        )
    if filled.unplaced:
        names = "、".join(str(FIELD_LABELS[name.value]) for name in filled.unplaced)
        told.append(_("模板里没有这些列：%(names)s") % {"names": names})
    return told + [str(LOST.get(part, part)) for part in filled.lost]


def remarks_of(done: Sequence[FilledTemplate]) -> str:
    """The text file beside several filled templates."""
    parts = []
    for one in map(outcome, done):
        lines = [one.error] if one.error else one.remarks or [_("没有需要注意的地方")]
        parts.append("\r\n".join([f"{one.name}", *(f"- {line}" for line in lines)]))
    return "\r\n\r\n".join(parts)
