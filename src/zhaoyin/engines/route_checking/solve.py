"""An independent reading of a plan: every rule of the problem is tried on it. Shares no code with the solver and uses only its documents.

The documents are those of `zhaoyin-route-1` and `zhaoyin-plan-1` (docs/reference/trips.md); both must be well formed. The checker never
repairs or guesses: what it cannot read is a finding.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhaoyin.engines.route_checking.params import DAY
from zhaoyin.engines.route_checking.problem import Document, clock
from zhaoyin.engines.route_checking.result import Finding


def check(problem: Document, plan: Document) -> list[Finding]:
    """Every broken rule; an empty list means that the plan keeps them all and that its sums are right."""
    return _Check(problem, plan).run()


class _Check:
    def __init__(self, problem: Document, plan: Document) -> None:
        self.problem, self.plan = problem, plan
        self.found: list[Finding] = []
        self.meetings: dict[str, Document] = {row["id"]: row for row in problem["meetings"]}
        self.teams: dict[str, Document] = {row["id"]: row for row in problem["teams"]}
        self.zero = min((date.fromisoformat(row["first_day"]) for row in problem["teams"]), default=date(2000, 1, 1))
        self.options: dict[tuple[str, str, str], list[Document]] = defaultdict(list)
        for row in problem.get("travel") or ():
            self.options[row["from"], row["to"], row["mode"]].append(row)
        self.prices = {row["city"]: Decimal(row["price"]) for row in problem.get("hotels") or ()}
        self.held: dict[str, tuple[str, int, int]] = {}
        self.sums: dict[str, Decimal] = defaultdict(Decimal)

    def bad(self, rule: str, where: str, detail: str) -> None:
        self.found.append(Finding(rule, where, detail))

    def minute(self, day: str, time: str) -> int:
        return (date.fromisoformat(day) - self.zero).days * DAY + clock(time)

    def run(self) -> list[Finding]:
        seen: set[str] = set()
        for row in self.plan["teams"]:
            name = row["team"]
            if name not in self.teams or name in seen:
                self.bad("team-unknown", name, "no such team, or planned twice")
                continue
            seen.add(name)
            _Team(self, self.teams[name], row["steps"]).run()
        self.order()
        self.complete()
        self.totals()
        return self.found

    def order(self) -> None:
        for name, (_, start, _) in self.held.items():
            for other in self.meetings[name].get("after") or ():
                if other not in self.held:
                    self.bad("after", name, f"{other} must come before it and is not planned")
                elif self.held[other][2] > start:
                    self.bad("after", name, f"begins before {other} is over")

    def complete(self) -> None:
        left = [row["meeting"] for row in self.plan.get("unserved") or ()]
        for name in left:
            if name in self.held or name not in self.meetings or left.count(name) > 1:
                self.bad("unserved", name, "is planned, unknown or named twice among those left out")
        for name, row in self.meetings.items():
            if name not in self.held and name not in left and not row.get("past"):
                self.bad("unserved", name, "is neither planned nor named among those left out")
            slot = row.get("published")
            if (
                row.get("past")
                and slot
                and self.held.get(name, ("", -1, 0))[:2] != (slot["team"], self.minute(slot["day"], slot["time"]))
            ):
                self.bad("past", name, "has taken place and is not where it took place")

    def totals(self) -> None:
        weights = {"travel_hour": "0.2", "thousand_yuan": "0.5", "night": "0.1", "changed": "1", "confirmed_moved": "5"}
        weights |= self.problem.get("weights") or {}
        for name, (team, start, _) in self.held.items():
            row = self.meetings[name]
            slot = row.get("published")
            self.sums["meetings"] += 1
            self.sums["value"] += Decimal(row["value"])
            if slot:
                same = slot["team"] == team
                if row.get("confirmed"):
                    self.sums["confirmed_moved"] += not (same and self.minute(slot["day"], slot["time"]) == start)
                else:
                    self.sums["changed"] += not (same and self.minute(slot["day"], "00:00") == start // DAY * DAY)
        self.sums["must_missed"] = Decimal(
            sum(bool(row.get("must")) and name not in self.held for name, row in self.meetings.items())
        )
        self.sums["travel_cost"] = Decimal(weights["travel_hour"]) * self.sums["travel_minutes"] / 60
        self.sums["money_cost"] = Decimal(weights["thousand_yuan"]) * (self.sums["fares"] + self.sums["hotels"]) / 1000
        self.sums["night_cost"] = Decimal(weights["night"]) * self.sums["nights"]
        moved = Decimal(weights["confirmed_moved"]) * self.sums["confirmed_moved"]
        self.sums["change_cost"] = Decimal(weights["changed"]) * self.sums["changed"] + moved
        costs = ("travel_cost", "money_cost", "night_cost", "change_cost")
        self.sums["score"] = self.sums["value"] - sum((self.sums[name] for name in costs), Decimal(0))
        for name, value in self.plan["totals"].items():
            if abs(Decimal(str(value)) - self.sums[name]) > Decimal("0.00001"):
                self.bad("totals", name, f"is {value}, the steps give {self.sums[name]}")


class _Team:
    """One team's steps, in order."""

    def __init__(self, whole: _Check, team: Document, steps: Sequence[Document]) -> None:
        self.whole, self.team, self.steps = whole, team, steps
        self.name: str = team["id"]
        self.people = max(1, len(team.get("members") or ()))
        self.first = (date.fromisoformat(team["first_day"]) - whole.zero).days
        self.last = (date.fromisoformat(team["last_day"]) - whole.zero).days
        start = team.get("start")
        self.city: str = start["city"] if start else team["home"]
        self.time = whole.minute(start["day"], start["time"]) if start else self.first * DAY
        self.begun = self.time
        self.met: dict[int, int] = defaultdict(int)
        self.travelled: dict[int, int] = defaultdict(int)
        self.busy: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.places: list[tuple[int, str]] = [(self.time, self.city)]
        self.rides: list[tuple[int, int]] = []
        self.slept: list[tuple[int, str, Decimal]] = []
        self.before: tuple[str, int] | None = None
        if start:
            self.met[self.time // DAY] = start.get("meetings_that_day", 0)
            self.travelled[self.time // DAY] = start.get("travel_minutes_that_day", 0)

    def bad(self, rule: str, detail: str) -> None:
        self.whole.bad(rule, self.name, detail)

    def limit(self, key: str, default: str) -> int:
        return clock(self.team.get(key) or default)

    def run(self) -> None:
        kinds = {"leg": self.leg, "meeting": self.meeting, "night": self.night}
        for step in self.steps:
            kinds[step["kind"]](step)
        if self.steps and self.city != self.team["home"]:
            self.bad("home", f"ends in {self.city}, not at home")
        if self.time > self.last * DAY + self.limit("latest_arrival", "23:00"):
            self.bad("home", "is home after the latest arrival of the last day")
        for day, count in self.met.items():
            if count > self.team.get("most_meetings_a_day", 5):
                self.bad("meetings-a-day", f"{count} meetings on day {day}")
        for day, minutes in self.travelled.items():
            if minutes > self.team.get("most_travel_minutes_a_day", 600):
                self.bad("travel-a-day", f"{minutes} travel minutes on day {day}")
        self.nights()
        self.lunches()

    def leg(self, step: Document) -> None:
        leave, reach = self.whole.minute(step["day"], step["from"]), self.whole.minute(step["end_day"], step["to"])
        if step["city"] != self.city or leave < self.time:
            self.bad(
                "place-and-time",
                f"leg from {step['city']} at {step['day']} {step['from']}: the team is in {self.city} until then or later",
            )
        if reach - leave != step["minutes"] or reach < leave:
            self.bad("leg-minutes", f"{step['minutes']} minutes from {step['from']} to {step['to']}")
        self.whole.sums["fares"] += Decimal(step["fare"])
        if step["mode"] == "local":
            if step["destination"] != step["city"] or Decimal(step["fare"]):
                self.bad("leg-option", "a local leg leaves its city or has a fare")
            self.busy[leave // DAY].append((leave, reach))
        else:
            self.journey(step, leave, reach)
        self.city, self.time = step["destination"], reach
        self.places.append((reach, self.city))

    def journey(self, step: Document, leave: int, reach: int) -> None:
        day, minutes = leave // DAY, reach - leave
        self.whole.sums["travel_minutes"] += minutes
        self.rides.append((leave, reach))
        fits = [
            row for row in self.whole.options[step["city"], step["destination"], step["mode"]]
            if row["minutes"] == minutes and Decimal(row.get("fare") or "0") * self.people == Decimal(step["fare"])
            and (not row.get("departures") or leave % DAY in {clock(item) for item in row["departures"]})
        ]  # fmt: skip
        if not fits:
            self.bad(
                "leg-option",
                f"no {step['mode']} of {minutes} minutes at {step['from']} from {step['city']} to {step['destination']} for {step['fare']}",
            )
        if step["mode"] == "night":
            if reach // DAY == day:
                self.bad("night-train", "a night train that arrives on the day it leaves")
            return
        self.travelled[day] += minutes
        if (
            leave % DAY < self.limit("earliest_leave", "06:30")
            or reach // DAY != day
            or reach % DAY > self.limit("latest_arrival", "23:00")
        ):
            self.bad("travel-hours", f"travels {step['from']}-{step['to']} on {step['day']}")

    def meeting(self, step: Document) -> None:
        name, start = step["meeting"], self.whole.minute(step["day"], step["from"])
        over = self.whole.minute(step["end_day"], step["to"])
        row = self.whole.meetings.get(name)
        if row is None or name in self.whole.held:
            self.bad("meeting-unknown", f"{name} is unknown or planned twice")
            return
        if start < self.time or row["city"] != self.city:
            self.bad(
                "place-and-time",
                f"{name} at {step['day']} {step['from']}: the team is in {self.city} and free later, or elsewhere",
            )
        if over - start != row["duration_minutes"]:
            self.bad("duration", f"{name} lasts {over - start} minutes")
        if self.before and self.before[1] // DAY == start // DAY and self.places[-1][0] <= self.time:
            self.local(row, start)
        self.hours(name, row, start, over)
        self.allowed(name, row)
        self.whole.held[name] = (self.name, start, over)
        self.met[start // DAY] += 1
        self.busy[start // DAY].append((start, over))
        self.before, self.time = (name, over), over

    def local(self, row: Document, start: int) -> None:
        assert self.before is not None
        other = self.whole.meetings[self.before[0]]
        if other["city"] != row["city"] or any(leave >= self.before[1] for leave, _ in self.rides):
            return
        rule = {"base_minutes": 15, "km_an_hour": 20, "default_minutes": 30} | dict(
            self.whole.problem.get("local") or {}
        )
        spots: list[Any] = [(item.get("latitude"), item.get("longitude")) for item in (other, row)]
        if any(part is None for spot in spots for part in spot):
            need = rule["default_minutes"]
        else:
            need = math.ceil((rule["base_minutes"] + _km(spots[0], spots[1]) / rule["km_an_hour"] * 60 - 1e-6) / 5) * 5
        if start - self.before[1] < need:
            self.bad("local", f"{start - self.before[1]} minutes from {other['id']} to {row['id']}, {need} are needed")

    def hours(self, name: str, row: Document, start: int, over: int) -> None:
        day = start // DAY
        opens, closes = start - day * DAY, over - day * DAY
        if not self.first <= day <= self.last:
            self.bad("days", f"{name} lies outside the team's days")
        if opens < self.limit("day_starts", "09:00") or closes > self.limit("day_ends", "18:00"):
            self.bad("working-hours", f"{name} begins or ends outside the working hours")
        windows = row.get("windows") or ()
        here = self.whole.zero + timedelta(days=day)
        if windows and not any(
            item["day"] == here.isoformat()
            and clock(item.get("from") or "00:00") <= opens
            and closes <= clock(item.get("to") or "24:00")
            for item in windows
        ):
            self.bad("window", f"{name} lies in none of its windows")
        pin = row.get("pinned") or {}
        if pin.get("day") not in {None, here.isoformat()} or (
            pin.get("time") is not None and clock(pin["time"]) != opens
        ):
            self.bad("pinned", f"{name} is not where it was pinned")

    def allowed(self, name: str, row: Document) -> None:
        members, some = set(self.team.get("members") or ()), set(row.get("needs_any") or ())
        pin = (row.get("pinned") or {}).get("team")
        wrong = (row.get("allowed_teams") and self.name not in row["allowed_teams"]) or self.name in (
            row.get("forbidden_teams") or ()
        )
        if wrong or pin not in {None, self.name}:
            self.bad("team", f"{name} may not be taken by this team")
        if not set(row.get("needs_all") or ()) <= members or (some and not some & members):
            self.bad("persons", f"{name} needs people who are not in this team")

    def night(self, step: Document) -> None:
        day = (date.fromisoformat(step["day"]) - self.whole.zero).days
        self.slept.append((day, step["city"], Decimal(step["fare"])))
        self.whole.sums["nights"] += 1
        self.whole.sums["hotels"] += Decimal(step["fare"])

    def nights(self) -> None:
        wanted = []
        if self.steps:
            for day in range(self.begun // DAY, self.time // DAY):
                midnight = (day + 1) * DAY
                riding = any(leave < midnight < reach for leave, reach in self.rides)
                at = [city for reach, city in self.places if reach <= midnight][-1]
                if not riding and at != self.team["home"]:
                    price = self.whole.prices.get(at, Decimal(self.whole.problem.get("hotel_price") or "350"))
                    wanted.append((day, at, price * self.people))
        if sorted(wanted) != sorted(self.slept):
            self.bad("nights", f"sleeps {self.slept}, must sleep {wanted}")

    def lunches(self) -> None:
        lunch: Any = self.team.get("lunch")
        for day in self.met if lunch else ():
            opens, closes = day * DAY + clock(lunch["from"]), day * DAY + clock(lunch["to"])
            if not self.busy[day] or (self.begun // DAY == day and self.begun > opens):
                continue  # nothing that day, or the plan begins when lunch may be over
            cursor, room = opens, 0
            for start, over in sorted(self.busy[day]):
                room = max(room, min(start, closes) - cursor)
                cursor = max(cursor, over)
            if max(room, closes - cursor) < lunch.get("minutes", 60):
                self.bad("lunch", f"day {day} has less than {lunch.get('minutes', 60)} minutes for lunch")


def _km(a: Sequence[float], b: Sequence[float]) -> float:
    """Great-circle distance by the spherical law of cosines' stable form (half chord), radius 6371 km."""
    unit = [
        (math.cos(math.radians(lat)) * math.cos(math.radians(lon)), math.cos(math.radians(lat)) * math.sin(math.radians(lon)), math.sin(math.radians(lat)))
        for lat, lon in (a, b)
    ]  # fmt: skip
    chord = math.dist(unit[0], unit[1])
    return 2 * 6371.0 * math.asin(min(1.0, chord / 2))
