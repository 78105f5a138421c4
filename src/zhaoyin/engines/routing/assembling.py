"""Schedules as documents: steps of every team, and exact sums over them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from zhaoyin.engines.routing.model import DAY, Model
from zhaoyin.engines.routing.problem import Mode, Problem
from zhaoyin.engines.routing.result import Step, StepKind, TeamPlan, Totals
from zhaoyin.engines.routing.timing import Label


def chain(end: Label) -> list[Label]:
    """The labels from the first move to the way home."""
    found: list[Label] = []
    label: Label | None = end
    while label is not None and label.before is not None:
        found.append(label)
        label = label.before
    return found[::-1]


def team_plan(model: Model, k: int, end: Label | None) -> TeamPlan:
    """The steps of a schedule: legs, moves inside a city, meetings and nights in order of time."""
    team = model.problem.teams[k]
    if end is None:
        return TeamPlan(team=team.id)
    names = list(model.cities)
    price = {hotel.city: hotel.price for hotel in model.problem.hotels}
    rows: list[tuple[int, int, Step]] = []
    for label in chain(end):
        for leg in label.legs:
            assert leg.option is not None
            rows.append((leg.leave, 1, _leg(model, leg.leave, leg.reach, names[leg.origin], names[leg.destination], leg.option.mode,
                                            leg.option.fare * team.people, leg.option.source)))  # fmt: skip
        for day, city in label.nights:
            fare = price.get(names[city], model.problem.hotel_price) * team.people
            rows.append(
                ((day + 1) * DAY, 0, Step(kind=StepKind.NIGHT, day=model.day(day * DAY), city=names[city], fare=fare))
            )
        if label.meeting >= 0:
            rows += _meeting(model, k, label)
    rows.sort(key=lambda row: (row[0], row[1]))
    return TeamPlan(team=team.id, steps=tuple(row[2] for row in rows))


def _meeting(model: Model, k: int, label: Label) -> list[tuple[int, int, Step]]:
    meeting = model.problem.meetings[label.meeting]
    before, found = label.before, []
    if before is not None and not label.legs and before.start // DAY == label.start // DAY:
        arrays, i = model.arrays, before.meeting
        minutes = int(arrays.local[i, label.meeting] if i >= 0 else arrays.start_local[k, label.meeting])
        if minutes:
            at = label.start - minutes
            found.append((at, 2, _leg(model, at, label.start, meeting.city, meeting.city, Mode.LOCAL, Decimal(0), "")))
    over = label.start + meeting.duration_minutes
    step = Step(
        kind=StepKind.MEETING, day=model.day(label.start), city=meeting.city, starts=label.start % DAY, end_day=model.day(label.start),
        ends=over - label.start // DAY * DAY, meeting=meeting.id,
    )  # fmt: skip
    return [*found, (label.start, 3, step)]


def _leg(
    model: Model, leave: int, reach: int, origin: str, destination: str, mode: Mode, fare: Decimal, source: str
) -> Step:
    return Step(
        kind=StepKind.LEG, day=model.day(leave), city=origin, starts=leave % DAY, end_day=model.day(reach), ends=reach % DAY,
        destination=destination, mode=mode, fare=fare, source=source, minutes=reach - leave,
    )  # fmt: skip


def totals(problem: Problem, plans: Sequence[TeamPlan]) -> Totals:
    """Exact sums over the steps of all teams, and the score that the objective gives them."""
    meetings = {meeting.id: meeting for meeting in problem.meetings}
    weights, held = problem.weights, _held(plans)
    steps = [step for plan in plans for step in plan.steps]
    served = [meetings[step.meeting] for step in steps if step.kind is StepKind.MEETING and step.meeting in meetings]
    minutes = sum(step.minutes for step in steps if step.kind is StepKind.LEG and step.mode is not Mode.LOCAL)
    fares = sum((step.fare for step in steps if step.kind is StepKind.LEG), Decimal(0))
    nights = [step for step in steps if step.kind is StepKind.NIGHT]
    hotels = sum((step.fare for step in nights), Decimal(0))
    changed = moved = 0
    for meeting in served:
        team, step = held[meeting.id]
        slot = meeting.published
        if slot and meeting.confirmed and (slot.team, slot.day, slot.starts) != (team, step.day, step.starts):
            moved += 1
        elif slot and not meeting.confirmed and (slot.team, slot.day) != (team, step.day):
            changed += 1
    value = sum((meeting.value for meeting in served), Decimal(0))
    travel = (weights.travel_hour * minutes / 60).quantize(Decimal("0.000001"))
    money = weights.thousand_yuan * (fares + hotels) / 1000
    sleep, change = weights.night * len(nights), weights.changed * changed + weights.confirmed_moved * moved
    done = {meeting.id for meeting in served}
    return Totals(
        meetings=len(served), must_missed=sum(meeting.must and meeting.id not in done for meeting in problem.meetings), value=value,
        travel_minutes=minutes, fares=fares, hotels=hotels, nights=len(nights), changed=changed, confirmed_moved=moved, travel_cost=travel,
        money_cost=money, night_cost=sleep, change_cost=change, score=value - travel - money - sleep - change,
    )  # fmt: skip


def _held(plans: Sequence[TeamPlan]) -> Mapping[str, tuple[str, Step]]:
    return {step.meeting: (plan.team, step) for plan in plans for step in plan.steps if step.kind is StepKind.MEETING}


def minute_of(model: Model, step: Step) -> int:
    """Minutes since the first day's midnight at which a step begins."""
    return (step.day - model.day_zero) // timedelta(days=1) * DAY + step.starts
