"""Ledgers in: dry run, import, undo, newer versions, conflicts, kills."""

from datetime import date
from typing import Any

import pytest

from tests.apps.imports.ledgers import MAY, row, sheet
from zhaoyin.apps.companies.models import Company, Contact
from zhaoyin.apps.imports import actions
from zhaoyin.apps.imports.models import ImportBatch, ImportFile, ImportRow
from zhaoyin.apps.jobs import actions as jobs
from zhaoyin.apps.jobs.models import Job
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.ledger.verification import problems
from zhaoyin.apps.projects.actions import ProjectChange, change_project
from zhaoyin.apps.projects.models import Project
from zhaoyin.domain.money import Money


def work() -> None:
    """Do whatever waits."""
    for pk in Job.objects.filter(state="queued").values_list("id", flat=True):
        jobs.run(job_id=pk)


def bring(world: Any, *files: bytes, names: tuple[str, ...] = (), **terms: Any) -> ImportBatch:
    uploads = [
        actions.Upload(names[place] if names else f"台账{place}.xlsx", content) for place, content in enumerate(files)
    ]
    batch = actions.receive_ledgers(
        viewer=world.viewer(world.statistician), uploads=uploads, terms=actions.Terms(**terms)
    )
    work()
    batch.refresh_from_db()
    return batch


def write(world: Any, batch: ImportBatch) -> None:
    actions.start_import(viewer=world.viewer(world.statistician), batch_id=batch.pk)
    work()
    batch.refresh_from_db()


def undo(world: Any, batch: ImportBatch) -> None:
    actions.start_undo(viewer=world.viewer(world.statistician), batch_id=batch.pk)
    work()
    batch.refresh_from_db()


def states(batch: ImportBatch) -> list[str]:
    return list(ImportRow.objects.filter(batch=batch).order_by("position").values_list("state", flat=True))


def visible(world: Any) -> list[Project]:
    return list(Project.objects.filter(zone=world.zone, void=False).order_by("name"))


@pytest.fixture(autouse=True)
def on_first_of_june(at: Any) -> None:
    at("2026-06-01 09:00")


def test_the_dry_run_writes_nothing_but_its_report(world: Any) -> None:
    batch = bring(world, sheet(MAY))
    assert (batch.state, states(batch)) == ("checked", ["new", "new", "new"])
    assert not Event.objects.exists()
    assert ImportFile.objects.get().reporting_on == date(2026, 5, 31)


def test_an_import_opens_projects_with_cell_evidence(world: Any) -> None:
    batch = bring(world, sheet(MAY))
    write(world, batch)
    assert batch.state == "imported"
    project = Project.objects.get(name="年产5万片功率器件项目")
    assert (project.planned_total, project.stage, str(project.signed_on)) == (1_000_000_000, "signed", "2026-05-12")
    assert project.task_force == world.task_force
    assert project.industry == world.industry
    assert project.investor is not None
    assert project.investor.name == "云帆微电有限公司"
    signing = Event.objects.get(subject_id=project.pk, kind="contract_signed")
    assert '"sheet":"Sheet1"' in signing.evidence
    assert '"reported_on":"2026-05-31"' in signing.evidence
    assert not Contact.objects.exists()
    assert problems(zone_id=world.zone.pk) == []


def test_the_same_file_again_changes_nothing(world: Any) -> None:
    same = sheet(MAY)
    write(world, bring(world, same))
    before = Event.objects.count()
    again = bring(world, same)
    assert states(again) == ["same", "same", "same"]
    assert ImportFile.objects.get(batch=again).earlier_id is not None
    write(world, again)
    assert Event.objects.count() == before


def test_a_newer_version_becomes_events_for_the_differences(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    before = Event.objects.count()
    newer = (
        row(1, "年产5万片功率器件项目", "云帆微电有限公司", 12, progress="已开工"),
        MAY[1],
        row(4, "光刻胶项目", "沐禾新材有限公司", 1),
    )
    batch = bring(world, sheet(newer, title="签约项目台账（截至2026年6月1日）"))
    assert states(batch) == ["changed", "same", "new"]
    assert [one["name"] for one in batch.counts["missing"]] == ["车载摄像模组项目"]
    write(world, batch)
    project = Project.objects.get(name="年产5万片功率器件项目")
    assert (project.planned_total, project.stage) == (1_200_000_000, "construction_started")
    assert Project.objects.get(name="车载摄像模组项目").outcome == ""
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))[before:]
    assert sorted(kinds).count("opened") == 1
    assert "amount_stated" in kinds


def test_a_value_changed_by_hand_is_asked_for_and_not_overwritten(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    project = Project.objects.get(name="年产5万片功率器件项目")
    change = ProjectChange(
        given=frozenset({"planned_total"}), planned_total=Money.from_payload({"value": "1100000000"})
    )
    change_project(viewer=world.viewer(world.statistician), project_id=project.pk, change=change)
    unchanged = bring(world, sheet(MAY))
    assert states(unchanged)[0] == "same"
    batch = bring(world, sheet((row(1, "年产5万片功率器件项目", "云帆微电有限公司", 12),)))
    line = ImportRow.objects.get(batch=batch)
    assert (line.state, [q["kind"] for q in line.questions]) == ("suspicious", ["conflict"])
    write(world, batch)
    project.refresh_from_db()
    assert project.planned_total == 1_100_000_000
    actions.answer(
        viewer=world.viewer(world.statistician), row_id=line.pk, answers={"conflict:planned_total_investment": "take"}
    )
    write(world, batch)
    project.refresh_from_db()
    assert project.planned_total == 1_200_000_000


def test_an_undo_takes_everything_back_and_the_file_can_come_again(world: Any) -> None:
    batch = bring(world, sheet(MAY))
    write(world, batch)
    undo(world, batch)
    assert batch.state == "undone"
    assert visible(world) == []
    assert not Company.objects.filter(void=False).exists()
    assert world.client(world.statistician).get("/z/east/projects/").content.decode().count("功率器件") == 0
    assert problems(zone_id=world.zone.pk) == []
    again = bring(world, sheet(MAY))
    assert states(again) == ["new", "new", "new"]
    write(world, again)
    assert len(visible(world)) == 3


def test_what_others_built_on_is_kept_and_listed(world: Any) -> None:
    from zhaoyin.apps.projects.actions import record_event
    from zhaoyin.domain.period import PartialDate

    batch = bring(world, sheet(MAY))
    write(world, batch)
    project = Project.objects.get(name="年产5万片功率器件项目")
    record_event(
        viewer=world.viewer(world.li), project_id=project.pk, kind="stage_reached", occurred=PartialDate.parse("2026-05-30"),
        payload={"stage": "registered"}, note="营业执照已领",
    )  # fmt: skip
    undo(world, batch)
    assert [one.name for one in visible(world)] == ["年产5万片功率器件项目"]
    page = world.client(world.statistician).get(f"/z/east/imports/{batch.pk}/").content.decode()
    assert "撤销时保留的项目" in page


def test_an_undo_of_changes_brings_the_values_of_before_back(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    newer = bring(
        world, sheet((row(1, "年产5万片功率器件项目", "云帆微电有限公司", 12),), title="台账（截至2026年6月1日）")
    )
    write(world, newer)
    undo(world, newer)
    assert Project.objects.get(name="年产5万片功率器件项目").planned_total == 1_000_000_000


def test_a_kill_in_the_middle_leaves_nothing_twice(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhaoyin.apps.imports import applying

    monkeypatch.setattr(applying, "CHUNK", 1)
    batch = bring(world, sheet(MAY))
    actions.start_import(viewer=world.viewer(world.statistician), batch_id=batch.pk)
    real, calls = applying.Applier.apply, []

    def dying(self: Any, ids: Any) -> None:
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(ids)
        real(self, ids)

    monkeypatch.setattr(applying.Applier, "apply", dying)
    with pytest.raises(KeyboardInterrupt):
        work()
    monkeypatch.setattr(applying.Applier, "apply", real)
    Job.objects.filter(state="running").update(state="queued")
    work()
    batch.refresh_from_db()
    assert batch.state == "imported"
    assert len(visible(world)) == 3
    assert Event.objects.filter(kind="opened").count() == 3
    assert problems(zone_id=world.zone.pk) == []


def test_contacts_come_only_with_a_basis_and_go_with_the_undo(world: Any) -> None:
    terms = {"contact_basis": "statutory_duty", "contacts_until": date(2028, 6, 1)}
    batch = bring(world, sheet(MAY), **terms)
    write(world, batch)
    contact = Contact.objects.get(company__name="云帆微电有限公司")
    assert (contact.name, contact.phone) == ("钱一", "13800000001")
    assert "台账0.xlsx" in contact.source
    write(world, bring(world, sheet(MAY), **terms))
    assert Contact.objects.filter(removed_at__isnull=True).count() == 3
    undo(world, batch)
    assert not Contact.objects.filter(removed_at__isnull=True).exists()


def test_a_step_without_a_date_is_undated_unless_the_batch_says_otherwise(world: Any) -> None:
    line = row(1, "年产5万片功率器件项目", "云帆微电有限公司", 10, signed="")
    batch = bring(world, sheet((line,)))
    assert batch.counts["undated"] == 1
    write(world, batch)
    assert '"undated":true' in Event.objects.get(kind="contract_signed").payload
    undo(world, batch)
    other = bring(world, sheet((line,)), date_by_report=True)
    write(world, other)
    signing = Event.objects.filter(kind="contract_signed").order_by("-seq")[0]
    assert "undated" not in signing.payload
    assert signing.occurred_on == date(2026, 5, 31)


def test_the_same_project_in_two_files_is_one(world: Any) -> None:
    other = sheet(
        (row(7, "年产5万片功率器件", "云帆微电有限公司", 10, progress="已开工"),), title="开工项目（截至2026年5月31日）"
    )
    batch = bring(world, sheet(MAY), other)
    write(world, batch)
    assert len(visible(world)) == 3
    assert Project.objects.get(name="年产5万片功率器件项目").stage == "construction_started"


def test_a_leader_imports_into_the_own_task_force_only(world: Any) -> None:
    viewer = world.viewer(world.li)
    foreign = row(2, "基因检测项目", "禾序生物有限公司", 1, industry="生命健康", force="生命健康专班")
    upload = actions.Upload("a.xlsx", sheet((MAY[0], foreign)))
    terms = actions.Terms(task_force_id=world.task_force.pk)
    batch = actions.receive_ledgers(viewer=viewer, uploads=[upload], terms=terms)
    work()
    assert states(batch) == ["new", "refused"]
    actions.start_import(viewer=viewer, batch_id=batch.pk)
    work()
    assert [one.name for one in visible(world)] == ["年产5万片功率器件项目"]
    assert world.client(world.zhao).get(f"/z/east/imports/{batch.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"\x00" * 64, "空"), (b"PK\x03\x04broken", "打不开"), (b"%PDF-1.7 x", "不是")],
    ids=["blank", "corrupt", "pdf"],
)
def test_a_file_that_cannot_be_read_says_so_and_the_others_are_read(world: Any, content: bytes, word: str) -> None:
    batch = bring(world, content, sheet(MAY), names=("坏.xlsx", "好.xlsx"))
    assert states(batch) == ["new", "new", "new"]
    page = world.client(world.statistician).get(f"/z/east/imports/{batch.pk}/").content.decode()
    assert "坏.xlsx" in page
    assert "zy-error-text" in page


def test_figures_can_be_asked_as_ledgers_had_reported_them(world: Any) -> None:
    """Recorded on 1 June, reported for 31 May and 30 April: known by the ledger's date, or by the day it came in."""
    from zhaoyin.apps.reports import queries

    april = sheet((row(1, "老项目", "启元科技有限公司", 5, "2026-04-02"),), title="台账（截至2026年4月30日）")
    write(world, bring(world, sheet(MAY), april))

    def signed(known_at: str, basis: str) -> int:
        asked = queries.parse_asked(period="2026-01/2026-05", known_at=known_at, known_basis=basis)
        count = queries.answer(zone_id=world.zone.pk, asked=asked).count
        if basis == "reported":
            assert str(count.identity.reported_by) == known_at
        return count.figures["newly_signed"].total.projects

    assert signed("2026-05-31", "recorded") == 0
    assert signed("2026-05-31", "reported") == 4
    assert signed("2026-05-15", "reported") == 1
    assert signed("2026-06-01", "") == 4


def test_a_leader_moves_no_project_into_another_task_force(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    moved = row(1, "年产5万片功率器件项目", "云帆微电有限公司", 12, force="生命健康专班")
    upload = actions.Upload("a.xlsx", sheet((moved,), title="台账（截至2026年6月1日）"))
    terms = actions.Terms(task_force_id=world.task_force.pk)
    batch = actions.receive_ledgers(viewer=world.viewer(world.li), uploads=[upload], terms=terms)
    work()
    assert states(batch) == ["refused"]


def test_a_project_merged_since_the_dry_run_is_followed(world: Any) -> None:
    from zhaoyin.apps.projects.actions import merge_project

    write(world, bring(world, sheet(MAY)))
    one, two = Project.objects.get(name="车载摄像模组项目"), Project.objects.get(name="年产5万片功率器件项目")
    batch = bring(
        world,
        sheet((row(3, "车载摄像模组项目", "明湃光学有限公司", 2.6, "2026-04-02"),), title="台账（截至2026年6月1日）"),
    )
    merge_project(viewer=world.viewer(world.statistician), project_id=one.pk, into=two.pk)
    write(world, batch)
    two.refresh_from_db()
    assert two.planned_total == 260_000_000
    assert ImportRow.objects.get(batch=batch).project_id == two.pk


def test_the_default_task_force_is_for_new_projects_only(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    nameless = tuple("" if place == 7 else value for place, value in enumerate(MAY[0]))
    fresh = tuple(
        "" if place == 7 else value for place, value in enumerate(row(9, "光刻胶项目", "沐禾新材有限公司", 1))
    )
    batch = bring(world, sheet((nameless, fresh)), task_force_id=world.other_task_force.pk)
    assert states(batch) == ["same", "new"]
    write(world, batch)
    assert Project.objects.get(name="年产5万片功率器件项目").task_force == world.task_force
    assert Project.objects.get(name="光刻胶项目").task_force == world.other_task_force
