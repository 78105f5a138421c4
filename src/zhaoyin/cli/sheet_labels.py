"""The record scheme of the ledger benchmark, mapped here at the edge from the engine's own results."""

from decimal import Decimal

from zhaoyin.domain.money import Money, Qualifier
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.sheet_reading.problem import RECORD_FIELDS
from zhaoyin.engines.sheet_reading.result import FileReading, Record, SheetReading, Value


def labels(reading: SheetReading) -> list[dict[str, object]]:
    """One object a file: `file` and its `records`."""
    return [file_labels(file) for file in reading.files]


def file_labels(file: FileReading) -> dict[str, object]:
    """Records of one file."""
    return {"file": file.file, "records": [record_labels(record) for record in file.records]}


def record_labels(record: Record) -> dict[str, object]:
    """One record; fields that are not known are left out."""
    place: dict[str, object] = {"sheet": record.sheet, "row": record.row}
    if record.last_row != record.row:
        place["last_row"] = record.last_row
    if record.col is not None:
        place["col"] = record.col
    found: dict[str, object] = {"row": place}
    for field in RECORD_FIELDS:
        value = record.values.get(field)
        if value is not None:
            found[field.value] = _value(value)
    if record.hidden:
        found["hidden"] = True
    return found


def _value(value: Value) -> object:
    content = value.value
    if isinstance(content, Money):
        return _money(content, needs_review=value.needs_review)
    if isinstance(content, PartialDate):
        return {"date": str(content), "precision": content.precision.value}
    if isinstance(content, Decimal):
        return float(content)
    if isinstance(content, tuple):
        return [{"name": contact.name, "phone": contact.phone} for contact in content]
    return str(content)


def _money(money: Money, *, needs_review: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "value": float(money.value),
        "currency": money.currency.value,
        "qualifier": money.qualifier.value,
    }
    if money.high is not None:
        found |= {"qualifier": "range", "value_max": float(money.high)}
    elif money.qualifier is Qualifier.ABOUT:
        found["qualifier"] = "~"
    if needs_review:
        found["needs_review"] = True
    return found
