"""Putting a document together: paragraphs with locked figures, tables with exact values, footnotes without repetition."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from zhaoyin.domain.period import Period
from zhaoyin.engines.briefing.edit import parts_of
from zhaoyin.engines.briefing.problem import AMOUNT, Amount, Basis, Problem, Value
from zhaoyin.engines.briefing.result import (
    MONEY,
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Slot,
    Table,
    marks,
)
from zhaoyin.engines.briefing.words import Words

NUMERALS = "一二三四五六七八九十"


class Draft:
    """Blocks in their order; one for each briefing."""

    def __init__(self, problem: Problem) -> None:
        self.problem = _without_braces(problem)
        self.words = Words(problem.language)
        self.blocks: list[Block] = []
        self.remarks: list[str] = []
        self._notes: list[str] = []
        self._sections = 0

    @property
    def base(self) -> str:
        """Mark of the footnote that says what the figures rest on; "" without figures."""
        return self.note(basis_note(self.problem.basis, self.words)) if self.problem.basis else ""

    def note(self, text: str) -> str:
        """The mark of a footnote; the same text has one."""
        if text not in self._notes:
            self._notes.append(text)
        return str(self._notes.index(text) + 1)

    def slot(self, key: str, text: str, note: str | None = None) -> Slot:
        """A locked figure; `note` None: that of the figures."""
        return Slot(key, text, self.base if note is None else note)

    def section(self, chinese: str, english: str) -> None:
        """A numbered heading."""
        number = self._sections
        self._sections += 1
        text = f"{NUMERALS[number]}、{chinese}" if self.words.zh else f"{number + 1}. {english}"
        self.blocks.append(Heading(f"section{number + 1}", text))

    def paragraph(self, id_: str, text: str, slots: Sequence[Slot] = (), style: str = "body") -> None:
        """A paragraph of a text with `{key}` for each figure."""
        self.blocks.append(Paragraph(id_, parts_of(text, {slot.key: slot for slot in slots}), style))

    def table(
        self, id_: str, title: str, columns: Sequence[Column], rows: Sequence[Row], wide: bool = False, empty: str = ""
    ) -> None:
        """A table; of no rows, what is said instead."""
        self.blocks.append(Table(id_, title, tuple(columns), tuple(rows), wide, empty))

    def chart(self, chart: Chart) -> None:
        """A chart."""
        self.blocks.append(chart)

    def page_break(self) -> None:
        """A new page."""
        self.blocks.append(PageBreak())

    def count_cell(self, value: int) -> Cell:
        """A number of projects."""
        return Cell(self.words.count(value), value)

    def money_cell(self, value: Decimal) -> Cell:
        """Yuan."""
        return Cell(self.words.yuan(value), value, kind=MONEY)

    def value_cell(self, value: Value | None, measure: str) -> Cell:
        """A figure; "—" when it is not known."""
        if value is None:
            return Cell("—")
        if measure == AMOUNT:
            return self.money_cell(value.yuan)
        return self.count_cell(int(value.size(measure)))

    def amount_cell(self, amount: Amount | None) -> Cell:
        """A project's amount; exact in a workbook only in yuan."""
        exact = amount.value if amount is not None and amount.currency == "CNY" and amount.high is None else None
        return Cell(self.words.amount(amount), exact)

    def percent_cell(self, value: Decimal | None) -> Cell:
        """A share."""
        return Cell("—") if value is None else Cell(self.words.percent(value), value)

    def points_cell(self, value: Decimal | None) -> Cell:
        """Percentage points with their sign."""
        return Cell("—") if value is None else Cell(self.words.points(value), value)

    def document(self, *, title: str, subtitle: str = "", orientation: str = "portrait") -> Document:
        """The finished document; a title that the problem brings goes before the usual one."""
        problem = self.problem
        if problem.hidden:
            text = self.words.pick(
                "另有{hidden}个项目不在编制人的查看范围内，计入数字但未列出名称。",
                "A further {hidden} outside what the author may see are counted but not named.",
            )
            shown = self.words.count(problem.hidden) if self.words.zh else self.words.projects(problem.hidden)
            self.paragraph("hidden", text, [self.slot("hidden", shown)], "note")
        return Document(
            kind=problem.kind,
            language=problem.language,
            title=problem.title or title,
            subtitle=f"（{subtitle}）" if subtitle and self.words.zh and not subtitle.startswith("（") else subtitle,
            issuer=problem.issuer or problem.zone,
            number=problem.number,
            date_text=self.words.long_day(problem.issued_on),
            blocks=tuple(self.blocks),
            footnotes=marks(self._notes),
            header=self.words.pick("内部资料，注意保管；数字为内部管理口径，非官方统计数据", "Internal; management figures, not official statistics"),
            orientation=orientation,
            remarks=tuple(self.remarks),
            issued_on=problem.issued_on,
        )  # fmt: skip


_BRACES = str.maketrans("{}", "｛｝")


def _without_braces(value: Any) -> Any:
    """Rows whose texts cannot be taken for figures: braces in names and notes become full-width ones."""
    if isinstance(value, str):
        return value.translate(_BRACES)
    if isinstance(value, tuple):
        return tuple(_without_braces(item) for item in value)
    if isinstance(value, Mapping):
        return {key: _without_braces(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type | Period):
        return replace(value, **{part.name: _without_braces(getattr(value, part.name)) for part in fields(value)})
    return value


def basis_note(basis: Basis, words: Words) -> str:
    """Pack and version, days covered, as-of, known-at and the two hashes."""
    first, last = basis.covered.start.isoformat(), basis.covered.last_day.isoformat()
    if words.zh:
        how = "按台账报送截止" if basis.by_report else "按记录"
        known = f"{how}{basis.known_on.isoformat()}所知" if basis.known_on else "按台账现状"
        return (
            f"统计口径：{basis.pack_title} {basis.pack_version}（{basis.pack}，校验 {basis.pack_sha256[:12]}）；"
            f"统计区间 {first} 至 {last}；截至 {basis.as_of.isoformat()}；{known}（台账第 {basis.last_seq} 号）；"
            f"{basis.engine}，数字校验 {basis.figures_sha256[:16]}。"
        )
    how = "as reported by ledgers by" if basis.by_report else "as known on"
    known = f"{how} {basis.known_on.isoformat()}" if basis.known_on else "as the ledger stands"
    return (
        f"Rules: {basis.pack_title} {basis.pack_version} ({basis.pack}, hash {basis.pack_sha256[:12]}); days {first} to {last}; "
        f"as of {basis.as_of.isoformat()}; {known} (entry {basis.last_seq}); {basis.engine}, figures hash {basis.figures_sha256[:16]}."
    )
