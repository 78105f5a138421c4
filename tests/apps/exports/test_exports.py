"""Templates of other offices: brought, understood, filled with what the person may see."""

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from zhaoyin.apps.audit.models import AuditEntry
from zhaoyin.apps.companies.actions import ContactDraft, add_contact
from zhaoyin.apps.exports.actions import add_template
from zhaoyin.apps.exports.models import ReportTemplate
from zhaoyin.apps.projects.actions import ProjectDraft, create_project, record_event
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.actions import redact
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

HEADS = ("序号", "项目名称", "投资方", "计划总投资", "项目阶段", "签约时间", "项目进展", "联系人及电话")


def workbook(unit: str = "万元", heads: tuple[str, ...] = HEADS) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["F2"] = "重点项目月报", f"单位：{unit}"
    for at, head in enumerate(heads, 1):
        sheet.cell(3, at, head)
    sheet["A6"], sheet["D6"] = "合计", "=SUM(D4:D5)"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def project(world: Any, name: str, person: Any, force: Any, yuan: int = 120_000_000) -> Any:
    draft = ProjectDraft(
        name=name, investor_names=[f"{name[:2]}有限公司"], planned_total=Money(Decimal(yuan)), task_force_id=force.pk,
        negotiating_on=PartialDate.parse("2026-02-03"),
    )  # fmt: skip
    return create_project(viewer=world.viewer(person), draft=draft)


@pytest.fixture
def template(world: Any) -> ReportTemplate:
    return add_template(viewer=world.viewer(world.li), name="外资科月报", file_name="月报.xlsx", content=workbook())


@pytest.fixture
def projects(world: Any) -> list[Any]:
    mine = [project(world, f"云帆{n}号功率器件项目", world.li, world.task_force, n * 10_000_000) for n in (1, 2, 3)]
    return [*mine, project(world, "青禾细胞制剂项目", world.zhao, world.other_task_force)]


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"exports:{name}", args=[world.zone.slug, *args])


def sheet_of(answer: Any) -> Any:
    return load_workbook(io.BytesIO(answer.content)).worksheets[0]


def names(sheet: Any) -> set[str]:
    return {str(sheet.cell(line, 2).value) for line in range(4, 20) if sheet.cell(line, 2).value}


def test_it_is_uploaded_understood_and_corrected(world: Any) -> None:
    client = world.client(world.li)
    file = SimpleUploadedFile("月报.xlsx", workbook(unit="亿元"))
    answer = client.post(url(world, "list"), {"name": "商务局月报", "file": file})
    page = answer["Location"]
    assert '<option value="100000000" selected>' in client.get(page).content.decode()
    client.post(
        page,
        {
            "table": "Sheet|0",
            "unit-3": "10000",
            "was_unit-3": "100000000",
            "field-6": "",
            "was_field-6": "progress_text",
        },
    )
    text = client.get(page).content.decode()
    assert '<option value="10000" selected>' in text
    assert ReportTemplate.objects.get().choices["Sheet|0"]["6"]["ignored"]


def test_what_is_filled_is_what_the_person_may_see(world: Any, template: Any, projects: list[Any]) -> None:
    sheet = sheet_of(world.client(world.li).get(url(world, "download"), {"t": template.pk}))
    assert names(sheet) == {f"云帆{n}号功率器件项目" for n in (1, 2, 3)}
    assert sheet["A7"].value == "合计"
    assert sheet["D7"].value == "=SUM(D4:D6)"
    assert sorted(sheet.cell(line, 4).value for line in (4, 5, 6)) == [1000, 2000, 3000]
    assert names(sheet_of(world.client(world.zhao).get(url(world, "download"), {"t": template.pk}))) == {
        "青禾细胞制剂项目"
    }
    assert len(names(sheet_of(world.client(world.chief).get(url(world, "download"), {"t": template.pk})))) == 4
    assert world.client(world.stranger).get(url(world, "download"), {"t": template.pk}).status_code == 404


def test_filters_and_sort_are_those_of_the_list(world: Any, template: Any, projects: list[Any]) -> None:
    given = {"t": template.pk, "task_force": str(world.task_force.pk), "sort": "-planned"}
    sheet = sheet_of(world.client(world.chief).get(url(world, "download"), given))
    assert [sheet.cell(line, 4).value for line in (4, 5, 6)] == [3000, 2000, 1000]
    listed = world.client(world.chief).get(
        reverse("projects:list", args=[world.zone.slug]), {"sort": "-planned", "stage": "negotiating"}
    )
    assert "按模板导出" in listed.content.decode()
    assert "sort=-planned&amp;stage=negotiating" in listed.content.decode()


def test_dates_progress_and_masked_phones_come_as_the_pages_show_them(
    world: Any, template: Any, projects: list[Any]
) -> None:
    li = world.viewer(world.li)
    record_event(
        viewer=li, project_id=projects[0], kind="contract_signed", occurred=PartialDate.parse("2026-03"), payload={"contract_kind": "formal"}, note="合同"
    )  # fmt: skip
    record_event(
        viewer=li,
        project_id=projects[0],
        kind="progress_noted",
        occurred=PartialDate.parse("2026-04-02"),
        payload={},
        note="=环评已受理",
    )
    company = Project.objects.get(pk=projects[0]).investor_id
    assert company is not None
    keep_until = PartialDate.parse("2027-01-01").first
    draft = ContactDraft(name="钱一", phone="19900001234", source="展会", basis="consent", keep_until=keep_until)
    add_contact(viewer=li, company_id=company, draft=draft)

    def line(person: Any) -> list[Any]:
        sheet = sheet_of(world.client(person).get(url(world, "download"), {"t": template.pk, "stage": "signed"}))
        return [sheet.cell(4, at).value for at in range(5, 9)]

    assert line(world.li)[:3] == ["签约", "2026年3月", "=环评已受理"]
    assert line(world.li)[3] == "钱一 19900001234"
    assert line(world.wang)[3] == "钱一 199****1234"


def test_several_templates_come_as_a_zip_with_remarks_and_are_audited(
    world: Any, template: Any, projects: list[Any]
) -> None:
    other = add_template(
        viewer=world.viewer(world.chief), name="发改委/季报", file_name="b.xlsx", content=workbook(heads=("序号", "项目名称", "总投资（亿元）"))
    )  # fmt: skip
    answer = world.client(world.li).get(url(world, "download"), {"t": [str(template.pk), str(other.pk)]})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert len([name for name in archive.namelist() if name.endswith(".xlsx")]) == 2
    assert not any("/" in name for name in archive.namelist())
    assert "模板里没有这些列" in archive.read("README.txt").decode()
    entries = AuditEntry.objects.filter(verb="projects-exported")
    assert {entry.subject_id for entry in entries} == {template.pk, other.pk}
    assert {entry.details["rows"] for entry in entries} == {3}


def test_a_file_that_is_no_template_says_why_and_nothing_is_kept(world: Any) -> None:
    client = world.client(world.li)
    for name, content, said in (
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "另存为"),
        ("b.xlsx", b"PK\x03\x04rubbish", "xlsx"),
    ):
        answer = client.post(url(world, "list"), {"name": "表", "file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert not ReportTemplate.objects.exists()


def test_a_redacted_template_is_told_of(world: Any, template: Any, projects: list[Any]) -> None:
    redact(viewer=world.viewer(world.chief), document_id=template.document_id, reason="误传")
    client = world.client(world.li)
    assert "已被清除" in client.get(url(world, "fill"), {"t": template.pk}).content.decode()
    assert client.get(url(world, "template", template.pk)).status_code == 200
    assert client.get(url(world, "download"), {"t": template.pk}).status_code == 400


def test_only_its_bringer_and_the_zones_writers_change_a_template(world: Any, template: Any) -> None:
    for person, status in ((world.wang, 403), (world.admin, 404), (world.chief, 302)):
        assert world.client(person).post(url(world, "retire", template.pk)).status_code == status
    assert "外资科月报" not in world.client(world.li).get(url(world, "list")).content.decode()


def test_pages_cost_a_known_number_of_queries(
    world: Any, template: Any, projects: list[Any], django_assert_max_num_queries: Any
) -> None:
    client = world.client(world.li)
    client.get(url(world, "list"))
    with django_assert_max_num_queries(12):
        client.get(url(world, "list"))
    with django_assert_max_num_queries(20):
        client.get(url(world, "fill"), {"t": template.pk})


def test_the_api_adds_lists_and_fills(world: Any, projects: list[Any]) -> None:
    client, base = world.client(world.li), f"/api/z/{world.zone.slug}/exports"
    made = client.post(f"{base}/templates", {"name": "月报", "file": SimpleUploadedFile("m.xlsx", workbook())})
    assert made.status_code == 201
    assert {column["field"] for column in made.json()["columns"]} >= {
        "project_name",
        "planned_total_investment",
        "signed_on",
    }
    (listed,) = client.get(f"{base}/templates").json()
    sheet = sheet_of(client.get(f"{base}/file", {"template": listed["id"], "stage": "negotiating"}))
    assert len(names(sheet)) == 3
    assert client.get(f"{base}/file", {"template": str(world.zone.pk)}).status_code == 404


@pytest.mark.parametrize("name", ["=HYPERLINK(1)项目", "+86项目", "-1项目", "@SUM项目", " =1+1项目", "＝1+1项目"])
def test_the_plain_export_runs_no_name_and_shows_what_the_list_shows(world: Any, name: str) -> None:
    project(world, name, world.li, world.task_force)
    client, address = world.client(world.li), reverse("projects:export", args=[world.zone.slug])
    text = b"".join(client.get(address, {"form": "csv"}).streaming_content).decode("utf-8-sig")
    line = text.splitlines()[1]
    assert line.lstrip('"').startswith("'")
    sheet = load_workbook(io.BytesIO(b"".join(client.get(address).streaming_content))).worksheets[0]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", Project.objects.get().name)
    assert AuditEntry.objects.filter(verb="projects-exported", subject_kind="project-list").count() == 2
