"""Small sheets by hand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zhaoyin.engines.sheet_reading.problem import (
    BLANK,
    Cell,
    CellKind,
    ColumnChoice,
    Range,
    Sheet,
    SheetProblem,
    SourceFile,
)
from zhaoyin.engines.sheet_reading.result import FileReading
from zhaoyin.engines.sheet_reading.solve import solve

FIRST, SECOND, THIRD = "苏州云杼电子有限公司", "杭州麦冬医药股份有限公司", "广州黎禾供应链有限责任公司"


def sheet(
    rows: Sequence[Sequence[object]], *, name: str = "Sheet1", merges: Sequence[Range] = (), **more: object
) -> Sheet:
    """Numbers become number cells, None and "" blanks, cells stay."""
    return Sheet(name, tuple(tuple(_cell(value) for value in row) for row in rows), tuple(merges), **more)  # type: ignore[arg-type]


def _cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    if value in (None, ""):
        return BLANK
    if isinstance(value, int | float):
        return Cell(str(value), Decimal(str(value)), CellKind.NUMBER)
    return Cell(str(value))


def read(*sheets: Sheet, file: str = "台账.xlsx", choices: Mapping[int, ColumnChoice] | None = None) -> FileReading:
    """The reading of one file; `choices` for the first table of the first sheet."""
    overrides = {(file, sheets[0].name, 0): choices} if choices else {}
    return solve(problem=SheetProblem((SourceFile(file, sheets),), overrides)).files[0]
