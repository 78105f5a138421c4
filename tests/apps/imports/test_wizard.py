"""The wizard's pages and API: columns changed on the sheet, remembered for the sender; double clicks; blank cells; redaction."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.imports.ledgers import HEAD, MAY, row, sheet
from tests.apps.imports.test_imports import bring, states, work, write
from zhaoyin.apps.imports import actions
from zhaoyin.apps.imports.models import ImportBatch, ImportFile, ImportRow, TemplateMemory
from zhaoyin.apps.jobs.models import Job
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.models import DocumentContent
from zhaoyin.domain.errors import StaleWrite

NO_UNIT = tuple("计划总投资" if head.startswith("计划总投资") else head for head in HEAD)


@pytest.fixture(autouse=True)
def on_first_of_june(at: Any) -> None:
    at("2026-06-01 09:00")


def upload(world: Any, *files: bytes, sender: str = "") -> str:
    """Through the page; the address of the batch."""
    client = world.client(world.statistician)
    given = [SimpleUploadedFile(f"表{place}.xlsx", data) for place, data in enumerate(files)]
    answer = client.post("/z/east/imports/new/", {"ledgers": given, "sender": sender})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    work()
    return str(answer["Location"])


def test_a_unit_chosen_on_the_sheet_is_used_and_remembered_for_the_sender(world: Any) -> None:
    client = world.client(world.statistician)
    address = upload(world, sheet(MAY, head=NO_UNIT), sender="城东街道")
    file = ImportFile.objects.get()
    page = client.get(f"/z/east/imports/files/{file.pk}/").content.decode()
    assert 'name="unit-3"' in page
    (table,) = file.tables
    form = {"table": f"{table['sheet']}|{table['place']}", "unit-3": "10000", "was_unit-3": table["columns"][3]["unit"]}
    assert client.post(f"/z/east/imports/files/{file.pk}/", form).status_code == 302
    work()
    first = ImportRow.objects.order_by("position").first()
    assert first is not None
    assert first.content["values"]["planned_total_investment"]["value"]["value"] == "100000"
    assert TemplateMemory.objects.get().sender == "城东街道"
    upload(world, sheet(MAY[:2], head=NO_UNIT, title="六月台账"), sender="城东街道")
    again = ImportRow.objects.filter(batch=ImportBatch.objects.order_by("-created_at", "-id")[0]).order_by("position")[
        0
    ]
    assert again.content["values"]["planned_total_investment"]["value"]["value"] == "100000"
    assert client.get(address).status_code == 200


def test_a_column_that_is_not_to_be_read_is_left_out(world: Any) -> None:
    client = world.client(world.statistician)
    upload(world, sheet(MAY))
    file = ImportFile.objects.get()
    (table,) = file.tables
    form = {"table": f"{table['sheet']}|{table['place']}", "field-6": "-", "was_field-6": table["columns"][6]["field"]}
    client.post(f"/z/east/imports/files/{file.pk}/", form)
    work()
    assert all("industry" not in one.content["values"] for one in ImportRow.objects.all())


def test_a_cell_that_became_blank_is_reported_and_clears_nothing(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    blank = (
        "1",
        "年产5万片功率器件项目",
        "云帆微电有限公司",
        "",
        "2026-05-12",
        "已签约",
        "新一代信息技术",
        "信息技术专班",
        "",
        "",
    )
    batch = bring(world, sheet((blank,), title="台账（截至2026年6月1日）"))
    assert (states(batch), batch.counts["blank"]) == (["same"], 1)
    write(world, batch)
    assert Project.objects.get(name="年产5万片功率器件项目").planned_total == 1_000_000_000


def test_an_older_ledger_overwrites_nothing_newer(world: Any) -> None:
    write(world, bring(world, sheet(MAY)))
    older = bring(
        world, sheet((row(1, "年产5万片功率器件项目", "云帆微电有限公司", 8),), title="台账（截至2026年3月31日）")
    )
    assert (states(older), older.counts["kept"]) == (["same"], 1)


def test_a_double_click_starts_one_import(world: Any) -> None:
    batch = bring(world, sheet(MAY))
    viewer = world.viewer(world.statistician)
    actions.start_import(viewer=viewer, batch_id=batch.pk)
    with pytest.raises(StaleWrite):
        actions.start_import(viewer=viewer, batch_id=batch.pk)
    assert Job.objects.filter(kind=actions.APPLY).count() == 1
    answer = world.client(world.statistician).post(f"/z/east/imports/{batch.pk}/import/")
    assert answer.status_code == 409


def test_an_import_that_is_stopped_can_be_started_again(world: Any) -> None:
    batch = bring(world, sheet(MAY))
    viewer = world.viewer(world.statistician)
    actions.start_import(viewer=viewer, batch_id=batch.pk)
    actions.stop(viewer=viewer, batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.state == "imported"
    assert not Event.objects.exists()
    write(world, batch)
    assert Event.objects.filter(kind="opened").count() == 3


def test_the_api_goes_the_same_way(world: Any) -> None:
    client = world.client(world.statistician)
    sent = client.post("/api/z/east/imports", {"files": [SimpleUploadedFile("a.xlsx", sheet(MAY))], "sender": "区里"})
    assert sent.status_code == 201, sent.content
    batch = sent.json()["id"]
    work()
    rows = client.get(f"/api/z/east/imports/{batch}/rows").json()["rows"]
    assert [one["state"] for one in rows] == ["new", "new", "new"]
    assert client.post(f"/api/z/east/imports/{batch}/import").status_code == 202
    work()
    shown = client.get(f"/api/z/east/imports/{batch}").json()
    assert (shown["state"], shown["counts"]["new"]) == ("imported", 3)
    bad = client.post(f"/api/z/east/imports/rows/{rows[0]['id']}/answers", json.dumps({"answers": {"unit:x": "0"}}), content_type="application/json")  # fmt: skip
    assert (bad.status_code, bad.json()["code"]) == (400, "question-unknown")


def test_a_forgotten_file_leaves_no_words_behind(world: Any) -> None:
    batch = bring(world, sheet(MAY), contact_basis="statutory_duty", contacts_until=date(2028, 6, 1))
    file = ImportFile.objects.get(batch=batch)
    actions.forget_file(viewer=world.viewer(world.statistician), file_id=file.pk)
    assert DocumentContent.objects.get(document=file.document).content is None
    assert set(ImportRow.objects.values_list("title", flat=True)) == {""}
    assert "13800000001" not in json.dumps(list(ImportRow.objects.values_list("content", flat=True)))


def test_pages_open_in_both_languages_with_few_queries(world: Any, django_assert_max_num_queries: Any) -> None:
    batch = bring(world, sheet((*MAY, row(4, "靶材项目", "峰禾材料有限公司", 26000))))
    client = world.client(world.statistician)
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        for address in (
            "",
            "new/",
            f"{batch.pk}/",
            f"{batch.pk}/?show=asked",
            f"{batch.pk}/terms/",
            f"files/{ImportFile.objects.get().pk}/",
        ):
            with django_assert_max_num_queries(26):
                assert client.get(f"/z/east/imports/{address}").status_code == 200, address


def test_a_senders_words_are_told_once_and_remembered(world: Any) -> None:
    line = row(1, "年产5万片功率器件项目", "云帆微电有限公司", 10, industry="电子大类", force="信息组")
    client = world.client(world.statistician)
    address = upload(world, sheet((line,)), sender="城东街道")
    assert "电子大类" in client.get(address).content.decode()
    assert client.get(f"{address}names/").content.decode().count("<select") == 2
    said = {
        "w:industry:电子大类": f"industry:{world.industry.pk}",
        "w:unit:信息组": f"task_force:{world.task_force.pk}",
    }
    assert client.post(f"{address}names/", {"w:industry:电子大类": f"industry:{world.zone.pk}"}).status_code == 400
    assert client.post(f"{address}names/", said).status_code == 302
    work()
    other = upload(world, sheet((line,), title="六月台账"), sender="城东街道")
    for batch in ImportBatch.objects.all():
        resolved = ImportRow.objects.get(batch=batch).content["resolved"]
        assert (resolved["industry"], resolved["task_force"]) == (str(world.industry.pk), str(world.task_force.pk))
    assert client.get(f"{other}names/").content.decode().count(" selected") == 2
