"""One industry, one leader in charge, one task force; members, territories, roster, hand-over."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhaoyin.apps.taskforces import actions, handover, queries
from zhaoyin.apps.taskforces.models import HandOver, IndustryLeader, IndustryTaskForce, TaskForceMembership, Unit
from zhaoyin.apps.taskforces.roster import parse
from zhaoyin.apps.taskforces.roster_actions import import_roster
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible

NOW = datetime(2026, 6, 1, 9, tzinfo=timezone.get_default_timezone())
JUNE = date(2026, 6, 1)


@pytest.fixture
def viewer(world: Any) -> Any:
    return world.viewer(world.admin)


def _lead(world: Any, viewer: Any, person: Any, on: date = JUNE, industry: Any = None) -> None:
    actions.set_leader(
        viewer=viewer, industry_id=(industry or world.industry).pk, person_id=person and person.pk, starts_on=on, at=NOW
    )


def test_it_has_one_leader_an_industry_at_a_time(world: Any, viewer: Any) -> None:
    _lead(world, viewer, world.chief)
    _lead(world, viewer, world.li, date(2026, 6, 10))
    rows = list(IndustryLeader.objects.filter(industry=world.industry).order_by("starts_on"))
    assert [(row.starts_on, row.ends_on) for row in rows] == [(JUNE, date(2026, 6, 10)), (date(2026, 6, 10), None)]


def test_it_lets_a_leader_hold_several_industries(world: Any, viewer: Any) -> None:
    _lead(world, viewer, world.chief)
    _lead(world, viewer, world.chief, industry=world.other_industry)
    found = queries.overview(viewer=world.viewer(world.li), language="zh-hans")
    assert [line.leader for line in found.lines] == ["周", "周"]


def test_it_shows_none_as_a_gap(world: Any, viewer: Any) -> None:
    _lead(world, viewer, world.chief)
    _lead(world, viewer, None)
    assert queries.overview(viewer=viewer, language="zh-hans").gaps == 2


def test_it_refuses_a_leader_before_the_present_one_began(world: Any, viewer: Any) -> None:
    _lead(world, viewer, world.chief)
    with pytest.raises(InvalidValue) as error:
        _lead(world, viewer, world.li, date(2026, 5, 1))
    assert error.value.code == "ends-before-start"
    assert IndustryLeader.objects.get().person == world.chief


def test_it_refuses_overlapping_dates_with_words(world: Any, viewer: Any) -> None:
    args: dict[str, Any] = {
        "viewer": viewer,
        "task_force_id": world.task_force.pk,
        "person_id": world.zhao.pk,
        "role": "member",
        "at": NOW,
    }
    made = actions.add_member(starts_on=JUNE, **args)
    actions.end(viewer=viewer, what="member", row_id=made.pk, on=date(2026, 8, 1), at=NOW)
    with pytest.raises(DomainError) as error:
        actions.add_member(starts_on=date(2026, 7, 1), **args)
    assert error.value.code == "dates-overlap"
    actions.add_member(starts_on=date(2026, 8, 1), **args)


def test_it_gives_an_industry_one_task_force_and_a_task_force_one_industry(world: Any, viewer: Any) -> None:
    with pytest.raises(DomainError) as error:
        actions.set_task_force(
            viewer=viewer,
            industry_id=world.industry.pk,
            task_force_id=world.other_task_force.pk,
            starts_on=JUNE,
            at=NOW,
        )
    assert error.value.code == "task-force-has-industry"
    made = actions.save_task_force(
        viewer=viewer, task_force_id=None, name="新专班", starts_on=JUNE, industry_id=world.industry.pk, at=NOW
    )
    current = IndustryTaskForce.objects.filter(industry=world.industry, ends_on__isnull=True)
    assert [row.task_force for row in current] == [made]


def test_it_refuses_people_and_rows_of_another_zone(world: Any, viewer: Any) -> None:
    with pytest.raises(InvalidValue):
        _lead(world, viewer, world.stranger)
    with pytest.raises(NotVisible):
        queries.task_force_page(
            viewer=world.viewer(world.stranger, world.other_zone), task_force_id=world.task_force.pk, language="en"
        )


def test_it_lets_only_administrators_edit(world: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.save_unit(viewer=world.viewer(world.li), unit_id=None, name="x", kind="town", parent_id=None, at=NOW)


def test_it_keeps_units_a_tree(world: Any, viewer: Any) -> None:
    child = actions.save_unit(
        viewer=viewer, unit_id=None, name="招商科", kind="department", parent_id=world.unit.pk, at=NOW
    )
    with pytest.raises(InvalidValue) as error:
        actions.save_unit(
            viewer=viewer, unit_id=world.unit.pk, name="科技局", kind="department", parent_id=child.pk, at=NOW
        )
    assert error.value.code == "unit-under-itself"
    with pytest.raises(DomainError):
        actions.close_unit(viewer=viewer, unit_id=world.unit.pk, on=JUNE, at=NOW)
    assert [(node.name, node.depth) for node in queries.unit_tree(viewer=viewer)] == [
        ("科技局", 0),
        ("招商科", 1),
        ("滨海产业园", 0),
    ]


def test_it_refuses_a_second_unit_of_the_same_name(world: Any, viewer: Any) -> None:
    with pytest.raises(DomainError) as error:
        actions.save_unit(viewer=viewer, unit_id=None, name="科技局", kind="town", parent_id=None, at=NOW)
    assert error.value.code == "exists-already"
    assert Unit.objects.filter(name="科技局").count() == 1


@pytest.mark.parametrize(
    ("code", "good"), [("37", True), ("4403", True), ("71", True), ("99", False), ("440", False), ("深圳", False)]
)
def test_it_takes_territories_by_region_code(world: Any, viewer: Any, code: str, good: bool) -> None:
    def add() -> None:
        actions.add_territory(
            viewer=viewer, task_force_id=world.task_force.pk, region_code=code, starts_on=JUNE, at=NOW
        )

    if good:
        add()
    else:
        with pytest.raises(InvalidValue):
            add()


def test_it_replaces_a_target_without_overwriting_it(world: Any, viewer: Any) -> None:
    for value in ("10", "12"):
        actions.set_target(
            viewer=viewer,
            task_force_id=world.task_force.pk,
            year=2026,
            indicator="newly_signed",
            value=Decimal(value),
            at=NOW,
        )
    rows = queries.current_targets(viewer=viewer, task_force_id=world.task_force.pk)
    assert [row.value for row in rows] == [Decimal("12.00")]
    assert world.task_force.targets.count() == 2


GRID = [
    ["滨海高新区招商专班名册", "", "", "", "", ""],
    ["姓名", "专班", "专班角色", "来自单位", "开始日期", "手机"],
    ["钱", "信息技术专班", "成员", "科技局", "2026-06-02", "x"],
    ["王", "信息技术专班", "", "", "", ""],
    ["孙", "没有的专班", "", "", "", ""],
    ["吴二", "信息技术专班", "队长", "", "", ""],
    ["郑三", "信息技术专班", "", "财政局", "", ""],
    ["冯四", "信息技术", "负责人", "", "2026年6月31日", ""],
    ["", "信息技术专班", "", "", "", ""],
    ["", "", "", "", "", ""],
    ["褚五", "生命健康专班", "负责人", "", "2026.6.3", ""],
]


def test_it_takes_the_good_rows_of_a_roster_and_names_the_bad_ones(world: Any, viewer: Any) -> None:
    result = import_roster(viewer=viewer, grid=GRID, at=NOW)
    assert (result.added, result.unchanged) == (2, 1)
    assert [(error.params["row"], error.code, error.params["value"]) for error in result.errors] == [
        (5, "task-force-unknown", "没有的专班"), (6, "roster-role-unknown", "队长"), (7, "unit-unknown", "财政局"),
        (8, "date-impossible", "2026年6月31日"), (9, "name-missing", ""),
    ]  # fmt: skip
    assert result.unknown_heads == ["手机"]
    assert [(made.name, made.username) for made in result.accounts] == [("钱", "qian"), ("褚五", "chuwu")]
    row = TaskForceMembership.objects.get(person__username="qian")
    assert (row.starts_on, row.home_unit, row.role) == (date(2026, 6, 2), world.unit, "member")
    again = import_roster(viewer=viewer, grid=GRID, at=NOW)
    assert (again.added, again.unchanged) == (0, 3)


def test_it_needs_a_head_with_name_and_task_force() -> None:
    with pytest.raises(InvalidValue) as error:
        parse([["甲", "乙"], ["1", "2"]])
    assert error.value.code == "roster-head-missing"


def test_it_imports_a_roster_through_the_page(world: Any) -> None:
    client = world.client(world.admin)
    path = f"/z/{world.zone.slug}/taskforces/roster/"
    text = "\n".join(",".join(row) for row in GRID)
    page = client.post(path, {"file": SimpleUploadedFile("r.csv", text.encode("gb18030"))}).content.decode()
    assert "第 7 行：没有叫“财政局”的单位" in page
    assert "/invitation/" in page
    bad = client.post(path, {"file": SimpleUploadedFile("r.xlsx", b"PK\x03\x04nonsense")})
    assert bad.status_code == 400 and "r.xlsx" in bad.content.decode()


@pytest.fixture
def counted() -> Iterator[list[handover.Transfer]]:
    moved: list[handover.Transfer] = []

    def move(transfer: handover.Transfer) -> int:
        moved.append(transfer)
        return 3

    handover.register(handover.Part("test", "测试", 1, lambda zone, person, on: 3, move))
    yield moved
    handover._parts.pop("test")


def test_it_hands_everything_over_in_one_act_with_a_record(world: Any, viewer: Any, counted: list[Any]) -> None:
    _lead(world, viewer, world.wang)
    actions.hand_over(viewer=viewer, from_person_id=world.wang.pk, to_person_id=world.zhao.pk, at=NOW)
    assert [transfer.to_person_id for transfer in counted] == [world.zhao.pk]
    record = HandOver.objects.get()
    assert (record.counts["test"], record.counts["offices"], record.counts["seats"]) == (3, 1, 1)
    assert IndustryLeader.objects.get(ends_on__isnull=True).person == world.zhao
    assert TaskForceMembership.objects.filter(
        person=world.zhao, task_force=world.task_force, ends_on__isnull=True
    ).exists()
    assert queries.seats_held(world.zone.pk, world.wang.pk, JUNE) == 0


def test_it_hands_over_nothing_when_a_part_fails(world: Any, viewer: Any) -> None:
    def broken(transfer: handover.Transfer) -> int:
        raise DomainError("project-has-ended")

    handover.register(handover.Part("zz", "坏", 999, lambda zone, person, on: 0, broken))
    try:
        with pytest.raises(DomainError):
            actions.hand_over(viewer=viewer, from_person_id=world.wang.pk, to_person_id=world.zhao.pk, at=NOW)
    finally:
        handover._parts.pop("zz")
    assert queries.seats_held(world.zone.pk, world.wang.pk, JUNE) == 1
    assert not HandOver.objects.exists()


def test_it_hands_over_through_the_page(world: Any) -> None:
    client = world.client(world.admin)
    path = f"/z/{world.zone.slug}/people/{world.wang.pk}/hand-over/"
    assert client.post(path, {"to_person": str(world.zhao.pk)}).status_code == 400
    answer = client.post(path, {"to_person": str(world.zhao.pk), "sure": "on"})
    assert answer.status_code == 302
    assert "专班席位 1" in client.get(answer["Location"]).content.decode()


PAGES = ["", "new/", "industries/", "industries/new/", "units/", "units/new/", "roster/", "handovers/", "{tf}/", "{tf}/edit/",
         "{tf}/close/", "{tf}/members/new/", "{tf}/sponsors/new/", "{tf}/territories/new/", "{tf}/targets/new/",
         "industries/{industry}/", "industries/{industry}/leader/", "industries/{industry}/taskforce/", "units/{unit}/"]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_it_shows_every_page_to_an_administrator(world: Any, page: str, language: str) -> None:
    client = world.client(world.admin)
    client.cookies["django_language"] = language
    path = page.format(tf=world.task_force.pk, industry=world.industry.pk, unit=world.unit.pk)
    assert client.get(f"/z/{world.zone.slug}/taskforces/{path}").status_code == 200


def test_it_asks_a_fixed_number_of_queries(world: Any, django_assert_max_num_queries: Any) -> None:
    client = world.client(world.li)
    client.get(f"/z/{world.zone.slug}/taskforces/")
    with django_assert_max_num_queries(13):
        client.get(f"/z/{world.zone.slug}/taskforces/")
    with django_assert_max_num_queries(13):
        client.get(f"/z/{world.zone.slug}/taskforces/{world.task_force.pk}/")


def test_it_tells_an_administrator_what_is_still_missing(world: Any, viewer: Any) -> None:
    client = world.client(world.admin)
    path = f"/z/{world.zone.slug}/"
    assert "把园区建起来" in client.get(path).content.decode()
    assert "把园区建起来" not in world.client(world.li).get(path).content.decode()
    _lead(world, viewer, world.chief, date(2026, 1, 1))
    _lead(world, viewer, world.chief, date(2026, 1, 1), industry=world.other_industry)
    assert "把园区建起来" not in client.get(path).content.decode()
