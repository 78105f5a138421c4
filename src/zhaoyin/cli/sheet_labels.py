"""The record scheme of the ledger benchmark, mapped here at the edge from the engine's own results."""

from decimal import Decimal

from zhaoyin.domain.money import Money, Qualifier
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.entity_resolution.project_duplicates import DuplicatesProblem, ProjectFacts, solve_duplicates
from zhaoyin.engines.sheet_reading.problem import RECORD_FIELDS, Field
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


def duplicate_groups(reading: SheetReading) -> list[list[dict[str, object]]]:
    """Rows that are one project, over all files."""
    places: dict[str, dict[str, object]] = {}
    facts: list[ProjectFacts] = []
    for file in reading.files:
        for record in file.records:
            key = f"{len(places)}"
            places[key] = {"file": file.file, "sheet": record.sheet, "row": record.row}
            if record.col is not None:
                places[key]["col"] = record.col
            facts.append(project_facts(key, record))
    found = solve_duplicates(problem=DuplicatesProblem(tuple(facts)))
    return [[places[key] for key in group] for group in found.groups]


def project_facts(key: str, record: Record) -> ProjectFacts:
    """What the comparison of projects needs of a record."""
    money = record.values.get(Field.PLANNED_TOTAL)
    amount = money.value if money is not None and isinstance(money.value, Money) and not money.needs_review else None
    contacts = record.values.get(Field.CONTACTS)
    people = contacts.value if contacts is not None and isinstance(contacts.value, tuple) else ()

    def text(field: Field) -> str:
        value = record.values.get(field)
        return "" if value is None else str(value.value)

    return ProjectFacts(
        key=key, name=text(Field.PROJECT_NAME), investor=text(Field.INVESTOR),
        investment=amount.value if amount else None, currency=amount.currency.value if amount else "CNY",
        site=text(Field.SITE), industry=text(Field.INDUSTRY), signed=text(Field.SIGNED_ON),
        phones=frozenset(one.phone for one in people if len(one.phone) >= 7),
    )  # fmt: skip
