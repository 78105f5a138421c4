"""The assessment as a workbook: numbers as numbers, the working beside them, what it rests on below."""

import io

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from zhaoyin.apps.assessments import presentation
from zhaoyin.apps.assessments.queries import Assessed
from zhaoyin.engines.assessment import solve


def workbook_of(found: Assessed) -> bytes:
    """One sheet; texts are never formulas."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("考核"))
    head, number = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "0.00"})
    scheme, result = found.problem.scheme, solve(found.problem)
    columns = [_("名次"), _("专班"), _("总分")]
    for indicator in presentation.heads(scheme):
        columns += [str(indicator["title"]), _("得分"), _("算法")]
    sheet.write_row(0, 0, [*columns, _("加减分")], head)
    for row, unit in enumerate(result.units, start=1):
        sheet.write_number(row, 0, unit.rank)
        sheet.write_string(row, 1, unit.name)
        sheet.write_number(row, 2, float(unit.total), number)
        for place, one in enumerate(unit.scored):
            column = 3 + place * 3
            if one.value is not None:
                sheet.write_number(row, column, float(one.value))
            if one.score is not None:
                sheet.write_number(row, column + 1, float(one.score), number)
            sheet.write_string(row, column + 2, one.working or (presentation.gap_words(one.gap) if one.gap else ""))
        sheet.write_number(row, 3 + len(unit.scored) * 3, float(sum(points for _n, _t, points in unit.points)), number)
    identity = found.answer.count.identity
    rests = f"{scheme.title} {scheme.version} · {identity.pack} {identity.pack_version} · {identity.covered} · #{identity.last_seq}"
    sheet.write_string(len(result.units) + 2, 0, rests)
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, 22)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
