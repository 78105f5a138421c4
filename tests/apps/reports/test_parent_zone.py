"""What the zone above reads: what was published and, when granted, the records; never more."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.architecture import test_access_matrix as matrix
from tests.architecture.test_access_matrix import PAGES, ROUTES, arguments, counted
from zhaoyin.apps.accounts.actions import create_token, grant_records, withdraw_grant
from zhaoyin.apps.accounts.models import RecordGrant, Role, ZoneRole
from zhaoyin.apps.audit.models import AuditEntry
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.actions import ProjectDraft, create_project, record_event
from zhaoyin.apps.reports import actions, queries
from zhaoyin.apps.reports.models import PublishedFigures
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.canonical import sha256_hex
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

PERIOD = "2026-01/2026-05"
TODAY = timezone.localdate
things = matrix.things
"""One of everything in 李's task force, with a grant to the other zone since January."""


@pytest.fixture(autouse=True)
def _june(at: Callable[[str], None]) -> None:
    at("2026-06-01 10:00")


@pytest.fixture
def below(world: Any) -> Any:
    """East is below west; 孙 (stranger) is west's bureau chief."""
    Zone.objects.filter(pk=world.zone.pk).update(parent=world.other_zone)
    world.zone.refresh_from_db()
    return world


def signed(world: Any, name: str) -> Any:
    draft = ProjectDraft(
        name=name, investor_names=[f"{name}有限公司"], task_force_id=world.task_force.pk, industry_id=world.industry.pk,
        lead_person_id=world.li.pk, opened_on=PartialDate.parse("2026-02-01"),
        negotiating_on=PartialDate.parse("2026-02-01"), planned_total=Money.from_payload({"value": "100000000"}),
    )  # fmt: skip
    viewer = world.viewer(world.li)
    pk = create_project(viewer=viewer, draft=draft)
    record_event(
        viewer=viewer, project_id=pk, kind="contract_signed", occurred=PartialDate.parse("2026-03-01"),
        payload={"contract_kind": "formal"}, note="合同已签",
    )  # fmt: skip
    return pk


def publish(world: Any, person: Any = None, period: str = PERIOD) -> PublishedFigures:
    asked = queries.parse_asked(period=period)
    pk = actions.publish(viewer=world.viewer(person or world.statistician), asked=asked)
    return PublishedFigures.objects.get(pk=pk)


def parent_page(world: Any, **params: str) -> Any:
    address = reverse("reports:figures", args=[world.other_zone.slug])
    return world.client(world.stranger).get(address, {"period": PERIOD, **params})


def numbers(response: Any) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in response.context["children"]]


def words_of(response: Any) -> str:
    return re.sub(r"<[^>]*>", "", response.content.decode())


def test_a_parent_reads_nothing_before_it_is_published(below: Any) -> None:
    signed(below, "云帆")
    response = parent_page(below)
    assert numbers(response) == [["未发布"] * 3]
    assert "东湾高新区" in response.content.decode()


def test_publishing_freezes_the_figures(below: Any, at: Callable[[str], None]) -> None:
    signed(below, "云帆")
    first = publish(below)
    assert first.sha256 == sha256_hex(first.body)
    body = first.body
    at("2026-06-02 09:00")
    signed(below, "海澜")
    response = parent_page(below)
    assert numbers(response) == [["1", "1", "1 亿元"]]
    text = response.content.decode()
    assert "2026-01-01 — 2026-05-31" in text
    assert "2026-06-01 10:00" in text
    assert "云帆" not in text
    assert PublishedFigures.objects.get(pk=first.pk).body == body
    second = publish(below)
    assert second.body != body
    assert numbers(parent_page(below)) == [["2", "2", "2 亿元"]]
    assert numbers(parent_page(below, known_at="2026-06-01")) == [["1", "1", "1 亿元"]]


def test_the_same_ledger_publishes_the_same_bytes(below: Any) -> None:
    signed(below, "云帆")
    assert publish(below).body == publish(below, below.chief).body


def test_a_publication_is_never_changed(below: Any) -> None:
    made = publish(below)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PublishedFigures.objects.filter(pk=made.pk).update(body="{}")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        made.delete()


def test_days_that_do_not_overlap_are_not_shown_and_the_same_days_come_first(below: Any) -> None:
    signed(below, "云帆")
    publish(below)
    publish(below, period="2026-02")
    assert numbers(parent_page(below, period="2025")) == [["未发布"] * 3]
    assert numbers(parent_page(below)) == [["1", "1", "1 亿元"]]
    assert parent_page(below, period="2026-02").context["children"][0].period == "2026-02-01 — 2026-02-28"


def test_children_cost_two_queries_however_many_they_are(below: Any) -> None:
    viewer, asked = below.viewer(below.stranger, below.other_zone), queries.parse_asked(period=PERIOD)
    for number in range(4):
        Zone.objects.create(slug=f"c{number}x", name=f"下级{number}", parent=below.other_zone, created_at=clock.now())
    publish(below)
    with CaptureQueriesContext(connection) as asked_of:
        assert len(queries.children(viewer=viewer, asked=asked)) == 5
    assert len(asked_of) == 2


def test_only_chief_and_statistician_publish_and_it_is_on_record(below: Any) -> None:
    for person in (below.li, below.wang, below.admin):
        with pytest.raises(NotAllowed):
            publish(below, person)
    made = publish(below)
    assert AuditEntry.objects.get(verb="figures.published").subject_id == made.pk


def test_a_zone_without_a_parent_does_not_publish(world: Any) -> None:
    with pytest.raises(DomainError, match="no-parent-zone"):
        publish(world)
    address = reverse("reports:figures", args=[world.zone.slug])
    assert "发布给上级" not in world.client(world.chief).get(address).content.decode()


def test_the_button_publishes_the_question_shown(below: Any) -> None:
    address = reverse("reports:figures", args=[below.zone.slug])
    client = below.client(below.chief)
    text = client.get(address, {"period": PERIOD}).content.decode()
    assert "发布给上级" in text
    assert "还没有向上级发布过数字" in text
    assert (
        reverse("reports:publish", args=[below.zone.slug]) not in below.client(below.li).get(address).content.decode()
    )
    answer = client.post(reverse("reports:publish", args=[below.zone.slug]), {"period": PERIOD}, follow=True)
    assert "最近一次发布给上级：2026-06-01 10:00，周，期间 2026-01-01 — 2026-05-31。" in words_of(answer)
    assert PublishedFigures.objects.get().period_end == date(2026, 5, 31)
    bad = client.post(reverse("reports:publish", args=[below.zone.slug]), {"period": "2026-13"}, follow=True)
    assert "2026-13" in bad.content.decode()
    assert PublishedFigures.objects.count() == 1


def pages(world: Any, made: dict[str, Any]) -> list[str]:
    """Every page of the child."""
    return [reverse(name, args=[world.zone.slug, *arguments(names, made)]) for name, names in PAGES]


def routes(world: Any, made: dict[str, Any]) -> list[tuple[str, str]]:
    """(method, address) of every route of the child's API."""
    found = []
    for method, path, names in ROUTES:
        address = path.replace("{zone_slug}", world.zone.slug)
        for name, value in zip(names, arguments(names, made), strict=True):
            address = address.replace("{" + name + "}", str(value))
        found.append((method.lower(), address))
    return found


def assert_nothing_is_there(world: Any, made: dict[str, Any]) -> None:
    client = world.client(world.stranger)
    for address in pages(world, made):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    for method, address in routes(world, made):
        assert getattr(client, method)(address, content_type="application/json").status_code == 404, address


def grant(world: Any, on: date | None = None) -> RecordGrant:
    viewer = world.viewer(world.chief, on=TODAY())
    return grant_records(viewer=viewer, grantee_id=world.other_zone.pk, starts_on=on or TODAY(), at=timezone.now())


def test_a_parent_without_a_grant_finds_nothing(below: Any, things: dict[str, Any]) -> None:
    RecordGrant.objects.all().delete()
    assert_nothing_is_there(below, things)


def test_a_parent_with_a_grant_reads_and_writes_nothing(below: Any, things: dict[str, Any]) -> None:
    client = below.client(below.stranger)
    before = counted()
    for address in pages(below, things):
        assert client.get(address).status_code in {200, 302, 400, 403, 404, 405}, address
        answer = client.post(address, {"kind": "paste", "text": "一段文字"})
        assert answer.status_code in {403, 404, 405}, address
    body = {"name": "偷建", "investor": "偷建", "text": "一段文字", "kind": "paste", "title": "偷建"}
    for method, address in routes(below, things):
        if method != "get":
            answer = getattr(client, method)(address, body, content_type="application/json")
            assert answer.status_code in {403, 404, 405, 422}, address
    trail = AuditEntry.objects.filter(verb="projects-exported").count()
    after = counted()
    assert (trail, sum(after) - sum(before)) == (1, 1)  # that a list was taken out is the one trace a reading leaves
    for name in ("projects:list", "dashboard:home", "reports:figures", "zone:home"):
        assert client.get(reverse(name, args=[below.zone.slug])).status_code == 200, name
    detail = client.get(reverse("projects:detail", args=[below.zone.slug, things["project_id"]]))
    assert "云帆功率器件项目" in detail.content.decode()
    assert client.get(f"/api/z/{below.zone.slug}/figures").status_code == 200


def test_a_parent_finds_nothing_after_the_withdrawal(below: Any, things: dict[str, Any]) -> None:
    assert below.viewer(below.stranger, on=TODAY()).guest
    viewer = below.viewer(below.chief, on=TODAY())
    withdraw_grant(viewer=viewer, grant_id=things["grant_id"], at=timezone.now())
    assert_nothing_is_there(below, things)
    assert grant(below).ends_on is None
    verbs = AuditEntry.objects.filter(subject_kind="record_grant").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["records.grant_withdrawn", "records.granted"]


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.TASK_FORCE_LEADER, Role.ADMINISTRATOR, Role.FUND_MANAGER])
def test_a_grant_opens_nothing_for_who_does_not_read_everything_above(below: Any, role: str) -> None:
    grant(below)
    ZoneRole.objects.filter(person=below.stranger).update(role=role)
    with pytest.raises(NotVisible):
        below.viewer(below.stranger, on=TODAY())


def test_a_grant_begins_on_its_day_and_ends_with_the_parent(below: Any) -> None:
    grant(below, on=TODAY() + timedelta(days=3))
    with pytest.raises(NotVisible):
        below.viewer(below.stranger, on=TODAY())
    viewer = below.viewer(below.stranger, on=TODAY() + timedelta(days=3))
    assert (viewer.guest, viewer.roles) == (True, frozenset({"auditor"}))
    Zone.objects.filter(pk=below.zone.pk).update(parent=None)
    with pytest.raises(NotVisible):
        below.viewer(below.stranger, on=TODAY() + timedelta(days=3))


def test_a_guest_makes_no_token(below: Any) -> None:
    grant(below)
    viewer = below.viewer(below.stranger, on=TODAY())
    with pytest.raises(NotAllowed):
        create_token(viewer=viewer, name="t", scopes=["read"], expires_at=None, at=timezone.now())


def test_only_the_chief_grants_only_to_the_parent_only_once(below: Any) -> None:
    for person in (below.statistician, below.admin, below.li):
        viewer = below.viewer(person, on=TODAY())
        with pytest.raises(NotAllowed):
            grant_records(viewer=viewer, grantee_id=below.other_zone.pk, starts_on=TODAY(), at=timezone.now())
    chief = below.viewer(below.chief, on=TODAY())
    with pytest.raises(InvalidValue, match="not-an-option"):
        grant_records(viewer=chief, grantee_id=below.zone.pk, starts_on=TODAY(), at=timezone.now())
    with pytest.raises(InvalidValue, match="grant-in-past"):
        grant(below, on=TODAY() - timedelta(days=1))
    made = grant(below)
    with pytest.raises(DomainError, match="granted-already"):
        grant(below)
    with pytest.raises(IntegrityError, match="overlapping"), transaction.atomic():
        RecordGrant.objects.create(zone=below.zone, grantee=below.other_zone, starts_on=TODAY())
    with pytest.raises(NotVisible):
        west = below.viewer(below.stranger, below.other_zone, on=TODAY())
        withdraw_grant(viewer=west, grant_id=made.pk, at=timezone.now())


def test_the_page_grants_and_withdraws_and_the_zone_switch_says_so(below: Any) -> None:
    address, client = reverse("people:grants", args=[below.zone.slug]), below.client(below.chief)
    assert "西岭开发区" in client.get(address).content.decode()
    given = {"grantee": str(below.other_zone.pk), "starts_on": TODAY().isoformat()}
    assert "已授权" in client.post(address, given, follow=True).content.decode()
    assert client.post(address, given).status_code == 400
    home = reverse("zone:home", args=[below.other_zone.slug])
    assert "东湾高新区（授权查看）" in below.client(below.stranger).get(home).content.decode()
    out = reverse("people:withdraw_grant", args=[below.zone.slug, RecordGrant.objects.get().pk])
    assert "授权已撤回" in client.post(out, follow=True).content.decode()
    assert "授权查看" not in below.client(below.stranger).get(home).content.decode()


def test_a_zone_is_founded_below_another(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOYIN_FIRST_PASSWORD", "correct-horse-9")
    given = {"zone": "south", "name": "南湖园区", "username": "qian", "display_name": "钱", "stdout": io.StringIO()}
    with pytest.raises(CommandError):
        call_command("init", parent="nowhere", **given)
    call_command("init", parent=world.zone.slug, **given)
    assert Zone.objects.get(slug="south").parent_id == world.zone.pk
