"""The result: what was understood of each file, where each value stands, how sure that is, and what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from zhaoyin.domain.money import Currency, Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.sheet_reading.problem import Field


class FlagCode(StrEnum):
    """Why something wants a person's eye. `Flag.evidence` has the named values."""

    UNIT_UNKNOWN = "unit-unknown"
    """No unit is written for the amount; evidence: `as_written`, `column_median`, `candidates`."""
    UNIT_DOUBTFUL = "unit-doubtful"
    """The amount does not fit its column; evidence: `ratio`, `column_median`, `suggested`."""
    UNIT_CONFLICT = "unit-conflict"
    """Two units are written; evidence: `units`."""
    CURRENCY_DOUBTFUL = "currency-doubtful"
    PARTS_EXCEED_TOTAL = "parts-exceed-total"
    """Fixed-asset investment or funds in place above the planned total, or next to nothing of it; evidence: `part`, `total`."""
    CONVERSION_MISMATCH = "conversion-mismatch"
    """The converted column says another amount; evidence: `converted`, `ratio`."""
    FORMULA_WITHOUT_RESULT = "formula-without-result"
    NOT_A_NUMBER = "not-a-number"
    DATE_VAGUE = "date-vague"
    DATE_WITHOUT_YEAR = "date-without-year"
    CONTACTS_UNPAIRED = "contacts-unpaired"
    STAGE_UNKNOWN = "stage-unknown"
    HIDDEN_ROW = "hidden-row"
    NAME_MISSING = "name-missing"
    COLUMN_DOUBTFUL = "column-doubtful"


@dataclass(frozen=True, slots=True)
class Flag:
    """A code and its evidence, as plain values that a page can put into words."""

    code: FlagCode
    evidence: Mapping[str, object] = field(default_factory=dict)
    needs_review: bool = False
    """True: the value is not counted until a person confirms it."""


class CellRef(NamedTuple):
    """A cell of the file: sheet name, 0-based row and column."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """`B7`."""
        letters, rest = "", self.column + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        return f"{letters}{self.row + 1}"


class ContactFound(NamedTuple):
    """A person without title and the digits of one telephone; "" for the part that is not given."""

    name: str
    phone: str


Reading = str | Money | PartialDate | Decimal | tuple[ContactFound, ...]


class Value(NamedTuple):
    """One field of one record. `value` is text, `Money`, `PartialDate`, a number (jobs; land in mu) or contacts; a stage is
    a `StageFound`. `as_written` is the text of `cells`; `confidence` from 0 to 1."""

    field: Field
    value: Reading
    as_written: str
    cells: tuple[CellRef, ...]
    confidence: float = 1.0
    flags: tuple[Flag, ...] = ()
    alternatives: tuple[Reading, ...] = ()

    @property
    def needs_review(self) -> bool:
        """True when a flag forbids counting the value until it is confirmed."""
        return any(flag.needs_review for flag in self.flags)


class StageFound(StrEnum):
    """Stages as ledgers tell them apart; `Value.value` of a stage is one of these."""

    LEAD = "lead"
    NEGOTIATING = "negotiating"
    SIGNED = "signed"
    REGISTERED = "registered"
    CONSTRUCTION = "construction"
    PRODUCTION = "production"
    TERMINATED = "terminated"


class Unmapped(NamedTuple):
    """A cell that no field took, kept verbatim under its head."""

    head: str
    text: str
    cell: CellRef


@dataclass(frozen=True, slots=True)
class Record:
    """One project. `row` and `last_row` are line numbers as Excel shows them (1-based); `col` (1-based) only when several
    records start on one row."""

    sheet: str
    row: int
    last_row: int
    values: Mapping[Field, Value]
    col: int | None = None
    unmapped: tuple[Unmapped, ...] = ()
    flags: tuple[Flag, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table (0-based `index`; for a card the place of the label). `unit` is the factor to base units or mu;
    `why` names what the meaning was inferred from."""

    index: int
    head: str
    field: Field | None
    unit: Decimal | None = None
    currency: Currency | None = None
    confidence: float = 0.0
    sample: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    candidates: tuple[tuple[Field, float], ...] = ()
    unit_from: str = ""
    hidden: bool = False


class RowKind(StrEnum):
    """Rows that are no records."""

    TITLE = "title"
    UNIT_LINE = "unit_line"
    HEADER = "header"
    SECTION = "section"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    CONTINUATION = "continuation"
    HIDDEN_SHEET = "hidden_sheet"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class NonRecord:
    """A row (1-based) that is no record, its kind and its text."""

    row: int
    kind: RowKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Rows that would explain a difference: `kind` factor-slip, missing-row, extra-row, hidden-rows, unknown-value."""

    kind: str
    rows: tuple[int, ...]
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A totals row as checksum: `stated` by the sheet, `computed` from `rows`; in base units of the column."""

    row: int
    label: str
    field: Field
    stated: Decimal
    computed: Decimal
    difference: Decimal
    rows: tuple[int, ...] = ()
    suspects: tuple[Suspect, ...] = ()

    @property
    def agrees(self) -> bool:
        """True when the rows add up, within the rounding of what is written."""
        return self.difference == 0


class Shape(StrEnum):
    """How records lie in a table."""

    ROWS = "rows"
    COLUMNS = "columns"
    CARDS = "cards"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet; `head_rows` are 1-based lines."""

    sheet: str
    place: int
    shape: Shape
    head_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    non_records: tuple[NonRecord, ...] = ()
    checks: tuple[TotalCheck, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a sheet or file that the person should know."""

    code: str
    sheet: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileReading:
    """`reporting_date` is the ledger's own date (填报时间, 截至) when it gives one."""

    file: str
    tables: tuple[Table, ...]
    reporting_date: PartialDate | None = None
    problems: tuple[Problem, ...] = ()
    skipped_sheets: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """Records of all tables, in order."""
        return tuple(record for table in self.tables for record in table.records)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One reading a file, in the order given."""

    files: tuple[FileReading, ...]
