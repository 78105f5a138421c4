"""The user's own travel times: a CSV file with from, to, mode, minutes and, where known, fare, departures, both."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.routing.document import clock_minutes
from zhaoyin.engines.routing.problem import Mode, TravelOption

LARGEST_TABLE = 20_000_000
_HEADS = {
    "from": "from", "出发": "from", "出发地": "from", "to": "to", "到达": "to", "目的地": "to", "mode": "mode", "方式": "mode",
    "minutes": "minutes", "分钟": "minutes", "用时": "minutes", "fare": "fare", "票价": "fare", "departures": "departures",
    "发车": "departures", "出发时间": "departures", "both": "both", "往返": "both",
}  # fmt: skip
_MODES = {"火车": Mode.RAIL, "高铁": Mode.RAIL, "飞机": Mode.AIR, "汽车": Mode.ROAD, "夜车": Mode.NIGHT} | {
    mode.value: mode for mode in Mode
}


def read_table(path: Path, code_of: Callable[[str], str | None]) -> list[TravelOption]:
    """The ways in the file, door to door as the user gives them. `code_of` turns a city's name or code into the code, None when unknown.

    InvalidValue names line, column and value of the first mistake. Cities that the problem does not have are passed over.
    """
    data = path.read_bytes()
    if len(data) > LARGEST_TABLE:
        raise InvalidValue(
            "travel-table", field=path.name, value=len(data), expected=f"a file of at most {LARGEST_TABLE} bytes"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    rows = _rows(text, path.name)
    heads = [_HEADS.get(cell.strip().lower(), "") for cell in next(rows, [])]
    for needed in ("from", "to", "mode", "minutes"):
        if needed not in heads:
            raise InvalidValue(
                "travel-table", field=f"{path.name} line 1", value=",".join(heads), expected=f"a column {needed}"
            )
    found: list[TravelOption] = []
    for number, row in enumerate(rows, start=2):
        cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head}
        if any(cells.values()):
            found += _row(cells, f"{path.name} line {number}", path.name, code_of)
    return found


def _rows(text: str, name: str) -> Iterator[list[str]]:
    """The lines; InvalidValue when it is no CSV, for instance a quotation mark that is never closed."""
    rows = csv.reader(io.StringIO(text))
    try:
        yield from rows
    except csv.Error as error:
        raise InvalidValue("travel-table", field=f"{name} line {rows.line_num}", value="", expected="CSV") from error


def _row(cells: Mapping[str, str], where: str, name: str, code_of: Callable[[str], str | None]) -> list[TravelOption]:
    def wrong(column: str, expected: str) -> InvalidValue:
        return InvalidValue("travel-table", field=f"{where}, {column}", value=cells.get(column, ""), expected=expected)

    mode = _MODES.get(cells.get("mode", ""))
    if mode is None or mode is Mode.LOCAL:
        raise wrong("mode", "one of rail, air, road, night")
    minutes = cells.get("minutes", "")
    if not minutes.isdecimal() or not 0 < int(minutes) <= 5760:
        raise wrong("minutes", "whole minutes from door to door, 1 to 5760")
    departures = [clock_minutes(part) for part in cells.get("departures", "").replace(";", " ").split()]
    if None in departures or (mode is Mode.NIGHT and not departures):
        raise wrong("departures", "times HH:MM with spaces between; a night train needs one")
    try:
        fare = Decimal(cells.get("fare") or "0")
    except InvalidOperation as error:
        raise wrong("fare", "yuan, such as 553.5") from error
    if not fare.is_finite() or fare < 0:
        raise wrong("fare", "yuan, such as 553.5")
    for column in ("from", "to"):
        if not cells.get(column):
            raise wrong(column, "a city")
    origin, destination = code_of(cells["from"]), code_of(cells["to"])
    if origin is None or destination is None or origin == destination:
        return []
    ends = [(origin, destination)] + (
        [(destination, origin)] if cells.get("both", "").lower() in {"1", "yes", "true", "是"} else []
    )
    times = tuple(sorted({item for item in departures if item is not None}))
    return [
        TravelOption(
            origin=a,
            destination=b,
            mode=mode,
            minutes=int(minutes),
            fare=fare,
            departures=times,
            source=f"table: {name}",
        )
        for a, b in ends
    ]
