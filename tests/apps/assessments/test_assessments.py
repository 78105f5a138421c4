"""Assessment pages: scores with their working, next steps judged by counting them, hints that are answered once, signing off; access."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from zhaoyin.apps.assessments import actions, queries
from zhaoyin.apps.assessments.models import HintAnswer, SignedOff
from zhaoyin.apps.projects.actions import ProjectDraft, create_project, record_event
from zhaoyin.apps.recognition import actions as recognition
from zhaoyin.apps.reports import queries as reports
from zhaoyin.apps.taskforces.models import Target
from zhaoyin.domain.errors import InvalidValue, NotAllowed, NotVisible
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.assessment import SchemeError, lifts, solve
from zhaoyin.engines.assessment.scheme_file import SCHEMES


@pytest.fixture(autouse=True)
def _fresh_mirror() -> Any:
    reports.warehouse.cache_clear()
    yield
    reports.warehouse.cache_clear()


def project(
    world: Any, name: str, yuan: int, signed: str = "", force: Any = None, investor: str = "", since: str = "2026-02-02"
) -> UUID:
    viewer = world.viewer(world.statistician)
    made = create_project(
        viewer=viewer,
        draft=ProjectDraft(
            name=name, investor_names=[investor or f"{name}公司"], planned_total=Money(Decimal(yuan)),
            task_force_id=(force or world.task_force).pk, negotiating_on=PartialDate.parse(since),
        ),
    )  # fmt: skip
    if signed:
        record_event(
            viewer=viewer,
            project_id=made,
            kind="contract_signed",
            occurred=PartialDate.parse(signed),
            payload={"contract_kind": "formal"},
            note="已签",
        )
    return made


def target(world: Any, force: Any, indicator: str, value: int, at: Any) -> None:
    Target.objects.create(
        zone=world.zone, task_force=force, year=2026, indicator=indicator, value=value, recorded_at="2026-01-02T00:00:00Z"
    )  # fmt: skip


@pytest.fixture
def year(world: Any, at: Any) -> Any:
    at("2026-06-01 09:00")
    for n in range(3):
        project(world, f"云帆{n}", 2 * 10**8, signed="2026-03-0" + str(n + 1))
    project(world, "海澜", 10**8, signed="2026-04-01", force=world.other_task_force)
    for force in (world.task_force, world.other_task_force):
        target(world, force, "newly_negotiating", 8, at)
        target(world, force, "newly_signed", 4, at)
    return world


def found(world: Any, person: Any = None, period: str = "2026-01/2026-06") -> queries.Assessed:
    asked = reports.parse_asked(period=period)
    scheme = queries.scheme_of(zone_id=world.zone.pk, name="")
    return queries.assessed(viewer=world.viewer(person or world.statistician), scheme=scheme, asked=asked)


def url(world: Any, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[world.zone.slug, *args])


def test_it_scores_task_forces_from_the_figures(year: Any) -> None:
    result = {unit.name: unit for unit in solve(found(year).problem).units}
    first, second = result["信息技术专班"], result["生命健康专班"]
    assert [one.value for one in first.scored] == [3, 6, 3]
    assert (first.rank, second.rank) == (1, 2)
    assert first.scored[0].working == "0.6×40 + 0.4×40×(3−1)/(3−1) = 40.00"
    assert second.scored[2].working == "20×1/8 = 2.50"


def test_a_next_step_is_worth_what_counting_it_brings(year: Any) -> None:
    waiting = project(year, "星途", 3 * 10**8)
    project(year, "签过的", 10**8, signed="2026-05-02")
    now = found(year)
    moves = queries.moves(found=now, task_force=year.task_force.pk, zone_id=year.zone.pk)
    signing = next(move for move in moves if move.project == str(waiting) and move.step == "contract")
    assert signing.adds == {"signed": Decimal(1), "investment": Decimal(3)}
    assert signing.evidence == ("contract",)
    best = lifts(now.problem, moves, unit=str(year.task_force.pk))
    record_event(
        viewer=year.viewer(year.statistician),
        project_id=waiting,
        kind="contract_signed",
        occurred=PartialDate(date(2026, 6, 1)),
        payload={"contract_kind": "formal"},
        note="已签",
    )
    really = {unit.id: unit for unit in solve(found(year).problem).units}[str(year.task_force.pk)]
    supposed = next((lift for lift in best if lift.move.project == str(waiting)), None)
    after = {one.indicator: one.value for one in really.scored}
    assert (after["signed"], after["investment"]) == (5, 10)
    assert supposed is None or supposed.gain > 0


def test_a_step_today_adds_nothing_to_a_period_that_is_over(year: Any) -> None:
    project(year, "星途", 3 * 10**8)
    over = found(year, period="2026-01/2026-04")
    assert queries.moves(found=over, task_force=year.task_force.pk, zone_id=year.zone.pk) == []


def test_a_pending_recognition_is_a_step_under_a_pack_that_asks_for_it(year: Any) -> None:
    made = project(year, "星途", 3 * 10**8, signed="2026-05-02")
    for stage in ("filed", "construction_started"):
        record_event(
            viewer=year.viewer(year.statistician), project_id=made, kind="stage_reached",
            occurred=PartialDate.parse("2026-05-20"), payload={"stage": stage}, note="有佐证",
        )  # fmt: skip
    request = recognition.Request(matter="signed", claimed_on=PartialDate.parse("2026-05-02"), note="合同")
    recognition.request_recognition(viewer=year.viewer(year.li), project_id=made, request=request)
    asked = reports.parse_asked(period="2026-01/2026-06", pack="city-recognition-date")
    scheme = queries.scheme_of(zone_id=year.zone.pk, name="")
    now = queries.assessed(viewer=year.viewer(year.statistician), scheme=scheme, asked=asked)
    moves = queries.moves(found=now, task_force=year.task_force.pk, zone_id=year.zone.pk)
    approval = [move for move in moves if move.step == "recognised:signed"]
    assert [move.adds.get("signed") for move in approval] == [Decimal(1)]


def test_force_majeure_spares_from_the_black_list_until_it_is_taken_back(year: Any) -> None:
    def black() -> bool:
        units = solve(found(year).problem).units
        return next(unit for unit in units if unit.name == "生命健康专班").black

    assert black()
    chief = year.viewer(year.chief)
    actions.exempt(viewer=chief, task_force_id=year.other_task_force.pk, year=2026, holds=True, reason="台风停工")
    assert not black()
    actions.exempt(viewer=chief, task_force_id=year.other_task_force.pk, year=2026, holds=False, reason="已恢复")
    assert black()
    with pytest.raises(NotAllowed):
        actions.exempt(viewer=year.viewer(year.li), task_force_id=year.task_force.pk, year=2026, holds=True, reason="x")


def test_what_was_signed_off_stays_and_says_when_the_ledger_moved(year: Any) -> None:
    row = actions.sign_off(viewer=year.viewer(year.chief), found=found(year), note="五月定稿")
    again = actions.sign_off(viewer=year.viewer(year.chief), found=found(year))
    assert row.sha256 == again.sha256
    client = year.client(year.statistician)
    assert "结果一样" in client.get(url(year, "signed", row.pk)).content.decode()
    project(year, "补录", 10**8, signed="2026-05-05", force=year.other_task_force)
    page = client.get(url(year, "signed", row.pk)).content.decode()
    assert "台账有变化" in page
    with pytest.raises(IntegrityError):
        SignedOff.objects.filter(pk=row.pk).update(note="x")


@pytest.fixture
def twice(year: Any) -> Any:
    """The same investor signs nearly the same amount again."""
    project(year, "云帆旧", 5 * 10**8, signed="2026-03-10", investor="云帆集团")
    project(year, "云帆新", 5 * 10**8, signed="2026-05-10", investor="云帆集团")
    return year


def test_a_hint_is_a_question_for_those_concerned_and_is_answered_once(twice: Any) -> None:
    hints = queries.hint_list(viewer=twice.viewer(twice.chief))
    assert [hint.kind for hint in hints] == ["signed_before"]
    page = twice.client(twice.li).get(url(twice, "hints")).content.decode()
    assert "是不是同一个项目？" in page
    assert twice.client(twice.wang).get(url(twice, "hints")).status_code == 403
    with pytest.raises(NotVisible):
        actions.answer_hint(
            viewer=twice.viewer(twice.zhao), fingerprint=hints[0].fingerprint, answer="dismissed", reason="x"
        )
    with pytest.raises(InvalidValue, match="reason-needed"):
        actions.answer_hint(
            viewer=twice.viewer(twice.li), fingerprint=hints[0].fingerprint, answer="dismissed", reason=" "
        )
    assert actions.look_for_hints(zone_id=twice.zone.pk) == 1
    assert queries.open_hints(viewer=twice.viewer(twice.li)) == 1
    twice.client(twice.li).post(
        url(twice, "hint", hints[0].fingerprint), {"answer": "explained", "reason": "一期、二期"}
    )
    assert HintAnswer.objects.count() == 1
    assert queries.hint_list(viewer=twice.viewer(twice.chief)) == []
    assert queries.open_hints(viewer=twice.viewer(twice.li)) == 0


def test_another_task_forces_steps_are_not_there_for_a_leader(year: Any) -> None:
    li = year.client(year.li)
    assert li.get(url(year, "simulator", year.task_force.pk)).status_code == 200
    assert li.get(url(year, "simulator", year.other_task_force.pk)).status_code == 404
    assert year.client(year.wang).get(url(year, "simulator", year.task_force.pk)).status_code == 404
    assert year.client(year.admin).get(url(year, "assessment")).status_code == 403
    assert year.client(year.li).post(url(year, "sign-off")).status_code == 403


def test_its_pages_show_scores_and_export_numbers(year: Any) -> None:
    draft = ProjectDraft(name="星途", investor_names=["星途公司"], task_force_id=year.task_force.pk)
    create_project(viewer=year.viewer(year.statistician), draft=draft)
    client = year.client(year.chief)
    page = client.get(url(year, "assessment") + "?period=2026-01/2026-06").content.decode()
    assert "信息技术专班" in page
    assert "0.6×40" in page
    steps = client.get(url(year, "simulator", year.task_force.pk) + "?period=2026-01/2026-06").content.decode()
    assert "进入“在谈”" in steps
    book = client.get(url(year, "export") + "?period=2026-01/2026-06")
    assert book.content[:2] == b"PK"
    wrong = client.get(url(year, "assessment") + "?period=2026-06/2026-01")
    assert wrong.status_code == 400
    api = client.get(f"/api/z/{year.zone.slug}/assessment?period=2026-01/2026-06").json()
    assert api["units"][0]["indicators"][0]["score"] == "40.00"


def test_a_scheme_of_the_zone_is_checked_line_by_line(year: Any) -> None:
    text = (SCHEMES / "task-force-year.toml").read_text(encoding="utf-8")
    client = year.client(year.statistician)
    wrong = SimpleUploadedFile("ours.toml", text.replace('weight = "40"', 'weight = "50"', 1).encode())
    page = client.post(url(year, "schemes"), {"file": wrong})
    assert page.status_code == 400
    assert "ours.toml" in page.content.decode()
    with pytest.raises(SchemeError):
        actions.add_scheme(viewer=year.viewer(year.chief), text="[scheme", file_name="x.toml")
    ours = text.replace('id = "task-force-year"', 'id = "ours"').replace("红黑榜", "榜单")
    client.post(url(year, "schemes"), {"file": SimpleUploadedFile("ours.toml", ours.encode())})
    assert "ours" in queries.schemes(zone_id=year.zone.pk)
    assert client.get(url(year, "assessment") + "?scheme=ours").status_code == 200


def test_its_command_prints_ranks_and_working(year: Any, capsys: Any) -> None:
    from django.core.management import call_command

    call_command("assess", zone="east", period="2026-01/2026-06")
    said = capsys.readouterr().out
    assert "信息技术专班" in said
    assert "0.6×40" in said
    call_command("hints")


def test_its_pages_ask_a_fixed_number_of_queries(year: Any, django_assert_max_num_queries: Any) -> None:
    client = year.client(year.chief)
    client.get(url(year, "assessment"))
    with django_assert_max_num_queries(13):
        client.get(url(year, "assessment"))
    client.get(url(year, "hints"))
    with django_assert_max_num_queries(13):
        client.get(url(year, "hints"))


def test_silence_of_a_month_costs_points(world: Any, at: Any) -> None:
    at("2026-03-01 09:00")
    project(world, "静默", 10**8, since="2026-02-20")
    at("2026-06-20 09:00")
    silent = queries.silent_projects(zone_id=world.zone.pk, on=date(2026, 6, 20))
    assert {key: len(found) for key, found in silent.items()} == {str(world.task_force.pk): 1}
    assert queries.silent_projects(zone_id=world.zone.pk, on=date(2026, 3, 1) + timedelta(days=1)) == {}


def test_a_signed_assessment_of_another_zone_is_not_there(year: Any) -> None:
    address = url(year, "signed", "00000000-0000-4000-8000-000000000000")
    assert year.client(year.statistician).get(address).status_code == 404
