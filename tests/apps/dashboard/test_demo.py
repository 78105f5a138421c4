"""The demo zone: the article's figures by counting, the same for the same day, alive on any day."""

import io
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.core.management import call_command

from zhaoyin.apps.accounts.models import Person
from zhaoyin.apps.dashboard.demo.campaign import plan_campaign
from zhaoyin.apps.dashboard.demo.cast import PASSWORD, SIGN_INS, SLUG
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.inbox.models import DueItem
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.verification import problems
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.queries import stuck_condition
from zhaoyin.apps.reports import queries
from zhaoyin.apps.taskforces.models import TaskForceMembership
from zhaoyin.apps.zones.models import Zone
from zhaoyin.cli.main import main

DAYS = [
    date(2026, 11, 25),
    date(2026, 6, 1),
    date(2026, 5, 31),
    date(2027, 1, 1),
    date(2024, 2, 29),
    date(2025, 12, 31),
]


@pytest.mark.parametrize("today", DAYS)
def test_the_plan_is_the_same_for_the_same_day_and_stays_within_it(today: date) -> None:
    first, second = plan_campaign(today), plan_campaign(today)
    assert first.projects == second.projects
    assert first.meetings == second.meetings
    year = today.year if today.month >= 6 else today.year - 1
    assert first.year == year
    talks = [
        p for p in first.projects.values() if p.negotiating and date(year, 1, 1) <= p.negotiating < date(year, 6, 1)
    ]
    signed = [p for p in first.projects.values() if p.signed and date(year, 1, 1) <= p.signed < date(year, 6, 1)]
    assert len(talks) == 162 + 1  # one is written down twice and merged
    assert len(signed) == 29
    for project in first.projects.values():
        assert all(event.recorded <= today and event.day <= event.recorded for event in project.events)


def figures(zone: Zone, year: int, known_on: date | None = None) -> tuple[int, int, str]:
    asked = queries.parse_asked(period=f"{year}-01/{year}-05", known_at=known_on.isoformat() if known_on else "")
    found = queries.answer(zone_id=zone.pk, asked=asked).count.figures
    signed = found["planned_total_of_newly_signed"].total
    return found["newly_negotiating"].total.projects, found["newly_signed"].total.projects, str(signed.yuan.normalize())


def test_it_tells_the_story_of_the_article(db: None, client: Any) -> None:
    today = date(2026, 6, 10)
    out = io.StringIO()
    with clock.at(datetime(2026, 6, 10, 9, tzinfo=clock.SHANGHAI)):
        call_command("demo", today=today, stdout=out)
        call_command("demo", today=today, stdout=out)
        zone = Zone.objects.get(slug=SLUG)
        assert figures(zone, 2026) == (162, 29, "5.84E+9")
        assert figures(zone, 2026, date(2026, 4, 30)) != figures(zone, 2026, date(2026, 5, 12))
    assert "演示园区已在" in out.getvalue()
    assert PASSWORD in out.getvalue()
    assert problems(zone_id=zone.pk) == []
    assert zone.is_demo
    assert TaskForceMembership.objects.filter(zone=zone).count() == 28
    journey = Engagement.objects.filter(
        zone=zone, form="visit", note__startswith="上门", occurred_on__range=(date(2026, 3, 3), date(2026, 3, 22))
    )
    assert journey.values("project").distinct().count() == 37
    assert Project.objects.filter(zone=zone, channel="capital_led").count() == 5
    assert Project.objects.filter(zone=zone, kind="reinvestment_expansion").count() == 1
    assert Project.objects.filter(zone=zone, channel="chain_based").count() == 4
    assert Project.objects.filter(stuck_condition(30, today), zone=zone).count() >= 10
    assert DueItem.objects.filter(zone=zone).exists()
    assert Project.objects.filter(zone=zone, last_progress_on__gt=today - timedelta(days=7)).exists()
    assert Lead.objects.filter(zone=zone, status__in=("pool", "assigned")).count() == 14
    for username, _shows in SIGN_INS:
        assert Person.objects.get(username=username).check_password(PASSWORD)


def test_it_is_not_loaded_beside_a_real_zone(world: Any) -> None:
    call_command("demo", if_empty=True, stdout=io.StringIO())
    assert not Zone.objects.filter(slug=SLUG).exists()


@pytest.mark.parametrize("form", ["txt", "html"])
def test_the_sample_page_reads_as_the_article_does(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = files("zhaoyin.apps.dashboard.demo").joinpath(f"sample_page.{form}")
    assert main(["read", "--pub", "2022-06-14", str(page)]) == 0
    said = capsys.readouterr().out
    for fact in ("10亿元", "162", "29", "58.4亿元", "珂诺斯", "沁恒达", "恒峤电子科技有限公司", "骞陌互联"):
        assert fact in said
    for decoy in ("50亿", "30亿", "1.2亿", "230万", "2000亿", "海湾壹号"):
        assert decoy not in said
