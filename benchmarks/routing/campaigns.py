"""Campaigns as they come: meetings in real cities around several centres, teams, windows, priorities. Companies are numbers only."""

import math
import random
from datetime import date, timedelta
from decimal import Decimal

from zhaoyin.domain.region import cities
from zhaoyin.engines.routing.problem import Lunch, Meeting, Mode, Place, Problem, Team, TravelOption, Window

CENTRES = (
    "4403",
    "3101",
    "1101",
    "3205",
    "4401",
    "3301",
    "3201",
    "6101",
    "4201",
    "5101",
    "3702",
    "2102",
    "3502",
    "4301",
    "3401",
    "1201",
)
HOMES = ("3711", "3706", "3210", "4307")
FIRST = date(2026, 3, 2)


def campaign(*, meetings: int, teams: int, days: int, seed: int, most_cities: int = 24) -> Problem:
    """A problem with `meetings` candidates; nearer cities of each centre are likelier, values are skewed, half have windows."""
    rng = random.Random(seed)
    table = cities()
    centres = rng.sample(CENTRES, min(len(CENTRES), max(2, most_cities // 5)))
    pool: list[str] = []
    for centre in centres:
        here = table[centre]
        around = sorted(
            table.values(), key=lambda c: math.hypot(c.longitude - here.longitude, c.latitude - here.latitude)
        )
        pool += [centre] * 4 + [c.code for c in around[1 : 1 + max(1, most_cities // len(centres) - 1)]]
    homes = [HOMES[0]] * max(1, teams - 1) + ([HOMES[1]] if teams > 1 else [])
    squad = tuple(
        Team(
            id=f"T{k + 1}", home=homes[k], members=(f"p{2 * k}", f"p{2 * k + 1}"), first_day=FIRST, last_day=FIRST + timedelta(days=days - 1),
            lunch=Lunch(), most_meetings_a_day=5,
        )
        for k in range(teams)
    )  # fmt: skip
    asked = tuple(
        _meeting(rng, number, rng.choice(pool), days, [team.id for team in squad]) for number in range(meetings)
    )
    codes = sorted({team.home for team in squad} | {meeting.city for meeting in asked})
    places = tuple(
        Place(code=c, name=table[c].name, latitude=table[c].latitude, longitude=table[c].longitude) for c in codes
    )
    return Problem(teams=squad, meetings=asked, places=places, travel=travel(places))


def _meeting(rng: random.Random, number: int, city: str, days: int, teams: list[str]) -> Meeting:
    here = cities()[city]
    windows: tuple[Window, ...] = ()
    if rng.random() < 0.5:
        chosen = sorted(rng.sample(range(days), min(days, rng.randint(1, 6))))
        hours = rng.choice([(540, 720), (840, 1080), (540, 1080)])
        windows = tuple(Window(day=FIRST + timedelta(days=d), opens=hours[0], closes=hours[1]) for d in chosen)
    return Meeting(
        id=f"m{number:04d}", city=city, value=Decimal(max(1, round(rng.lognormvariate(1.6, 0.7)))), duration_minutes=rng.choice([60, 60, 90, 120]),
        latitude=round(here.latitude + rng.gauss(0, 0.06), 4), longitude=round(here.longitude + rng.gauss(0, 0.06), 4), windows=windows,
        must=rng.random() < 0.03, needs_any=(f"p{rng.randrange(2 * len(teams))}",) if len(teams) > 1 and rng.random() < 0.1 else (),
    )  # fmt: skip


def travel(places: tuple[Place, ...]) -> tuple[TravelOption, ...]:
    """Ways between all pairs by a plain rule of distance (the program's own model is `adapters.travel`)."""
    found = []
    for one in places:
        for other in places:
            if (
                one.code == other.code
                or one.latitude is None
                or other.latitude is None
                or one.longitude is None
                or other.longitude is None
            ):
                continue
            km = 111.2 * math.hypot(
                one.latitude - other.latitude, (one.longitude - other.longitude) * math.cos(math.radians(32))
            )
            rail = math.ceil((75 + km * 1.25 / 200 * 60) / 5) * 5
            found.append(
                TravelOption(
                    origin=one.code,
                    destination=other.code,
                    mode=Mode.RAIL,
                    minutes=rail,
                    fare=Decimal(round(km * 0.5)),
                    source="rule",
                )
            )
            if km > 700:
                air = math.ceil((190 + km / 700 * 60) / 5) * 5
                found.append(TravelOption(
                    origin=one.code, destination=other.code, mode=Mode.AIR, minutes=air, fare=Decimal(round(300 + km * 0.6)),
                    departures=tuple(range(420, 1200, 120)), source="rule",
                ))  # fmt: skip
            if 900 < km < 2200:
                found.append(TravelOption(
                    origin=one.code, destination=other.code, mode=Mode.NIGHT, minutes=round(km / 100 * 60 / 5) * 5, fare=Decimal(round(km * 0.25)),
                    departures=(1230,), source="rule",
                ))  # fmt: skip
    return tuple(found)
