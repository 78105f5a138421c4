"""The abstract document: blocks whose text is apart from the figures in it. Windows to the outside draw it; nobody counts in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhaoyin.domain.canonical import canonical_json, sha256_hex

TEXT, NUMBER, MONEY, PERCENT, DAY = "text", "number", "money", "percent", "day"


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure inside a text: locked. `note`: the mark of its footnote ("" for none)."""

    key: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a section."""

    id: str
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Texts and figures in their order. `style`: body, lead, note."""

    id: str
    parts: tuple[str | Slot, ...]
    style: str = "body"

    @property
    def text(self) -> str:
        """As it reads."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The figures in it."""
        return tuple(part for part in self.parts if isinstance(part, Slot))


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, number, money (yuan; shown in units of `unit`), percent, day; `width`: share of the line."""

    title: str
    kind: str = TEXT
    width: int = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed, and the exact value for a workbook (None: there is only text). `note`: mark of its footnote."""

    text: str
    value: Decimal | int | date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`style`: plain or total."""

    cells: tuple[Cell, ...]
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """`wide`: wants a landscape page. `empty`: what is said when there is no row."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    wide: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the chart's categories; None is a gap."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind`: bar, line, waterfall, gauge, funnel. `mark`: a line across all bars, with its label."""

    id: str
    kind: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    mark: Decimal | None = None
    mark_label: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page begins."""

    id: str = "break"


Block = Heading | Paragraph | Table | Chart | PageBreak
_BLOCKS: Mapping[str, type] = {
    "heading": Heading, "paragraph": Paragraph, "table": Table, "chart": Chart, "break": PageBreak,
}  # fmt: skip
_NAMES = {block: name for name, block in _BLOCKS.items()}


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a figure or fact rests on."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A briefing. `orientation`: portrait or landscape; `remarks`: what the writer should know, not printed."""

    kind: str
    language: str
    title: str
    subtitle: str
    issuer: str
    number: str
    date_text: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    header: str = ""
    orientation: str = "portrait"
    remarks: tuple[str, ...] = ()
    issued_on: date

    def paragraphs(self) -> Iterator[Paragraph]:
        """All, in order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def slots(self) -> dict[str, Slot]:
        """Figures of all paragraphs by key."""
        return {slot.key: slot for paragraph in self.paragraphs() for slot in paragraph.slots}

    def canonical(self) -> str:
        """Canonical JSON: the same bytes for the same document."""
        body = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in {"blocks", "footnotes"}}
        body["blocks"] = [_block(block) for block in self.blocks]
        body["footnotes"] = [asdict(note) for note in self.footnotes]
        return canonical_json(body)

    @property
    def sha256(self) -> str:
        """Of the canonical JSON."""
        return sha256_hex(self.canonical())


def _plain(value: object) -> object:
    """Cell values carry their type, so that reading back gives the same document."""
    if isinstance(value, Decimal):
        return {"decimal": value}
    if isinstance(value, date):
        return {"date": value}
    return value


def _block(block: Block) -> dict[str, object]:
    body: dict[str, object] = {"block": _NAMES[type(block)]}
    if isinstance(block, Paragraph):
        parts = [part if isinstance(part, str) else asdict(part) for part in block.parts]
        return {**body, "id": block.id, "style": block.style, "parts": parts}
    if isinstance(block, Table):
        rows = [
            {
                "style": row.style,
                "cells": [{"text": c.text, "value": _plain(c.value), "note": c.note} for c in row.cells],
            }
            for row in block.rows
        ]
        columns = [asdict(column) for column in block.columns]
        return {
            **body, "id": block.id, "title": block.title, "wide": block.wide, "empty": block.empty, "columns": columns,
            "rows": rows,
        }  # fmt: skip
    return {**body, **asdict(block)}


def document_from(body: Mapping[str, Any]) -> Document:
    """The document of its canonical JSON, loaded; `document_from(json.loads(d.canonical())) == d`."""
    given = {**body}
    given["blocks"] = tuple(_block_from(block) for block in body["blocks"])
    given["footnotes"] = tuple(Footnote(**note) for note in body["footnotes"])
    given["remarks"] = tuple(body["remarks"])
    given["issued_on"] = date.fromisoformat(body["issued_on"])
    return Document(**given)


def _value_from(value: Any) -> Decimal | int | date | None:
    if isinstance(value, dict):
        return Decimal(value["decimal"]) if "decimal" in value else date.fromisoformat(value["date"])
    found: int | None = value
    return found


def _block_from(body: Mapping[str, Any]) -> Block:
    kind, given = body["block"], {name: value for name, value in body.items() if name != "block"}
    if kind == "paragraph":
        given["parts"] = tuple(part if isinstance(part, str) else Slot(**part) for part in body["parts"])
    elif kind == "table":
        given["columns"] = tuple(Column(**column) for column in body["columns"])
        given["rows"] = tuple(
            Row(tuple(Cell(c["text"], _value_from(c["value"]), c["note"]) for c in row["cells"]), row["style"])
            for row in body["rows"]
        )
    elif kind == "chart":
        given["categories"] = tuple(body["categories"])
        given["mark"] = None if body["mark"] is None else Decimal(body["mark"])
        given["series"] = tuple(_series_from(one) for one in body["series"])
    made: Block = _BLOCKS[kind](**given)
    return made


def _series_from(body: Mapping[str, Any]) -> Series:
    return Series(body["name"], tuple(None if value is None else Decimal(value) for value in body["values"]))


def marks(texts: Iterable[str]) -> tuple[Footnote, ...]:
    """Numbered footnotes."""
    return tuple(Footnote(str(number), text) for number, text in enumerate(texts, 1))
