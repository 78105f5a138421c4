"""A template to start from: a plain Word file with the usual tags."""

import io
from datetime import datetime

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhaoyin.adapters.office.packing import repacked

LINES = (
    ("一、总体情况", "1. Overview", "{{ text.overview }}"),
    ("二、专班进度", "2. Task forces", "{{ text.league }}"),
)
HEADS = (("序号", "No."), ("项目名称", "Project"), ("计划总投资", "Planned total"), ("签约日期", "Signed on"))
CELLS = ("{{ row.no }}", "{{ row.name }}", "{{ row.planned_total }}", "{{ row.signed_on }}")


def sample_template(*, english: bool = False) -> bytes:
    """A .docx; the same bytes each time."""
    word = new_document()
    at = 1 if english else 0
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)  # type: ignore[attr-defined]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    for text, size in (("{{ title }}", 22), ("{{ subtitle }}", 14)):
        line = word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(text)
        run.font.size, run.font.bold = Pt(size), size > 20
    word.add_paragraph(("发文单位：", "Issued by: ")[at] + "{{ issuer }}　{{ date }}")
    for chinese, other, tag in LINES:
        word.add_paragraph().add_run((chinese, other)[at]).font.bold = True
        word.add_paragraph(tag)
    word.add_paragraph("{{ charts.months }}")
    word.add_paragraph().add_run(("三、新签约项目", "3. Newly signed")[at]).font.bold = True
    word.add_paragraph("{% if figures.signed_count %}" + ("共", "In all ")[at] + "{{ figures.signed_count }}" + ("个。", ".")[at] + "{% endif %}")  # fmt: skip
    table = word.add_table(rows=4, cols=len(HEADS))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head[at]
    table.rows[1].cells[0].text = "{%tr for row in tables.signed %}"
    for cell, text in zip(table.rows[2].cells, CELLS, strict=True):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"
    word.add_paragraph()
    word.add_paragraph("{%p for note in notes %}")
    word.add_paragraph("[{{ note.mark }}] {{ note.text }}")
    word.add_paragraph("{%p endfor %}")
    about = word.core_properties
    about.author, about.title, about.comments = "", "", ""
    about.created = about.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - the file format has no zone
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())
