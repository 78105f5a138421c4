"""The trip that is under way in the demo: 37 meetings in 20 days, planned, published, some confirmed, one called off on the road."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.dashboard.demo.cast import Cast
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.trips import actions, planning, queries
from zhaoyin.apps.trips.models import Stop, Trip
from zhaoyin.engines.routing.params import RouteParams

MEETINGS, DAYS, GONE = 37, 20, 6
"""Of the 20 days six are over on the day on which the demo is made."""
HOME = "3702"
SOUTH = ("4403", "4419", "4401", "4404", "3205", "3201", "3101", "3301", "3501", "3502")
ROUNDS = 4000
"""Rounds of search instead of seconds, so that the demo is the same on every machine."""
NOTE = "看了车间和样品，对方关注用地和配套，同意月底前来区考察。"


def write_journey(cast: Cast, today: date) -> None:
    """The campaign, its trip, the plan; what was said in the days that are over."""
    start = today - timedelta(days=GONE)
    team = [cast.members["electronics"][0], cast.members["electronics"][1]]
    leader = Viewer(person_id=team[0], zone_id=cast.zone_id, roles=frozenset({Role.TASK_FORCE_LEADER.value}), on=today)
    with clock.at(datetime.combine(start - timedelta(days=3), time(9), clock.SHANGHAI)):
        trip = _trip(cast, leader, start, team)
        for item in _chosen(leader, trip):
            actions.add_stop(viewer=leader, trip_id=trip.pk, draft=item)
        plan = planning.make_plan(viewer=leader, trip_id=trip.pk, params=RouteParams(iterations=ROUNDS, seed=1))
        planning.publish(viewer=leader, trip_id=trip.pk, number=plan.number)
    _hold(leader, trip, today)


def _trip(cast: Cast, leader: Viewer, start: date, team: list[UUID]) -> Trip:
    last = start + timedelta(days=DAYS - 1)
    campaign = actions.open_campaign(
        viewer=leader, name="走进珠三角、长三角", starts_on=start, ends_on=last, aim="见 37 家，带回 5 家来区考察"
    )
    return actions.plan_trip(
        viewer=leader,
        draft=actions.TripDraft(
            name="二十天三十七家", home=HOME, starts_on=start, ends_on=last, task_force_id=cast.task_forces["electronics"],
            campaign_id=campaign.pk, teams=[actions.TeamDraft(name="电子信息组", people=team)], rules={"most_meetings_a_day": 3},
        ),
    )  # fmt: skip


def _chosen(leader: Viewer, trip: Trip) -> list[actions.StopDraft]:
    """The best of the task force's projects and leads in the south, then elsewhere, until there are 37."""
    found = queries.candidates(viewer=leader, trip=trip, wanted=queries.Wanted())
    own = [item for item in found if item.city in SOUTH]
    rest = [item for item in found if item.city and item.city not in SOUTH and item.city[:2] != HOME[:2]]
    return [
        actions.StopDraft(
            project_id=item.pk if item.kind == "project" else None,
            lead_id=item.pk if item.kind == "lead" else None,
            city=item.city,
            must=number < 3,
            duration_minutes=120 if number < 5 else 90,
        )
        for number, item in enumerate([*own, *rest][:MEETINGS])
    ]


def _hold(leader: Viewer, trip: Trip, today: date) -> None:
    """Meetings of the days before today were held; the next ones are confirmed, and one of them was called off this morning."""
    meetings = queries.published_meetings(
        zone_id=leader.zone_id, trip_ids=[trip.pk], since=trip.starts_on, until=trip.ends_on
    )
    for meeting in meetings:
        if meeting.day < today:
            with clock.at(datetime.combine(meeting.day, time(20), clock.SHANGHAI)):
                note = actions.VisitNote(on=meeting.day, note=NOTE, attended=_travellers(trip))
                actions.note_visit(viewer=leader, stop_id=meeting.stop.pk, note=note)
    ahead = [meeting.stop for meeting in meetings if meeting.day > today]
    with clock.at(datetime.combine(today, time(0, 7), clock.SHANGHAI)):
        for number, stop in enumerate(ahead):
            if number % 3 != 2:
                actions.answer_stop(viewer=leader, stop_id=stop.pk, state="confirmed")
        _call_off(leader, ahead[len(ahead) // 2 :][:1])


def _call_off(leader: Viewer, stops: list[Stop]) -> None:
    for stop in stops:
        actions.answer_stop(viewer=leader, stop_id=stop.pk, state="cancelled")


def _travellers(trip: Trip) -> list[UUID]:
    return list(trip.members.values_list("person_id", flat=True))
