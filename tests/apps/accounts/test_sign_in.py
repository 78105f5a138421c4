"""Signing in: password, lockout, two-step verification, sign-out; the pages wear our look in both languages."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

PASSWORD = "yun-ling-2026-gao"


@pytest.fixture
def li(world: Any) -> Any:
    cache.clear()
    world.li.set_password(PASSWORD)
    world.li.save()
    return world.li


def _sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": "li", "password": password})


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_it_signs_in_and_enters_the_only_zone(world: Any, li: Any) -> None:
    client = Client()
    answer = _sign_in(client)
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == f"/z/{world.zone.slug}/"


def test_it_locks_after_five_wrong_passwords(li: Any) -> None:
    client = Client()
    answers = [_sign_in(client, "wrong-password-x") for _ in range(6)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code in {403, 429}
    assert "15 分钟" in answers[-1].content.decode()
    assert _sign_in(client).status_code in {403, 429}


def test_it_does_not_say_whether_a_login_exists(li: Any) -> None:
    wrong = _sign_in(Client(), "wrong-password-x").content.decode()
    nobody = Client().post("/accounts/login/", {"login": "nobody", "password": "wrong-password-x"}).content.decode()
    assert wrong.count("zy-tone-red") == nobody.count("zy-tone-red") == 1


def test_it_asks_for_the_code_once_two_step_verification_is_on(world: Any, li: Any) -> None:
    client = Client()
    _sign_in(client)
    page = client.get("/accounts/2fa/totp/activate/")
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get("/accounts/2fa/totp/activate/")
    html = page.content.decode()
    assert "data:image/svg+xml" in html
    secret = html.split('zy-once">')[1].split("<")[0]
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/totp/activate/", {"code": _code(secret)}).status_code == 302
    codes = client.get("/accounts/2fa/recovery-codes/").content.decode().split('zy-once">')[1].split("<")[0].split()
    assert len(codes) == 10
    client.post("/accounts/logout/")
    cache.clear()
    other = Client()
    answer = _sign_in(other)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert other.get(f"/z/{world.zone.slug}/").status_code == 302
    assert "两步验证" in other.get(answer["Location"]).content.decode()
    other.post(answer["Location"], {"code": codes[0]})
    assert other.get(f"/z/{world.zone.slug}/").status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "path", ["login/", "logout/", "password/change/", "password/reset/", "2fa/", "reauthenticate/", "signup/"]
)
def test_it_wears_our_look(li: Any, path: str, language: str) -> None:
    client = Client()
    if path not in {"login/", "password/reset/", "signup/"}:
        _sign_in(client)
    client.cookies["django_language"] = language
    answer = client.get(f"/accounts/{path}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "zy-bare-card" in html and f'lang="{language}"' in html


def test_it_changes_the_password(li: Any) -> None:
    client = Client()
    _sign_in(client)
    new = "another-good-2026"
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    cache.clear()
    assert _sign_in(Client(), new)["Location"] == "/"


def test_it_sends_strict_headers(li: Any) -> None:
    headers = Client().get("/accounts/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert headers["X-Frame-Options"] == "DENY"
