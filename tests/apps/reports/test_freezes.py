"""Signing off and comparing, packs and rates of the zone, the explorer and the league table."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from zhaoyin.apps.projects.actions import ProjectDraft, create_project, record_event
from zhaoyin.apps.recognition.actions import CreditDraft, state_credit
from zhaoyin.apps.reports import actions, packs, queries
from zhaoyin.apps.reports.models import ExchangeRate, Freeze, PackVersion
from zhaoyin.apps.taskforces.models import Target
from zhaoyin.domain.errors import InvalidValue, NotAllowed
from zhaoyin.domain.money import Currency, Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.counting.params import PACKS

PERIOD = "2026-01/2026-05"


@pytest.fixture(autouse=True)
def _fresh_mirror() -> Any:
    queries.warehouse.cache_clear()
    yield
    queries.warehouse.cache_clear()


def project(world: Any, name: str, yuan: int, signed: str, currency: str = "CNY", origin: str = "4403") -> UUID:
    viewer = world.viewer(world.statistician)
    made = create_project(
        viewer=viewer,
        draft=ProjectDraft(
            name=name, investor_names=[f"{name}公司"], planned_total=Money(Decimal(yuan), Currency(currency)),
            task_force_id=world.task_force.pk, attracting_unit_id=world.unit.pk, origin=origin, industry_id=world.industry.pk,
            negotiating_on=PartialDate.parse("2026-01-10"),
        ),
    )  # fmt: skip
    sign(world, made, signed)
    return made


def sign(world: Any, project_id: UUID, on: str) -> None:
    record_event(
        viewer=world.viewer(world.statistician), project_id=project_id, kind="contract_signed",
        occurred=PartialDate.parse(on), payload={"contract_kind": "formal"}, note="已签",
    )  # fmt: skip


@pytest.fixture
def may(world: Any, at: Any) -> Any:
    at("2026-06-01 09:00")
    project(world, "云帆", 2 * 10**8, "2026-02-03")
    project(world, "海澜", 3 * 10**8, "2026-05-04", origin="3205")
    return world


def asked(**more: str) -> queries.Asked:
    return queries.parse_asked(period=PERIOD, **more)


def frozen(world: Any) -> Freeze:
    return actions.freeze(viewer=world.viewer(world.chief), asked=asked(), note="五月定稿")


def url(world: Any, name: str, *args: object) -> str:
    return reverse(f"reports:{name}", args=[world.zone.slug, *args])


def test_a_frozen_month_is_the_same_bytes_whatever_happens_later(may: Any, at: Any) -> None:
    row = frozen(may)
    at("2026-06-20 09:00")
    project(may, "补录", 10**9, "2026-05-20")
    actions.add_rate(
        viewer=may.viewer(may.chief), currency="USD", from_day=date(2026, 1, 1), yuan="7.1", source="外汇交易中心"
    )
    again = actions.reproduce(row)
    assert again.same
    with pytest.raises(NotAllowed):
        actions.freeze(viewer=may.viewer(may.li), asked=asked())
    assert frozen(may).sha256 != row.sha256
    with pytest.raises(IntegrityError):
        Freeze.objects.filter(pk=row.pk).update(note="改")


def test_what_changed_since_is_listed_and_adds_up(may: Any, at: Any) -> None:
    row = frozen(may)
    at("2026-06-20 09:00")
    late = project(may, "补录", 10**9, "2026-05-20")
    client = may.client(may.statistician)
    page = client.get(url(may, "freeze", row.pk) + "?figure=newly_signed").content.decode()
    assert "逐字节相同" in page
    assert "补录" in page
    assert "新的进展" in page
    assert str(late) in page
    before, after = actions.reproduce(row).answer, queries.answer(zone_id=may.zone.pk, asked=asked())
    assert before is not None
    why = queries.explain_difference(before, after, figure="planned_total_of_newly_signed")
    assert (why.after[1] - why.before[1], sum(change.yuan for change in why.changes)) == (10**9, 10**9)


def test_two_packs_two_days_two_periods_are_compared(may: Any) -> None:
    client = may.client(may.chief)
    page = client.get(
        url(may, "compare")
        + "?a_period=2026-01/2026-05&b_period=2026-01/2026-05&b_pack=city-recognition-date&figure=newly_signed"
    ).content.decode()
    assert "口径不同" in page
    assert "why-waterfall" in page
    wrong = client.get(url(may, "compare") + "?a_period=2026-05/2026-01")
    assert wrong.status_code == 400
    unknown = client.get(url(may, "compare") + "?figure=nothing")
    assert unknown.status_code == 200
    assert "nothing" in unknown.content.decode()


def test_foreign_money_is_converted_once_there_is_a_rate_and_known_at_is_kept(may: Any, at: Any) -> None:
    project(may, "远洋", 10**7, "2026-03-03", currency="USD")

    def total(**more: str) -> Any:
        found = queries.answer(zone_id=may.zone.pk, asked=asked(**more))
        return found.count.figures["planned_total_of_newly_signed"].total

    assert dict(total().unconverted) == {"USD": 10**7}
    at("2026-06-05 09:00")
    actions.add_rate(
        viewer=may.viewer(may.chief), currency="usd", from_day=date(2026, 1, 1), yuan="7.1", source="外汇交易中心"
    )
    assert (total().yuan, dict(total().unconverted)) == (5 * 10**8 + 71_000_000, {})
    assert dict(total(known_at="2026-06-04").unconverted) == {"USD": 10**7}


def test_a_table_of_rates_keeps_the_good_lines_and_names_the_others(may: Any) -> None:
    text = "currency,from,yuan,source\nUSD,2026-01-01,7.1,中心\nXXX,2026-01-01,7,中心\nEUR,2026-13-01,8,中心\nEUR,2026-02-01,八,中心\nJPY,2026-02-01,0.05,\n"
    kept, problems = actions.load_rates(viewer=may.viewer(may.statistician), text=text)
    assert kept == 1
    assert [line for line, _error in problems] == [3, 4, 5, 6]
    with pytest.raises(InvalidValue, match="heads-missing"):
        actions.load_rates(viewer=may.viewer(may.statistician), text="币种,日期\nUSD,2026-01-01\n")
    page = may.client(may.statistician).post(url(may, "rates"), {"file": SimpleUploadedFile("r.csv", text.encode())})
    assert "第 3 行" in page.content.decode()
    assert ExchangeRate.objects.count() == 2
    assert may.client(may.li).post(url(may, "rates"), {"currency": "USD", "from": "2026-01-01", "yuan": "7", "source": "x"}).status_code == 403  # fmt: skip


def test_a_pack_of_the_zone_is_checked_used_and_stays_countable(may: Any) -> None:
    text = (PACKS / "county-contract-date.toml").read_text(encoding="utf-8").replace('"county-contract-date"', '"ours"')
    client = may.client(may.statistician)
    wrong = client.post(url(may, "packs"), {"file": SimpleUploadedFile("ours.toml", text.replace("reaches", "reach").encode())})  # fmt: skip
    assert wrong.status_code == 400
    assert "第" in wrong.content.decode()
    assert not PackVersion.objects.exists()
    client.post(url(may, "packs"), {"file": SimpleUploadedFile("ours.toml", text.encode())})
    first = actions.freeze(viewer=may.viewer(may.chief), asked=queries.parse_asked(period=PERIOD, pack="ours", zone_id=may.zone.pk))  # fmt: skip
    newer = text.replace('contracts = ["formal"]', 'contracts = ["formal", "framework"]').replace('version = "2025.1"', 'version = "2"')  # fmt: skip
    actions.add_pack(viewer=may.viewer(may.chief), text=newer, file_name="ours.toml")
    assert packs.pack_named(zone_id=may.zone.pk, name="ours").version == "2"
    assert actions.reproduce(first).same
    assert client.get(url(may, "pack", "ours")).status_code == 200
    with pytest.raises(InvalidValue, match="pack-unknown"):
        queries.parse_asked(period=PERIOD, pack="ours", zone_id=may.other_zone.pk)
    assert client.get(url(may, "figures") + "?pack=ours").status_code == 200


def test_its_explorer_turns_a_figure_and_every_number_opens_its_projects(may: Any) -> None:
    client = may.client(may.chief)
    for rows in ("task_force", "unit", "industry", "origin", "size"):
        for columns in ("month", "quarter", "year", "whole"):
            page = client.get(url(may, "pivot") + f"?period={PERIOD}&figure=newly_signed&rows={rows}&columns={columns}")
            assert page.status_code == 200
    page = client.get(url(may, "pivot") + f"?period={PERIOD}&figure=newly_signed&rows=origin&columns=quarter").content.decode()  # fmt: skip
    assert "广东" in page
    records = client.get(url(may, "figures") + f"?period={PERIOD}&figure=newly_signed&origin=44").content.decode()
    assert "云帆" in records.split("not-counted")[0]
    assert "海澜" not in records.split("not-counted")[0]
    by_unit = client.get(
        url(may, "figures") + f"?period={PERIOD}&figure=newly_signed&unit={may.unit.pk}"
    ).content.decode()
    assert "海澜" in by_unit.split("not-counted")[0]


def test_units_share_a_project_as_the_credit_says(may: Any) -> None:
    shared = project(may, "联合", 10**8, "2026-04-04")
    draft = CreditDraft(
        shares=[(may.unit.pk, "60"), (may.place.pk, "40")], basis="joint", since=PartialDate.parse("2026-04-04")
    )
    state_credit(viewer=may.viewer(may.chief), project_id=shared, draft=draft)
    found = queries.answer(zone_id=may.zone.pk, asked=asked())
    units = queries.breakdown(found, figure="newly_signed", by="unit")
    assert units[str(may.unit.pk)].projects == Decimal("2.6")
    assert units[str(may.place.pk)].projects == Decimal("0.4")


def test_its_league_ranks_by_target_with_ties_and_says_when_there_is_none(may: Any) -> None:
    Target.objects.create(
        zone=may.zone, task_force=may.task_force, year=2026, indicator="newly_signed", value=4, recorded_at="2026-01-02T00:00:00Z"
    )  # fmt: skip
    page = may.client(may.wang).get(url(may, "league") + f"?period={PERIOD}").content.decode()
    assert "50.00%" in page
    assert "没有定目标" in page
    assert may.client(may.admin).get(url(may, "league")).status_code == 403


def test_its_pages_ask_a_fixed_number_of_queries(may: Any, django_assert_max_num_queries: Any) -> None:
    client, row = may.client(may.chief), frozen(may)
    for name, args, most in (("pivot", (), 17), ("league", (), 13), ("compare", (), 15), ("freeze", (row.pk,), 15), ("packs", (), 8), ("rates", (), 8)):  # fmt: skip
        client.get(url(may, name, *args))
        with django_assert_max_num_queries(most):
            assert client.get(url(may, name, *args)).status_code == 200


def test_another_zones_freeze_is_not_there(may: Any) -> None:
    row = frozen(may)
    stranger = may.client(may.stranger)
    assert stranger.get(reverse("reports:freeze", args=[may.other_zone.slug, row.pk])).status_code == 404


@pytest.mark.parametrize("page", ["pivot", "league", "compare"])
def test_its_pages_answer_a_question_that_makes_no_sense_with_a_400(may: Any, page: str) -> None:
    client = may.client(may.statistician)
    wrong = "?a_period=zz" if page == "compare" else "?period=zz"
    assert client.get(url(may, page) + wrong).status_code == 400


def test_it_refuses_a_rate_that_would_be_kept_as_nothing_and_a_broken_table(may: Any) -> None:
    viewer = may.viewer(may.statistician)
    with pytest.raises(InvalidValue, match="number-out-of-range"):
        actions.add_rate(viewer=viewer, currency="USD", from_day=date(2026, 1, 1), yuan="0.00000001", source="央行")
    broken = 'currency,from,yuan,source\n"USD' + "x" * 200_000
    with pytest.raises(InvalidValue, match="csv-broken"):
        actions.load_rates(viewer=viewer, text=broken)
    assert not ExchangeRate.objects.exists()


def test_its_tables_name_task_forces_in_the_language_in_force(may: Any) -> None:
    zone = may.zone.pk
    task_force = str(may.task_force.pk)
    type(may.task_force).objects.filter(pk=may.task_force.pk).update(name_en="IT task force")
    assert queries.part_names(zone_id=zone, english=True)[task_force] == "IT task force"
    assert queries.part_names(zone_id=zone)[task_force] == may.task_force.name
