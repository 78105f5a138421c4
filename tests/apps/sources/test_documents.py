"""Documents as received: text with a place marked, bytes only as a download."""

from typing import Any

from django.urls import reverse

from zhaoyin.apps.sources.actions import receive, redact

HTML = b"<html><script>alert(1)</script><p>text</p></html>"


def made(world: Any, text: str = "第一行\n<b>第二行</b>") -> Any:
    return receive(
        viewer=world.viewer(world.li),
        kind="page",
        content=HTML,
        text=text,
        file_name="页面.html",
        media_type="text/html",
    )


def test_it_marks_the_place_and_escapes_the_rest(world: Any) -> None:
    document = made(world)
    url = reverse("sources:document", args=[world.zone.slug, document.pk])
    page = world.client(world.li).get(url + "?start=0&end=3").content.decode()
    assert '<mark id="span">第一行</mark>' in page and "&lt;b&gt;第二行" in page and "<script>alert" not in page
    for broken in ("?start=9&end=3", "?start=x", "?start=0&end=99999"):
        assert world.client(world.li).get(url + broken).status_code == 200


def test_the_bytes_are_never_a_page(world: Any) -> None:
    document = made(world)
    answer = world.client(world.li).get(reverse("sources:download", args=[world.zone.slug, document.pk]))
    assert answer.content == HTML
    assert answer["Content-Type"] == "application/octet-stream" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_redacted_document_says_so(world: Any) -> None:
    document = made(world)
    redact(viewer=world.viewer(world.li), document_id=document.pk, reason="by-person")
    document.refresh_from_db()
    assert (document.title, document.file_name, document.source_url) == (None, None, None)
    client = world.client(world.li)
    page = client.get(reverse("sources:document", args=[world.zone.slug, document.pk])).content.decode()
    assert "内容已清除" in page and "第二行" not in page
    assert client.get(reverse("sources:download", args=[world.zone.slug, document.pk])).status_code == 404


def test_a_colleague_sees_it_and_another_task_force_does_not(world: Any) -> None:
    url = reverse("sources:document", args=[world.zone.slug, made(world).pk])
    assert world.client(world.wang).get(url).status_code == 200
    assert world.client(world.chief).get(url).status_code == 200
    assert world.client(world.zhao).get(url).status_code == 404
