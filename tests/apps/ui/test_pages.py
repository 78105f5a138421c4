"""The frame: language, text size, errors, search."""

from typing import Any

import pytest
from django.test import Client


def test_it_sets_the_language_of_the_page(world: Any) -> None:
    client = world.client(world.chief)
    assert (
        b'lang="zh-hans"' in client.get("/z/test/").content
        or b'lang="zh-hans"' in client.get(f"/z/{world.zone.slug}/").content
    )
    answer = client.post("/ui/language/", {"language": "en", "next": f"/z/{world.zone.slug}/"})
    assert answer["Location"] == f"/z/{world.zone.slug}/"
    assert b'lang="en"' in client.get(f"/z/{world.zone.slug}/").content
    world.chief.refresh_from_db()
    assert world.chief.language == "en"


def test_it_goes_on_only_to_this_site(db: None) -> None:
    answer = Client().post("/ui/language/", {"language": "en", "next": "https://elsewhere.example/x"})
    assert answer["Location"] == "/"


def test_it_keeps_large_text(world: Any) -> None:
    client = world.client(world.chief)
    client.post("/ui/text-size/", {"size": "large", "next": "/"})
    assert b'data-text="large"' in client.get(f"/z/{world.zone.slug}/").content
    world.chief.refresh_from_db()
    assert world.chief.large_text


@pytest.mark.parametrize("path", ["/z/{other}/", "/z/{zone}/nothing/", "/z/no-such-zone/", "/nothing/"])
def test_it_answers_404_with_a_page_in_chinese(world: Any, path: str) -> None:
    answer = world.client(world.li).get(path.format(zone=world.zone.slug, other=world.other_zone.slug))
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()


def test_it_answers_403_to_a_role_that_may_not(world: Any) -> None:
    answer = world.client(world.li).get(f"/z/{world.zone.slug}/people/")
    assert answer.status_code == 403
    assert "角色" in answer.content.decode(), answer.content.decode()[900:]


def test_it_sends_a_stranger_to_the_sign_in_page(world: Any) -> None:
    answer = Client().get(f"/z/{world.zone.slug}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_it_finds_pages_in_the_palette(world: Any) -> None:
    answer = world.client(world.chief).get(f"/z/{world.zone.slug}/search/palette/", {"q": "专班"})
    titles = [hit["title"] for group in answer.json()["groups"] for hit in group["hits"]]
    assert "专班" in titles
    assert "信息技术专班" in titles


def test_it_escapes_what_was_searched(world: Any) -> None:
    answer = world.client(world.chief).get(f"/z/{world.zone.slug}/search/", {"q": "<script>alert(1)</script>"})
    assert b"<script>alert(1)" not in answer.content
    assert "没有找到" in answer.content.decode()


def test_it_has_no_inline_script_or_handler(world: Any) -> None:
    html = world.client(world.chief).get(f"/z/{world.zone.slug}/").content.decode()
    assert "<script>" not in html
    assert " onclick=" not in html and " style=" not in html


def test_it_explains_an_address_that_takes_only_forms(world: Any) -> None:
    answer = world.client(world.admin).get(f"/z/{world.zone.slug}/people/{world.li.pk}/reset/")
    assert answer.status_code == 405
    assert "只接受表单提交" in answer.content.decode()
    assert answer["Allow"] == "POST"


def test_it_answers_a_stale_page_with_words(world: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/z/{world.zone.slug}/people/{world.li.pk}/reset/")
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_it_answers_json_callers_in_json(world: Any) -> None:
    answer = world.client(world.li).get(f"/z/{world.zone.slug}/people/", headers={"Accept": "application/json"})
    assert answer.json()["error"]["status"] == 403
