"""A new plan while the trip is under way: what has begun stays as it was, what is agreed moves as little as possible."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from zhaoyin.engines.routing.assembling import totals
from zhaoyin.engines.routing.document import DAY_MINUTES
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Meeting, Mode, Problem, Slot, Start, Team, Window
from zhaoyin.engines.routing.result import ENGINE_VERSION, Identity, Plan, Step, StepKind, TeamPlan
from zhaoyin.engines.routing.solve import solve
from zhaoyin.engines.routing.writing import problem_hash


def replan(*, problem: Problem, published: Plan, day: date, time: int, params: RouteParams | None = None) -> Plan:
    """The best continuation of `published` from minute `time` of `day` on, for the problem as it now is.

    Every step that had begun is taken over unchanged; a meeting cancelled is simply no longer in `problem`, one moved has other windows, a
    new one is added. Confirmed meetings keep their published slot; only those that cannot are moved, each at the price `confirmed_moved`.
    The totals and the identity are those of the whole trip.
    """
    options = params or RouteParams()
    done = {plan.team: _begun(plan.steps, day, time) for plan in published.teams}
    problem = replace(problem, meetings=_slotted(problem, published))
    over = {step.meeting for steps in done.values() for step in steps if step.kind is StepKind.MEETING}
    over |= {meeting.id for meeting in problem.meetings if meeting.past}
    ends = {
        step.meeting: (step.day, step.ends)
        for steps in done.values()
        for step in steps
        if step.kind is StepKind.MEETING
    }

    def under_way(meeting: Meeting) -> tuple[date, int]:
        return max((ends[name] for name in meeting.after if name in ends), default=(date.min, 0))

    rest = replace(
        problem,
        teams=tuple(_standing(problem, team, done.get(team.id, ()), day, time) for team in problem.teams),
        meetings=tuple(
            _behind(
                replace(meeting, after=tuple(name for name in meeting.after if name not in over)),
                problem,
                under_way(meeting),
            )
            for meeting in problem.meetings
            if meeting.id not in over
        ),
    )
    ahead = solve(problem=rest, params=options, warm=published)
    teams = tuple(TeamPlan(team=plan.team, steps=(*done.get(plan.team, ()), *plan.steps)) for plan in ahead.teams)
    identity = Identity(engine=ENGINE_VERSION, problem=problem_hash(problem), seed=options.seed)
    return replace(ahead, teams=teams, totals=totals(problem, teams), identity=identity, bound=None, proved=False)


def with_slots(problem: Problem, published: Plan) -> Problem:
    """The problem with the published slot of every meeting that has none yet; what `replan` computes with."""
    return replace(problem, meetings=_slotted(problem, published))


def _behind(meeting: Meeting, problem: Problem, moment: tuple[date, int]) -> Meeting:
    """The meeting with only those windows that begin when the meeting before it, perhaps just under way elsewhere, is over."""
    if moment[0] == date.min:
        return meeting
    first, last = min(team.first_day for team in problem.teams), max(team.last_day for team in problem.teams)
    every = (Window(day=date.fromordinal(n)) for n in range(first.toordinal(), last.toordinal() + 1))
    windows = [
        replace(window, opens=max(window.opens, moment[1])) if window.day == moment[0] else window
        for window in meeting.windows or every
        if window.day >= moment[0]
    ]
    kept = tuple(window for window in windows if window.opens < window.closes)
    return replace(meeting, windows=kept or (Window(day=moment[0], opens=0, closes=1),))


def _slotted(problem: Problem, published: Plan) -> tuple[Meeting, ...]:
    slots: Mapping[str, Slot] = {
        step.meeting: Slot(team=plan.team, day=step.day, starts=step.starts)
        for plan in published.teams
        for step in plan.steps
        if step.kind is StepKind.MEETING
    }
    return tuple(
        replace(meeting, published=slots[meeting.id]) if meeting.published is None and meeting.id in slots else meeting
        for meeting in problem.meetings
    )


def _begun(steps: Sequence[Step], day: date, time: int) -> tuple[Step, ...]:
    """The steps that began before the moment; a night belongs to the evening of its day."""
    return tuple(
        step for step in steps
        if (step.day < day if step.kind is StepKind.NIGHT else (step.day, step.starts) < (day, time))
    )  # fmt: skip


def _standing(problem: Problem, team: Team, steps: Sequence[Step], day: date, time: int) -> Team:
    """The team from where it stands: at home before its trip, otherwise after the step under way."""
    if not steps:
        early = (day, time) <= (team.first_day, team.earliest_leave)
        return team if early else replace(team, start=Start(city=team.home, day=day, time=time))
    moving = [step for step in steps if step.kind is not StepKind.NIGHT]
    last = moving[-1]
    city = last.destination if last.kind is StepKind.LEG else last.city
    free = max((day, time), (last.end_day or last.day, last.ends))
    if free[1] >= DAY_MINUTES:
        free = (date.fromordinal(free[0].toordinal() + 1), 0)
    busy = [
        step for step in moving if step.day == free[0] and (step.kind is StepKind.MEETING or step.mode is Mode.LOCAL)
    ]
    met = sum(step.kind is StepKind.MEETING and step.day == free[0] for step in moving)
    spent = sum(
        step.minutes for step in moving
        if step.kind is StepKind.LEG and step.mode not in {Mode.LOCAL, Mode.NIGHT} and step.day == free[0]
    )  # fmt: skip
    here = next((meeting for meeting in problem.meetings if meeting.id == last.meeting), None)
    start = Start(
        city=city,
        day=free[0],
        time=free[1],
        meetings_that_day=met,
        travel_minutes_that_day=spent,
        free_since=max((step.ends for step in busy), default=0),
        after_meeting=last.kind is StepKind.MEETING and last.day == free[0],
        latitude=here.latitude if here else None,
        longitude=here.longitude if here else None,
    )
    return replace(team, start=start)
