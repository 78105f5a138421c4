"""Export of what a list shows. A text that a spreadsheet would take for a formula is written as text."""

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.projects.forms import CONTRACT_LABELS
from zhaoyin.apps.projects.presentation import rows
from zhaoyin.apps.projects.queries import ProjectFilter, project_page
from zhaoyin.apps.ui import wording

BATCH = 2000
MOST_ROWS = 200_000
_RUNS = frozenset("=+-@\t\r＝＋－＠")


def head() -> list[str]:
    """Column heads; amounts say their unit."""
    return [
        _("项目名称"), _("投资方"), _("阶段"), _("结局"), _("合同类型"), _("签约日期"), _("计划总投资（元）"), _("币种"), _("计划总投资（原文）"),
        _("产业"), _("专班"), _("项目负责人"), _("投资来源地"), _("性质"), _("用工人数"), _("最近进展"), _("编号"),
    ]  # fmt: skip


def _lines(viewer: Viewer, wanted: ProjectFilter, sort: str, zone_slug: str) -> Iterator[list[object]]:
    after = ""
    for _batch in range(MOST_ROWS // BATCH):
        page = project_page(viewer=viewer, wanted=wanted, sort=sort, after=after, size=BATCH)
        for line in rows(page.rows, zone_slug):
            project, planned = line.project, line.planned
            yield [
                project.name, project.investor.name if project.investor else "", line.stage, line.outcome,
                str(CONTRACT_LABELS.get(project.contract_kind, "")), project.signed_on, planned.value if planned else None,
                planned.currency.value if planned else "", wording.money(planned), line.industry, line.task_force,
                project.lead_person.display_name if project.lead_person else "", line.origin, line.kind, project.jobs,
                project.last_progress_on, str(project.pk),
            ]  # fmt: skip
        after = page.following
        if not after:
            return


def as_text(value: object) -> str:
    """A csv cell; a leading =, +, -, @ or tab, also behind blanks or in full width, is quoted so that no spreadsheet runs it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.lstrip(" \u3000\n")[:1] in _RUNS else text


def export_response(
    *, viewer: Viewer, wanted: ProjectFilter, sort: str, form: str, zone_name: str, zone_slug: str, on: date
) -> HttpResponseBase:
    """The file; never more rows than `MOST_ROWS`. It is in the audit trail."""
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="projects-exported", subject_kind="project-list",
        details={"form": form, "filtered": wanted != ProjectFilter()},
    )  # fmt: skip
    name = f"{zone_name}-{_('项目')}-{on.isoformat()}.{form}"
    if form == "csv":
        response = StreamingHttpResponse(
            _csv(_lines(viewer, wanted, sort, zone_slug)), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = FileResponse(io.BytesIO(), as_attachment=True, filename=name)[
            "Content-Disposition"
        ]
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by FileResponse
    _xlsx(file, _lines(viewer, wanted, sort, zone_slug))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)


def _csv(lines: Iterator[list[object]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(head())
    for line in lines:
        writer.writerow([as_text(value) for value in line])
        if buffer.tell() > 32_768:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _xlsx(file: object, lines: Iterator[list[object]]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(_("项目"))
    bold, day, money = (
        book.add_format(spec)
        for spec in ({"bold": True, "bg_color": "#e7f0fb"}, {"num_format": "yyyy-mm-dd"}, {"num_format": "#,##0.##"})
    )
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 1, 32)
    sheet.set_column(2, 16, 16)
    for place, title in enumerate(head()):
        sheet.write_string(0, place, title, bold)
    for number, line in enumerate(lines, start=1):
        for place, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif isinstance(value, Decimal | int):
                sheet.write_number(number, place, value, money)
            elif value not in {None, ""}:
                sheet.write_string(number, place, str(value))
    book.close()
