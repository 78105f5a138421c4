"""All ways between the cities of a problem: for each pair the user's own table, else the timetable, else the model."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from zhaoyin.adapters.travel.gtfs import read_gtfs
from zhaoyin.adapters.travel.model import modelled
from zhaoyin.adapters.travel.params import TravelParams
from zhaoyin.adapters.travel.table import read_table
from zhaoyin.domain.region import CITY_LENGTH, cities
from zhaoyin.engines.routing.problem import Place, Problem, TravelOption


def places_of(problem: Problem) -> tuple[Place, ...]:
    """Every city that the problem names, with the coordinates it gives or those of the region table."""
    given = {place.code: place for place in problem.places}
    codes = [team.home for team in problem.teams] + [team.start.city for team in problem.teams if team.start]
    codes += [meeting.city for meeting in problem.meetings]
    return tuple(_known(code, given.get(code)) for code in dict.fromkeys([*given, *codes]))


def _known(code: str, given: Place | None) -> Place:
    if given is not None and given.latitude is not None and given.longitude is not None:
        return given
    city = cities().get(code[:CITY_LENGTH])
    if city is None:
        return given or Place(code=code)
    name = given.name if given is not None and given.name else city.name
    return Place(code=code, name=name, latitude=city.latitude, longitude=city.longitude)


def fill_travel(
    problem: Problem, *, table: Path | None = None, gtfs: Path | None = None, params: TravelParams | None = None
) -> Problem:
    """The problem with ways for every pair of its cities; pairs that it already has ways for keep exactly those.

    Each way says its source. A city without coordinates that neither table nor timetable reaches gets none, and `solve` says so of its
    meetings. InvalidValue names the line of a mistake in the table or the timetable.
    """
    assumed = params or TravelParams()
    places = places_of(problem)
    names = {place.name: place.code for place in places if place.name} | {place.code: place.code for place in places}
    layers = [list(problem.travel)]
    if table is not None:
        layers.append(read_table(table, names.get))
    if gtfs is not None:
        layers.append(read_gtfs(gtfs, places, assumed))
    found: list[TravelOption] = []
    served: set[tuple[str, str]] = set()
    for layer in layers:
        grouped: dict[tuple[str, str], list[TravelOption]] = defaultdict(list)
        for option in layer:
            grouped[option.origin, option.destination].append(option)
        for pair, options in grouped.items():
            if pair not in served:
                found += options
        served |= set(grouped)
    for one in places:
        for other in places:
            if one.code != other.code and (one.code, other.code) not in served:
                found += modelled(one, other, assumed)
    return replace(problem, places=places, travel=tuple(found))
