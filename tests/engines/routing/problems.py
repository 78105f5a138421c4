"""Small random problems for the tests: documents, as a user would write them."""

import random
from datetime import date, timedelta
from typing import Any

FIRST = date(2026, 3, 2)


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def small(seed: int, *, meetings: int | None = None, teams: int | None = None) -> dict[str, Any]:
    """A document with everything that a problem can hold: windows, pins, persons, order, lunch, night trains, odd departures."""
    rng = random.Random(seed)
    names = ["A", "B", "C", "D"][: rng.randint(2, 4)]
    squads = teams or rng.randint(1, 2)
    days = rng.randint(2, 5)
    ways = []
    for a in names:
        for b in names:
            if a != b:
                minutes = rng.choice([95, 180, 305, 480, 700])
                free = rng.random() < 0.6
                leaves = [] if free else [f"{rng.randint(6, 20):02d}:{rng.randrange(0, 60):02d}" for _ in range(3)]
                ways.append(
                    {
                        "from": a,
                        "to": b,
                        "mode": "rail",
                        "minutes": minutes,
                        "fare": str(minutes),
                        "departures": leaves,
                        "source": "x",
                    }
                )
            if a != b and rng.random() < 0.4:
                ways.append(
                    {
                        "from": a,
                        "to": b,
                        "mode": "air",
                        "minutes": 240,
                        "fare": "900",
                        "departures": ["07:30", "16:10"],
                        "source": "x",
                    }
                )
            if a != b and rng.random() < 0.3:
                ways.append(
                    {
                        "from": a,
                        "to": b,
                        "mode": "night",
                        "minutes": 620,
                        "fare": "200",
                        "departures": ["20:40"],
                        "source": "x",
                    }
                )
    rows = [_meeting(rng, number, names, squads, days) for number in range(meetings or rng.randint(1, 9))]
    return {
        "schema": "zhaoyin-route-1",
        "teams": [_team(rng, k, names, days) for k in range(squads)],
        "meetings": rows,
        "travel": ways,
        "hotels": [{"city": "B", "price": "500"}],
        "weights": {"travel_hour": "0.2", "thousand_yuan": "0.5", "night": "0.1"},
    }


def _team(rng: random.Random, k: int, names: list[str], days: int) -> dict[str, Any]:
    return {
        "id": f"T{k}", "home": rng.choice(names), "members": [f"p{k}", f"q{k}"], "first_day": day(0), "last_day": day(days - 1),
        "lunch": rng.choice([None, {"from": "11:30", "to": "13:30", "minutes": 60}, {"from": "12:00", "to": "13:00", "minutes": 45}]),
        "most_meetings_a_day": rng.randint(1, 4), "most_travel_minutes_a_day": rng.choice([300, 500, 720]),
        "day_starts": "09:00", "day_ends": rng.choice(["17:30", "18:00", "20:00"]), "latest_arrival": rng.choice(["21:00", "23:30"]),
    }  # fmt: skip


def _meeting(rng: random.Random, number: int, names: list[str], squads: int, days: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"m{number}", "city": rng.choice(names), "value": str(rng.randint(1, 12)), "duration_minutes": rng.choice([25, 30, 60, 95, 150]),
        "must": rng.random() < 0.1,
    }  # fmt: skip
    if rng.random() < 0.5:
        opens = rng.randint(7, 15)
        row["windows"] = [
            {
                "day": day(rng.randrange(days)),
                "from": f"{opens:02d}:{rng.choice(['00', '10', '30'])}",
                "to": f"{opens + rng.randint(2, 6):02d}:00",
            }
            for _ in range(rng.randint(1, 3))
        ]
    if rng.random() < 0.5:
        row |= {"latitude": round(30 + rng.random() / 5, 3), "longitude": round(120 + rng.random() / 5, 3)}
    if rng.random() < 0.15:
        row["needs_any"] = [f"p{rng.randrange(squads)}"]
    if rng.random() < 0.1:
        row["forbidden_teams"] = ["T0"]
    if number and rng.random() < 0.2:
        row["after"] = [f"m{rng.randrange(number)}"]
    if rng.random() < 0.1:
        row["pinned"] = {"day": day(rng.randrange(days))}
    return row
