"""Figures as people meet them: the war room, the explorer, export, API and command."""

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.actions import ProjectDraft, correct_event, create_project, merge_project, record_event
from zhaoyin.apps.projects.queries import history_lines
from zhaoyin.apps.reports import forms
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

PERIOD = "2026-01/2026-05"
ADDRESSES = {
    "home": "dashboard:home",
    "figures": "reports:figures",
    "export": "reports:export",
    "publish": "reports:publish",
}
Clock = Callable[[str], None]


def project(world: Any, name: str, *, person: Any = None, day: str = "2026-02-01", yi: int | None = 1) -> Any:
    who = person or world.li
    mine = world.other_task_force if who == world.zhao else world.task_force
    industry = world.other_industry if who == world.zhao else world.industry
    draft = ProjectDraft(
        name=name, investor_names=[f"{name}有限公司"], task_force_id=mine.pk, industry_id=industry.pk, lead_person_id=who.pk,
        opened_on=PartialDate.parse(day), negotiating_on=PartialDate.parse(day), origin="4403",
        planned_total=Money.from_payload({"value": str(yi * 10**8)}) if yi is not None else None,
    )  # fmt: skip
    return create_project(viewer=world.viewer(who), draft=draft)


def sign(world: Any, pk: Any, *, person: Any = None, day: str = "2026-03-01", kind: str = "formal") -> None:
    record_event(
        viewer=world.viewer(person or world.li), project_id=pk, kind="contract_signed", occurred=PartialDate.parse(day),
        payload={"contract_kind": kind}, note="合同已签",
    )  # fmt: skip


def page(world: Any, person: Any = None, name: str = "figures", **params: str) -> Any:
    url = reverse(ADDRESSES[name], args=[world.zone.slug])
    return world.client(person or world.chief).get(url, {"period": PERIOD, **params})


def totals(response: Any) -> list[str]:
    return [cell.text for cell in response.context["lines"][-1].cells]


@pytest.fixture(autouse=True)
def _june(at: Clock) -> None:
    at("2026-06-01 10:00")


def test_it_shows_ones_own_write_at_once(world: Any) -> None:
    pk = project(world, "云帆")
    assert totals(page(world)) == ["1", "0", "0 元"]
    sign(world, pk)
    assert totals(page(world)) == ["1", "1", "1 亿元"]


def test_it_opens_a_figure_into_its_projects_and_says_why_the_others_are_out(world: Any) -> None:
    signed, paper, later = (project(world, name) for name in ("云帆", "海澜", "松岭"))
    sign(world, signed)
    sign(world, paper, kind="framework")
    sign(world, later, day="2026-06-01")
    response = page(world, figure="newly_signed", rule="other_contract_kind")
    assert [row.name for row in response.context["counted"]] == ["云帆"]
    groups = {group.rule: group for group in response.context["groups"]}
    assert {rule: group.count for rule, group in groups.items()} == {"other_contract_kind": 1, "after_period": 1}
    row = groups["other_contract_kind"].rows[0]
    assert (row.name, row.event, str(row.day)) == ("海澜", "签订框架协议", "2026-03-01")
    assert f"#e{row.event_number}" in row.event_url
    assert "签的不是计入的合同类型" in response.content.decode()


def test_it_counts_unknown_amounts_apart_and_never_as_zero(world: Any) -> None:
    sign(world, project(world, "云帆", yi=None))
    text = page(world).content.decode()
    assert totals(page(world))[1:] == ["1", "未知"]
    assert "另有 1 个项目金额未知" in text


def test_it_counts_merged_projects_once(world: Any) -> None:
    first, second = project(world, "云帆"), project(world, "云帆二期")
    sign(world, first)
    sign(world, second)
    assert totals(page(world)) == ["2", "2", "2 亿元"]
    merge_project(viewer=world.viewer(world.li), project_id=second, into=first)
    assert totals(page(world)) == ["1", "1", "1 亿元"]
    assert [g.rule for g in page(world, figure="newly_signed").context["groups"]] == ["merged"]


def test_it_shows_what_was_known_then(world: Any, at: Clock) -> None:
    at("2026-03-02 09:00")
    pk = project(world, "云帆")
    sign(world, pk)
    at("2026-04-10 09:00")
    line = next(
        one for one in history_lines(zone_id=world.zone.pk, project_id=pk) if one.event.kind == "contract_signed"
    )
    correct_event(
        viewer=world.viewer(world.li), project_id=pk, event_id=line.event.id, kind="retracted",
        occurred=PartialDate.parse("2026-04-10"), payload={}, note="对方没有盖章",
    )  # fmt: skip
    at("2026-06-01 10:00")
    assert totals(page(world))[1] == "0"
    assert totals(page(world, known_at="2026-04-09"))[1] == "1"
    assert totals(page(world, known_at="2026-04-10"))[1] == "0"
    assert totals(page(world, known_at="2026-03-01"))[1] == "0"


def test_it_shows_every_number_and_only_ones_own_projects(world: Any) -> None:
    sign(world, project(world, "云帆"))
    sign(world, project(world, "松岭", person=world.zhao), person=world.zhao)
    response = page(world, world.zhao, figure="newly_signed")
    assert totals(response)[1] == "2"
    assert [row.name for row in response.context["counted"]] == ["松岭"]
    assert response.context["counted_hidden"] == 1
    assert "云帆" not in response.content.decode()


@pytest.mark.parametrize("name", ["home", "figures", "export"])
def test_it_is_not_for_administrators_or_other_zones(world: Any, name: str) -> None:
    assert page(world, world.admin, name).status_code == 403
    assert page(world, world.stranger, name).status_code == 404


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"period": "2026-05/2026-01"}, "2026-05"),
        ({"period": "去年"}, "去年"),
        ({"as_of": "2025-01-01"}, "2025-01-01"),
        ({"pack": "no-such"}, "no-such"),
        ({"known_at": "2026-02-30"}, "2026-02-30"),
    ],
)
def test_it_says_what_is_wrong_with_a_question(world: Any, params: dict[str, str], said: str) -> None:
    for name in ("figures", "home"):
        response = page(world, name=name, **params)
        assert response.status_code in {400, 422}
        assert said in response.content.decode()


def test_no_address_breaks_a_page(world: Any) -> None:
    client = world.client(world.chief)
    names = (*forms.QUESTION, *forms.CHOICE, "form", "wall")
    odd = ("", "x", "2026-99", "'; DROP TABLE x --", "\x00", "9" * 300, "-", "未知")
    for page_name in ("figures", "export", "home"):
        url = reverse(ADDRESSES[page_name], args=[world.zone.slug])
        for name in names:
            for value in odd:
                answer = client.get(url, {"figure": "newly_signed", name: value})
                assert answer.status_code in {200, 400, 422}, (page_name, name, value)


def test_it_exports_what_is_shown(world: Any) -> None:
    sign(world, project(world, "=SUM(A1)"))
    project(world, "海澜")
    response = page(world, name="export", figure="newly_signed", form="csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "'=SUM(A1),是,," in text
    assert "海澜,否,尚未达到这一步" in text
    assert "内部管理口径，非官方统计数据" in text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(page(world, name="export").streaming_content)))
    rows = list(book.active.values)
    assert rows[0][:3] == ("专班", "新增洽谈项目", "新签约项目")
    assert rows[1][:3] == ("信息技术专班", "2", "1")


def test_it_gives_the_same_bytes_by_api_and_command(world: Any) -> None:
    sign(world, project(world, "云帆"))
    project(world, "海澜")
    url = f"/api/z/{world.zone.slug}/figures"
    by_api = world.client(world.chief).get(url, {"period": PERIOD, "why": "true"}).content.decode()
    out = io.StringIO()
    call_command("count", zone=world.zone.slug, period=PERIOD, why=True, json=True, stdout=out)
    assert out.getvalue().strip() == by_api
    body = json.loads(by_api)
    assert body["days_covered"] == "2026-01-01/2026-05-31"
    assert len(body["records"]["newly_signed"]["counted"]) == 1
    assert body["records"]["newly_signed"]["not_counted"][0]["rule"] == "not_reached"


def test_the_api_lists_only_visible_projects(world: Any) -> None:
    sign(world, project(world, "云帆"))
    url = f"/api/z/{world.zone.slug}/figures"
    body = world.client(world.zhao).get(url, {"period": PERIOD}).json()
    assert next(f for f in body["figures"] if f["name"] == "newly_signed")["total"]["projects"] == 1
    assert body["records"] == {}
    assert world.client(world.admin).get(url).status_code == 403


def test_the_command_speaks_plainly(world: Any) -> None:
    sign(world, project(world, "云帆"))
    out = io.StringIO()
    call_command("count", zone=world.zone.slug, period=PERIOD, stdout=out)
    assert "新签约项目 Newly signed: 1" in out.getvalue()
    assert "2026-03-01  云帆" in out.getvalue()
    with pytest.raises(CommandError, match="nowhere"):
        call_command("count", zone="nowhere", period=PERIOD)
    with pytest.raises(CommandError, match="2026-13"):
        call_command("count", zone=world.zone.slug, period="2026-13")


def test_the_mirror_can_be_made_again(world: Any) -> None:
    sign(world, project(world, "云帆"))
    before = totals(page(world))
    call_command("mirror", zone=world.zone.slug, stdout=io.StringIO())
    assert totals(page(world)) == before


def test_the_war_room_tells_the_campaign(world: Any) -> None:
    sign(world, project(world, "云帆", day="2026-05-20"), day="2026-05-30")
    project(world, "海澜", day="2026-01-10")
    response = page(world, name="home", period="")
    text = response.content.decode()
    assert [tile.value for tile in response.context["tiles"]] == ["2", "1", "1 亿元"]
    assert response.context["tiles"][1].change == "近 7 天 +1"
    assert [line.project.name for line in response.context["stuck"]] == ["海澜"]
    assert [unit["code"] for unit in response.context["map"]["units"]] == ["44"]
    assert response.context["map"]["cities"][0]["name"] == "深圳"
    assert response.context["changes"][0].what == "进入“在谈”" or response.context["changes"]
    assert "非官方统计数据" in text
    assert 'http-equiv="refresh"' not in text
    assert 'http-equiv="refresh"' in page(world, name="home", wall="1").content.decode()


def test_today_shows_the_year_to_those_who_answer_for_all_of_it(world: Any) -> None:
    sign(world, project(world, "云帆"))
    project(world, "海澜", day="2026-01-10")
    url = f"/z/{world.zone.slug}/"
    seen = world.client(world.chief).get(url).content.decode()
    assert 'id="panel-figures"' in seen
    assert "1 亿元" in seen
    assert "海澜" in seen.split('id="panel-figures"')[1]
    assert 'id="panel-figures"' not in world.client(world.wang).get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "params", "most"),
    [("home", {}, 16), ("figures", {}, 11), ("figures", {"figure": "newly_signed", "rule": "not_reached"}, 16)],
)
def test_pages_ask_a_known_number_of_queries(world: Any, name: str, params: dict[str, str], most: int) -> None:
    """Of these one for each count reads the zone's exchange rates, and one the packs that may be chosen."""
    client = world.client(world.chief)
    url = reverse(ADDRESSES[name], args=[world.zone.slug])
    counts = []
    for size in (1, 6):
        for number in range(size):
            sign(world, project(world, f"云帆{size}-{number}"))
            project(world, f"海澜{size}-{number}")
        client.get(url, params)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(url, params)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= most


def test_the_clock_of_the_page_is_the_ledgers(world: Any) -> None:
    assert clock.today() == date(2026, 6, 1)
    assert page(world, period="").context["answer"].count.identity.covered == "2026-01-01/2026-06-01"
