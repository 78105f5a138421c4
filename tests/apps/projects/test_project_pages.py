"""Project pages as people use them."""

import io
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects import queries
from zhaoyin.apps.projects.actions import ProjectDraft, create_project
from zhaoyin.apps.projects.models import Project
from zhaoyin.domain.money import Money, Unit
from zhaoyin.domain.period import PartialDate


def make(world: Any, person: Any = None, **more: Any) -> Any:
    who = person or world.li
    given = {
        "name": "云帆功率器件项目", "investor_names": ["云帆微电有限公司"], "task_force_id": world.task_force.pk,
        "lead_person_id": who.pk, "negotiating_on": PartialDate.parse("2026-01-05"), **more,
    }  # fmt: skip
    return create_project(viewer=world.viewer(who), draft=ProjectDraft(**given))


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"projects:{name}", args=[world.zone.slug, *args])


def form_data(world: Any, **more: Any) -> dict[str, Any]:
    return {
        "name": "海澜智造项目", "investor": "海澜智造有限公司、青禾资本", "amount": "3.5", "amount_unit": "1e8", "amount_currency": "CNY",
        "amount_qualifier": "~", "kind": "new", "task_force": str(world.task_force.pk), "lead_person": str(world.li.pk),
        "negotiating_on": "2026-02", "token": uuid4().hex, **more,
    }  # fmt: skip


def test_the_same_form_twice_makes_one_project(world: Any) -> None:
    client, data = world.client(world.li), form_data(world)
    first = client.post(url(world, "new"), data)
    second = client.post(url(world, "new"), data)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    project = Project.objects.get()
    assert project.planned_total == 350_000_000
    assert project.amounts["planned_total_investment"]["qualifier"] == "~"
    assert project.investors.count() == 2
    assert project.stage_since == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amount", "1" + "0" * 30, "单位"),
        ("amount", "三亿", "三亿"),
        ("negotiating_on", "2026-02-30", "2026-02-30"),
        ("negotiating_on", "2999-01-01", "2999"),
        ("name", "", "项目名称"),
        ("jobs", "-3", "用工"),
    ],
)
def test_bad_input_names_field_and_value_and_keeps_the_rest(world: Any, field: str, value: str, said: str) -> None:
    answer = world.client(world.li).post(url(world, "new"), form_data(world, **{field: value}))
    page = answer.content.decode()
    assert answer.status_code in {400, 422}
    assert said in page
    assert "海澜智造有限公司" in page
    assert not Event.objects.exists()


def test_a_stage_does_not_jump_back(world: Any) -> None:
    project_id = make(world)
    client = world.client(world.li)

    def advance(step: str, day: str) -> Any:
        version = Project.objects.get(pk=project_id).version
        data = {"step": step, "occurred": day, "note": "局务会纪要", "version": version, "token": uuid4().hex}
        return client.post(url(world, "advance", project_id), data)

    assert advance("contract_signed:formal", "2026-03-01").status_code == 302
    answer = advance("stage_reached:negotiating", "2026-04-01")
    assert answer.status_code in {400, 422}
    assert Project.objects.get(pk=project_id).stage == "signed"


def test_a_step_needs_evidence_and_a_file_will_do(world: Any) -> None:
    project_id = make(world)
    client = world.client(world.li)
    data = {
        "step": "contract_signed:formal",
        "occurred": "2026-03-01",
        "note": "",
        "version": Project.objects.get().version,
        "token": "t1",
    }
    answer = client.post(url(world, "advance", project_id), data)
    assert answer.status_code in {400, 422}
    assert "佐证" in answer.content.decode()
    data["file"] = SimpleUploadedFile("合同.pdf", b"%PDF-1.4 test", "application/pdf")
    assert client.post(url(world, "advance", project_id), data).status_code == 302
    assert '"whole_file"' in Event.objects.get(kind="contract_signed").evidence


def test_two_people_saving_at_once_get_a_409_and_lose_nothing(world: Any) -> None:
    project_id = make(world)
    li, wang = world.client(world.li), world.client(world.wang)
    version = Project.objects.get().version
    base = {
        "name": "云帆功率器件项目",
        "kind": "new",
        "task_force": str(world.task_force.pk),
        "lead_person": str(world.li.pk),
        "version": version,
    }
    assert li.post(url(world, "edit", project_id), {**base, "product": "功率器件", "token": "a"}).status_code == 302
    answer = wang.post(url(world, "edit", project_id), {**base, "product": "碳化硅", "token": "b"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "碳化硅" in page
    assert "功率器件" in page
    assert Project.objects.get().product == "功率器件"


def test_a_correction_shows_both_values(world: Any) -> None:
    project_id = make(world)
    client = world.client(world.li)
    event = Event.objects.get(kind="stage_reached")
    data = {
        "action": "redate",
        "occurred": "2026-01-08",
        "note": "抄错日期",
        "version": Project.objects.get().version,
        "token": "c",
    }
    assert client.post(url(world, "correct", project_id, event.pk), data).status_code == 302
    page = client.get(url(world, "detail", project_id)).content.decode()
    assert "<s>" in page
    assert "2026-01-08" in page
    assert Project.objects.get().stage_since == date(2026, 1, 8)


def test_unknown_is_written_not_zero(world: Any) -> None:
    project_id = make(world)
    page = world.client(world.li).get(url(world, "detail", project_id)).content.decode()
    assert "未知" in page


def test_keyset_pages_show_everything_once(world: Any) -> None:
    for n in range(7):
        make(world, name=f"甲乙项目{n}", planned_total=Money(value=Decimal(n * 10**8)) if n % 2 else None)
    viewer = world.viewer(world.li)
    for sort in queries.SORTS:
        seen: list[Any] = []
        after = ""
        while True:
            page = queries.project_page(viewer=viewer, wanted=queries.ProjectFilter(), sort=sort, after=after, size=3)
            seen += [row.pk for row in page.rows]
            after = page.following
            if not after:
                break
        assert len(seen) == len(set(seen)) == 7, sort
        back = queries.project_page(
            viewer=viewer, wanted=queries.ProjectFilter(), sort=sort, before=page.previous, size=3
        )
        assert [row.pk for row in back.rows] == seen[3:6], sort


@pytest.mark.parametrize(
    ("query", "finds"),
    [("功率", True), ("云帆", True), ("yfgl", True), ("器件项目", True), ("碳化", False), ("  ", False), ('"*', False)],
)
def test_search_finds_two_characters_and_initials(world: Any, query: str, finds: bool) -> None:
    project_id = make(world)
    for person in (world.li, world.chief):
        assert queries.found_ids(viewer=world.viewer(person), query=query) == ([project_id] if finds else [])
    assert queries.found_ids(viewer=world.viewer(world.zhao), query=query) == []


def test_search_follows_a_project_to_its_new_task_force(world: Any) -> None:
    from zhaoyin.apps.projects.actions import ProjectChange, change_project

    project_id = make(world, lead_person_id=None)
    change = ProjectChange(given=frozenset({"task_force_id", "task_force"}), task_force_id=world.other_task_force.pk)
    change_project(viewer=world.viewer(world.chief), project_id=project_id, change=change)
    assert queries.found_ids(viewer=world.viewer(world.zhao), query="功率") == [project_id]
    assert queries.found_ids(viewer=world.viewer(world.wang), query="功率") == []


def test_an_export_never_writes_a_formula(world: Any) -> None:
    import openpyxl

    make(world, name="=cmd|' /C calc'!A0")
    client = world.client(world.li)
    text = b"".join(client.get(url(world, "export") + "?form=csv").streaming_content).decode("utf-8-sig")
    assert "'=cmd" in text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url(world, "export")).streaming_content)))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=cmd")


LIMITS = {"list": 10, "board": 20, "detail": 19}
"""Pinned: session, person, zone and roles take four of them; of the page of a project two are recognition's (requests, credit and
funds) and one the trips' on which it stands."""


@pytest.mark.parametrize("rows", [1, 9])
@pytest.mark.parametrize("page", LIMITS)
def test_a_page_asks_a_fixed_number_of_queries(
    world: Any, django_assert_max_num_queries: Any, page: str, rows: int
) -> None:
    made = [make(world, name=f"甲乙项目{n}") for n in range(rows)]
    client = world.client(world.li)
    address = url(world, page, made[0]) if page == "detail" else url(world, page)
    client.get(address)
    with django_assert_max_num_queries(LIMITS[page]):
        assert client.get(address).status_code == 200


def test_pages_speak_english_without_a_chinese_word_of_ours(world: Any) -> None:
    client = world.client(world.li)
    client.cookies["django_language"] = "en"
    page = client.get(url(world, "list")).content.decode()
    assert "Projects" in page
    assert "新建项目" not in page


def edited(world: Any, project_id: Any, **more: Any) -> Project:
    """The edit form as the browser sends it back, with changes."""
    client = world.client(world.li)
    form = client.get(url(world, "edit", project_id)).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: "" if value is None else value for name, value in data.items()} | more
    answer = client.post(url(world, "edit", project_id), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Project.objects.get(pk=project_id)


def test_a_range_keeps_both_ends_through_the_edit_form(world: Any) -> None:
    money = Money(value=Decimal(2 * 10**8), high=Decimal(3 * 10**8), unit=Unit.YI)
    project_id = make(world, planned_total=money)
    kept = edited(world, project_id, amount_qualifier="~").amounts["planned_total_investment"]
    assert (kept["value"], kept["high"], kept["qualifier"]) == ("200000000", "300000000", "~")
    changed = edited(world, project_id, amount="2 至 4").amounts["planned_total_investment"]
    assert changed["high"] == "400000000"


def test_a_cleared_field_becomes_unknown_and_zero_is_not_unknown(world: Any) -> None:
    project_id = make(world, product="功率器件", jobs=300, channel="outreach")
    row = edited(world, project_id, product="", jobs="0", channel="")
    assert (row.product, row.jobs, row.channel) == ("", 0, "")
    assert edited(world, project_id, jobs="").jobs is None
