"""What is to be planned: teams, meetings, travel, hotels and what things are worth. JSON schema `zhaoyin-route-1`.

Times of day are minutes since midnight in one time zone (Asia/Shanghai); days are dates; money and values are exact decimals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhaoyin.engines.routing.document import DAY_MINUTES, Node, wrong

SCHEMA = "zhaoyin-route-1"
MOST_DAYS = 120


class Mode(StrEnum):
    """How one gets from one city to another; `night` arrives on the next morning and saves a hotel."""

    RAIL = "rail"
    AIR = "air"
    ROAD = "road"
    LOCAL = "local"
    NIGHT = "night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city: its code (GB/T 2260 in the app, any text here), its name, where it lies in degrees."""

    code: str
    name: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lunch:
    """`minutes` without a meeting between `opens` and `closes`, on every day with a meeting; a train ride may be lunch."""

    opens: int = 690
    closes: int = 810
    minutes: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a team stands when the plan begins in the middle of its trip: free in `city` on `day` from `time`.

    `free_since`: when its last meeting or move of that day was over (a lunch may have begun then), `time` unless given.
    `after_meeting`: it stands at a meeting place (at the coordinates, where known), so the next one in the city is a move away.
    """

    city: str
    day: date
    time: int
    meetings_that_day: int = 0
    travel_minutes_that_day: int = 0
    after_meeting: bool = False
    free_since: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who travel together. The trip begins at `home` and must be back there by `latest_arrival` of `last_day`."""

    id: str
    home: str
    first_day: date
    last_day: date
    members: tuple[str, ...] = ()
    day_starts: int = 540
    day_ends: int = 1080
    lunch: Lunch | None = None
    most_meetings_a_day: int = 5
    most_travel_minutes_a_day: int = 600
    earliest_leave: int = 390
    latest_arrival: int = 1380
    start: Start | None = None

    @property
    def people(self) -> int:
        """Tickets and rooms to pay for; a team without names counts as one person."""
        return max(1, len(self.members))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The meeting may take place on `day` between `opens` and `closes`: it begins and ends inside."""

    day: date
    opens: int = 0
    closes: int = DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a meeting stands in a published plan."""

    team: str
    day: date
    starts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What a person has fixed for a meeting; each part may be left open."""

    team: str | None = None
    day: date | None = None
    starts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting. `windows` empty: any working hour of the team. `confirmed`: the host agreed to the published slot."""

    id: str
    city: str
    value: Decimal
    duration_minutes: int
    title: str = ""
    latitude: float | None = None
    longitude: float | None = None
    windows: tuple[Window, ...] = ()
    must: bool = False
    needs_all: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    allowed_teams: tuple[str, ...] = ()
    forbidden_teams: tuple[str, ...] = ()
    pinned: Pin | None = None
    confirmed: bool = False
    published: Slot | None = None
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelOption:
    """A way from `origin` to `destination`, door to door: `minutes` from leaving one meeting place to standing at the next.

    `departures`: when one may leave (times of day); empty: at any time of the team's travel hours. `fare`: yuan a person.
    """

    origin: str
    destination: str
    mode: Mode
    minutes: int
    fare: Decimal = Decimal(0)
    departures: tuple[int, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotel:
    """Yuan a night and person in a city."""

    city: str
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """Between two places of one city: `base_minutes` and the straight distance at `km_an_hour`, rounded up to 5 minutes."""

    base_minutes: int = 15
    km_an_hour: int = 20
    default_minutes: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What things cost in points of value. The objective: all must-do meetings first, then value minus these costs."""

    travel_hour: Decimal = Decimal("0.2")
    thousand_yuan: Decimal = Decimal("0.5")
    night: Decimal = Decimal("0.1")
    changed: Decimal = Decimal(1)
    """A meeting whose team or day differs from its published slot."""
    confirmed_moved: Decimal = Decimal(5)
    """A confirmed meeting that does not stand at its published slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a plan is made from. `hotel_price`: yuan a night where `hotels` says nothing."""

    teams: tuple[Team, ...]
    meetings: tuple[Meeting, ...]
    places: tuple[Place, ...] = ()
    travel: tuple[TravelOption, ...] = ()
    hotels: tuple[Hotel, ...] = ()
    hotel_price: Decimal = Decimal(350)
    local: Local = field(default_factory=Local)
    weights: Weights = field(default_factory=Weights)


def _place(value: object, path: str) -> Place:
    node = Node(value, path, ("code", "name", "latitude", "longitude"))
    return Place(
        code=node.text("code"),
        name=node.text("name", ""),
        latitude=node.degrees("latitude", 90),
        longitude=node.degrees("longitude", 180),
    )


def _lunch(value: object, path: str) -> Lunch:
    node = Node(value, path, ("from", "to", "minutes"))
    lunch = Lunch(
        opens=node.clock("from"), closes=node.clock("to"), minutes=node.whole("minutes", 60, least=1, most=240)
    )
    if lunch.opens + lunch.minutes > lunch.closes:
        raise node.fail("minutes", "no more minutes than lie between from and to")
    return lunch


def _start(value: object, path: str) -> Start:
    allowed = (
        "city",
        "day",
        "time",
        "meetings_that_day",
        "travel_minutes_that_day",
        "after_meeting",
        "free_since",
        "latitude",
        "longitude",
    )
    node = Node(value, path, allowed)
    return Start(
        city=node.text("city"),
        day=node.day("day"),
        time=node.clock("time"),
        meetings_that_day=node.whole("meetings_that_day", 0, most=99),
        travel_minutes_that_day=node.whole("travel_minutes_that_day", 0, most=DAY_MINUTES),
        after_meeting=node.flag("after_meeting"),
        free_since=node.clock("free_since") if node.has("free_since") else None,
        latitude=node.degrees("latitude", 90),
        longitude=node.degrees("longitude", 180),
    )


_TEAM = (
    "id", "members", "home", "first_day", "last_day", "day_starts", "day_ends", "lunch", "most_meetings_a_day",
    "most_travel_minutes_a_day", "earliest_leave", "latest_arrival", "start",
)  # fmt: skip


def _team(value: object, path: str) -> Team:
    node = Node(value, path, _TEAM)
    team = Team(
        id=node.text("id"),
        home=node.text("home"),
        members=node.texts("members"),
        first_day=node.day("first_day"),
        last_day=node.day("last_day"),
        day_starts=node.clock("day_starts", "09:00"),
        day_ends=node.clock("day_ends", "18:00"),
        lunch=node.one("lunch", _lunch),
        most_meetings_a_day=node.whole("most_meetings_a_day", 5, least=1, most=99),
        most_travel_minutes_a_day=node.whole("most_travel_minutes_a_day", 600, most=DAY_MINUTES),
        earliest_leave=node.clock("earliest_leave", "06:30"),
        latest_arrival=node.clock("latest_arrival", "23:00"),
        start=node.one("start", _start),
    )
    if team.last_day < team.first_day:
        raise node.fail("last_day", f"a day from first_day {team.first_day} on")
    if (team.last_day - team.first_day).days >= MOST_DAYS:
        raise node.fail("last_day", f"at most {MOST_DAYS} days after first_day {team.first_day}")
    if team.day_ends <= team.day_starts:
        raise node.fail("day_ends", "a time after day_starts")
    if team.latest_arrival <= team.earliest_leave:
        raise node.fail("latest_arrival", "a time after earliest_leave")
    return team


def _window(value: object, path: str) -> Window:
    node = Node(value, path, ("day", "from", "to"))
    window = Window(day=node.day("day"), opens=node.clock("from", "00:00"), closes=node.clock("to", "24:00"))
    if window.closes <= window.opens:
        raise node.fail("to", "a time after from")
    return window


def _slot(value: object, path: str) -> Slot:
    node = Node(value, path, ("team", "day", "time"))
    return Slot(team=node.text("team"), day=node.day("day"), starts=node.clock("time"))


def _pin(value: object, path: str) -> Pin:
    node = Node(value, path, ("team", "day", "time"))
    return Pin(
        team=node.text("team", "") or None if node.has("team") else None,
        day=node.day("day") if node.has("day") else None,
        starts=node.clock("time") if node.has("time") else None,
    )


_MEETING = (
    "id", "title", "city", "latitude", "longitude", "value", "duration_minutes", "windows", "must", "needs_all", "needs_any", "after",
    "allowed_teams", "forbidden_teams", "pinned", "confirmed", "published", "past",
)  # fmt: skip


def _meeting(value: object, path: str) -> Meeting:
    node = Node(value, path, _MEETING)
    meeting = Meeting(
        id=node.text("id"),
        title=node.text("title", ""),
        city=node.text("city"),
        latitude=node.degrees("latitude", 90),
        longitude=node.degrees("longitude", 180),
        value=node.exact("value"),
        duration_minutes=node.whole("duration_minutes", least=1, most=DAY_MINUTES),
        windows=node.items("windows", _window),
        must=node.flag("must"),
        needs_all=node.texts("needs_all"),
        needs_any=node.texts("needs_any"),
        after=node.texts("after"),
        allowed_teams=node.texts("allowed_teams"),
        forbidden_teams=node.texts("forbidden_teams"),
        pinned=node.one("pinned", _pin),
        confirmed=node.flag("confirmed"),
        published=node.one("published", _slot),
        past=node.flag("past"),
    )
    if (meeting.confirmed or meeting.past) and meeting.published is None:
        raise node.fail("published", "the slot {team, day, time} of a meeting that is confirmed or past")
    return meeting


def _option(value: object, path: str) -> TravelOption:
    node = Node(value, path, ("from", "to", "mode", "minutes", "fare", "departures", "source"))
    mode = node.text("mode")
    if mode not in set(Mode):
        raise node.fail("mode", f"one of {', '.join(Mode)}")
    option = TravelOption(
        origin=node.text("from"),
        destination=node.text("to"),
        mode=Mode(mode),
        minutes=node.whole("minutes", least=1, most=4 * DAY_MINUTES),
        fare=node.exact("fare", "0"),
        departures=node.clocks("departures"),
        source=node.text("source", ""),
    )
    if option.mode is Mode.NIGHT and not option.departures:
        raise node.fail("departures", "the departures of a night train")
    return option


def _hotel(value: object, path: str) -> Hotel:
    node = Node(value, path, ("city", "price"))
    return Hotel(city=node.text("city"), price=node.exact("price"))


def _local(value: object, path: str) -> Local:
    node = Node(value, path, ("base_minutes", "km_an_hour", "default_minutes"))
    return Local(
        base_minutes=node.whole("base_minutes", 15, most=600),
        km_an_hour=node.whole("km_an_hour", 20, least=1, most=500),
        default_minutes=node.whole("default_minutes", 30, most=600),
    )


_WEIGHTS: Mapping[str, str] = {
    "travel_hour": "0.2", "thousand_yuan": "0.5", "night": "0.1", "changed": "1", "confirmed_moved": "5",
}  # fmt: skip


def _weights(value: object, path: str) -> Weights:
    node = Node(value, path, _WEIGHTS)
    return Weights(**{key: node.exact(key, default) for key, default in _WEIGHTS.items()})


_PROBLEM = ("schema", "teams", "meetings", "places", "travel", "hotels", "hotel_price", "local", "weights")


def read_problem(document: object) -> Problem:
    """The problem in a parsed JSON document; InvalidValue names the field by its path, the value and what belongs there.

    Names that refer to nothing (team, meeting, person) and things that stand twice are errors; what can merely not be planned
    (no window on the team's days, a city that cannot be reached) is not: `solve` says so for each meeting.
    """
    node = Node(document, "", _PROBLEM)
    if node.text("schema") != SCHEMA:
        raise node.fail("schema", SCHEMA)
    problem = Problem(
        teams=node.items("teams", _team, required=True),
        meetings=node.items("meetings", _meeting, required=True),
        places=node.items("places", _place),
        travel=node.items("travel", _option),
        hotels=node.items("hotels", _hotel),
        hotel_price=node.exact("hotel_price", "350"),
        local=node.one("local", _local) or Local(),
        weights=node.one("weights", _weights) or Weights(),
    )
    check_references(problem)
    return problem


def most_days(problem: Problem) -> int:
    """Days from the first day of any team to the last of any."""
    if not problem.teams:
        return 0
    return (max(team.last_day for team in problem.teams) - min(team.first_day for team in problem.teams)).days + 1


def check_references(problem: Problem) -> None:
    """InvalidValue for names that refer to nothing, things that stand twice, people in two places, circles of `after`."""
    _check_twice("teams", [team.id for team in problem.teams])
    _check_twice("meetings", [meeting.id for meeting in problem.meetings])
    _check_people(problem.teams)
    teams = {team.id for team in problem.teams}
    people = {person for team in problem.teams for person in team.members}
    meetings = {meeting.id for meeting in problem.meetings}
    for number, meeting in enumerate(problem.meetings):
        path = f"meetings[{number}]"
        for key, names, known in (
            ("allowed_teams", meeting.allowed_teams, teams),
            ("forbidden_teams", meeting.forbidden_teams, teams),
            ("after", meeting.after, meetings - {meeting.id}),
            ("needs_all", meeting.needs_all, people),
        ):
            for name in names:
                if name not in known and not (key == "needs_all" and not people):
                    raise wrong(f"{path}.{key}", name, "a name that the document defines", code="route-unknown-name")
        if meeting.pinned and meeting.pinned.team is not None and meeting.pinned.team not in teams:
            raise wrong(f"{path}.pinned.team", meeting.pinned.team, "the id of a team", code="route-unknown-name")
    _check_circles(problem.meetings)


def _check_twice(field: str, ids: list[str]) -> None:
    seen: dict[str, int] = {}
    for number, name in enumerate(ids):
        if name in seen:
            raise wrong(
                f"{field}[{number}].id", name, f"an id that {field}[{seen[name]}] does not have", code="route-twice"
            )
        seen[name] = number


def _check_people(teams: tuple[Team, ...]) -> None:
    for number, team in enumerate(teams):
        for other in teams[:number]:
            both = set(team.members) & set(other.members)
            if both and team.first_day <= other.last_day and other.first_day <= team.last_day:
                raise wrong(
                    f"teams[{number}].members",
                    min(both),
                    f"people who are not in {other.id!r} on the same days",
                    code="route-person-twice",
                )


def _check_circles(meetings: tuple[Meeting, ...]) -> None:
    before = {meeting.id: meeting.after for meeting in meetings}
    done: set[str] = set()
    for number, meeting in enumerate(meetings):
        stack, onto = [(meeting.id, iter(before[meeting.id]))], {meeting.id}
        while stack:
            name, rest = stack[-1]
            step = next((item for item in rest if item not in done), None)
            if step is None:
                stack.pop()
                onto.discard(name)
                done.add(name)
            elif step in onto:
                raise wrong(f"meetings[{number}].after", step, "an order without a circle", code="route-circle")
            else:
                onto.add(step)
                stack.append((step, iter(before[step])))
