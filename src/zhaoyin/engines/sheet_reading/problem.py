"""The problem: files as grids of cells with what Excel displays, and the mappings a person has set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from zhaoyin.domain.money import Currency


class CellKind(StrEnum):
    """What a cell holds; `UNKNOWN` is a formula without a stored result."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BLANK = "blank"
    ERROR = "error"
    UNKNOWN = "unknown"


class Cell(NamedTuple):
    """`text` is what Excel displays; `number` the value that the display means (a percentage is 0.05, 3.5 under the
    format 0"万元" stays 3.5 and its text carries the unit); `day` the day of a date cell."""

    text: str
    number: Decimal | None = None
    kind: CellKind = CellKind.TEXT
    formula: str | None = None
    day: date | None = None


BLANK = Cell("", None, CellKind.BLANK)


class Range(NamedTuple):
    """Merged cells: 0-based rows and columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[r][c]` is cell (r, c), 0-based; rows may have different lengths, a missing cell is blank.

    `row_numbers` gives the 1-based line that a person sees for each row when it is not simply its place plus one (a
    quoted line break in a csv file takes two lines). `comments` maps (row, column) to the note on the cell.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Range, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    row_numbers: tuple[int, ...] | None = None

    def number_of(self, row: int) -> int:
        """The 1-based line number of row index `row`, as Excel numbers it."""
        if self.row_numbers is not None and row < len(self.row_numbers):
            return self.row_numbers[row]
        return row + 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received: its name and its sheets in order."""

    name: str
    sheets: tuple[Sheet, ...]


class Field(StrEnum):
    """What a column, or a labelled cell, can mean. The second group is understood so that it is not taken for the first."""

    PROJECT_NAME = "project_name"
    INVESTOR = "investor"
    PLANNED_TOTAL = "planned_total_investment"
    FIXED_ASSET = "fixed_asset_investment"
    FUNDS_IN_PLACE = "funds_in_place"
    STAGE = "stage"
    SIGNED_ON = "signed_on"
    INDUSTRY = "industry"
    UNIT = "task_force_or_unit"
    CONTACTS = "contacts"
    SITE = "site"
    PROGRESS = "progress_text"
    JOBS = "jobs"
    LAND = "land_mu"

    SERIAL = "serial"
    PHONE = "phone"
    MONEY_UNIT = "money_unit"
    CURRENCY = "currency"
    PLANNED_SIGNING = "planned_signing"
    LEADER = "leader"
    CONVERTED = "converted_amount"
    OTHER_MONEY = "other_money"
    OTHER_AREA = "other_area"
    OTHER_NUMBER = "other_number"
    OTHER_DATE = "other_date"
    DESCRIPTION = "description"
    REMARKS = "remarks"
    CREDIT_CODE = "credit_code"
    CODE = "code"
    OTHER_TEXT = "other_text"


MONEY_FIELDS = (Field.PLANNED_TOTAL, Field.FIXED_ASSET, Field.FUNDS_IN_PLACE)
RECORD_FIELDS = tuple(Field)[: tuple(Field).index(Field.LAND) + 1]
"""Fields that a record can have; the others only explain columns."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person says a column is. None leaves a part to the engine; `ignored` leaves the column unread.

    `unit`: how many yuan (dollars, ...) one of the numbers is: 1, 10000, 100000000; for land how many mu; None if open.
    """

    field: Field | None = None
    unit: Decimal | None = None
    currency: Currency | None = None
    ignored: bool = False


TableKey = tuple[str, str, int]
"""File name, sheet name, and the table's place among the sheet's tables, from 0."""


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """`overrides[table][column index]` are choices that replace the engine's own; `reporting_date` resolves dates
    without a year when the file gives none."""

    files: tuple[SourceFile, ...]
    overrides: Mapping[TableKey, Mapping[int, ColumnChoice]] = field(default_factory=dict)
    reporting_date: date | None = None
