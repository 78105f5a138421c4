"""A document as the page shows it: the printed sheet, and the same with its paragraphs to be reworded."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from zhaoyin.adapters.office.charts import chart_svg
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing import Document, source_of
from zhaoyin.engines.briefing.result import MONEY, NUMBER, PERCENT, Block, Chart, Heading, Paragraph, Slot, Table

FIELD = "text-"


@dataclass(frozen=True, slots=True)
class Shown:
    """A block for the template; `what`: heading, paragraph, table, chart, break."""

    what: str
    block: Block
    svg: SafeString | str = ""
    parts: tuple[tuple[str, Slot | None], ...] = ()
    source: str = ""
    field: str = ""
    error: str = ""
    numeric: tuple[bool, ...] = ()


def shown(document: Document, *, edits: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> list[Shown]:  # fmt: skip
    """Blocks in their order. `edits`, `errors`: what was typed and refused, by paragraph, so that it is not lost."""
    return [_one(block, edits or {}, errors or {}) for block in document.blocks]


def _one(block: Block, edits: Mapping[str, str], errors: Mapping[str, str]) -> Shown:
    if isinstance(block, Heading):
        return Shown("heading", block)
    if isinstance(block, Paragraph):
        parts = tuple((part, None) if isinstance(part, str) else (part.text, part) for part in block.parts)
        return Shown(
            "paragraph", block, parts=parts, source=edits.get(block.id, source_of(block)), field=FIELD + block.id,
            error=errors.get(block.id, ""),
        )  # fmt: skip
    if isinstance(block, Table):
        numeric = tuple(column.kind in {NUMBER, MONEY, PERCENT} for column in block.columns)
        return Shown("table", block, numeric=numeric)
    if isinstance(block, Chart):
        return Shown("chart", block, svg=mark_safe(chart_svg(block)))  # noqa: S308 - drawn by us, texts escaped
    return Shown("break", block)


def edits_in(posted: Mapping[str, str], document: Document) -> dict[str, str]:
    """Paragraphs whose text was changed, by id."""
    found = {}
    for paragraph in document.paragraphs():
        text = posted.get(FIELD + paragraph.id)
        if text is not None and " ".join(text.split()) != " ".join(source_of(paragraph).split()):
            found[paragraph.id] = text
    return found


def cut_away(errors: Mapping[str, InvalidValue], document: Document) -> dict[str, InvalidValue]:
    """Refused edits of paragraphs that the document no longer has."""
    there = {paragraph.id for paragraph in document.paragraphs()}
    return {key: error for key, error in errors.items() if key not in there}
