"""Adding templates, saying what their columns are, filling them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.http import FileResponse
from django.utils import timezone

from zhaoyin.adapters.spreadsheets.filling import MOST_ROWS, Filled, best_table, fill, understand_template
from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.actions import checked_text
from zhaoyin.apps.exports.access import get_for_change, require_adder
from zhaoyin.apps.exports.models import ReportTemplate
from zhaoyin.apps.exports.queries import chosen, content_of
from zhaoyin.apps.exports.rows import lines
from zhaoyin.apps.imports.reading import overrides_of
from zhaoyin.apps.projects.queries import ProjectFilter, whole_rows
from zhaoyin.apps.sources.actions import receive
from zhaoyin.domain.errors import DomainError, InvalidValue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_AT_ONCE = 20


def add_template(*, viewer: Viewer, name: str, file_name: str, content: bytes) -> ReportTemplate:
    """Keep a workbook as a template; InvalidValue when it is no .xlsx or holds no table at all."""
    require_adder(viewer)
    short = PurePath(file_name).name[-200:] or "template.xlsx"
    reading = understand_template(file_name=short, data=content)
    if not reading.tables:
        raise InvalidValue("template-has-no-table", field="file", value=short)
    with transaction.atomic():
        document = receive(viewer=viewer, kind="file", content=content, file_name=short, media_type=XLSX)
        template = ReportTemplate.objects.create(
            zone_id=viewer.zone_id, name=checked_text(name, field="name")[:80], document=document,
            created_at=timezone.now(), created_by_id=viewer.person_id,
        )  # fmt: skip
        _audit(viewer, "template-added", template.pk, {})
    return template


def choose_columns(
    *, viewer: Viewer, template_id: UUID, table: str, choices: Mapping[str, Mapping[str, object]]
) -> ReportTemplate:
    """Say what columns of a table are; added to what was said before. A table that has no project column left is refused."""
    template = get_for_change(viewer, template_id)
    known = {str(index): dict(given) for index, given in template.choices.get(table, {}).items()}
    for index, given in choices.items():
        known.setdefault(index, {}).update(given)
    template.choices = {**template.choices, table: known}
    reading = understand_template(
        file_name=template.file_name,
        data=content_of(template),
        choices=overrides_of(template.file_name, template.choices),
    )
    if best_table(reading) is None:
        raise InvalidValue("template-has-no-table", field="file", value=template.file_name)
    with transaction.atomic():
        template.save(update_fields=["choices"])
        _audit(viewer, "template-columns-chosen", template.pk, {})
    return template


def retire_template(*, viewer: Viewer, template_id: UUID) -> None:
    """No longer offered; what was exported with it stays what it was."""
    template = get_for_change(viewer, template_id)
    with transaction.atomic():
        ReportTemplate.objects.filter(pk=template.pk).update(retired_at=timezone.now())
        _audit(viewer, "template-retired", template.pk, {})


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A template with what came of it: a file, or the error that stopped it."""

    template: ReportTemplate
    filled: Filled | None
    error: DomainError | None = None


def fill_templates(
    *, viewer: Viewer, template_ids: Sequence[UUID], wanted: ProjectFilter, sort: str
) -> list[FilledTemplate]:
    """Fill templates with the projects of a filter that the viewer may see; one that fails does not stop the others.

    InvalidValue `no-template-chosen`, `too-many-rows`.
    """
    if not template_ids:
        raise InvalidValue("no-template-chosen", field="template", value="")
    found = chosen(viewer=viewer, ids=template_ids[:MOST_AT_ONCE])
    projects = whole_rows(viewer=viewer, wanted=wanted, sort=sort, most=MOST_ROWS + 1)
    if len(projects) > MOST_ROWS:
        raise InvalidValue("too-many-rows", field="template", value="", limit=MOST_ROWS, rows=len(projects))
    rows = lines(viewer=viewer, projects=projects)
    done: list[FilledTemplate] = []
    for template in found:
        try:
            filled = fill(
                file_name=template.file_name, data=content_of(template), rows=rows,
                choices=overrides_of(template.file_name, template.choices),
            )  # fmt: skip
            done.append(FilledTemplate(template, filled))
        except DomainError as error:
            done.append(FilledTemplate(template, None, error))
    return done


@dataclass(frozen=True, slots=True)
class Download:
    """One file to hand over."""

    file_name: str
    media_type: str
    content: bytes


def export(
    *,
    viewer: Viewer,
    template_ids: Sequence[UUID],
    wanted: ProjectFilter,
    sort: str,
    on: date,
    remarks: Callable[[Sequence[FilledTemplate]], str] | None = None,
) -> Download:
    """The filled template, or a zip of several with what `remarks` says of them as a text file; one audit entry a template.

    Errors as `fill_templates`; the first error when no template could be filled.
    """
    done = fill_templates(viewer=viewer, template_ids=template_ids, wanted=wanted, sort=sort)
    files = [(one.template, one.filled) for one in done if one.filled is not None]
    if not files:
        raise next(one.error for one in done if one.error is not None)
    with transaction.atomic():
        for template, filled in files:
            _audit(
                viewer, "projects-exported", template.pk, {"rows": filled.rows, "filtered": wanted != ProjectFilter()}
            )
    if len(done) == 1:
        return Download(f"{files[0][0].name}-{on.isoformat()}.xlsx", XLSX, files[0][1].data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        taken: set[str] = set()
        for template, filled in files:
            archive.writestr(_free_name(template.name, on, taken), filled.data)
        if remarks is not None:
            archive.writestr("README.txt", "\ufeff" + remarks(done))
    return Download(f"{on.isoformat()}.zip", "application/zip", buffer.getvalue())


def headers(found: Download) -> dict[str, str]:
    """Response headers of a download; the name survives in Chinese."""
    disposition = FileResponse(io.BytesIO(), as_attachment=True, filename=found.file_name)["Content-Disposition"]
    return {"Content-Type": found.media_type, "Content-Disposition": disposition}


def _free_name(name: str, on: date, taken: set[str]) -> str:
    plain = "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in name).strip(". ") or "template"
    found, number = f"{plain}-{on.isoformat()}.xlsx", 1
    while found in taken:
        number += 1
        found = f"{plain}-{on.isoformat()}-{number}.xlsx"
    taken.add(found)
    return found


def _audit(viewer: Viewer, verb: str, template_id: UUID, details: dict[str, object]) -> None:
    record(
        zone_id=viewer.zone_id, actor_id=viewer.person_id, verb=verb, subject_kind="report-template", subject_id=template_id,
        details=details,
    )  # fmt: skip
