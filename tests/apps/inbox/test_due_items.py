"""Due items: derived once a day, in working time, idempotent."""

from datetime import date, timedelta
from typing import Any

import pytest

from zhaoyin.adapters.calendar_cn import state_calendar
from zhaoyin.apps.engagements.actions import EngagementDraft, finish_step, record_engagement
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.inbox import actions, queries
from zhaoyin.apps.inbox.models import Delivery, DueItem
from zhaoyin.apps.projects.actions import ProjectDraft, create_project
from zhaoyin.domain.errors import InvalidValue, NotVisible, StaleWrite
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.working_time import Calendar


@pytest.fixture
def project(world: Any, at: Any) -> Any:
    at("2026-03-02 09:00")
    draft = ProjectDraft(
        name="云帆项目", investor_names=["云帆微电有限公司"], task_force_id=world.task_force.pk, lead_person_id=world.wang.pk,
        negotiating_on=PartialDate.parse("2026-03-01"),
    )  # fmt: skip
    return create_project(viewer=world.viewer(world.wang), draft=draft)


def derive(world: Any, day: str) -> actions.Derived:
    return actions.derive(zone_id=world.zone.pk, today=date.fromisoformat(day))


def test_a_second_run_the_same_day_changes_nothing(world: Any, project: Any, at: Any) -> None:
    at("2026-04-10 09:00")
    assert derive(world, "2026-04-10").opened == 1
    before = list(DueItem.objects.values())
    assert derive(world, "2026-04-10").opened == 0
    assert list(DueItem.objects.values()) == before


def test_a_next_step_shows_up_before_it_is_due_and_closes_when_done(world: Any, project: Any, at: Any) -> None:
    viewer = world.viewer(world.wang)
    draft = EngagementDraft(
        form="call",
        occurred=PartialDate.parse("2026-03-02"),
        project_id=project,
        next_step="送样品",
        next_due_on=PartialDate.parse("2026-03-09"),
    )
    meeting = record_engagement(viewer=viewer, draft=draft)
    derive(world, "2026-03-05")
    assert not DueItem.objects.filter(kind="next_step").exists()
    derive(world, "2026-03-07")
    item = DueItem.objects.get(kind="next_step")
    assert item.owner == world.wang
    finish_step(viewer=viewer, engagement_id=meeting)
    assert Engagement.objects.get().next_done
    derive(world, "2026-03-08")
    assert DueItem.objects.get(kind="next_step").state == "closed"


def test_an_overdue_item_goes_to_the_leader(world: Any, project: Any, at: Any) -> None:
    at("2026-04-07 09:00")
    assert derive(world, "2026-04-07").escalated == 0
    at("2026-04-30 09:00")
    assert derive(world, "2026-04-30").escalated == 1
    item = DueItem.objects.get(kind="project_stuck")
    assert item.escalated_to == world.li
    assert [line.item.pk for line in queries.open_items(viewer=world.viewer(world.li))] == [item.pk]
    assert queries.open_items(viewer=world.viewer(world.zhao)) == []


def test_snooze_and_close_honour_the_version_and_the_owner(world: Any, project: Any, at: Any) -> None:
    at("2026-04-10 09:00")
    derive(world, "2026-04-10")
    item, viewer = DueItem.objects.get(), world.viewer(world.wang)
    with pytest.raises(NotVisible):
        actions.close(viewer=world.viewer(world.zhao), item_id=item.pk, version=1)
    with pytest.raises(InvalidValue, match="snooze-too-long"):
        actions.snooze(viewer=viewer, item_id=item.pk, until=date(2026, 9, 1), version=1)
    actions.snooze(viewer=viewer, item_id=item.pk, until=date(2026, 4, 13), version=1)
    assert queries.open_items(viewer=viewer) == []
    with pytest.raises(StaleWrite):
        actions.close(viewer=viewer, item_id=item.pk, version=1)
    actions.close(viewer=viewer, item_id=item.pk, version=2)
    assert derive(world, "2026-04-11").opened == 0


def test_a_delivery_is_noted_once_a_day(world: Any, project: Any, at: Any) -> None:
    at("2026-04-10 09:00")
    derive(world, "2026-04-10")
    client = world.client(world.wang)
    for _ in range(2):
        assert client.get(f"/z/{world.zone.slug}/inbox/").status_code == 200
    assert Delivery.objects.count() == 1


def test_working_days_skip_the_national_day_and_keep_moved_days() -> None:
    calendar = state_calendar()
    assert calendar.after(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert calendar.is_working(date(2025, 9, 28))
    assert not calendar.is_published(date(calendar.last_year + 1, 1, 1))


def test_without_a_table_only_the_week_counts() -> None:
    calendar = Calendar(exceptions={}, last_year=0)
    friday = date(2026, 5, 29)
    assert calendar.after(friday, 1) == friday + timedelta(days=3)
    assert calendar.after(friday + timedelta(days=1), 0) == friday + timedelta(days=3)


def test_a_lead_waits_three_working_days_for_triage(world: Any, at: Any) -> None:
    from zhaoyin.apps.leads.models import Lead

    Lead.objects.create(
        zone=world.zone, title="海澜智造", status="pool", task_force=world.task_force, opened_on=date(2026, 5, 28)
    )
    at("2026-05-28 10:00")
    derive(world, "2026-05-28")
    item = DueItem.objects.get(kind="lead_triage")
    assert item.owner == world.li
    assert item.due_at.date() == date(2026, 6, 2)
    line = queries.open_items(viewer=world.viewer(world.li))[0]
    assert line.name == "海澜智造"
    Lead.objects.update(status="dropped")
    derive(world, "2026-05-29")
    assert DueItem.objects.get(kind="lead_triage").state == "closed"
