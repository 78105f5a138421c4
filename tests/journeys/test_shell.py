"""The frame in a browser: palette, keyboard, language, large text, phone, confirmation, one-time link."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

OpenPage = Callable[..., Any]
PASSWORD = "yun-ling-2026-gao"
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[OpenPage]:
    """`open_page(width=390, language="en")`: a fresh window; an error in the console fails the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_one(*, width: int = 1440, language: str = "zh-hans") -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="en-US" if language == "en" else "zh-CN",
            has_touch=width < 600,
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


def sign_in(page: Any, person: Any) -> None:
    """Through the sign-in form."""
    person.set_password(PASSWORD)
    person.save()
    page.goto("/accounts/login/")
    page.fill("#id_login", person.username)
    page.fill("#id_password", PASSWORD)
    page.click("button.zy-full")
    page.wait_for_url("**/z/**")


def fits(page: Any) -> bool:
    """Whether nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.fixture
def place(transactional_db: None) -> Any:
    from tests.conftest import build_world

    return build_world()


def test_it_finds_and_opens_with_the_keyboard_alone(place: Any, open_page: Any) -> None:
    page = open_page()
    sign_in(page, place.chief)
    page.keyboard.press("/")
    page.keyboard.type("信息")
    page.wait_for_selector("#zy-palette-list a:has-text('信息技术专班')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/taskforces/{place.task_force.pk}/")
    assert page.inner_text("h1").startswith("信息技术专班")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    assert not page.is_visible("#zy-palette")
    page.goto(f"/z/{place.zone.slug}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "zy-skip"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_in_both_languages_large_or_not(place: Any, open_page: Any, width: int, language: str) -> None:
    page = open_page(width=width, language=language)
    sign_in(page, place.chief)
    paths = [
        "",
        "taskforces/",
        f"taskforces/{place.task_force.pk}/",
        "taskforces/units/",
        "people/",
        "people/invite/",
        "people/tokens/",
        "projects/",
        "projects/board/",
        "projects/new/",
        "companies/",
        "engagements/",
        "leads/",
        "intake/new/",
        "inbox/",
        "dashboard/",
        "figures/",
    ]
    for large in (False, True):
        page.context.add_cookies(
            [{"name": "zy_text", "value": "large" if large else "normal", "url": page.evaluate("location.origin")}]
        )
        for path in paths:
            page.goto(f"/z/{place.zone.slug}/{path}")
            assert fits(page), (path, width, large)
    assert page.get_attribute("html", "data-text") == "large"
    assert page.get_attribute("html", "lang") == language


def test_it_invites_asks_before_deactivating_and_lets_the_invited_in(place: Any, open_page: Any) -> None:
    page = open_page()
    sign_in(page, place.admin)
    page.goto(f"/z/{place.zone.slug}/people/invite/")
    page.fill("#id_display_name", "钱")
    page.fill("#id_username", "qian")
    page.check("input[value=recruiter]")
    page.click("main form button.btn-primary")
    link = page.inner_text("#once")
    other = open_page(width=390)
    other.goto(link)
    other.fill("#id_password", PASSWORD)
    other.fill("#id_again", PASSWORD)
    other.click("button.zy-full")
    other.fill("#id_login", "qian")
    other.fill("#id_password", PASSWORD)
    other.click("button.zy-full")
    other.wait_for_url(f"**/z/{place.zone.slug}/")
    page.click("form[action$='deactivate/'] button")
    page.click("#zy-confirm button[value=no]")
    assert "已停用" not in page.inner_text("h1 + p")
    page.click("form[action$='deactivate/'] button")
    page.click("#zy-confirm button[value=yes]")
    page.wait_for_selector(".zy-message:has-text('已停用')")
    other.reload()
    assert "/accounts/login/" in other.url


def test_it_switches_language_and_text_size_on_the_phone(place: Any, open_page: Any) -> None:
    page = open_page(width=390)
    sign_in(page, place.li)
    page.click(".zy-more > summary")
    page.click(".zy-more button[value=en]")
    page.wait_for_selector("html[lang=en]")
    page.click(".zy-more > summary")
    page.click(".zy-more button[value=large]")
    page.wait_for_selector("html[data-text=large]")
    assert fits(page)
