"""What the pages of trips show: the plan by day and team, the map, what was left out and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.projects.forms import STAGE_LABELS
from zhaoyin.apps.projects.presentation import localized
from zhaoyin.apps.trips import queries
from zhaoyin.apps.trips.forms import STOP_LABELS, STOP_TONES, TRIP_LABELS, TRIP_TONES, city_words
from zhaoyin.apps.trips.models import Stop, Trip, TripPlan, TripTeam
from zhaoyin.domain.region import PROVINCES, cities, region_name


def mode_words(mode: str) -> str:
    """How one travels."""
    return {
        "rail": pgettext("travel", "铁路"), "air": pgettext("travel", "航班"), "road": pgettext("travel", "公路"),
        "local": pgettext("travel", "市内"), "night": pgettext("travel", "夜车"),
    }.get(mode, mode)  # fmt: skip


MODE_ICONS = {"rail": "train", "air": "plane", "road": "car", "local": "map-pin", "night": "train"}


def trip_line(trip: Trip, counts: Mapping[str, int]) -> dict[str, object]:
    """A trip as lists show it."""
    people = [member.person.display_name for member in trip.members.all()]
    return {
        "trip": trip,
        "state": TRIP_LABELS.get(trip.state, trip.state),
        "tone": TRIP_TONES.get(trip.state, "plain"),
        "home": city_words(trip.home),
        "days": (trip.ends_on - trip.starts_on).days + 1,
        "task_force": localized(trip.task_force),
        "people": _("、").join(people[:6]),
        "stops": sum(number for state, number in counts.items() if state != "cancelled"),
        "held": counts.get("held", 0),
    }


def worth_words(reasons: Iterable[Sequence[object]]) -> list[str]:
    """Why a meeting is worth what it is, a line each: words and points."""
    words = []
    for code, points, number in reasons:
        text = {
            "amount": _("计划投资 %(n)s 亿元"), "amount_unknown": _("投资额未知"), "stage_lead": _("刚立项"),
            "stage_negotiating": _("在谈"), "stage_pre_signing": _("拟签约"), "stage_later": _("已签约，回访"),
            "new_lead": _("线索，还没谈过"), "never_met": _("还没见过面"), "silent": _("%(n)s 天没见面"),
            "step_due": _("有到期的下一步"),
        }.get(str(code), str(code))  # fmt: skip
        words.append(f"{text % {'n': number} if '%(n)s' in text else text} +{points}")
    return words


def unserved_words(item: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Why a meeting is not in the plan, in one sentence."""
    why = item["why"]
    names = _("、").join(titles.get(one, one) for one in item.get("instead_of", []))
    needs = _("、").join(titles.get(one, one) for one in item.get("needs", []))
    lost = item.get("lost", "0")
    if why == "no-window":
        return _("行程这些天里，对方没有可以见面的时段")
    if why == "no-team":
        return _("没有小组能去（要求到场：%(needs)s）") % {"needs": needs} if needs else _("没有小组能去")
    if why == "unreachable":
        minutes = item.get("overshoot_minutes")
        return _("赶不到，最少差 %(n)s 分钟") % {"n": minutes} if minutes else _("赶不到")
    if why == "needs-other":
        return _("要先见的“%(needs)s”没有排上") % {"needs": needs}
    if why == "displaces":
        return _("要去就得放下：%(names)s（少 %(lost)s 分）") % {"names": names, "lost": lost}
    if why == "costs-more":
        return _("路费、路上时间超过它的价值（差 %(lost)s 分）") % {"lost": lost}
    return _("这次没有来得及试")


@dataclass(slots=True)
class Cell:
    """What one team does on one day."""

    team: str
    lines: list[dict[str, object]] = field(default_factory=list)
    night: str = ""
    minutes: int = 0
    active: bool = True


def timeline(
    trip: Trip, teams: Sequence[TripTeam], plan: TripPlan | None, stops: Mapping[str, Stop]
) -> list[dict[str, object]]:
    """Days, each with a cell a team."""
    days = [trip.starts_on + timedelta(days=n) for n in range((trip.ends_on - trip.starts_on).days + 1)]
    cells = {
        (str(team.pk), day): Cell(str(team.pk), active=_travels(trip, team, day)) for team in teams for day in days
    }
    for entry in plan.plan["teams"] if plan else []:
        for step in entry["steps"]:
            cell = cells.get((entry["team"], date.fromisoformat(step["day"])))
            if cell is not None:
                _put_step(cell, step, stops)
    return [
        {"day": day, "weekday": _weekday(day), "weekend": day.weekday() > 4, "cells": [cells[str(team.pk), day] for team in teams]}
        for day in days
    ]  # fmt: skip


def _travels(trip: Trip, team: TripTeam, day: date) -> bool:
    return (team.starts_on or trip.starts_on) <= day <= (team.ends_on or trip.ends_on)


def _weekday(day: date) -> str:
    names = [
        pgettext("short", "周一"),
        pgettext("short", "周二"),
        pgettext("short", "周三"),
        pgettext("short", "周四"),
        pgettext("short", "周五"),
        pgettext("short", "周六"),
        pgettext("short", "周日"),
    ]
    return names[day.weekday()]


def _put_step(cell: Cell, step: Mapping[str, Any], stops: Mapping[str, Stop]) -> None:
    if step["kind"] == "night":
        cell.night = city_words(step["city"])
        return
    line: dict[str, object] = {"kind": step["kind"], "from": step["from"], "to": step["to"]}
    if step["kind"] == "leg":
        cell.minutes += int(step.get("minutes") or 0)
        line |= {
            "mode": mode_words(step["mode"]),
            "icon": MODE_ICONS.get(step["mode"], "map-pin"),
            "start": city_words(step["city"]),
            "destination": city_words(step["destination"]),
            "minutes": step.get("minutes"),
            "fare": step.get("fare"),
            "source": step.get("source", ""),
            "next_day": step.get("end_day", step["day"]) != step["day"],
            "local": step["mode"] == "local",
        }
    else:
        stop = stops.get(step["meeting"])
        line |= {"stop": stop, "city": city_words(step["city"]), "gone": stop is None or stop.state == "cancelled"}
        if stop is not None:
            line |= {"tone": STOP_TONES.get(stop.state, "plain"), "state": STOP_LABELS.get(stop.state, stop.state)}
    cell.lines.append(line)


def stop_lines(
    stops: Sequence[Stop], plan: TripPlan | None, published: TripPlan | None, teams: Sequence[TripTeam]
) -> list[dict[str, object]]:
    """The list on the left: what it is worth and why, where it stands in the plan, or why not."""
    titles = {str(stop.pk): stop.title for stop in stops} | {str(team.pk): team.name for team in teams}
    placed = slot_words(plan)
    before = slot_words(published)
    why = {item["meeting"]: item for item in plan.plan["unserved"]} if plan else {}
    return [
        {
            "stop": stop,
            "city": city_words(stop.city),
            "state": STOP_LABELS.get(stop.state, stop.state),
            "tone": STOP_TONES.get(stop.state, "plain"),
            "worth": worth_words(stop.value_reasons) if not stop.value_by_hand else [_("人工填写")],
            "slot": placed.get(str(stop.pk), ""),
            "moved": bool(before) and before.get(str(stop.pk), "") != placed.get(str(stop.pk), ""),
            "before": before.get(str(stop.pk), ""),
            "why": unserved_words(why[str(stop.pk)], titles) if str(stop.pk) in why else "",
            "pinned": stop.pinned_on or stop.pinned_team_id,
            "forbidden": [titles.get(team, team) for team in stop.forbidden],
        }
        for stop in stops
        if stop.state != "cancelled"
    ]


def slot_words(plan: TripPlan | None) -> dict[str, str]:
    """Stop id → "7-03 14:00"."""
    if plan is None:
        return {}
    return {
        step["meeting"]: f"{date.fromisoformat(step['day']):%-m-%d} {step['from']}"
        for team in plan.plan["teams"]
        for step in team["steps"]
        if step["kind"] == "meeting"
    }


def totals(plan: TripPlan | None, stops: Sequence[Stop]) -> dict[str, object] | None:
    """The sums of a plan, in words of people who pay for it."""
    if plan is None:
        return None
    sums = plan.plan["totals"]
    standing = {str(stop.pk) for stop in stops if stop.state != "cancelled"}
    return {
        "meetings": len(standing & set(slot_words(plan))),
        "wanted": len(standing),
        "hours": _hours(sums["travel_minutes"]),
        "money": _yuan(Decimal(sums["fares"]) + Decimal(sums["hotels"])),
        "fares": _yuan(Decimal(sums["fares"])),
        "hotels": _yuan(Decimal(sums["hotels"])),
        "nights": sums["nights"],
        "changed": sums["changed"],
        "must_missed": sums["must_missed"],
        "score": sums["score"],
        "proved": plan.plan.get("proved"),
        "number": plan.number,
        "made_at": plan.made_at,
    }


def _hours(minutes: int) -> str:
    return _("%(h)s 小时 %(m)s 分") % {"h": minutes // 60, "m": minutes % 60}


def _yuan(value: Decimal) -> str:
    return f"{value.quantize(Decimal(1)):,}"


def route_map(trip: Trip, teams: Sequence[TripTeam], stops: Sequence[Stop], plan: TripPlan | None) -> dict[str, object]:
    """Cities by how many are to be met there, and the way of each team, for the map island."""
    known = cities()
    here: dict[str, list[Stop]] = {}
    for stop in stops:
        if stop.state != "cancelled":
            here.setdefault(stop.city, []).append(stop)
    homes = {trip.home} | {team.home for team in teams if team.home}
    points = [
        {
            "name": city_words(code), "lon": known[code].longitude, "lat": known[code].latitude, "value": len(here.get(code, [])),
            "label": _("%(n)s 个会面") % {"n": len(here[code])} if code in here else _("出发地"), "territory": code in homes,
        }
        for code in sorted(homes | set(here))
        if code in known
    ]  # fmt: skip
    routes = []
    for number, entry in enumerate(plan.plan["teams"] if plan else []):
        legs = [step for step in entry["steps"] if step["kind"] == "leg" and step["city"] != step["destination"]]
        codes = [leg["city"] for leg in legs[:1]] + [leg["destination"] for leg in legs]
        routes.append(
            {"tone": number % 4, "points": [[known[code].longitude, known[code].latitude] for code in codes if code in known]}
        )  # fmt: skip
    return {"units": [], "cities": points, "routes": routes, "fit": True}


def candidate_line(item: queries.Candidate) -> dict[str, object]:
    """A candidate as the list shows it."""
    return {
        "item": item,
        "city": city_words(item.city) or _("未知"),
        "stage": STAGE_LABELS.get(item.stage, _("线索")) if item.kind == "project" else _("线索"),
        "worth": worth_words(item.worth.reasons),
    }


def coverage_table(found: queries.Coverage, months: Sequence[date]) -> dict[str, object]:
    """Rows of cities with their months, the busiest first; territories nobody has been to come last."""
    rows = [
        {
            "city": city_words(code),
            "province": region_name(code[:2]),
            "cells": [cells.get(month, 0) for month in months],
            "total": sum(cells.values()),
            "teams": _("、").join(sorted({*found.territories.get(code, []), *found.territories.get(code[:2], [])})),
        }
        for code, cells in found.cities.items()
    ]
    rows.sort(key=lambda row: (-int(str(row["total"])), str(row["city"])))
    been = set(found.cities) | {code[:2] for code in found.cities}
    missing = [
        {"name": region_name(code), "teams": _("、").join(sorted(set(teams)))}
        for code, teams in sorted(found.territories.items())
        if code not in been
    ]
    return {"rows": rows, "missing": missing, "columns": [f"{month:%-m}" for month in months]}


def coverage_map(found: queries.Coverage, url: str) -> dict[str, object]:
    """Provinces and cities by held meetings, for the map island."""
    known = cities()
    totals_by_city = {code: sum(cells.values()) for code, cells in found.cities.items()}
    by_province: dict[str, int] = {}
    for code, number in totals_by_city.items():
        by_province[code[:2]] = by_province.get(code[:2], 0) + number
    marked = {code[:2] for code in found.territories}
    units = [
        {
            "code": code, "value": by_province.get(code, 0), "short": str(by_province.get(code, "")), "url": url,
            "label": _("%(n)s 次会面") % {"n": by_province.get(code, 0)}, "territory": code in marked,
        }
        for code in PROVINCES
        if code in by_province or code in marked
    ]  # fmt: skip
    points = [
        {
            "name": city_words(code), "lon": known[code].longitude, "lat": known[code].latitude, "value": number,
            "label": _("%(n)s 次会面") % {"n": number}, "territory": code in found.territories or code[:2] in found.territories,
        }
        for code, number in sorted(totals_by_city.items())
        if code in known
    ]  # fmt: skip
    return {"units": units, "cities": points}


def meeting_line(meeting: queries.Meeting, slug: str) -> dict[str, object]:
    """A published meeting as the phone's list and the Today page show it."""
    stop = meeting.stop
    return {
        "meeting": meeting,
        "stop": stop,
        "city": city_words(stop.city),
        "clock": f"{meeting.starts // 60:02d}:{meeting.starts % 60:02d}",
        "until": f"{meeting.ends // 60:02d}:{meeting.ends % 60:02d}",
        "state": STOP_LABELS.get(stop.state, stop.state),
        "tone": STOP_TONES.get(stop.state, "plain"),
        "url": reverse("trips:stop", args=[slug, stop.pk]),
        "navigate": stop.address or city_words(stop.city),
        "day": meeting.day,
        "weekday": _weekday(meeting.day),
    }


def stop_on_trip(stop: Stop) -> dict[str, object]:
    """A stop as the project's page shows it."""
    return {
        "stop": stop,
        "trip": stop.trip,
        "city": city_words(stop.city),
        "state": STOP_LABELS.get(stop.state, stop.state),
        "tone": STOP_TONES.get(stop.state, "plain"),
    }
