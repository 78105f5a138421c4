"""What the travel model assumes; every number stands with its measurement in docs/algorithms/routing.md."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelParams:
    """Minutes are door to door. `margin_per_cent` is added to modelled times only, never to a table or a timetable.

    Rail: fixed minutes in stations plus the straight distance times `rail_detour` at a speed that grows with the distance. Access minutes
    are added to the ride: from the place of one meeting to the platform, and from the platform to the next.
    """

    margin_per_cent: int = 15
    rail_before: int = 40
    rail_after: int = 30
    rail_fixed: int = 10
    rail_detour: float = 1.25
    rail_slow_kmh: float = 150.0
    rail_fast_kmh: float = 250.0
    rail_half_km: float = 100.0
    rail_longest_km: float = 2400.0
    rail_fare_km: float = 0.46
    air_before: int = 110
    air_after: int = 60
    air_fixed: int = 40
    air_kmh: float = 720.0
    air_shortest_km: float = 600.0
    air_fare_fixed: float = 280.0
    air_fare_km: float = 0.55
    road_fixed: int = 10
    road_detour: float = 1.3
    road_kmh: float = 75.0
    road_longest_km: float = 400.0
    road_fare_km: float = 1.0
    night_kmh: float = 85.0
    night_shortest_km: float = 700.0
    night_longest_km: float = 1500.0
    night_leaves: int = 1230
    night_fare_km: float = 0.24
