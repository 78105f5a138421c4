"""What may be written into a project, by whom, and what a request sent twice leaves behind."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhaoyin.apps.ledger.models import Event, Text
from zhaoyin.apps.projects.actions import ProjectDraft, create_project
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.models import Document
from zhaoyin.domain.period import PartialDate


@pytest.fixture
def project(world: Any) -> Project:
    """Of 李's task force."""
    draft = ProjectDraft(
        name="云帆功率器件项目", task_force_id=world.task_force.pk, lead_person_id=world.li.pk,
        negotiating_on=PartialDate.parse("2026-01-05"),
    )  # fmt: skip
    return Project.objects.get(pk=create_project(viewer=world.viewer(world.li), draft=draft))


def post_event(world: Any, person: Any, project: Project, **body: Any) -> Any:
    from zhaoyin.apps.ledger import clock

    given = {"occurred": clock.today().isoformat(), **body}
    address = f"/api/z/{world.zone.slug}/projects/{project.pk}/events"
    return world.client(person).post(address, given, content_type="application/json")


def test_a_recruiter_moves_no_project_into_another_task_force(world: Any, project: Project) -> None:
    events = Event.objects.count()
    for target in (str(world.other_task_force.pk), None):
        answer = post_event(world, world.wang, project, kind="placed", payload={"task_force": target})
        assert answer.status_code == 403
    assert Event.objects.count() == events
    chief = post_event(
        world, world.chief, project, kind="placed", payload={"task_force": str(world.other_task_force.pk)}
    )
    assert chief.status_code == 201
    project.refresh_from_db()
    assert project.task_force_id == world.other_task_force.pk


@pytest.mark.parametrize(
    "field", ["task_force", "attracting_unit", "landing_place", "lead_person", "sponsoring_leader"]
)
def test_a_placing_names_what_is_in_the_zone(world: Any, project: Project, field: str) -> None:
    for value in (str(uuid4()), "x", str(world.stranger.pk)):
        answer = post_event(world, world.chief, project, kind="placed", payload={field: value})
        assert answer.status_code == 400
        assert answer.json()["params"]["field"] == field


def test_a_project_names_an_industry_of_the_zone(world: Any, project: Project) -> None:
    body = {"name": "坏产业项目", "task_force_id": str(world.task_force.pk), "industry_id": str(uuid4())}
    address = f"/api/z/{world.zone.slug}/projects"
    assert world.client(world.li).post(address, body, content_type="application/json").status_code == 400
    answer = post_event(world, world.li, project, kind="classified", payload={"industry": str(uuid4())})
    assert answer.status_code == 400
    assert Project.objects.count() == 1


def test_editing_keeps_a_task_force_that_the_editor_is_not_offered(world: Any, project: Project) -> None:
    """赵, of another task force, was put in charge: saving another field must not take the project out of its own."""
    body = {"lead_person": str(world.zhao.pk)}
    assert post_event(world, world.chief, project, kind="placed", payload=body).status_code == 201
    client, address = world.client(world.zhao), reverse("projects:edit", args=[world.zone.slug, project.pk])
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"product": "功率模块"}
    assert client.post(address, data).status_code == 302
    project.refresh_from_db()
    assert project.task_force_id == world.task_force.pk
    assert project.product == "功率模块"


def advance(world: Any, project: Project, **more: Any) -> Any:
    project.refresh_from_db()
    data = {
        "step": "contract_signed:formal", "occurred": "2026-03-01", "note": "合同三号", "version": project.version, "token": "t1",
        "file": SimpleUploadedFile("合同.pdf", b"%PDF-1.4 x"), **more,
    }  # fmt: skip
    return world.client(world.li).post(reverse("projects:advance", args=[world.zone.slug, project.pk]), data)


def test_a_refused_step_keeps_no_file(world: Any, project: Project) -> None:
    assert advance(world, project, version=1).status_code == 409
    assert advance(world, project, occurred="2099-01-01").status_code == 400
    assert not Document.objects.exists()


def test_a_step_sent_twice_keeps_one_file_and_one_note(world: Any, project: Project) -> None:
    version = project.version
    assert advance(world, project).status_code == 302
    kept = Text.objects.count(), Document.objects.count(), Event.objects.count()
    assert kept[1] == 1
    assert advance(world, project, version=version).status_code == 302
    assert (Text.objects.count(), Document.objects.count(), Event.objects.count()) == kept


def test_a_key_of_one_project_is_refused_for_another(world: Any, project: Project) -> None:
    draft = ProjectDraft(
        name="另一项目", task_force_id=world.task_force.pk, negotiating_on=PartialDate.parse("2026-01-05")
    )
    other = Project.objects.get(pk=create_project(viewer=world.viewer(world.li), draft=draft))
    body = {"kind": "ended", "payload": {"outcome": "lost"}, "note": "客商来函"}
    client = world.client(world.li)
    answers = [
        client.post(
            f"/api/z/{world.zone.slug}/projects/{one.pk}/events", {**body, "occurred": "2026-03-01"},
            content_type="application/json", headers={"Idempotency-Key": "k"},
        )
        for one in (project, project, other)
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [201, 201, 400]
    other.refresh_from_db()
    assert other.outcome == ""


def test_broken_characters_do_no_harm(world: Any) -> None:
    address = f"/api/z/{world.zone.slug}/projects"
    body = json.dumps({"name": "甲\x00乙\ud800", "task_force_id": str(world.task_force.pk)})
    assert world.client(world.li).post(address, body, content_type="application/json").status_code == 201
    assert Project.objects.get().name == "甲乙?"


@pytest.mark.parametrize(
    "address", ["companies/?industry=abc", "projects/?stuck_days=²", "projects/?stuck_days=٣", "leads/?task_force=abc"]
)
def test_no_filter_breaks_a_list(world: Any, address: str) -> None:
    assert world.client(world.li).get(f"/z/{world.zone.slug}/{address}").status_code == 200


def test_evidence_of_ones_project_can_be_read_whoever_brought_it(world: Any, project: Project) -> None:
    data = {
        "step": "contract_signed:formal", "occurred": "2026-03-01", "version": project.version, "token": "t2",
        "file": SimpleUploadedFile("合同.txt", "合同正文".encode()),
    }  # fmt: skip
    address = reverse("projects:advance", args=[world.zone.slug, project.pk])
    assert world.client(world.chief).post(address, data).status_code == 302
    document = Document.objects.get()
    for name in ("document", "download"):
        page = reverse(f"sources:{name}", args=[world.zone.slug, document.pk])
        assert world.client(world.li).get(page).status_code == 200
        assert world.client(world.zhao).get(page).status_code == 404


def test_a_key_that_no_column_holds_is_refused(world: Any) -> None:
    body = {"name": "长编号项目", "task_force_id": str(world.task_force.pk)}
    answer = world.client(world.li).post(
        f"/api/z/{world.zone.slug}/projects",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "k" * 65},
    )
    assert answer.status_code == 422
    assert not Event.objects.exists()


def test_a_correction_moves_no_project_either(world: Any, project: Project) -> None:
    body = {"task_force": str(world.other_task_force.pk)}
    assert post_event(world, world.chief, project, kind="placed", payload=body).status_code == 201
    placed = Event.objects.get(kind="placed")
    project.refresh_from_db()
    data = {"action": "retract", "note": "不该移交", "version": project.version, "token": "t9"}
    address = reverse("projects:correct", args=[world.zone.slug, project.pk, placed.pk])
    assert world.client(world.zhao).post(address, data).status_code == 403
    project.refresh_from_db()
    assert project.task_force_id == world.other_task_force.pk
    assert world.client(world.chief).post(address, data).status_code == 302
    project.refresh_from_db()
    assert project.task_force_id == world.task_force.pk


def test_a_long_note_is_refused_and_never_cut(world: Any, project: Project) -> None:
    answer = post_event(world, world.li, project, kind="ended", payload={"outcome": "lost"}, note="字" * 2001)
    assert answer.status_code == 400
    assert "2001" in answer.json()["message"]
    page = advance(world, project, note="字" * 2001).content.decode()
    assert "2001" in page
    assert 'maxlength="2000"' not in page


def test_saving_another_field_keeps_city_and_unit(world: Any, project: Project) -> None:
    """The list of places offers provinces and the list of units no million: neither may change by itself."""
    body = {"name": "外资项目", "task_force_id": str(world.task_force.pk), "origin": "4403"}
    amount = {"planned_total": {"value": "35000000", "currency": "USD", "unit": "1e6"}}
    client = world.client(world.li)
    made = client.post(f"/api/z/{world.zone.slug}/projects", {**body, **amount}, content_type="application/json").json()
    address = reverse("projects:edit", args=[world.zone.slug, made["id"]])
    page = client.get(address)
    assert '<option value="4403" selected>' in page.content.decode()
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"amount_qualifier": "~"}
    assert client.post(address, data).status_code == 302
    row = Project.objects.get(pk=made["id"])
    assert row.origin == "4403"
    assert row.planned_total == 35_000_000
    assert row.amounts["planned_total_investment"]["qualifier"] == "~"
