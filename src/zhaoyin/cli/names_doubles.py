"""`zhaoyin names doubles`: companies that stand twice in a register, from a .csv, without a database. Needs the extra `splink`."""

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.engines.entity_resolution.registry_duplicates import ACCEPT, Match, RegistryRecord

_SAMPLE = 1 << 16
HEADS = {
    "id": ("id", "编号", "序号"), "name": ("name", "企业名称", "公司名称", "单位名称", "名称"),
    "credit_code": ("credit_code", "统一社会信用代码", "信用代码"), "phone": ("phone", "联系电话", "电话", "手机"),
    "address": ("address", "注册地址", "住所", "地址"), "legal_person": ("legal_person", "法定代表人", "法人", "法人代表"),
}  # fmt: skip
"""Heads under which each part of a record stands; without an id the line number is one."""


def find_doubles(*, file: str, least: float, memory_mb: int, as_json: bool) -> int:
    """Prints one pair a line, the surest first; 0. DomainError for a file without names, or without the extra."""
    from zhaoyin.adapters.warehouse.deduplicate import deduplicate

    names: dict[str, str] = {}

    def kept() -> Iterator[RegistryRecord]:
        for record in read_register(Path(file)):
            names[record.id] = record.name
            yield record

    for match in deduplicate(records=kept(), least=least, memory_mb=memory_mb):
        print(_json(match, names) if as_json else _line(match, names))
    return 0


def read_register(path: Path) -> Iterator[RegistryRecord]:
    """Records of a .csv in UTF-8 or GB18030; InvalidValue `register-without-names` when no column has the names."""
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    try:
        (head[: head.rfind(b"\n") + 1] or head).decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "gb18030"
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        reader = csv.reader(text)
        columns = _columns(next(reader, []), path.name)
        for number, row in enumerate(reader, start=2):
            given = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            if given["name"]:
                yield RegistryRecord(**{**given, "id": given.get("id") or str(number)})


def _columns(head: list[str], file_name: str) -> dict[str, int]:
    written = [cell.strip().lower() for cell in head]
    found = {}
    for field in fields(RegistryRecord):
        place = next((written.index(name) for name in HEADS[field.name] if name in written), None)
        if place is not None:
            found[field.name] = place
    if "name" not in found:
        raise InvalidValue("register-without-names", field="register", value=file_name, heads=", ".join(HEADS["name"]))
    return found


def _json(match: Match, names: dict[str, str]) -> str:
    record = {
        "first": match.first, "second": match.second, "names": [names[match.first], names[match.second]],
        "probability": round(match.probability, 6), "decision": "accept" if match.probability >= ACCEPT else "review",
        "reasons": dict(match.reasons),
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False)


def _line(match: Match, names: dict[str, str]) -> str:
    word = "采用" if match.probability >= ACCEPT else "请核对"
    return (
        f"{match.first}\t{match.second}\t{word}\t{match.probability:.4f}\t{names[match.first]}\t{names[match.second]}"
    )


def message(error: DomainError) -> str:
    """Words of an error for the terminal."""
    if error.code == "extra-missing":
        return "splink is not installed; install zhaoyin with its extra: uv sync --extra splink"
    return str(error)
