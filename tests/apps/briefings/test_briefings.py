"""Briefings as people meet them: composed, reworded, finished, handed out, scheduled; and who sees what."""

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhaoyin.adapters.office.sample_template import sample_template
from zhaoyin.apps.briefings import actions, queries
from zhaoyin.apps.briefings.access import get_visible, visible_to
from zhaoyin.apps.briefings.models import Briefing, BriefingVersion
from zhaoyin.apps.briefings.queries import parse_wanted
from zhaoyin.apps.engagements.actions import EngagementDraft, record_engagement
from zhaoyin.apps.projects.actions import ProjectDraft, create_project, record_event
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible, StaleWrite
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

PERIOD = "2026-01/2026-05"
Clock = Callable[[str], None]


def project(world: Any, name: str, *, person: Any = None, signed: str = "2026-03-01", yi: int | None = 1) -> Any:
    who = person or world.li
    mine = world.other_task_force if who == world.zhao else world.task_force
    draft = ProjectDraft(
        name=name, investor_names=[f"{name}有限公司"], task_force_id=mine.pk, lead_person_id=who.pk, origin="4403",
        opened_on=PartialDate.parse("2026-02-01"), negotiating_on=PartialDate.parse("2026-02-01"),
        planned_total=Money.from_payload({"value": str(yi * 10**8)}) if yi is not None else None,
    )  # fmt: skip
    made = create_project(viewer=world.viewer(who), draft=draft)
    if signed:
        record_event(
            viewer=world.viewer(who), project_id=made, kind="contract_signed", occurred=PartialDate.parse(signed),
            payload={"contract_kind": "formal"}, note="合同已签",
        )  # fmt: skip
    return made


@pytest.fixture
def campaign(world: Any, at: Clock) -> Any:
    """李's two signed projects, 赵's one, seen on 1 June."""
    at("2026-06-01 09:00")
    project(world, "云帆功率器件项目", yi=10)
    project(world, "沧禾数字项目", yi=None)
    project(world, "岚峰医械项目", person=world.zhao, signed="2026-04-02", yi=3)
    return world


def compose(world: Any, person: Any = None, **given: str) -> Briefing:
    wanted = parse_wanted({"kind": "bulletin", "period": PERIOD, **given})
    return actions.compose(viewer=world.viewer(person or world.chief), zone=world.zone, wanted=wanted)


def document(world: Any, briefing: Briefing, person: Any = None, number: int | None = None) -> Any:
    return queries.version_document(viewer=world.viewer(person or world.chief), briefing=briefing, number=number)[1]


def text(found: Any) -> str:
    return "\n".join(one.text for one in found.paragraphs())


def url(world: Any, name: str, *args: object) -> str:
    return reverse(f"briefings:{name}", args=[world.zone.slug, *args])


# Composing


def test_it_writes_the_figures_of_the_ledger(campaign: Any) -> None:
    found = document(campaign, compose(campaign))
    said = text(found)
    assert "新增洽谈项目3个；新签约项目3个；新签约计划总投资13亿元（其中1个项目投资额未知，未计入）" in said
    assert found.footnotes[0].text.startswith("统计口径：县级示例包：按合同签订日 2025.1")
    assert "2026-01-01 至 2026-05-31" in found.footnotes[0].text


def test_it_writes_the_same_in_english(campaign: Any) -> None:
    found = document(campaign, compose(campaign, language="en"))
    assert found.title == "East Bay Zone: investment promotion bulletin"
    assert "1.3 billion yuan (1 project with an amount that is not known are left out)" in text(found)


def test_it_is_kept_with_its_hash_and_can_be_made_again(campaign: Any, at: Clock) -> None:
    briefing = compose(campaign, known_at="2026-06-01")
    row = BriefingVersion.objects.get(briefing=briefing)
    assert document(campaign, briefing).sha256 == row.sha256
    again = actions.write(
        viewer=campaign.viewer(campaign.chief), zone=campaign.zone, wanted=queries.wanted_of(briefing)
    )
    assert again.sha256 == row.sha256


def test_it_makes_one_draft_for_one_key(campaign: Any) -> None:
    viewer, wanted = campaign.viewer(campaign.chief), parse_wanted({"period": PERIOD})
    first = actions.compose(viewer=viewer, zone=campaign.zone, wanted=wanted, idempotency_key="k1")
    assert actions.compose(viewer=viewer, zone=campaign.zone, wanted=wanted, idempotency_key="k1").pk == first.pk
    assert Briefing.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "buletin"}, "briefing-kind-unknown"), ({"language": "fr"}, "not-an-option"),
        ({"period": "2026-05/2026-01"}, "period-empty"), ({"pack": "nowhere"}, "pack-unknown"), ({"task_force": "x"}, "not-an-id"),
        ({"kind": "meeting"}, "briefing-needs-project"), ({"as_of": "2025-01-01", "period": PERIOD}, "as-of-before-period"),
    ],
)  # fmt: skip
def test_it_says_what_it_does_not_understand(world: Any, given: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_wanted(given)
    assert caught.value.code == code


def test_it_lists_what_moved_and_what_is_agreed(campaign: Any, at: Clock) -> None:
    made = project(campaign, "海棠物流项目", signed="")
    draft = EngagementDraft(
        form="visit", occurred=PartialDate.parse("2026-05-28"), project_id=made, note="看了两处厂房", next_step="寄送资料",
        next_due_on=date(2026, 6, 5), next_person_id=campaign.wang.pk,
    )  # fmt: skip
    record_engagement(viewer=campaign.viewer(campaign.li), draft=draft)
    found = document(campaign, compose(campaign, kind="progress", period="2026-05-25/2026-05-31"))
    table = next(block for block in found.blocks if getattr(block, "id", "") == "progress" and hasattr(block, "rows"))
    row = next(row for row in table.rows if row.cells[1].text == "海棠物流项目")
    assert [cell.text for cell in row.cells[3:7]] == ["05-28 上门拜访：看了两处厂房", "—", "寄送资料", "2026-06-05"]


def test_it_says_why_a_figure_is_not_what_it_was(campaign: Any, at: Clock) -> None:
    at("2026-06-20 09:00")
    project(campaign, "后来补录的项目", signed="2026-05-20")
    found = document(campaign, compose(campaign, since="2026-06-01"))
    assert "与2026年6月1日所知的数字相比，新签约项目由3个变为4个" in text(found)
    table = next(block for block in found.blocks if getattr(block, "id", "") == "causes" and hasattr(block, "rows"))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["新发生的事", "+1"], ["合计", "+1"]]
    with pytest.raises(InvalidValue) as caught:
        parse_wanted({"period": PERIOD, "since": "2026-06-20"})
    assert caught.value.code == "briefing-since-late"


def test_it_lists_no_project_of_which_there_is_nothing_to_say(campaign: Any) -> None:
    project(campaign, "刚开始谈的项目", signed="")
    found = document(campaign, compose(campaign, kind="progress", period="2026-02-01/2026-02-07"))
    quiet = document(campaign, compose(campaign, kind="progress", period="2026-01-01/2026-01-07"))
    assert "刚开始谈的项目" in found.canonical()
    assert "未列出" not in text(found)
    assert "本期调度项目" in text(quiet)


def test_it_writes_a_trip_and_a_meeting_from_notes_and_facts(campaign: Any) -> None:
    made = project(campaign, "海棠物流项目", signed="")
    draft = EngagementDraft(
        form="visit", occurred=PartialDate.parse("2026-05-28"), project_id=made, note="看了两处厂房", place="4403"
    )
    record_engagement(viewer=campaign.viewer(campaign.li), draft=draft)
    trip = document(campaign, compose(campaign, kind="trip", period="2026-05"))
    assert "会面1场，对接企业1家，涉及项目1个" in text(trip)
    meeting = document(campaign, compose(campaign, kind="meeting", project=str(made)))
    assert meeting.title == "会面简报：海棠物流项目"
    assert any(re.match(r"来源：台账第 \d+ 号", note.text) for note in meeting.footnotes)


# Who sees what


def test_it_names_only_what_its_author_may_see(campaign: Any) -> None:
    found = document(campaign, compose(campaign, campaign.li), campaign.li)
    said = found.canonical()
    assert "云帆功率器件项目" in said
    assert "岚峰医械项目" not in said
    assert "另有1个项目不在编制人的查看范围内" in text(found)
    assert "新签约项目3个" in text(found)


def test_it_is_there_for_its_author_and_those_who_read_everything(campaign: Any) -> None:
    mine = compose(campaign, campaign.li)
    for person in (campaign.li, campaign.chief, campaign.statistician):
        assert get_visible(campaign.viewer(person), mine.pk).pk == mine.pk
    for person in (campaign.zhao, campaign.wang, campaign.admin):
        with pytest.raises(NotVisible):
            get_visible(campaign.viewer(person), mine.pk)


def test_it_is_not_written_by_who_only_reads(campaign: Any) -> None:
    with pytest.raises(NotAllowed):
        compose(campaign, campaign.admin)
    assert visible_to(campaign.viewer(campaign.admin)).count() == 0


def test_it_is_not_there_for_another_zone(campaign: Any) -> None:
    mine = compose(campaign)
    client = campaign.client(campaign.stranger)
    assert client.get(reverse("briefings:detail", args=[campaign.other_zone.slug, mine.pk])).status_code == 404
    with pytest.raises(NotVisible):
        compose(campaign, kind="task-force", task_force="00000000-0000-0000-0000-000000000007")


# Wording


def test_it_saves_other_words_as_a_new_version(campaign: Any) -> None:
    briefing = compose(campaign)
    viewer = campaign.viewer(campaign.chief)
    done = actions.reword(
        viewer=viewer, briefing_id=briefing.pk, version=1, edits={"basis": "口径从略。"}, title="五月通报"
    )
    assert (done.briefing.version, done.briefing.title) == (2, "五月通报")
    assert "口径从略。" in text(document(campaign, briefing))
    assert "口径从略。" not in text(document(campaign, briefing, number=1))


def test_it_refuses_a_wording_without_its_figures_and_keeps_the_rest(campaign: Any) -> None:
    briefing = compose(campaign)
    edits = {"overview": "形势很好", "basis": "口径从略。"}
    done = actions.reword(viewer=campaign.viewer(campaign.chief), briefing_id=briefing.pk, version=1, edits=edits)
    assert done.refused["overview"].code == "briefing-figure-lost"
    assert "新签约项目3个" in text(document(campaign, briefing))
    assert "口径从略。" in text(document(campaign, briefing))


def test_it_refuses_to_overwrite_what_somebody_saved_meanwhile(campaign: Any) -> None:
    briefing = compose(campaign)
    viewer = campaign.viewer(campaign.chief)
    actions.reword(viewer=viewer, briefing_id=briefing.pk, version=1, edits={"basis": "甲"})
    with pytest.raises(StaleWrite):
        actions.reword(viewer=viewer, briefing_id=briefing.pk, version=1, edits={"basis": "乙"})
    with pytest.raises(StaleWrite):
        actions.refresh(viewer=viewer, zone=campaign.zone, briefing_id=briefing.pk, version=1)


def test_it_counts_anew_and_puts_the_wording_back(campaign: Any) -> None:
    briefing = compose(campaign)
    viewer = campaign.viewer(campaign.chief)
    actions.reword(
        viewer=viewer, briefing_id=briefing.pk, version=1, edits={"signed": "签约再创新高，达{signed.count}个。"}
    )
    project(campaign, "新来的项目")
    actions.refresh(viewer=viewer, zone=campaign.zone, briefing_id=briefing.pk, version=2)
    assert "签约再创新高，达4个。" in text(document(campaign, briefing))
    actions.refresh(viewer=viewer, zone=campaign.zone, briefing_id=briefing.pk, version=3, plain=True)
    assert "签约再创新高" not in text(document(campaign, briefing))


def test_it_changes_no_more_once_it_is_final(campaign: Any) -> None:
    briefing = compose(campaign)
    viewer = campaign.viewer(campaign.chief)
    done = actions.finish(viewer=viewer, briefing_id=briefing.pk, version=1)
    kept = document(campaign, briefing).canonical()
    project(campaign, "新来的项目")
    for act in (
        lambda: actions.reword(viewer=viewer, briefing_id=briefing.pk, version=2, edits={"basis": "x"}),
        lambda: actions.refresh(viewer=viewer, zone=campaign.zone, briefing_id=briefing.pk, version=2),
        lambda: actions.finish(viewer=viewer, briefing_id=briefing.pk, version=2),
    ):
        with pytest.raises(DomainError) as caught:
            act()
        assert caught.value.code == "briefing-is-final"
    assert (done.state, document(campaign, briefing).canonical()) == ("final", kept)
    assert BriefingVersion.objects.get(briefing=briefing, number=2).final


def test_its_text_can_be_taken_away_and_its_hash_stays(campaign: Any) -> None:
    briefing = compose(campaign)
    with pytest.raises(NotAllowed):
        actions.take_text_away(viewer=campaign.viewer(campaign.li), briefing_id=compose(campaign, campaign.li).pk)
    actions.take_text_away(viewer=campaign.viewer(campaign.chief), briefing_id=briefing.pk)
    row = BriefingVersion.objects.get(briefing=briefing)
    assert (row.body, len(row.sha256)) == (None, 64)
    page = campaign.client(campaign.chief).get(url(campaign, "detail", briefing.pk))
    assert "已被清除" in page.content.decode()


def test_a_saved_version_cannot_be_changed_in_the_database(campaign: Any) -> None:
    from django.db import DatabaseError, transaction

    compose(campaign)
    with pytest.raises(DatabaseError), transaction.atomic():
        BriefingVersion.objects.update(sha256="0" * 64)


# Handing out


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
def test_it_is_handed_out_in_three_forms_the_same_bytes_each_time(campaign: Any, form: str) -> None:
    from zhaoyin.apps.audit.models import AuditEntry

    briefing = compose(campaign)
    address = url(campaign, "download", briefing.pk)
    client = campaign.client(campaign.chief)
    first, second = (client.get(address, {"form": form}) for _ in range(2))
    assert first.content == second.content
    assert first["Content-Disposition"].startswith("attachment")
    entries = AuditEntry.objects.filter(verb="briefing-downloaded")
    assert [entry.details["form"] for entry in entries] == [form, form]


def test_it_is_filled_into_ones_own_template(campaign: Any) -> None:
    client = campaign.client(campaign.chief)
    upload = SimpleUploadedFile("月报.docx", sample_template())
    assert client.post(url(campaign, "templates"), {"name": "市局月报", "file": upload}).status_code == 302
    template = queries.template_list(viewer=campaign.viewer(campaign.li))[0]
    briefing = compose(campaign)
    got = client.get(url(campaign, "download", briefing.pk), {"form": "docx", "template": str(template.pk)})
    lines = [line.text for line in docx.Document(io.BytesIO(got.content)).paragraphs]
    assert "共3个。" in lines
    bad = client.get(url(campaign, "download", briefing.pk), {"form": "pdf", "template": str(template.pk)})
    assert bad.status_code == 400
    client.post(url(campaign, "retire", template.pk))
    assert queries.template_list(viewer=campaign.viewer(campaign.li)) == []


def test_a_template_with_a_wrong_tag_is_not_kept_and_the_error_names_it(campaign: Any) -> None:
    made = docx.Document()
    made.add_paragraph("签约 {{ figures.newly_singed }} 个")
    target = io.BytesIO()
    made.save(target)
    upload = SimpleUploadedFile("x.docx", target.getvalue())
    page = campaign.client(campaign.chief).post(url(campaign, "templates"), {"name": "x", "file": upload})
    said = page.content.decode()
    assert page.status_code == 400
    assert "{{ figures.newly_singed }}" in said
    assert "{{ figures.newly_signed }}" in said
    assert queries.template_list(viewer=campaign.viewer(campaign.chief)) == []


def test_a_recruiter_brings_no_template(campaign: Any) -> None:
    upload = SimpleUploadedFile("x.docx", sample_template())
    page = campaign.client(campaign.wang).post(url(campaign, "templates"), {"name": "x", "file": upload})
    assert page.status_code == 403


def test_the_sample_is_there_to_start_from(campaign: Any) -> None:
    got = campaign.client(campaign.li).get(url(campaign, "sample"))
    assert got.content == sample_template()


# Schedules


def schedule(world: Any, **given: Any) -> Any:
    return actions.add_schedule(
        viewer=world.viewer(world.chief), **{"kind": "bulletin", "rhythm": "monthly", "day": 1, **given}
    )


def test_a_schedule_writes_its_draft_once_as_its_recipient_sees_the_zone(campaign: Any) -> None:
    schedule(campaign, recipient_id=campaign.li.pk)
    made = actions.run_due(zone=campaign.zone)
    assert actions.run_due(zone=campaign.zone) == []
    draft = Briefing.objects.get(pk=made[0])
    assert (draft.owner_id, draft.question["period"], draft.made_for) == (
        campaign.li.pk,
        "2026-01-01/2026-05-31",
        date(2026, 6, 1),
    )
    assert "岚峰医械项目" not in document(campaign, draft, campaign.li).canonical()


def test_a_draft_waits_on_the_today_page_until_it_is_opened(campaign: Any) -> None:
    schedule(campaign, recipient_id=campaign.li.pk)
    made = actions.run_due(zone=campaign.zone)[0]
    client = campaign.client(campaign.li)
    home = reverse("zone:home", args=[campaign.zone.slug])
    assert url(campaign, "detail", made) in client.get(home).content.decode()
    client.get(url(campaign, "detail", made))
    assert url(campaign, "detail", made) not in client.get(home).content.decode()


def test_one_schedule_that_fails_does_not_stop_the_others(campaign: Any) -> None:
    from zhaoyin.apps.accounts.models import ZoneRole

    schedule(campaign, recipient_id=campaign.wang.pk)
    schedule(campaign, kind="stuck", recipient_id=campaign.li.pk)
    ZoneRole.objects.filter(person=campaign.wang).update(ends_on=date(2026, 5, 1))
    assert len(actions.run_due(zone=campaign.zone)) == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"day": 31}, "briefing-schedule-day"), ({"rhythm": "weekly", "day": 8}, "briefing-schedule-day"),
        ({"rhythm": "daily"}, "not-an-option"), ({"kind": "trip"}, "briefing-not-scheduled"), ({"kind": "nothing"}, "briefing-kind-unknown"),
    ],
)  # fmt: skip
def test_a_schedule_that_cannot_be_is_refused(campaign: Any, given: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        schedule(campaign, **given)
    assert caught.value.code == code


def test_nobody_schedules_for_others_but_chief_and_statistician(campaign: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.add_schedule(
            viewer=campaign.viewer(campaign.li), kind="stuck", rhythm="weekly", day=1, recipient_id=campaign.wang.pk
        )
    mine = actions.add_schedule(viewer=campaign.viewer(campaign.li), kind="stuck", rhythm="weekly", day=1)
    with pytest.raises(NotVisible):
        actions.stop_schedule(viewer=campaign.viewer(campaign.wang), schedule_id=mine.pk)
    actions.stop_schedule(viewer=campaign.viewer(campaign.chief), schedule_id=mine.pk)
    assert actions.run_due(zone=campaign.zone) == []


@pytest.mark.parametrize(
    ("rhythm", "kind", "today", "period"),
    [
        ("monthly", "bulletin", date(2026, 6, 1), "2026-01/2026-05"), ("monthly", "bulletin", date(2026, 1, 5), "2025-01/2025-12"),
        ("weekly", "progress", date(2026, 6, 1), "2026-05-25/2026-05-31"), ("weekly", "one-page", date(2026, 6, 1), "2026-01-01/2026-05-31"),
    ],
)  # fmt: skip
def test_a_schedule_covers_whole_weeks_and_months(rhythm: str, kind: str, today: date, period: str) -> None:
    assert actions.last_period(rhythm=rhythm, kind=kind, today=today) == period


def test_the_command_for_cron_runs_every_zone(campaign: Any) -> None:
    schedule(campaign)
    out = io.StringIO()
    call_command("briefings", stdout=out)
    assert f"{campaign.zone.slug}: 1 drafts" in out.getvalue()


# Pages, API, command


@pytest.mark.parametrize(("name", "most"), [("list", 12), ("compose", 40), ("templates", 12), ("schedules", 14)])
def test_a_page_asks_a_known_number_of_queries(campaign: Any, name: str, most: int) -> None:
    compose(campaign)
    client = campaign.client(campaign.chief)
    client.get(url(campaign, name), {"period": PERIOD})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url(campaign, name), {"period": PERIOD}).status_code == 200
    assert len(asked) <= most, len(asked)


def test_the_number_of_queries_does_not_grow_with_projects(campaign: Any) -> None:
    client = campaign.client(campaign.chief)
    for kind in ("bulletin", "progress", "stuck"):
        counts = []
        for n in range(2):
            client.get(url(campaign, "preview"), {"kind": kind, "period": PERIOD})
            with CaptureQueriesContext(connection) as asked:
                client.get(url(campaign, "preview"), {"kind": kind, "period": PERIOD})
            counts.append(len(asked))
            if n == 0:
                for k in range(3):
                    project(campaign, f"{kind}项目{k}")
        assert counts[0] == counts[1], kind


def test_a_page_that_cannot_be_written_says_why(campaign: Any) -> None:
    page = campaign.client(campaign.chief).get(url(campaign, "compose"), {"period": "2026-05/2026-01"})
    assert page.status_code == 400
    assert "结束早于开始" in page.content.decode()


def test_the_edit_page_keeps_what_was_typed_and_says_why(campaign: Any) -> None:
    briefing = compose(campaign)
    client = campaign.client(campaign.chief)
    got = client.get(url(campaign, "edit", briefing.pk))
    fields = dict(re.findall(r'name="(text-[^"]+)"[^>]*>([^<]*)</textarea>', got.content.decode()))
    fields["text-overview"], fields["text-basis"] = "形势很好 & 更好", "口径从略。"
    page = client.post(url(campaign, "edit", briefing.pk), {"version": "1", "title": "", **fields})
    assert page.status_code == 422
    assert "形势很好 &amp; 更好" in page.content.decode()
    assert "改写后少了数字" in page.content.decode()
    briefing.refresh_from_db()
    assert briefing.version == 2


def test_it_writes_what_people_typed_as_text_and_not_as_markup(campaign: Any) -> None:
    briefing = compose(campaign)
    actions.reword(
        viewer=campaign.viewer(campaign.chief),
        briefing_id=briefing.pk,
        version=1,
        edits={"basis": "<script>alert(1)</script>"},
    )
    page = campaign.client(campaign.chief).get(url(campaign, "detail", briefing.pk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_api_composes_rewords_finishes_and_downloads(campaign: Any) -> None:
    client = campaign.client(campaign.chief)
    base = f"/api/z/{campaign.zone.slug}/briefings"

    def post(address: str, body: dict[str, Any]) -> Any:
        return client.post(address, json.dumps(body), content_type="application/json")

    made = post(base, {"period": PERIOD})
    assert made.status_code == 201
    one = f"{base}/{made.json()['id']}"
    read = client.get(one).json()
    assert read["document"]["title"] == made.json()["title"]
    said = post(f"{one}/wording", {"version": 1, "edits": {"overview": "没有数字", "basis": "从略"}}).json()
    assert "改写后少了数字" in said["refused"]["overview"]
    assert said["briefing"]["version"] == 2
    assert post(f"{one}/wording", {"version": 1, "edits": {"basis": "晚了"}}).status_code == 409
    assert post(f"{one}/finish", {"version": 2}).json()["state"] == "final"
    assert client.get(f"{one}/file?form=pdf").content.startswith(b"%PDF")
    assert client.get(f"{one}/file?form=odt").status_code == 400
    assert [row["id"] for row in client.get(base).json()] == [made.json()["id"]]


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
def test_the_command_writes_a_file(campaign: Any, tmp_path: Path, form: str) -> None:
    target, out = tmp_path / f"x.{form}", io.StringIO()
    call_command("brief", zone=campaign.zone.slug, period=PERIOD, out=str(target), stdout=out)
    assert target.stat().st_size > 5000
    assert "东湾高新区招商引资工作情况通报" in out.getvalue()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "buletin"}, "是不是 bulletin"), ({"period": "2026-05/2026-01"}, "结束早于开始"), ({"out": "x.odt"}, "docx, xlsx, pdf"),
        ({"zone": "nowhere"}, "nowhere"), ({"template": "/nowhere.docx"}, "/nowhere.docx"),
    ],
)  # fmt: skip
def test_the_command_says_what_is_wrong(campaign: Any, tmp_path: Path, given: dict[str, str], said: str) -> None:
    options = {"zone": campaign.zone.slug, "period": PERIOD, "out": str(tmp_path / "x.pdf"), **given}
    with pytest.raises(CommandError, match=re.escape(said)):
        call_command("brief", **options)


@pytest.mark.parametrize("role", ["auditor", "fund_manager", "site_manager"])
def test_the_api_refuses_who_only_reads(campaign: Any, role: str) -> None:
    from zhaoyin.apps.accounts.models import Person, ZoneRole

    person = Person.objects.create_user("reader", "correct-horse-9", display_name="何")
    ZoneRole.objects.create(zone=campaign.zone, person=person, role=role, starts_on=date(2025, 1, 1))
    base, briefing, client = f"/api/z/{campaign.zone.slug}/briefings", compose(campaign), campaign.client(person)
    for tail in ("", f"/{briefing.pk}/wording", f"/{briefing.pk}/finish"):
        assert client.post(base + tail, "{}", content_type="application/json").status_code in {403, 404}, tail
    assert client.get(f"{base}/{briefing.pk}").status_code == (200 if role == "auditor" else 404)


def test_a_scheduled_draft_is_due_in_the_inbox_until_it_is_opened(campaign: Any) -> None:
    from zhaoyin.apps.inbox.actions import derive
    from zhaoyin.apps.inbox.queries import open_items

    schedule(campaign, recipient_id=campaign.li.pk)
    made = actions.run_due(zone=campaign.zone)
    derive(zone_id=campaign.zone.pk)
    found = [line for line in open_items(viewer=campaign.viewer(campaign.li)) if line.item.kind == "briefing_draft"]
    assert [line.item.subject_id for line in found] == made
    assert found[0].name
    client = campaign.client(campaign.li)
    assert str(made[0]) in client.get(reverse("inbox:list", args=[campaign.zone.slug])).content.decode()
    client.get(reverse("briefings:detail", args=[campaign.zone.slug, made[0]]))
    derive(zone_id=campaign.zone.pk)
    assert not [line for line in open_items(viewer=campaign.viewer(campaign.li)) if line.item.kind == "briefing_draft"]
