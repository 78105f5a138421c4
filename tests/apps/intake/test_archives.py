"""Zip files of pages and notes: read in the background, resumed after a kill, forgotten with their members."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhaoyin.apps.intake import archives
from zhaoyin.apps.intake.actions import forget_document
from zhaoyin.apps.intake.models import Archive, Draft, ReadingModel
from zhaoyin.apps.jobs import actions as jobs
from zhaoyin.apps.jobs.models import Job
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.sources.models import Document, DocumentContent
from zhaoyin.domain.errors import InvalidValue

TEXTS = [f"5月{day}日,无锡昱锵新材料有限公司投资{day}.5亿元的特种陶瓷项目成功签约。" for day in (6, 7)]


def zipped(*bodies: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for place, body in enumerate(bodies):
            archive.writestr(f"第{place}篇.txt", body)
    return buffer.getvalue()


def receive(world: Any, *bodies: str) -> Archive:
    viewer = world.viewer(world.li)
    return archives.receive_archive(viewer=viewer, content=zipped(*bodies), file_name="材料.zip")


def test_every_member_becomes_a_document_with_proposals(world: Any) -> None:
    made = receive(world, *TEXTS, " ")
    jobs.run(job_id=Job.objects.get().pk)
    made.refresh_from_db()
    assert [row.get("code", "") for row in made.results] == ["", "", "file-empty"]
    assert Draft.objects.filter(kind="project").count() == 2


def test_it_goes_on_after_a_kill_and_keeps_no_member_twice(world: Any) -> None:
    made = receive(world, *TEXTS)
    job = Job.objects.get()
    jobs.run(job_id=job.pk)
    made.refresh_from_db()
    Archive.objects.update(results=made.results[:1])
    Job.objects.update(state="queued")
    jobs.run(job_id=job.pk)
    made.refresh_from_db()
    assert len(made.results) == 2
    assert Document.objects.exclude(media_type="application/zip").count() == 2


def test_a_zip_without_text_is_refused(world: Any) -> None:
    with pytest.raises(InvalidValue, match="archive-without-text"):
        receive(world)


def test_forgetting_a_member_forgets_the_zip_and_what_was_learned(world: Any) -> None:
    made = receive(world, *TEXTS)
    jobs.run(job_id=Job.objects.get().pk)
    made.refresh_from_db()
    document = made.results[0]["document"]
    ReadingModel.objects.create(zone=world.zone, made_at=clock.now(), engine="x", content=b"1", documents=[document])
    forget_document(viewer=world.viewer(world.li), document_id=document, reason="by-person")
    assert DocumentContent.objects.get(document=made.document).content is None
    made.refresh_from_db()
    assert {row["name"] for row in made.results} == {"—"}
    assert not ReadingModel.objects.exists()


def test_an_uploaded_zip_shows_its_progress_and_its_members(world: Any) -> None:
    client = world.client(world.li)
    upload = SimpleUploadedFile("材料.zip", zipped(*TEXTS), "application/zip")
    answer = client.post("/z/east/intake/new/", {"kind": "upload", "file": upload})
    assert answer.status_code == 302
    assert "archives" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert "排队中" in page
    jobs.run(job_id=Job.objects.get().pk)
    assert "第0篇.txt" in client.get(answer["Location"]).content.decode()
    assert world.client(world.zhao).get(answer["Location"]).status_code == 404
