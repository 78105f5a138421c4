"""Leads: pool, assignment, giving up, access, idempotency."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from zhaoyin.apps.leads import access, queries
from zhaoyin.apps.leads.actions import LeadDraft, assign_lead, drop_lead, mark_converted, open_lead, reopen_lead
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.leads.projector import LeadProjector
from zhaoyin.apps.ledger.models import Event
from zhaoyin.domain.errors import DomainError, NotAllowed, NotVisible, StaleWrite
from zhaoyin.domain.money import Money
from zhaoyin.domain.money import decimal_from_text as number


@pytest.fixture(autouse=True)
def clock(at: Any) -> None:
    at("2026-06-01 10:00")


def make(world: Any, person: Any = None, **more: Any) -> Any:
    draft = LeadDraft(
        **{"title": "云帆功率器件", "investor": "云帆微电", "planned_total": Money(number("300000000")), **more}
    )
    return open_lead(viewer=world.viewer(person or world.li), draft=draft)


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"leads:{name}", args=[world.zone.slug, *args])


def test_a_lead_of_the_pool_is_everybodys_and_an_assigned_one_its_task_forces(world: Any) -> None:
    pool, own = make(world), make(world, task_force_id=world.task_force.pk)
    assert access.get_visible(world.viewer(world.zhao), pool)
    with pytest.raises(NotVisible):
        access.get_visible(world.viewer(world.zhao), own)
    assert world.client(world.zhao).get(url(world, "detail", own)).status_code == 404
    assert world.client(world.stranger).get(url(world, "detail", pool)).status_code == 404
    assert world.client(world.admin).get(url(world, "detail", pool)).status_code == 404


def test_it_is_found_by_two_characters_only_by_those_who_may_see_it(world: Any) -> None:
    own = make(world, task_force_id=world.task_force.pk)
    assert [lead.pk for lead in queries.found(viewer=world.viewer(world.li), query="云帆", limit=5)] == [own]
    assert queries.found(viewer=world.viewer(world.zhao), query="云帆", limit=5) == []


def test_assigning_dropping_and_reopening_are_events(world: Any) -> None:
    lead_id, viewer = make(world), world.viewer(world.li)
    assign_lead(viewer=viewer, lead_id=lead_id, person_id=world.wang.pk, task_force_id=world.task_force.pk)
    assert Lead.objects.get().status == "assigned"
    drop_lead(viewer=viewer, lead_id=lead_id, reason="unsuitable", note="方向不符")
    assert (Lead.objects.get().status, Lead.objects.get().drop_reason) == ("dropped", "unsuitable")
    with pytest.raises(DomainError):
        mark_converted(viewer=viewer, lead_id=lead_id, project_id=uuid4())
    reopen_lead(viewer=viewer, lead_id=lead_id)
    assert Lead.objects.get().status == "assigned"
    assert LeadProjector().differences(zone_id=world.zone.pk) == []
    assert "方向不符" not in "".join(Event.objects.values_list("payload", flat=True))


def test_a_stale_assignment_is_refused(world: Any) -> None:
    lead_id, viewer = make(world), world.viewer(world.li)
    version = Lead.objects.get().version
    assign_lead(
        viewer=viewer,
        lead_id=lead_id,
        person_id=world.wang.pk,
        task_force_id=world.task_force.pk,
        expected_version=version,
    )
    with pytest.raises(StaleWrite):
        assign_lead(viewer=viewer, lead_id=lead_id, person_id=world.li.pk, task_force_id=None, expected_version=version)


def test_the_statistician_writes_and_the_administrator_does_not(world: Any) -> None:
    assert make(world, person=world.statistician)
    with pytest.raises(NotAllowed):
        make(world, person=world.admin)


def test_the_same_form_twice_makes_one_lead(world: Any) -> None:
    data = {"investor": "海澜智造", "amount": "1.5", "amount_unit": "1e8", "token": uuid4().hex}
    client = world.client(world.li)
    first, second = client.post(url(world, "new"), data), client.post(url(world, "new"), data)
    assert first.status_code == 302 and first["Location"] == second["Location"]
    assert Lead.objects.get().planned_total == 150_000_000


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("amount", "1" + "0" * 30, "单位"), ("amount", "三亿", "三亿"), ("investor", "", "客商")],
)
def test_bad_input_is_told_and_kept(world: Any, field: str, value: str, said: str) -> None:
    data = {"investor": "海澜智造", "amount": "1.5", "amount_unit": "1e8", field: value}
    answer = world.client(world.li).post(url(world, "new"), data)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Event.objects.exists()


def test_unknown_is_not_zero(world: Any) -> None:
    lead_id = make(world, planned_total=None)
    page = world.client(world.li).get(url(world, "detail", lead_id)).content.decode()
    assert "未知" in page


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_asks_the_same_number_of_questions_for_any_number_of_leads(
    world: Any, count: int, django_assert_num_queries: Any
) -> None:
    for place in range(count):
        make(world, title=f"线索{place}", task_force_id=world.task_force.pk)
    client = world.client(world.li)
    client.get(url(world, "list"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url(world, "list"))


LIST_QUERIES = 9
"""Ids of the page first, then their rows."""


def test_pages_work_in_english(world: Any) -> None:
    lead_id = make(world, task_force_id=world.task_force.pk)
    client = world.client(world.li)
    for name, args in (("list", ()), ("new", ()), ("detail", (lead_id,))):
        assert client.get(url(world, name, *args), headers={"Accept-Language": "en"}).status_code == 200
    drop = client.post(url(world, "drop", lead_id), {"drop-reason": "other"})
    assert drop.status_code == 302 and client.post(url(world, "reopen", lead_id)).status_code == 302
    assert client.post(url(world, "assign", lead_id), {"assign-person": str(world.wang.pk)}).status_code == 302
