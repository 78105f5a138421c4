"""Editing the wording: a paragraph as text with `{figure}` in place of each figure, and back with every figure kept."""

import re
from collections.abc import Mapping
from dataclasses import replace

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing.result import Document, Paragraph, Slot

TOKEN = re.compile(r"\{([A-Za-z0-9_.]+)\}")
LONGEST = 4000


def parts_of(text: str, slots: Mapping[str, Slot]) -> tuple[str | Slot, ...]:
    """Text with `{key}` → parts. KeyError for a key that there is not."""
    found: list[str | Slot] = []
    at = 0
    for match in TOKEN.finditer(text):
        if match.start() > at:
            found.append(text[at : match.start()])
        found.append(slots[match.group(1)])
        at = match.end()
    if at < len(text):
        found.append(text[at:])
    return tuple(found)


def source_of(paragraph: Paragraph) -> str:
    """The text to edit."""
    return "".join(part if isinstance(part, str) else "{" + part.key + "}" for part in paragraph.parts)


def reworded(paragraph: Paragraph, text: str) -> Paragraph:
    """The paragraph in other words.

    InvalidValue `briefing-figure-lost` names the figures that the text no longer has, `briefing-figure-unknown` one that
    the paragraph never had, `briefing-figure-twice` one written down twice, `briefing-text-too-long`.
    """
    if len(text) > LONGEST:
        raise InvalidValue("briefing-text-too-long", field=paragraph.id, value=text[:20], limit=LONGEST)
    clean = " ".join(text.split())
    slots = {slot.key: slot for slot in paragraph.slots}
    used = TOKEN.findall(clean)
    for key in used:
        if key not in slots:
            raise InvalidValue(
                "briefing-figure-unknown", field=paragraph.id, value="{" + key + "}",
                known="、".join("{" + known + "}" for known in slots) or "—",
            )  # fmt: skip
        if used.count(key) > 1:
            raise InvalidValue("briefing-figure-twice", field=paragraph.id, value="{" + key + "}")
    lost = [slot for key, slot in slots.items() if key not in used]
    if lost:
        named = "、".join("{" + slot.key + "} " + slot.text for slot in lost)
        raise InvalidValue("briefing-figure-lost", field=paragraph.id, value=named)
    return replace(paragraph, parts=parts_of(clean, slots))


def apply_edits(document: Document, edits: Mapping[str, str]) -> tuple[Document, dict[str, InvalidValue]]:
    """The document with those paragraphs reworded; edits that cannot be applied leave theirs as it is and say why, by id.

    An edit of a paragraph that is no longer there is an error too: its wording is not lost silently.
    """
    refused: dict[str, InvalidValue] = {}
    blocks = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.id in edits:
            try:
                block = reworded(block, edits[block.id])
            except InvalidValue as error:
                refused[block.id] = error
        blocks.append(block)
    there = {paragraph.id for paragraph in document.paragraphs()}
    for gone in sorted(set(edits) - there):
        refused[gone] = InvalidValue("briefing-paragraph-gone", field=gone, value=edits[gone][:40])
    return replace(document, blocks=tuple(blocks)), refused
