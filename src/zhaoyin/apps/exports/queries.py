"""Reading templates and what they are taken for."""

from collections.abc import Sequence
from uuid import UUID

from zhaoyin.adapters.spreadsheets.filling import best_table, understand_template
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.exports.access import visible_to
from zhaoyin.apps.exports.models import ReportTemplate
from zhaoyin.apps.imports.reading import overrides_of, table_key
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.domain.errors import InvalidValue, NotVisible
from zhaoyin.engines.sheet_reading.result import FileReading, Table

MOST_TEMPLATES = 200


def templates(*, viewer: Viewer) -> list[ReportTemplate]:
    """All in use, by name; one query."""
    return list(visible_to(viewer).select_related("created_by", "document").order_by("name", "id")[:MOST_TEMPLATES])


def chosen(*, viewer: Viewer, ids: Sequence[UUID]) -> list[ReportTemplate]:
    """Those templates in the order asked for; NotVisible when one is not there."""
    rows = {row.pk: row for row in visible_to(viewer).filter(pk__in=list(ids)).select_related("document")}
    if any(pk not in rows for pk in ids):
        raise NotVisible("not-found")
    return [rows[pk] for pk in dict.fromkeys(ids)]


def content_of(template: ReportTemplate) -> bytes:
    """Bytes of the workbook; InvalidValue `template-gone` after redaction."""
    rows = DocumentContent.objects.filter(zone_id=template.zone_id, document_id=template.document_id)
    content = rows.values_list("content", flat=True).first()
    if content is None:
        raise InvalidValue("template-gone", field="file", value=template.name)
    return bytes(content)


def understood(template: ReportTemplate) -> FileReading:
    """Its tables under the choices that people made."""
    return understand_template(
        file_name=template.file_name, data=content_of(template),
        choices=overrides_of(template.file_name, template.choices),
    )  # fmt: skip


def main_table(reading: FileReading) -> Table | None:
    """The table that would be filled; else the first one, so that a person can say what its columns are."""
    return best_table(reading) or next(iter(reading.tables), None)


def key_of(table: Table) -> str:
    """Key of a table in `choices`."""
    return table_key(table.sheet, table.place)
