"""A document → what was understood of its tables, as an import keeps it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from zhaoyin.adapters.spreadsheets.workbook import read_file
from zhaoyin.domain.money import Currency, number_text
from zhaoyin.engines.sheet_reading.problem import ColumnChoice, Field, Sheet, SheetProblem, SourceFile, TableKey
from zhaoyin.engines.sheet_reading.result import Column, FileReading, Table, TotalCheck
from zhaoyin.engines.sheet_reading.solve import solve

PREVIEW_ROWS = 30
PREVIEW_COLUMNS = 60
LONGEST_CELL = 60
Choices = Mapping[str, Mapping[str, Mapping[str, object]]]
"""`"<sheet>|<place>"` → column index → {field, unit, currency, ignored}."""


def table_key(sheet: str, place: int) -> str:
    """Key of a table in `Choices`."""
    return f"{sheet}|{place}"


def _choice(given: Mapping[str, object]) -> ColumnChoice:
    try:
        unit = Decimal(str(given["unit"])) if given.get("unit") else None
    except InvalidOperation:
        unit = None
    field = given.get("field")
    currency = given.get("currency")
    return ColumnChoice(
        field=Field(str(field)) if field in set(Field) else None,
        unit=unit,
        currency=Currency(str(currency)) if currency in set(Currency) else None,
        ignored=bool(given.get("ignored")),
    )


def overrides_of(file_name: str, choices: Choices) -> dict[TableKey, dict[int, ColumnChoice]]:
    """Choices of a file as the engine takes them."""
    found: dict[TableKey, dict[int, ColumnChoice]] = {}
    for key, columns in choices.items():
        sheet, _, place = key.rpartition("|")
        if place.isdecimal():
            found[file_name, sheet, int(place)] = {
                int(index): _choice(given) for index, given in columns.items() if index.isdecimal()
            }
    return found


def read_document(
    *, file_name: str, data: bytes, choices: Choices, reporting_on: date | None
) -> tuple[SourceFile, FileReading]:
    """InvalidValue with field "file" when the bytes are no ledger."""
    source = read_file(file_name=file_name, data=data)
    problem = SheetProblem(files=(source,), overrides=overrides_of(source.name, choices), reporting_date=reporting_on)
    return source, solve(problem=problem).files[0]


def reporting_day(reading: FileReading) -> date | None:
    """The last day that the ledger's own date covers."""
    found = reading.reporting_date
    return found.end - timedelta(days=1) if found else None


def signature_of(reading: FileReading) -> str:
    """The same for two files whose tables have the same heads."""
    heads = [[column.head for column in table.columns] for table in reading.tables]
    return hashlib.sha256(json.dumps(heads, ensure_ascii=False).encode()).hexdigest()


def _column(column: Column) -> dict[str, object]:
    return {
        "index": column.index,
        "head": column.head[:80],
        "field": column.field.value if column.field else "",
        "unit": number_text(column.unit) if column.unit is not None else "",
        "currency": column.currency.value if column.currency else "",
        "confidence": round(column.confidence, 2),
        "sample": [text[:40] for text in column.sample[:3]],
        "why": list(column.why[:4]),
        "hidden": column.hidden,
    }


def _check(check: TotalCheck) -> dict[str, object]:
    return {
        "row": check.row,
        "label": check.label[:40],
        "field": check.field.value,
        "stated": number_text(check.stated),
        "computed": number_text(check.computed),
        "difference": number_text(check.difference),
        "agrees": check.agrees,
        "suspects": [{"kind": one.kind, "rows": list(one.rows[:10])} for one in check.suspects[:4]],
    }


def _preview(sheet: Sheet | None, table: Table) -> dict[str, object]:
    """The first rows of the sheet as they are, from the table's head on."""
    if sheet is None:
        return {"first": 1, "rows": [], "kinds": {}}
    first = max(0, min(table.head_rows, default=1) - 2)
    rows = sheet.rows[first : first + PREVIEW_ROWS]
    kinds = {str(one.row): one.kind.value for one in table.non_records}
    kinds |= {str(row): "header" for row in table.head_rows}
    numbers = [sheet.number_of(first + place) for place in range(len(rows))]
    return {
        "numbers": numbers,
        "rows": [[cell.text[:LONGEST_CELL] for cell in row[:PREVIEW_COLUMNS]] for row in rows],
        "kinds": {str(number): kinds[str(number)] for number in numbers if str(number) in kinds},
    }


def tables_of(source: SourceFile, reading: FileReading) -> list[dict[str, object]]:
    """What the mapping page shows of each table."""
    sheets = {sheet.name: sheet for sheet in source.sheets}
    return [
        {
            "sheet": table.sheet,
            "place": table.place,
            "shape": table.shape.value,
            "title": table.title[:120],
            "columns": [_column(column) for column in table.columns],
            "records": len(table.records),
            "others": [
                {"row": one.row, "kind": one.kind.value, "text": one.text[:80]} for one in table.non_records[:60]
            ],
            "checks": [_check(check) for check in table.checks[:60]],
            "preview": _preview(sheets.get(table.sheet), table),
        }
        for table in reading.tables
    ]


def problems_of(reading: FileReading) -> list[dict[str, object]]:
    """What the person should know of the file."""
    return [{"code": one.code, "sheet": one.sheet} for one in reading.problems[:40]]
