"""A briefing as a Word file: A4, margins and sizes after GB/T 9704-2012, table heads that repeat, wide tables on landscape pages."""

import io
from datetime import datetime

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from zhaoyin.adapters.office.charts import text_width
from zhaoyin.adapters.office.packing import repacked
from zhaoyin.adapters.office.pdf import chart_png
from zhaoyin.engines.briefing.result import (
    DAY,
    MONEY,
    NUMBER,
    PERCENT,
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Slot,
    Table,
)

BODY, SONG, HEI, LATIN = "仿宋", "宋体", "黑体", "Times New Roman"
"""Fonts that come with Chinese Windows and WPS; 小标宋 of the standard is often missing, so titles are bold Song."""
PORTRAIT, LANDSCAPE = (Mm(37), Mm(35), Mm(28), Mm(26)), (Mm(25), Mm(20), Mm(20), Mm(20))
"""Margins top, bottom, left, right. Portrait: GB/T 9704-2012."""
TITLE_ROOM = 430
"""Points: a longer title is set smaller, so that its last two signs do not stand on a line alone."""
LINE, TIGHT_LINE = Pt(28), Pt(17)
COMPACT = frozenset({"one-page", "meeting"})
"""Kinds that must not run over: smaller letters, closer lines."""
HEAD_FILL, TOTAL_FILL = "E8EEF6", "F0F0F0"


def _font(run: Run, east: str, size: float, *, bold: bool = False, grey: bool = False) -> Run:
    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)
    if grey:
        run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)
    return run


def _mark(paragraph: WordParagraph, note: str, size: float) -> None:
    if note:
        _font(paragraph.add_run(f"[{note}]"), SONG, size).font.superscript = True


def _spacing(paragraph: WordParagraph, *, before: float = 0, after: float = 0, line: Pt | None = LINE) -> None:
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if line is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line


def _page(section: Section, flat: bool, tight: bool = False) -> None:
    width, height = (Mm(297), Mm(210)) if flat else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if flat else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    top, bottom, left, right = LANDSCAPE if flat or tight else PORTRAIT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right
    section.header_distance, section.footer_distance = Mm(15), Mm(12)


def _field(paragraph: WordParagraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = _font(paragraph.add_run(), SONG, 9)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)


def _frame(section: Section, document: Document) -> None:
    """Header with the title from the second page on, footer with the reserve and page numbers."""
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    _font(head.add_run(f"{document.title}　{document.date_text}"), SONG, 9, grey=True)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(line.add_run(f"{document.header}　— "), SONG, 9, grey=True)
        _field(line, "PAGE")
        _font(line.add_run(" / "), SONG, 9, grey=True)
        _field(line, "NUMPAGES")
        _font(line.add_run(" —"), SONG, 9, grey=True)


def _title(word: WordDocument, document: Document) -> None:
    if document.number:
        line = word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(line.add_run(document.number), BODY, 14)
    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _spacing(line, before=6, after=6, line=Pt(34))
    _font(line.add_run(document.title), SONG, 22 if text_width(document.title, 22) < TITLE_ROOM else 18, bold=True)
    if document.subtitle:
        line = word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _spacing(line)
        _font(line.add_run(document.subtitle), BODY, 16)
    line = word.add_paragraph()
    _spacing(line, before=4, after=10, line=None)
    section = word.sections[-1]
    room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    line.paragraph_format.tab_stops.add_tab_stop(Emu(room), alignment=2)
    _font(line.add_run(f"{document.issuer}\t{document.date_text}"), BODY, 12)
    _rule(line)


def _rule(paragraph: WordParagraph) -> None:
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "B3261E")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _heading(word: WordDocument, block: Heading, tight: bool) -> None:
    line = word.add_heading(level=min(block.level, 9))
    _spacing(line, before=4 if tight else 8, after=2, line=TIGHT_LINE if tight else LINE)
    line.paragraph_format.keep_with_next = True
    _font(line.add_run(block.text), HEI, 12 if tight else 16).font.color.rgb = RGBColor(0, 0, 0)


def _paragraph(word: WordDocument, block: Paragraph, chinese: bool, tight: bool) -> None:
    line = word.add_paragraph()
    size = (9 if tight else 12) if block.style == "note" else 11 if tight else 16
    if block.style == "note":
        _spacing(line, before=4, line=Pt(18))
    else:
        _spacing(line, line=TIGHT_LINE if tight else LINE)
        if chinese:
            line.paragraph_format.first_line_indent = Pt(2 * size)
    line.paragraph_format.widow_control = True
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for part in block.parts:
        if isinstance(part, Slot):
            _font(line.add_run(part.text), BODY, size)
            _mark(line, part.note, size)
        else:
            _font(line.add_run(part), BODY, size)


def _shade(cell: _Cell, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shade)


def _row_rule(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


ALIGNED = {NUMBER: WD_ALIGN_PARAGRAPH.RIGHT, MONEY: WD_ALIGN_PARAGRAPH.RIGHT, PERCENT: WD_ALIGN_PARAGRAPH.RIGHT, DAY: WD_ALIGN_PARAGRAPH.CENTER}  # fmt: skip


def _fill(cell: _Cell, content: Cell, column: Column, size: float, fill: str) -> None:
    line = cell.paragraphs[0]
    _spacing(line, line=Pt(size * 1.35))
    line.alignment = ALIGNED.get(column.kind, WD_ALIGN_PARAGRAPH.LEFT)
    _font(line.add_run(content.text), BODY, size)
    _mark(line, content.note, size)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if fill:
        _shade(cell, fill)


def _table(word: WordDocument, block: Table, room: int, tight: bool = False) -> None:
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _spacing(title, before=8, after=4, line=None)
    title.paragraph_format.keep_with_next = True
    _font(title.add_run(block.title), HEI, 12)
    if not block.rows:
        line = word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(line.add_run(block.empty), BODY, 12)
        return
    size = 9 if tight or len(block.columns) > 8 else 10.5
    table = word.add_table(rows=1, cols=len(block.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    weights = [2 * column.width + (2 if column.width == 1 else 0) for column in block.columns]  # "序号" on one line
    widths = [Emu(room * weight // sum(weights)) for weight in weights]
    _row_rule(table.rows[0], "w:cantSplit")
    _row_rule(table.rows[0], "w:tblHeader")
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.keep_with_next = True
        _spacing(line, line=Pt(size * 1.35))
        _font(line.add_run(column.title), HEI, size)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _shade(cell, HEAD_FILL)
    for row in block.rows:
        made = table.add_row()
        _row_rule(made, "w:cantSplit")
        for cell, content, column in zip(made.cells, row.cells, block.columns, strict=True):
            _fill(cell, content, column, size, TOTAL_FILL if row.style == "total" else "")
    _widths(table, widths)
    _spacing(word.add_paragraph(), line=Pt(8))


def _widths(table: WordTable, widths: list[Emu]) -> None:
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _chart(word: WordDocument, block: Chart, room: int) -> None:
    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _spacing(line, before=4, after=8, line=None)
    width = min(room, int(Mm(170)))
    picture = line.add_run().add_picture(io.BytesIO(chart_png(block)), width=Emu(width))
    picture._inline.docPr.set("descr", block.title)


def _room(section: Section) -> int:
    return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)


def _turn(word: WordDocument, flat: bool) -> None:
    """A new page the other way round; header and footer go on."""
    _page(word.add_section(WD_SECTION.NEW_PAGE), flat)
    word.sections[-1].different_first_page_header_footer = False


def _draw(word: WordDocument, block: Block, document: Document) -> None:
    tight = document.kind in COMPACT
    if isinstance(block, Heading):
        _heading(word, block, tight)
    elif isinstance(block, Paragraph):
        _paragraph(word, block, document.language == "zh", tight)
    elif isinstance(block, Table):
        turned = block.wide and document.orientation != "landscape" and bool(block.rows)
        if turned:
            _turn(word, True)
        _table(word, block, _room(word.sections[-1]), tight)
        if turned:
            _turn(word, False)
    elif isinstance(block, Chart):
        _chart(word, block, _room(word.sections[-1]) * 3 // (4 if tight else 3))
    else:
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _footnotes(word: WordDocument, document: Document) -> None:
    for number, note in enumerate(document.footnotes):
        line = word.add_paragraph()
        _spacing(line, before=10 if number == 0 else 0, line=Pt(14))
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(18), Pt(-18)
        _font(line.add_run(f"[{note.mark}] {note.text}"), SONG, 9)


def word_file(document: Document) -> bytes:
    """A .docx; the same bytes for the same document."""
    word = new_document()
    _page(word.sections[0], document.orientation == "landscape", document.kind in COMPACT)
    _frame(word.sections[0], document)
    style = word.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(16)  # type: ignore[attr-defined]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    _title(word, document)
    for block in document.blocks:
        _draw(word, block, document)
    _footnotes(word, document)
    moment = datetime.combine(document.issued_on, datetime.min.time())
    about = word.core_properties
    about.title, about.author, about.last_modified_by = document.title, document.issuer, document.issuer
    about.created = about.modified = moment
    about.comments, about.language = "", "zh-CN" if document.language == "zh" else "en"
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())
