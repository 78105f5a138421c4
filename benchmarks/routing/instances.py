"""Instances of team orienteering with time windows: read from files in public use, or generated."""

import math
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Instance:
    """Places with windows and profits; times in whole tenths (Solomon) or hundredths (Cordeau), distances rounded down."""

    name: str
    travel: Ints
    service: Ints
    opens: Ints
    closes: Ints
    profit: NDArray[np.float64]


def _of_points(name: str, points: list[tuple[float, ...]], scale: int) -> Instance:
    xy = np.array([(p[0], p[1]) for p in points])
    gaps = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    opens = np.array([round(p[4] * scale) for p in points])
    opens[0] = 0
    service = np.array([round(p[2] * scale) for p in points])
    service[0] = 0
    return Instance(
        name=name,
        travel=np.floor(gaps * scale + 1e-9).astype(np.int64),
        service=service,
        opens=opens,
        closes=np.array([round(p[5] * scale) for p in points]),
        profit=np.array([round(p[3]) for p in points], float),
    )


def read_instance(path: Path) -> Instance:
    """An instance file: two lines of head, then `i x y service profit … opens closes` a place."""
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()][2:]
    points = [tuple(map(float, (r[1], r[2], r[3], r[4], r[-2], r[-1]))) for r in rows]
    return _of_points(path.stem, points, 100 if path.stem.startswith("pr") else 10)


def generated(name: str, *, places: int, horizon: int, width: int, clustered: bool, seed: int) -> Instance:
    """An instance of our own, for continuous checks: `width` is the mean length of a window, `horizon` the time limit."""
    rng = random.Random(seed)
    centres = [(rng.uniform(10, 90), rng.uniform(10, 90)) for _ in range(8)]
    points: list[tuple[float, ...]] = [(50.0, 50.0, 0.0, 0.0, 0.0, float(horizon))]
    while len(points) <= places:
        cx, cy = rng.choice(centres)
        x, y = (rng.gauss(cx, 6), rng.gauss(cy, 6)) if clustered else (rng.uniform(0, 100), rng.uniform(0, 100))
        away = math.hypot(x - 50, y - 50)
        length = rng.uniform(0.5, 1.5) * width
        middle = rng.uniform(away, horizon - away - 10)
        opens, closes = max(0.0, middle - length / 2), min(horizon - away - 10, middle + length / 2)
        if closes > max(opens, away):
            points.append((round(x, 1), round(y, 1), 10.0, float(rng.randint(5, 50)), round(opens), round(closes)))
    return _of_points(name, points, 10)


def score(instance: Instance, teams: int, routes: list[list[int]]) -> float:
    """Profit of the routes; ValueError for a broken rule. Written apart from the solver."""
    if len([route for route in routes if route]) > teams:
        raise ValueError("more routes than teams")
    seen: set[int] = set()
    total = 0.0
    for route in routes:
        time, at = 0, 0
        for place in route:
            if place == 0 or place in seen:
                raise ValueError(f"place {place} visited twice")
            seen.add(place)
            time = max(time + int(instance.service[at]) + int(instance.travel[at, place]), int(instance.opens[place]))
            if time > instance.closes[place]:
                raise ValueError(f"place {place} reached after its window")
            total += float(instance.profit[place])
            at = place
        if route and time + int(instance.service[at]) + int(instance.travel[at, 0]) > instance.closes[0]:
            raise ValueError("back too late")
    return total
