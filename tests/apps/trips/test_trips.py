"""Trips: set up, whom to meet, planned, published, confirmed, noted once, reported; access, calendar, bad input."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from zhaoyin.apps.companies.actions import ContactDraft, add_contact
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.leads.actions import LeadDraft, open_lead
from zhaoyin.apps.projects.actions import ProjectDraft, create_project
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.trips import actions, planning, queries
from zhaoyin.apps.trips.models import CalendarFeed, Publication, Stop, Trip, TripPlan
from zhaoyin.apps.trips.worth import worth
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible, StaleWrite
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

FIRST, LAST = date(2026, 6, 2), date(2026, 6, 5)


@pytest.fixture(autouse=True)
def _clock(at: Any) -> None:
    at("2026-06-01 09:00")


def project(world: Any, name: str, origin: str = "4403", yuan: int = 5 * 10**8, person: Any = None) -> UUID:
    draft = ProjectDraft(
        name=name, investor_names=[f"{name}公司"], planned_total=Money(Decimal(yuan)), task_force_id=world.task_force.pk,
        origin=origin, negotiating_on=PartialDate.parse("2026-03-02"),
    )  # fmt: skip
    return create_project(viewer=world.viewer(person or world.li), draft=draft)


def trip_of(world: Any, person: Any = None, **more: Any) -> Trip:
    teams = more.pop("teams", [actions.TeamDraft(name="一组", people=[world.li.pk, world.wang.pk])])
    draft = actions.TripDraft(
        name=more.pop("name", "南下深圳"), home="3711", starts_on=FIRST, ends_on=LAST, task_force_id=world.task_force.pk,
        teams=teams, **more,
    )  # fmt: skip
    return actions.plan_trip(viewer=world.viewer(person or world.li), draft=draft)


def add(world: Any, trip: Trip, project_id: UUID, **more: Any) -> Stop:
    return actions.add_stop(
        viewer=world.viewer(world.li), trip_id=trip.pk, draft=actions.StopDraft(project_id=project_id, **more)
    )


@pytest.fixture
def trip(world: Any) -> Trip:
    made = trip_of(world)
    for name, city in (("云帆微电", "4403"), ("海澜智造", "4401"), ("星途光学", "4403")):
        add(world, made, project(world, name, city))
    return made


def planned(world: Any, trip: Trip) -> TripPlan:
    return planning.make_plan(viewer=world.viewer(world.li), trip_id=trip.pk, seconds=0.2)


def published(world: Any, trip: Trip) -> TripPlan:
    plan = planned(world, trip)
    planning.publish(viewer=world.viewer(world.li), trip_id=trip.pk, number=plan.number)
    trip.refresh_from_db()
    return plan


def url(world: Any, name: str, *args: object) -> str:
    return reverse(f"trips:{name}", args=[world.zone.slug, *args])


def test_it_reckons_what_a_meeting_is_worth_and_says_why() -> None:
    found = worth(
        planned_yuan=Decimal(12 * 10**8), stage="pre_signing", last_contact=date(2026, 4, 1), today=date(2026, 6, 1)
    )
    assert found.points == 32 + 30 + 20
    assert found.reasons == (("amount", 32, "12"), ("stage_pre_signing", 30, ""), ("silent", 20, "61"))
    unknown = worth(planned_yuan=None, stage="", last_contact=None, today=date(2026, 6, 1), step_due=True)
    assert [code for code, _points, _number in unknown.reasons] == [
        "amount_unknown",
        "new_lead",
        "never_met",
        "step_due",
    ]


def test_it_plans_publishes_and_shows_everybody_their_meetings(world: Any, trip: Trip) -> None:
    plan = published(world, trip)
    assert plan.plan["totals"]["meetings"] == 3
    assert trip.state == "published"
    mine = queries.published_meetings(zone_id=world.zone.pk, person_id=world.wang.pk, since=FIRST, until=LAST)
    assert {meeting.stop.title for meeting in mine} == {"云帆微电", "海澜智造", "星途光学"}
    assert not queries.published_meetings(zone_id=world.zone.pk, person_id=world.zhao.pk, since=FIRST, until=LAST)
    today = world.client(world.wang).get(f"/z/{world.zone.slug}/").content.decode()
    assert "在外会面" in today


def test_its_plans_and_publications_are_never_overwritten(world: Any, trip: Trip) -> None:
    published(world, trip)
    with pytest.raises(IntegrityError):
        TripPlan.objects.filter(trip=trip).update(number=9)


def test_it_publishes_only_what_was_looked_at(world: Any, trip: Trip) -> None:
    first = planned(world, trip)
    planned(world, trip)
    with pytest.raises(StaleWrite):
        planning.publish(viewer=world.viewer(world.li), trip_id=trip.pk, number=first.number)
    newest = queries.latest_plan(trip)
    assert newest is not None
    for _again in range(2):
        planning.publish(viewer=world.viewer(world.li), trip_id=trip.pk, number=newest.number)
    assert Publication.objects.count() == 1


def test_it_keeps_pins_and_forbidden_teams(world: Any) -> None:
    teams = [
        actions.TeamDraft(name="一组", people=[world.li.pk]),
        actions.TeamDraft(name="二组", people=[world.wang.pk]),
    ]
    trip = trip_of(world, teams=teams)
    stop = add(world, trip, project(world, "云帆微电"))
    one, two = queries.teams_of(trip)
    change = actions.StopChange(
        given=frozenset({"pinned_on", "forbidden"}), pinned_on=date(2026, 6, 4), forbidden=[str(one.pk)]
    )
    actions.change_stop(viewer=world.viewer(world.li), stop_id=stop.pk, change=change)
    plan = planned(world, trip).plan
    meetings = [
        (team["team"], step["day"]) for team in plan["teams"] for step in team["steps"] if step["kind"] == "meeting"
    ]
    assert meetings == [(str(two.pk), "2026-06-04")]


@pytest.mark.parametrize(
    ("windows", "minutes", "code"),
    [
        ([(date(2026, 6, 9), "09:00", "12:00")], 90, "window-outside-trip"),
        ([(date(2026, 6, 3), "09:00", "09:30")], 90, "window-too-short"),
        ([(date(2026, 6, 3), "12:00", "09:00")], 90, "window-too-short"),
        ([(date(2026, 6, 3), "x", "09:00")], 90, "time-malformed"),
        ([], 5, "number-out-of-range"),
    ],
)
def test_it_refuses_windows_that_make_no_sense(world: Any, windows: Any, minutes: int, code: str) -> None:
    trip = trip_of(world)
    with pytest.raises(InvalidValue, match=code):
        add(world, trip, project(world, "云帆微电"), windows=windows, duration_minutes=minutes)
    assert not Stop.objects.exists()


def test_it_says_what_is_missing_before_it_plans(world: Any) -> None:
    viewer = world.viewer(world.li)
    empty = trip_of(world, teams=[])
    with pytest.raises(InvalidValue, match="trip-without-team"):
        planning.make_plan(viewer=viewer, trip_id=empty.pk)
    nobody = trip_of(world, name="没人")
    with pytest.raises(InvalidValue, match="trip-without-stops"):
        planning.make_plan(viewer=viewer, trip_id=nobody.pk)
    page = world.client(world.li).post(url(world, "plan", nobody.pk), follow=True).content.decode()
    assert "还没有要见的人" in page


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_on": date(2026, 6, 1)}, "period-backwards"),
        ({"ends_on": date(2026, 12, 1)}, "trip-too-long"),
        ({"home": "9999"}, "city-unknown"),
        ({"rules": {"day_starts": "18:00", "day_ends": "09:00"}}, "time-backwards"),
        ({"rules": {"most_meetings_a_day": 99}}, "number-out-of-range"),
    ],
)
def test_it_refuses_a_trip_that_makes_no_sense(world: Any, change: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"name": "x", "home": "3711", "starts_on": FIRST, "ends_on": LAST, **change}
    with pytest.raises(InvalidValue, match=code):
        actions.plan_trip(viewer=world.viewer(world.li), draft=actions.TripDraft(**values))
    assert not Trip.objects.exists()


def test_it_lets_nobody_travel_in_two_teams_or_from_another_zone(world: Any) -> None:
    for people in ([[world.li.pk], [world.li.pk]], [[world.stranger.pk], []]):
        teams = [actions.TeamDraft(name=f"{n}组", people=who) for n, who in enumerate(people)]
        with pytest.raises(InvalidValue, match="traveller-wrong"):
            trip_of(world, teams=teams)


def test_it_meets_a_project_once_a_trip_unless_called_off(world: Any) -> None:
    trip, pk = trip_of(world), project(world, "云帆微电")
    stop = add(world, trip, pk)
    with pytest.raises(InvalidValue, match="stop-twice"):
        add(world, trip, pk)
    actions.answer_stop(viewer=world.viewer(world.li), stop_id=stop.pk, state="cancelled")
    add(world, trip, pk)


def test_it_notes_a_visit_exactly_once(world: Any, trip: Trip, at: Any) -> None:
    published(world, trip)
    at("2026-06-03 18:00")
    stop = Stop.objects.get(title="云帆微电")
    note = actions.VisitNote(
        on=date(2026, 6, 3), note="样品已送检，月底前答复", next_step="回访", attended=[world.wang.pk, world.zhao.pk]
    )
    key, viewer = uuid4().hex, world.viewer(world.wang)
    made = {actions.note_visit(viewer=viewer, stop_id=stop.pk, note=note, idempotency_key=key) for _again in range(3)}
    assert len(made) == 1
    row = Engagement.objects.get()
    assert (row.status, row.place, row.note, str(row.next_due_on)) == (
        "held",
        "4403",
        "样品已送检，月底前答复",
        "2026-06-10",
    )
    stop.refresh_from_db()
    assert (stop.state, stop.attended) == ("held", [str(world.wang.pk)])
    assert Project.objects.get(pk=stop.project_id).version
    with pytest.raises(DomainError, match="stop-already-held"):
        actions.answer_stop(viewer=viewer, stop_id=stop.pk, state="cancelled")


def test_it_takes_the_note_of_the_phone_over_the_api_once(world: Any, trip: Trip, at: Any) -> None:
    published(world, trip)
    at("2026-06-03 18:00")
    stop = Stop.objects.get(title="云帆微电")
    address = f"/api/z/{world.zone.slug}/trips/stops/{stop.pk}/notes"
    body = {"on": "2026-06-03", "note": "谈得不错"}
    for _again in range(2):
        sent = world.client(world.wang).post(
            address, body, content_type="application/json", headers={"Idempotency-Key": "offline-1"}
        )
        assert sent.status_code == 201
    assert Engagement.objects.count() == 1
    refused = world.client(world.wang).post(address, {**body, "note": " "}, content_type="application/json")
    assert refused.status_code == 400
    assert "谈了什么" in refused.json()["message"]


def test_it_replans_on_the_road_keeping_what_is_past(world: Any, trip: Trip, at: Any) -> None:
    before = published(world, trip).plan
    slots = {
        step["meeting"]: (step["day"], step["from"])
        for team in before["teams"]
        for step in team["steps"]
        if step["kind"] == "meeting"
    }
    first = min(slots, key=lambda key: slots[key])
    at(f"{slots[first][0]} 23:00")
    last = max(slots, key=lambda key: slots[key])
    actions.answer_stop(viewer=world.viewer(world.li), stop_id=UUID(last), state="cancelled")
    again = planned(world, trip)
    assert again.reason == "replanned"
    after = {
        step["meeting"]: (step["day"], step["from"])
        for team in again.plan["teams"]
        for step in team["steps"]
        if step["kind"] == "meeting"
    }
    assert after[first] == slots[first]
    assert last not in after or slots[last] <= (slots[first][0], "23:00")


def test_it_tries_another_day_person_or_home(world: Any, trip: Trip) -> None:
    planned(world, trip)
    for kind in ("day_more", "day_less", "person_more"):
        tried = planning.try_change(viewer=world.viewer(world.li), trip_id=trip.pk, kind=kind)
        assert tried.kind == kind
    client = world.client(world.li)
    page = client.get(url(world, "what-if", trip.pk) + "?kind=other_home&home=济南").content.decode()
    assert "从济南出发" in page
    wrong = client.get(url(world, "what-if", trip.pk) + "?kind=other_home&home=无此城").content.decode()
    assert "zy-tone-yellow" in wrong


def test_its_candidates_are_what_the_viewer_may_see_and_is_not_on_the_trip(world: Any) -> None:
    trip = trip_of(world)
    here = project(world, "云帆微电", "4403")
    project(world, "东海医械", "3101")
    lead = open_lead(
        viewer=world.viewer(world.li),
        draft=LeadDraft(title="峰岭储能扩产", investor="峰岭储能", origin="4403", task_force_id=world.task_force.pk),
    )
    found = queries.candidates(viewer=world.viewer(world.li), trip=trip, wanted=queries.Wanted())
    assert {item.title for item in found} == {"云帆微电", "东海医械", "峰岭储能扩产"}
    shenzhen = queries.candidates(viewer=world.viewer(world.li), trip=trip, wanted=queries.Wanted(city="4403"))
    assert {item.pk for item in shenzhen} == {here, lead}
    add(world, trip, here)
    left = queries.candidates(viewer=world.viewer(world.li), trip=trip, wanted=queries.Wanted(city="4403"))
    assert {item.pk for item in left} == {lead}
    assert not queries.candidates(viewer=world.viewer(world.zhao), trip=trip, wanted=queries.Wanted())


def test_another_task_force_does_not_find_the_trip(world: Any, trip: Trip) -> None:
    stop = Stop.objects.filter(trip=trip).first()
    assert stop is not None
    zhao = world.client(world.zhao)
    for name, pk in (
        ("planner", trip.pk),
        ("candidates", trip.pk),
        ("day", trip.pk),
        ("report", trip.pk),
        ("stop", stop.pk),
    ):
        assert zhao.get(url(world, name, pk)).status_code == 404
    for name, pk in (("plan", trip.pk), ("publish", trip.pk), ("pin", stop.pk), ("answer", stop.pk), ("note", stop.pk)):
        assert zhao.post(url(world, name, pk), {"number": 1}).status_code == 404
    with pytest.raises(NotVisible):
        planning.make_plan(viewer=world.viewer(world.stranger, world.other_zone), trip_id=trip.pk)
    assert zhao.get(f"/api/z/{world.zone.slug}/trips/{trip.pk}/stops").status_code == 404


def test_a_traveller_of_another_task_force_sees_the_trip(world: Any) -> None:
    trip = trip_of(world, teams=[actions.TeamDraft(name="一组", people=[world.li.pk, world.zhao.pk])])
    assert world.client(world.zhao).get(url(world, "planner", trip.pk)).status_code == 200


def test_it_is_over_when_it_is_closed(world: Any, trip: Trip) -> None:
    published(world, trip)
    actions.close_trip(viewer=world.viewer(world.li), trip_id=trip.pk)
    with pytest.raises(NotAllowed, match="trip-closed"):
        planning.make_plan(viewer=world.viewer(world.li), trip_id=trip.pk)
    assert world.client(world.li).get(url(world, "report", trip.pk)).status_code == 200


def test_its_calendar_link_shows_the_persons_meetings_and_can_be_ended(world: Any, trip: Trip) -> None:
    plan = published(world, trip)
    page = world.client(world.wang).post(url(world, "calendar"), {"act": "make"}).content.decode()
    link = page.split("<code")[1].split(">")[1].split("<")[0]
    anonymous = Client()
    answer = anonymous.get(link.removeprefix("http://testserver"))
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in events} == {"云帆微电", "海澜智造", "星途光学"}
    assert all(int(event["SEQUENCE"]) == plan.number for event in events)
    assert link.rsplit("/", 1)[1].removesuffix(".ics") not in str(CalendarFeed.objects.values())
    renewed = world.client(world.wang).post(url(world, "calendar"), {"act": "make"}).content.decode()
    assert anonymous.get(link.removeprefix("http://testserver")).status_code == 404
    newer = renewed.split("<code")[1].split(">")[1].split("<")[0]
    world.wang.is_active = False
    world.wang.save()
    assert anonymous.get(newer.removeprefix("http://testserver")).status_code == 404


def test_its_report_and_briefing_are_files(world: Any, trip: Trip, at: Any) -> None:
    published(world, trip)
    at("2026-06-03 18:00")
    stop = Stop.objects.get(title="云帆微电")
    assert stop.company_id is not None
    add_contact(
        viewer=world.viewer(world.li),
        company_id=stop.company_id,
        draft=ContactDraft(name="陈", title="总经理", phone="13800001234", source="名片", basis="consent", keep_until=date(2027, 6, 1)),
    )  # fmt: skip
    note = actions.VisitNote(on=date(2026, 6, 3), note="同意来考察", next_step="发邀请函")
    actions.note_visit(viewer=world.viewer(world.li), stop_id=stop.pk, note=note)
    client = world.client(world.li)
    for name, pk in (("briefing", stop.pk), ("report-file", trip.pk)):
        word = client.get(url(world, name, pk, "docx"))
        assert word.status_code == 200
        assert word.content[:2] == b"PK"
    assert client.get(url(world, "report-file", trip.pk, "exe")).status_code in {400, 404}
    page = client.get(url(world, "report", trip.pk)).content.decode()
    assert "同意来考察" in page
    detail = client.get(url(world, "stop", stop.pk)).content.decode()
    assert "计划总投资" in detail
    assert "13800001234" in detail
    masked = world.client(world.wang).get(url(world, "stop", stop.pk)).content.decode()
    assert "13800001234" not in masked


def test_its_pages_carry_a_trip_from_setting_up_to_the_road(world: Any) -> None:
    client = world.client(world.li)
    pk = project(world, "云帆微电")
    page = client.get(url(world, "new")).content.decode()
    assert "谁去" in page
    body = {
        "name": "南下", "home": "日照", "starts_on": "2026-06-02", "ends_on": "2026-06-05", "task_force": world.task_force.pk,
        "day_starts": "09:00", "day_ends": "18:00", "earliest_leave": "06:30", "latest_arrival": "23:00",
        "most_meetings_a_day": 4, "most_travel_hours_a_day": 9, "hotel_price": 400, "margin_percent": 15, "lunch": "on",
        "team_1_name": "一组", "team_1_people": [world.li.pk, world.wang.pk],
    }  # fmt: skip
    wrong = client.post(url(world, "new"), {**body, "home": "某某城"})
    assert wrong.status_code == 422
    assert "某某城" in wrong.content.decode()
    client.post(url(world, "new"), body)
    trip = Trip.objects.get()
    assert "云帆微电" in client.get(url(world, "candidates", trip.pk)).content.decode()
    client.post(url(world, "candidates", trip.pk), {"chosen": [f"project:{pk}", "project:nonsense"]})
    client.post(url(world, "stop-new", trip.pk), {"title": "拜访商会", "city": "深圳市", "value": 30})
    assert Stop.objects.count() == 2
    client.post(url(world, "plan", trip.pk))
    planner = client.get(url(world, "planner", trip.pk)).content.decode()
    assert "拜访商会" in planner
    newest = queries.latest_plan(trip)
    assert newest is not None
    client.post(url(world, "publish", trip.pk), {"number": newest.number})
    stop = Stop.objects.get(title="云帆微电")
    client.post(url(world, "answer", stop.pk), {"state": "confirmed"})
    day = next(
        step["day"] for team in newest.plan["teams"] for step in team["steps"] if step.get("meeting") == str(stop.pk)
    )
    phone = client.get(url(world, "day", trip.pk) + f"?on={day}").content.decode()
    assert "已确认" in phone
    assert "geo:0,0?q=" in phone
    changed = client.post(
        url(world, "stop", stop.pk),
        {"city": "广州", "value": "88", "duration_minutes": 60, "windows": "06-03 14:00-17:00\n", "version": 2},
    )
    assert changed.status_code == 302
    stop.refresh_from_db()
    assert (stop.city, stop.value, stop.windows) == ("4401", Decimal(88), [["2026-06-03", "14:00", "17:00"]])
    unread = client.post(
        url(world, "stop", stop.pk),
        {"city": "广州", "value": "88", "duration_minutes": 60, "windows": "下午", "version": 3},
    )
    assert unread.status_code == 422
    assert "下午" in unread.content.decode()


def test_its_pages_ask_a_fixed_number_of_queries(world: Any, trip: Trip, django_assert_max_num_queries: Any) -> None:
    published(world, trip)
    client = world.client(world.li)
    stop = Stop.objects.filter(trip=trip).first()
    assert stop is not None
    for name, args, most in (
        ("list", (), 14),
        ("planner", (trip.pk,), 16),
        ("day", (trip.pk,), 13),
        ("stop", (stop.pk,), 26),
    ):
        client.get(url(world, name, *args))
        with django_assert_max_num_queries(most):
            client.get(url(world, name, *args))


def test_its_territories_count_held_visits_by_city_and_month(world: Any, trip: Trip, at: Any) -> None:
    published(world, trip)
    at("2026-06-03 18:00")
    for stop in Stop.objects.filter(trip=trip):
        actions.note_visit(
            viewer=world.viewer(world.li), stop_id=stop.pk, note=actions.VisitNote(on=date(2026, 6, 3), note="谈过")
        )
    found = queries.coverage(viewer=world.viewer(world.li))
    assert {code: sum(cells.values()) for code, cells in found.cities.items()} == {"4403": 2, "4401": 1}
    assert "深圳" in world.client(world.li).get(url(world, "territories")).content.decode()


def test_it_meets_on_working_days_unless_somebody_named_a_weekend(world: Any) -> None:
    viewer = world.viewer(world.li)
    weekend = actions.plan_trip(
        viewer=viewer,
        draft=actions.TripDraft(
            name="周末", home="3711", starts_on=date(2026, 6, 6), ends_on=date(2026, 6, 7), task_force_id=world.task_force.pk,
            teams=[actions.TeamDraft(name="一组", people=[world.li.pk])],
        ),
    )  # fmt: skip
    stop = add(world, weekend, project(world, "云帆微电", "3702"))
    with pytest.raises(InvalidValue, match="trip-without-working-days"):
        planning.make_plan(viewer=viewer, trip_id=weekend.pk, seconds=0.1)
    longer = trip_of(world, name="跨周末")
    Trip.objects.filter(pk=longer.pk).update(ends_on=date(2026, 6, 9))
    monday_only = add(world, longer, project(world, "海澜智造", "3702"), windows=[(date(2026, 6, 2), "09:00", "12:00")])
    saturday = actions.StopChange(given=frozenset({"windows"}), windows=[(date(2026, 6, 6), "09:00", "18:00")])
    actions.change_stop(viewer=viewer, stop_id=monday_only.pk, change=saturday)
    plan = planned(world, longer).plan
    days = [step["day"] for team in plan["teams"] for step in team["steps"] if step["kind"] == "meeting"]
    assert days == ["2026-06-06"]
    assert stop.windows == []


def stop_form(stop: Stop, **more: str) -> dict[str, str]:
    """What the page of a stop sends."""
    return {
        "city": "深圳", "address": "", "value": "50", "duration_minutes": "90", "windows": "", "after": "", "pinned_team": "",
        "pinned_on": "", "pinned_at": "", "version": str(stop.version), **more,
    }  # fmt: skip


def trip_form(**more: str | list[str]) -> dict[str, str | list[str]]:
    """What the page of a trip sends."""
    return {
        "name": "再下深圳", "home": "济南", "starts_on": "2026-06-02", "ends_on": "2026-06-05", "campaign": "", "task_force": "",
        "team_1_name": "一组", "day_starts": "09:00", "day_ends": "18:00", "lunch": "on", "most_meetings_a_day": "4",
        "most_travel_hours_a_day": "9", "earliest_leave": "06:30", "latest_arrival": "23:00", "hotel_price": "400",
        "margin_percent": "15", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"team_2_name": "一组"},
        {"team_1_id": "not-an-id"},
        {"starts_on": "9999-12-31", "ends_on": "9999-12-31"},
        {"starts_on": "0001-01-01", "ends_on": "0001-01-01"},
    ],
)
def test_its_form_answers_wrong_teams_and_days_with_words(world: Any, wrong: dict[str, str]) -> None:
    client = world.client(world.li)
    assert client.post(url(world, "new"), trip_form()).status_code == 302
    answered = client.post(url(world, "new"), trip_form(**wrong, name="另一次"))
    assert answered.status_code in {400, 422}
    assert not Trip.objects.filter(name="另一次").exists()


def test_it_takes_no_word_for_a_version(world: Any, trip: Trip) -> None:
    answered = world.client(world.li).post(url(world, "edit", trip.pk), trip_form(version="abc"))
    assert answered.status_code == 400


def test_it_lets_two_teams_exchange_their_names(world: Any) -> None:
    made = trip_of(world, teams=[actions.TeamDraft(name="一组"), actions.TeamDraft(name="二组")])
    first, second = queries.teams_of(made)
    draft = actions.TripDraft(
        name=made.name, home="3711", starts_on=FIRST, ends_on=LAST, task_force_id=world.task_force.pk,
        teams=[actions.TeamDraft(id=first.pk, name="二组"), actions.TeamDraft(id=second.pk, name="一组")],
    )  # fmt: skip
    actions.change_trip(viewer=world.viewer(world.li), trip_id=made.pk, draft=draft, expected_version=made.version)
    assert [(team.pk, team.name) for team in queries.teams_of(made)] == [(first.pk, "二组"), (second.pk, "一组")]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e9", "-1"])
def test_it_takes_only_points_for_a_value(world: Any, trip: Trip, value: str) -> None:
    stop = queries.stops_of(trip)[0]
    answered = world.client(world.li).post(url(world, "stop", stop.pk), stop_form(stop, value=value))
    assert answered.status_code in {400, 422}
    with pytest.raises(InvalidValue, match="number-out-of-range"):
        add(world, trip, project(world, "远星"), value=Decimal(value))


def test_it_lists_candidates_when_the_least_amount_is_no_number(world: Any, trip: Trip) -> None:
    assert world.client(world.li).get(url(world, "candidates", trip.pk) + "?least=NaN&q=%00").status_code == 200


@pytest.mark.parametrize(("opens", "closes"), [("-9:00", "26:00"), ("00:00", "30:00"), ("09:99", "12:00")])
def test_it_refuses_times_that_no_clock_shows(world: Any, trip: Trip, opens: str, closes: str) -> None:
    with pytest.raises(InvalidValue, match="time-malformed"):
        add(world, trip, project(world, "远星"), windows=[(FIRST, opens, closes)])


def test_a_meeting_called_off_does_not_come_back_beside_its_successor(world: Any) -> None:
    made, about = trip_of(world), project(world, "云帆微电")
    first = add(world, made, about)
    actions.answer_stop(viewer=world.viewer(world.li), stop_id=first.pk, state="cancelled")
    add(world, made, about)
    with pytest.raises(InvalidValue, match="stop-twice"):
        actions.answer_stop(viewer=world.viewer(world.li), stop_id=first.pk, state="candidate")


def test_two_meetings_cannot_wait_for_each_other(world: Any, trip: Trip) -> None:
    first, second = queries.stops_of(trip)[:2]
    viewer = world.viewer(world.li)
    wait = actions.StopChange(given=frozenset({"after_id"}), after_id=second.pk)
    actions.change_stop(viewer=viewer, stop_id=first.pk, change=wait)
    with pytest.raises(InvalidValue, match="stops-in-circle"):
        actions.change_stop(
            viewer=viewer,
            stop_id=second.pk,
            change=actions.StopChange(given=frozenset({"after_id"}), after_id=first.pk),
        )
    with pytest.raises(InvalidValue, match="reference-unknown"):
        actions.change_stop(
            viewer=viewer, stop_id=second.pk, change=actions.StopChange(given=frozenset({"after_id"}), after_id=uuid4())
        )


def test_its_next_step_is_not_before_the_meeting(world: Any, trip: Trip) -> None:
    note = actions.VisitNote(on=date(2026, 6, 1), note="谈了", next_step="发资料", next_due_on=date(1999, 1, 1))
    with pytest.raises(InvalidValue, match="next-step-before-meeting"):
        actions.note_visit(viewer=world.viewer(world.li), stop_id=queries.stops_of(trip)[0].pk, note=note)


def test_it_keeps_no_character_that_a_database_refuses(world: Any, trip: Trip) -> None:
    made = add(world, trip, project(world, "远星"), title="a\0b", address="c\0d")
    assert (made.title, made.address) == ("ab", "cd")


def test_its_report_does_not_call_missed_what_is_still_to_come(world: Any, trip: Trip) -> None:
    published(world, trip)
    page = world.client(world.li).get(url(world, "report", trip.pk))
    assert (len(page.context["to_come"]), len(page.context["not_held"])) == (3, 0)
    actions.close_trip(viewer=world.viewer(world.li), trip_id=trip.pk)
    page = world.client(world.li).get(url(world, "report", trip.pk))
    assert (len(page.context["to_come"]), len(page.context["not_held"])) == (0, 3)


def test_its_api_solves_and_checks_a_problem_brought_along(world: Any, trip: Trip) -> None:
    kept = planned(world, trip)
    client = world.client(world.li)
    root = f"/api/z/{world.zone.slug}/route"

    def post(path: str, body: object) -> Any:
        return client.post(f"{root}/{path}", body, content_type="application/json")

    solved = post("solve?seconds=0.1", kept.problem)
    assert solved.status_code == 200
    for plan in (solved.json(), kept.plan):
        checked = post("check", {"problem": kept.problem, "plan": plan})
        assert (checked.status_code, checked.json()) == (200, [])
    assert post("check", {"problem": {}, "plan": {}}).status_code == 400
    assert post("solve", {}).status_code == 400


def test_its_planner_solves_and_checks_problems_that_others_bring(world: Any, trip: Trip) -> None:
    plan = planned(world, trip)
    client, here = world.client(world.li), f"/api/z/{world.zone.slug}/route"
    solved = client.post(f"{here}/solve?seconds=0.1", plan.problem, content_type="application/json")
    assert solved.status_code == 200
    assert solved.json()["totals"]["meetings"] == 3
    found = client.post(
        f"{here}/check", {"problem": plan.problem, "plan": solved.json()}, content_type="application/json"
    )
    assert found.json() == []
    wrong = client.post(f"{here}/solve", {**plan.problem, "schema": "x"}, content_type="application/json")
    assert wrong.status_code == 400
    assert "schema" in wrong.json()["message"]
    assert client.post(f"{here}/check", {}, content_type="application/json").status_code == 400


def test_a_replan_keeps_every_rule_when_a_meeting_was_held_before_its_day(world: Any, trip: Trip, at: Any) -> None:
    before = published(world, trip).plan
    last = max(
        (step["day"], step["from"], step["meeting"])
        for team in before["teams"]
        for step in team["steps"]
        if step["kind"] == "meeting"
    )
    at("2026-06-02 08:00")
    note = actions.VisitNote(on=date(2026, 6, 2), note="对方提前来访")
    actions.note_visit(viewer=world.viewer(world.li), stop_id=UUID(last[2]), note=note)
    again = planned(world, trip)
    assert planning.check_document({"problem": again.problem, "plan": again.plan}) == []
    assert last[2] not in {step.get("meeting") for team in again.plan["teams"] for step in team["steps"]}
