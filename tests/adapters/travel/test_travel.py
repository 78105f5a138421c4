"""Travel times offline: the model's error on published times is what the documentation says; tables and timetables come before it."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhaoyin.adapters.travel.model import kilometres, rail_minutes
from zhaoyin.adapters.travel.network import fill_travel
from zhaoyin.adapters.travel.params import TravelParams
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.region import cities
from zhaoyin.engines.routing.problem import Meeting, Mode, Place, Problem, Team

PUBLISHED = Path(__file__).parent / "published.csv"


def problem(*codes: str) -> Problem:
    team = Team(id="T", home=codes[0], first_day=date(2026, 3, 2), last_day=date(2026, 3, 4))
    meetings = tuple(Meeting(id=code, city=code, value=Decimal(1), duration_minutes=60) for code in codes[1:])
    return Problem(teams=(team,), meetings=meetings)


def test_its_error_on_published_rail_times_is_what_the_documentation_says() -> None:
    table, errors = cities(), []
    for row in csv.reader(line for line in PUBLISHED.read_text().splitlines() if not line.startswith("#")):
        one, other = (Place(code=c, latitude=table[c].latitude, longitude=table[c].longitude) for c in row[:2])
        km = kilometres(one, other)
        assert km is not None
        assert abs(km - float(row[2])) <= 5
        errors.append(abs(rail_minutes(km, TravelParams()) / float(row[3]) - 1))
    assert sum(errors) / len(errors) <= 0.18
    assert max(errors) <= 0.42


def test_a_table_comes_before_the_timetable_and_that_before_the_model(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "出发,到达,方式,分钟,票价,发车,往返\n日照,青岛,高铁,95,27.5,07:10 09:00,是\n乌有,青岛,高铁,10,1,,\n",
        encoding="utf-8",
    )
    filled = fill_travel(problem("3711", "3702", "3701"), table=table)
    own = [way for way in filled.travel if way.source == "table: own.csv"]
    assert {(way.origin, way.destination) for way in own} == {("3711", "3702"), ("3702", "3711")}
    assert own[0].departures == (430, 540)
    assert own[0].fare == Decimal("27.5")
    others = [way for way in filled.travel if (way.origin, way.destination) == ("3711", "3701")]
    assert others
    assert all(way.source.startswith("model: ") and "margin 15 %" in way.source for way in others)
    assert not [way for way in filled.travel if (way.origin, way.destination) == ("3711", "3702") and way not in own]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("日照,青岛,boat,95", "line 2, mode"),
        ("日照,青岛,rail,-5", "line 2, minutes"),
        ("日照,青岛,rail,95,x", "line 2, fare"),
        ("日照,青岛,rail,95,1,25:00", "line 2, departures"),
        ("日照,青岛,night,95,1,", "line 2, departures"),
        (",青岛,rail,95", "line 2, from"),
    ],
)
def test_a_mistake_in_a_table_is_named_with_line_and_column(line: str, where: str, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(f"from,to,mode,minutes,fare,departures\n{line}\n", encoding="gb18030")
    with pytest.raises(InvalidValue) as caught:
        fill_travel(problem("3711", "3702"), table=table)
    assert str(caught.value.params["field"]) == f"own.csv {where}"


def timetable(folder: Path, times: str) -> Path:
    (folder / "stops.txt").write_text(
        "stop_id,stop_name,stop_lat,stop_lon\na,Rizhao,35.40,119.50\nb,Qingdao,36.10,120.37\nc,Nowhere,0,0\n"
    )
    (folder / "routes.txt").write_text("route_id,route_type\nr,2\n")
    (folder / "trips.txt").write_text("route_id,trip_id\nr,t1\nr,t2\nr,t3\n")
    (folder / "stop_times.txt").write_text("trip_id,stop_id,stop_sequence,arrival_time,departure_time\n" + times)
    return folder


def test_a_timetable_gives_rides_with_access_and_drops_those_that_another_beats(tmp_path: Path) -> None:
    times = (
        "t1,a,1,,08:00:00\nt1,b,2,09:00:00,\nt1,c,3,10:00:00,\n"
        "t2,a,1,,07:30:00\nt2,b,2,09:30:00,\n"
        "t3,a,1,,23:30:00\nt3,b,2,25:00:00,\n"
    )  # fmt: skip
    filled = fill_travel(problem("3711", "3702"), gtfs=timetable(tmp_path, times))
    rides = [way for way in filled.travel if way.source.startswith("timetable")]
    assert {(way.mode, way.departures, way.minutes) for way in rides} == {
        (Mode.NIGHT, (1370,), 160),
        (Mode.RAIL, (440,), 130),
    }
    back = next(way for way in filled.travel if way.origin == "3702")
    assert back.source.startswith("model")


@pytest.mark.parametrize(
    ("times", "where"),
    [("t1,a,1,,8\n", "stop_times.txt line 2"), ("t1,a,x,,08:00:00\n", "stop_times.txt line 2, stop_sequence")],
)
def test_a_mistake_in_a_timetable_is_named_with_its_line(times: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue) as caught:
        fill_travel(problem("3711", "3702"), gtfs=timetable(tmp_path, times))
    assert caught.value.params["field"] == where


def test_a_folder_that_is_no_timetable_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue) as caught:
        fill_travel(problem("3711", "3702"), gtfs=tmp_path)
    assert "stops.txt" in str(caught.value.params["field"])


def test_a_city_without_coordinates_gets_no_ways() -> None:
    filled = fill_travel(problem("3711", "nowhere", "3702"))
    assert not [way for way in filled.travel if "nowhere" in (way.origin, way.destination)]
    known = replace(problem("3711", "nowhere"), places=(Place(code="nowhere", latitude=36.0, longitude=119.0),))
    assert [way for way in fill_travel(known).travel if way.destination == "nowhere"]
