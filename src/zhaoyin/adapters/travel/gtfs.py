"""A timetable in GTFS (gtfs.org): stops.txt, trips.txt, routes.txt, stop_times.txt in a folder or zip file.

Services are taken to run daily: calendars are not read. A stop belongs to the nearest city of the problem within 40 km. Access minutes of the
travel parameters are put before and after each ride.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from zhaoyin.adapters.travel.model import kilometres
from zhaoyin.adapters.travel.params import TravelParams
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.routing.problem import Mode, Place, TravelOption

NEAR_KM = 40.0
DAY = 1440
LARGEST_PART = 500_000_000


def read_gtfs(path: Path, places: Sequence[Place], params: TravelParams) -> list[TravelOption]:
    """The rides between different cities that no other ride of the timetable beats; InvalidValue names file, line and value."""
    city = _cities_of_stops(path, places)
    modes = {row["route_id"]: _mode(row.get("route_type", "")) for row in _rows(path, "routes.txt", ("route_id",))}
    trips = {row["trip_id"]: modes.get(row["route_id"]) for row in _rows(path, "trips.txt", ("trip_id", "route_id"))}
    calls: dict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
    needed = ("trip_id", "stop_id", "stop_sequence")
    for number, row in enumerate(_rows(path, "stop_times.txt", needed), start=2):
        if row["stop_id"] in city and trips.get(row["trip_id"]):
            arrival, departure = (
                row.get("arrival_time") or row.get("departure_time"),
                row.get("departure_time") or row.get("arrival_time"),
            )
            if arrival and departure:
                where = f"stop_times.txt line {number}"
                order = row["stop_sequence"].strip()
                if not order.isdecimal():
                    raise InvalidValue(
                        "gtfs-invalid", field=f"{where}, stop_sequence", value=order, expected="a whole number"
                    )
                calls[row["trip_id"]].append(
                    (int(order), city[row["stop_id"]], _time(arrival, where), _time(departure, where))
                )
    rides: dict[tuple[str, str, Mode], set[tuple[int, int]]] = defaultdict(set)
    for trip, stops in calls.items():
        mode = trips[trip]
        stops.sort()
        for x, (_, a, _, leaves) in enumerate(stops):
            for _, b, reaches, _ in stops[x + 1 :]:
                if a != b and reaches > leaves and mode is not None:
                    rides[a, b, mode].add((leaves % DAY, reaches - leaves))
    return _options(rides, {place.code: place for place in places}, params, path.name)


def _cities_of_stops(path: Path, places: Sequence[Place]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for number, row in enumerate(_rows(path, "stops.txt", ("stop_id", "stop_lat", "stop_lon")), start=2):
        try:
            stop = Place(code="", latitude=float(row["stop_lat"]), longitude=float(row["stop_lon"]))
        except ValueError as error:
            raise InvalidValue(
                "gtfs-invalid", field=f"stops.txt line {number}, stop_lat", value=row["stop_lat"], expected="degrees"
            ) from error
        near = [
            (away, place.code) for place in places if (away := kilometres(stop, place)) is not None and away <= NEAR_KM
        ]
        if near:
            found[row["stop_id"]] = min(near)[1]
    return found


def _mode(kind: str) -> Mode | None:
    number = int(kind) if kind.strip().isdecimal() else -1
    if number == 2 or 100 <= number < 200:
        return Mode.RAIL
    if 1100 <= number < 1200:
        return Mode.AIR
    return Mode.ROAD if number == 3 or 200 <= number < 300 else None


def _time(text: str, where: str) -> int:
    parts = text.strip().split(":")
    if len(parts) not in {2, 3} or not all(part.isdecimal() for part in parts) or int(parts[1]) > 59:
        raise InvalidValue("gtfs-invalid", field=where, value=text, expected="a time HH:MM:SS")
    return int(parts[0]) * 60 + int(parts[1])


def _rows(path: Path, name: str, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    text = _text(path, name)
    reader = csv.DictReader(io.StringIO(text))
    missing = [key for key in needed if key not in (reader.fieldnames or ())]
    if missing:
        raise InvalidValue(
            "gtfs-invalid",
            field=f"{name} line 1",
            value=",".join(reader.fieldnames or ()),
            expected=f"a column {missing[0]}",
        )
    for number, row in enumerate(reader, start=2):
        if any(row.get(key) is None for key in needed):
            raise InvalidValue(
                "gtfs-invalid", field=f"{name} line {number}", value="", expected=f"values for {', '.join(needed)}"
            )
        yield row


def _text(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            return (path / name).read_text(encoding="utf-8-sig")
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(name).file_size > LARGEST_PART:
                raise InvalidValue(
                    "gtfs-invalid",
                    field=name,
                    value=archive.getinfo(name).file_size,
                    expected=f"at most {LARGEST_PART} bytes",
                )
            return archive.read(name).decode("utf-8-sig")
    except (KeyError, FileNotFoundError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InvalidValue(
            "gtfs-invalid", field=f"{path.name}/{name}", value=str(error), expected="a GTFS file in UTF-8"
        ) from error


def _options(
    rides: Mapping[tuple[str, str, Mode], set[tuple[int, int]]],
    places: Mapping[str, Place],
    params: TravelParams,
    name: str,
) -> list[TravelOption]:
    found = []
    for (a, b, mode), times in sorted(rides.items()):
        before, after = {
            Mode.RAIL: (params.rail_before, params.rail_after),
            Mode.AIR: (params.air_before, params.air_after),
        }.get(mode, (0, 0))
        km = kilometres(places[a], places[b]) or 0.0
        rate = {Mode.RAIL: params.rail_detour * params.rail_fare_km, Mode.AIR: params.air_fare_km}.get(
            mode, params.road_fare_km
        )
        best = [
            (leave, ride)
            for leave, ride in times
            if not any(o[0] >= leave and sum(o) <= leave + ride and o != (leave, ride) for o in times)
        ]
        grouped: dict[tuple[Mode, int], list[int]] = defaultdict(list)
        for leave, ride in best:
            out = (leave - before) % DAY
            over = out + before + ride + after > DAY
            grouped[Mode.NIGHT if over else mode, before + ride + after].append(out)
        for (kind, minutes), leaves in sorted(grouped.items()):
            found.append(TravelOption(
                origin=a, destination=b, mode=kind, minutes=minutes, fare=Decimal(round(km * rate)), departures=tuple(sorted(set(leaves))),
                source=f"timetable: {name}; fare estimated",
            ))  # fmt: skip
    return found
