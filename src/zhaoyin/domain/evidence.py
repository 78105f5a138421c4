"""Evidence: a locator of one kind that says where a value stands or who said it."""

from dataclasses import dataclass, fields
from enum import StrEnum

from zhaoyin.domain.errors import InvalidValue


class EvidenceKind(StrEnum):
    """The five kinds of locator."""

    TEXT_SPAN = "text_span"
    SHEET_CELLS = "sheet_cells"
    PAGE_REGION = "page_region"
    WHOLE_FILE = "whole_file"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`document` (id) with its `sha256` for all but a statement, whose `stated_by` is a person's id.

    `reported_on`: the day (ISO) for which a ledger file was reported, when that is not the day it came in.
    `start`/`end`: code points in the document's text, end exclusive. `sheet`, `cells`: e.g. "Sheet1", "B7:C7".
    """

    kind: EvidenceKind
    document: str | None = None
    sha256: str | None = None
    start: int | None = None
    end: int | None = None
    sheet: str | None = None
    cells: str | None = None
    page: int | None = None
    stated_by: str | None = None
    field: str | None = None
    reported_on: str | None = None

    def __post_init__(self) -> None:
        if self.kind is EvidenceKind.STATEMENT:
            complete = self.stated_by is not None
        else:
            complete = self.document is not None and self.sha256 is not None
        if self.kind is EvidenceKind.TEXT_SPAN:
            complete = complete and self.start is not None and self.end is not None and 0 <= self.start < self.end
        if self.kind is EvidenceKind.SHEET_CELLS:
            complete = complete and self.sheet is not None and bool(self.cells)
        if self.kind is EvidenceKind.PAGE_REGION:
            complete = complete and self.page is not None
        if not complete:
            raise InvalidValue("evidence-incomplete", field="evidence", value=self.kind.value)

    def to_payload(self) -> dict[str, object]:
        """Only what is set."""
        return {name: value for name in _FIELDS if (value := getattr(self, name)) is not None}

    @classmethod
    def from_payload(cls, payload: dict[str, object]) -> "Evidence":
        """Inverse of `to_payload`; InvalidValue when it is no locator."""
        try:
            return cls(**{**payload, "kind": EvidenceKind(payload["kind"])})  # type: ignore[arg-type]
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidValue("evidence-malformed", field="evidence", value=str(payload)) from error


_FIELDS = tuple(field.name for field in fields(Evidence))


def statement_by(person_id: object) -> Evidence:
    """The word of a person of the zone."""
    return Evidence(kind=EvidenceKind.STATEMENT, stated_by=str(person_id))


def text_span(*, document_id: object, sha256: str, start: int, end: int, field: str | None = None) -> Evidence:
    """Characters `start` to `end` (exclusive) of a document's text."""
    return Evidence(
        kind=EvidenceKind.TEXT_SPAN,
        document=str(document_id),
        sha256=sha256,
        start=start,
        end=end,
        field=field,
    )


def whole_file(*, document_id: object, sha256: str) -> Evidence:
    """A whole uploaded file."""
    return Evidence(kind=EvidenceKind.WHOLE_FILE, document=str(document_id), sha256=sha256)


def sheet_cells(
    *,
    document_id: object,
    sha256: str,
    sheet: str,
    cells: str,
    field: str | None = None,
    reported_on: str | None = None,
) -> Evidence:
    """Cells of a ledger, e.g. "B7" or "B7:C8"; `reported_on`: the ledger's own date."""
    return Evidence(
        kind=EvidenceKind.SHEET_CELLS,
        document=str(document_id),
        sha256=sha256,
        sheet=sheet,
        cells=cells,
        field=field,
        reported_on=reported_on,
    )
