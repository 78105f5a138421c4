"""Rail, air, road and night trains between two cities from their coordinates alone, door to door, with a safety margin.

Against eleven published fastest rail times (tests/adapters/travel/published.csv) the rail ride is wrong by 17 % on average and by 42 % at
worst; it does not know where a line is slow or makes a detour. So a table or a timetable always comes before it, and each leg says "model".
"""

import math
from collections.abc import Iterator
from decimal import Decimal

from zhaoyin.adapters.travel.params import TravelParams
from zhaoyin.engines.routing.problem import Mode, Place, TravelOption

GRID = 5


def kilometres(one: Place, other: Place) -> float | None:
    """Great-circle distance, None when a coordinate is missing."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    p, q = math.radians(one.latitude or 0.0), math.radians(other.latitude or 0.0)
    east = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def rail_minutes(km: float, params: TravelParams) -> float:
    """Minutes on the train, without access and margin."""
    speed = params.rail_slow_kmh + (params.rail_fast_kmh - params.rail_slow_kmh) * km / (km + params.rail_half_km)
    return params.rail_fixed + km * params.rail_detour / speed * 60


def modelled(one: Place, other: Place, params: TravelParams) -> Iterator[TravelOption]:
    """The ways from one city to another by the model; none when a coordinate is missing."""
    km = kilometres(one, other)
    if km is None:
        return
    margin = 1 + params.margin_per_cent / 100

    def made(mode: Mode, minutes: float, fare: float, departures: tuple[int, ...] = ()) -> TravelOption:
        source = f"model: {mode.value} over {km:.0f} km, margin {params.margin_per_cent} %"
        whole = math.ceil(minutes / GRID - 1e-9) * GRID
        return TravelOption(
            origin=one.code,
            destination=other.code,
            mode=mode,
            minutes=whole,
            fare=Decimal(round(fare)),
            departures=departures,
            source=source,
        )

    if km <= params.rail_longest_km:
        ride = rail_minutes(km, params) * margin
        yield made(
            Mode.RAIL, params.rail_before + ride + params.rail_after, km * params.rail_detour * params.rail_fare_km
        )
    if km >= params.air_shortest_km:
        ride = (params.air_fixed + km / params.air_kmh * 60) * margin
        yield made(
            Mode.AIR,
            params.air_before + ride + params.air_after,
            params.air_fare_fixed + km * params.air_fare_km,
            tuple(range(390, 1171, 60)),
        )
    if km <= params.road_longest_km:
        ride = (params.road_fixed + km * params.road_detour / params.road_kmh * 60) * margin
        yield made(Mode.ROAD, ride, km * params.road_detour * params.road_fare_km)
    if params.night_shortest_km <= km <= params.night_longest_km:
        ride = params.rail_before + km * params.rail_detour / params.night_kmh * 60 * margin + params.rail_after
        yield made(Mode.NIGHT, ride, km * params.rail_detour * params.night_fare_km, (params.night_leaves,))
