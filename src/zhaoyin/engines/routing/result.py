"""The plan: legs, meetings and nights of every team, what it costs, what was left out and why. Schema `zhaoyin-plan-1`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhaoyin.engines.routing.document import Node, clock_text, wrong
from zhaoyin.engines.routing.problem import Mode

ENGINE_VERSION = "1"
PLAN_SCHEMA = "zhaoyin-plan-1"


class StepKind(StrEnum):
    """What a step of the plan is."""

    LEG = "leg"
    MEETING = "meeting"
    NIGHT = "night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `day`, `starts`: when it begins; `end_day`, `ends`: when it is over (minutes since midnight of its day).

    leg: `city` → `destination`, `mode`, `fare` (yuan, all people), `source`. meeting: `meeting`, `city`. night: `city`, `fare` is the
    hotel (yuan, all people; 0 at home); it belongs to `day`, has no times, and a night on a train has none.
    """

    kind: StepKind
    day: date
    city: str
    starts: int = 0
    end_day: date | None = None
    ends: int = 0
    meeting: str = ""
    destination: str = ""
    mode: Mode | None = None
    fare: Decimal = Decimal(0)
    source: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPlan:
    """Everything a team does, in order of time; empty when it stays at home."""

    team: str
    steps: tuple[Step, ...] = ()

    @property
    def meetings(self) -> tuple[str, ...]:
        """Ids of its meetings in order."""
        return tuple(step.meeting for step in self.steps if step.kind is StepKind.MEETING)


class Why(StrEnum):
    """Why a meeting is not in the plan."""

    NO_WINDOW = "no-window"
    NO_TEAM = "no-team"
    UNREACHABLE = "unreachable"
    NEEDS_OTHER = "needs-other"
    DISPLACES = "displaces"
    COSTS_MORE = "costs-more"
    NOT_TRIED = "not-tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """A meeting left out. `overshoot_minutes`: unreachable by so much at least. `instead_of`: what would have to go for it, of
    `lost` points more than it brings. `cost`: what it would cost in points beyond its value. `needs`: the meeting, person or team missing.
    """

    meeting: str
    why: Why
    overshoot_minutes: int | None = None
    instead_of: tuple[str, ...] = ()
    lost: Decimal = Decimal(0)
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over all teams. `score` = value - travel_cost - money_cost - night_cost - change_cost, all in points."""

    meetings: int = 0
    must_missed: int = 0
    value: Decimal = Decimal(0)
    travel_minutes: int = 0
    fares: Decimal = Decimal(0)
    hotels: Decimal = Decimal(0)
    nights: int = 0
    changed: int = 0
    confirmed_moved: int = 0
    travel_cost: Decimal = Decimal(0)
    money_cost: Decimal = Decimal(0)
    night_cost: Decimal = Decimal(0)
    change_cost: Decimal = Decimal(0)
    score: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What computed the plan from what: the same three and the same `iterations` give the same plan."""

    engine: str
    problem: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`bound`: no plan of this problem scores more (None: not known); `proved`: this one reaches it. `stopped` says what ended the run."""

    teams: tuple[TeamPlan, ...]
    unserved: tuple[Unserved, ...]
    totals: Totals
    identity: Identity
    bound: Decimal | None = None
    proved: bool = False
    iterations: int = 0
    stopped: str = ""

    @property
    def served(self) -> frozenset[str]:
        """Ids of all meetings in the plan."""
        return frozenset(name for team in self.teams for name in team.meetings)


def _number(value: Decimal) -> str:
    return format(value.normalize() if value else Decimal(0), "f")


def _step(step: Step) -> dict[str, object]:
    row: dict[str, object] = {"kind": step.kind.value, "day": step.day.isoformat(), "city": step.city}
    if step.kind is StepKind.NIGHT:
        return row | {"fare": _number(step.fare)}
    end = step.end_day or step.day
    row |= {"from": clock_text(step.starts), "to": clock_text(step.ends), "end_day": end.isoformat()}
    if step.kind is StepKind.MEETING:
        return row | {"meeting": step.meeting}
    mode = step.mode.value if step.mode else ""
    return row | {
        "destination": step.destination, "mode": mode, "minutes": step.minutes, "fare": _number(step.fare), "source": step.source,
    }  # fmt: skip


def write_plan(plan: Plan) -> dict[str, object]:
    """The plan as a JSON document: no floats; decimals are texts, times HH:MM."""
    return {
        "schema": PLAN_SCHEMA,
        "teams": [{"team": team.team, "steps": [_step(step) for step in team.steps]} for team in plan.teams],
        "unserved": [
            {
                "meeting": item.meeting, "why": item.why.value, "overshoot_minutes": item.overshoot_minutes,
                "instead_of": list(item.instead_of), "lost": _number(item.lost), "needs": list(item.needs),
            }
            for item in plan.unserved
        ],
        "totals": {
            name: value if isinstance(value := getattr(plan.totals, name), int) else _number(value)
            for name in Totals.__dataclass_fields__
        },
        "identity": {"engine": plan.identity.engine, "problem": plan.identity.problem, "seed": plan.identity.seed},
        "bound": None if plan.bound is None else _number(plan.bound),
        "proved": plan.proved,
        "iterations": plan.iterations,
        "stopped": plan.stopped,
    }  # fmt: skip


_STEP = ("kind", "day", "city", "from", "to", "end_day", "meeting", "destination", "mode", "minutes", "fare", "source")


def _read_step(value: object, path: str) -> Step:
    node = Node(value, path, _STEP)
    kind, mode = node.text("kind"), node.text("mode", "")
    if kind not in set(StepKind):
        raise node.fail("kind", f"one of {', '.join(StepKind)}")
    if mode and mode not in set(Mode):
        raise node.fail("mode", f"one of {', '.join(Mode)}")
    timed = kind != StepKind.NIGHT
    return Step(
        kind=StepKind(kind),
        day=node.day("day"),
        city=node.text("city"),
        starts=node.clock("from") if timed else 0,
        end_day=node.day("end_day") if timed else None,
        ends=node.clock("to") if timed else 0,
        meeting=node.text("meeting") if kind == StepKind.MEETING else "",
        destination=node.text("destination") if kind == StepKind.LEG else "",
        mode=Mode(mode) if mode else None,
        minutes=node.whole("minutes", 0),
        fare=node.exact("fare", "0"),
        source=node.text("source", ""),
    )


def _read_team(value: object, path: str) -> TeamPlan:
    node = Node(value, path, ("team", "steps"))
    return TeamPlan(team=node.text("team"), steps=node.items("steps", _read_step))


def _read_unserved(value: object, path: str) -> Unserved:
    node = Node(value, path, ("meeting", "why", "overshoot_minutes", "instead_of", "lost", "needs"))
    why = node.text("why")
    if why not in set(Why):
        raise node.fail("why", f"one of {', '.join(Why)}")
    return Unserved(
        meeting=node.text("meeting"),
        why=Why(why),
        overshoot_minutes=node.whole("overshoot_minutes") if node.has("overshoot_minutes") else None,
        instead_of=node.texts("instead_of"),
        lost=node.exact("lost", "0"),
        needs=node.texts("needs"),
    )


def _read_totals(value: object, path: str) -> Totals:
    node = Node(value, path, Totals.__dataclass_fields__)
    read: dict[str, object] = {}
    for name, spec in Totals.__dataclass_fields__.items():
        if isinstance(spec.default, int):
            read[name] = node.whole(name, 0)
        elif name == "score":
            read[name] = _signed(node.table.get(name), f"{path}.{name}")
        else:
            read[name] = node.exact(name, "0")
    return Totals(**read)  # type: ignore[arg-type]


def _signed(value: object, path: str) -> Decimal:
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise wrong(path, value, "an exact number as text") from error


def read_plan(document: object) -> Plan:
    """The plan in a parsed JSON document; InvalidValue names the field. It says nothing about whether the plan keeps the rules."""
    allowed = ("schema", "teams", "unserved", "totals", "identity", "bound", "proved", "iterations", "stopped")
    node = Node(document, "", allowed)
    if node.text("schema") != PLAN_SCHEMA:
        raise node.fail("schema", PLAN_SCHEMA)
    identity = Node(node.table.get("identity"), "identity", ("engine", "problem", "seed"))
    return Plan(
        teams=node.items("teams", _read_team, required=True),
        unserved=node.items("unserved", _read_unserved),
        totals=node.one("totals", _read_totals) or Totals(),
        identity=Identity(
            engine=identity.text("engine"), problem=identity.text("problem"), seed=identity.whole("seed", most=2**63)
        ),
        bound=_signed(node.table["bound"], "bound") if node.has("bound") else None,
        proved=node.flag("proved"),
        iterations=node.whole("iterations", 0, most=10**15),
        stopped=node.text("stopped", ""),
    )
