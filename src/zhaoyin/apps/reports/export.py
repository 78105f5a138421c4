"""Export of what the figures page shows: the table, or the projects behind one number."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from zhaoyin.apps.projects.export import as_text
from zhaoyin.apps.reports.presentation import RecordView
from zhaoyin.apps.ui import wording

Row = Sequence[object]


def record_rows(records: Sequence[RecordView], hidden: int) -> list[Row]:
    """Head and a row for each project; projects that the viewer may not see are one line with their number."""
    head: Row = [
        _("项目名称"), _("是否计入"), _("未计入的原因"), _("日期"), _("依据的事件"), _("事件序号"), _("计划总投资"), _("币种"), _("专班"), _("产业"),
        _("投资来源地"), _("编号"),
    ]  # fmt: skip
    rows: list[Row] = [head]
    for record in records:
        rows.append(
            [
                record.name, _("否") if record.reason else _("是"), record.reason, wording.day(record.day) if record.day else "",
                record.event, record.event_number, record.amount.value if record.amount else None,
                record.amount.currency.value if record.amount else "", record.task_force, record.industry, record.origin,
                record.project,
            ]
        )  # fmt: skip
    if hidden:
        rows.append([_("另有 %(n)s 个项目不在您的查看范围内") % {"n": hidden}])
    return rows


def response(rows: Sequence[Row], *, name: str, form: str, foot: Sequence[str]) -> FileResponse:
    """The file; `foot` is what the numbers rest on and stands below them."""
    table = [*rows, [], *([line] for line in foot)]
    content = _xlsx(table) if form == "xlsx" else _csv(table)
    return FileResponse(content, as_attachment=True, filename=f"{name}.{'xlsx' if form == 'xlsx' else 'csv'}")


def _csv(rows: Sequence[Row]) -> io.BytesIO:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([as_text(value) for value in row])
    return io.BytesIO(("\ufeff" + buffer.getvalue()).encode("utf-8"))


def _xlsx(rows: Sequence[Row]) -> io.BytesIO:
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(_("数据"))
    bold, money = book.add_format({"bold": True, "bg_color": "#e7f0fb"}), book.add_format({"num_format": "#,##0.##"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 12, 18)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, Decimal | int):
                sheet.write_number(number, place, value, money)
            elif value is not None and value != "":
                text = value.isoformat() if isinstance(value, date) else str(value)
                sheet.write_string(number, place, text, bold if number == 0 else None)
    book.close()
    file.seek(0)
    return file
