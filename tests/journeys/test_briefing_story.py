"""A briefing in a browser: composed, reworded with its figures locked, previewed, downloaded; Chinese and English, desktop and phone."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.journey
ZONE = "/z/demo"


def sign_in(page: Any, address: str, name: str = "chief") -> None:
    page.set_default_timeout(60_000)  # the first page after the start counts for the first time
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "zhaoyin-demo")
    page.click("button[type=submit], form button.btn-primary")
    page.wait_for_url(re.compile(r"/z/demo/"))


def fits(page: Any) -> bool:
    """Nothing makes the page wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))


def downloaded(page: Any, form: str) -> bytes:
    page.locator("details.zy-menu summary", has=page.locator("use[href$='#download']")).first.click()
    with page.expect_download() as started:
        page.locator(f"a[href*='form={form}&']:not([href*='template'])").first.click()
    return Path(started.value.path()).read_bytes()


def test_a_bulletin_is_composed_reworded_and_handed_out(page: Any, server: Any) -> None:
    here = server.address
    sign_in(page, here)
    page.goto(f"{here}{ZONE}/briefings/new/?kind=bulletin&period=2026-01/2026-05")
    assert page.locator(".zb-sheet .zb-lead .zb-figure", has_text="162").count() == 1
    assert fits(page)
    page.select_option("select[name=kind]", "one-page")
    page.locator("#preview svg title", has_text=re.compile("目标完成率|target")).first.wait_for(state="attached")
    page.select_option("select[name=kind]", "bulletin")
    page.locator("#preview .zb-sheet h3 >> nth=4").wait_for()
    page.click("#compose-form button.btn-primary")
    page.wait_for_url(re.compile(r"/briefings/[0-9a-f-]{36}/$"))

    page.locator("a[href$='/edit/']").click()
    box = page.locator(".zb-wording").first
    assert box.locator(".zb-chip", has_text="162").get_attribute("contenteditable") == "false"
    box.evaluate("box => { box.prepend('今年开局平稳，'); box.dispatchEvent(new Event('input')); }")
    assert fits(page)
    page.locator("form[data-wording] button.btn-primary").click()
    page.wait_for_url(re.compile(r"/briefings/[0-9a-f-]{36}/$"))
    lead = page.locator(".zb-sheet .zb-lead").first.inner_text()
    assert lead.startswith("今年开局平稳，")
    assert "162" in lead

    page.locator("a[href$='/edit/']").click()
    box = page.locator(".zb-wording").first
    box.evaluate("box => { box.querySelector('.zb-chip').remove(); box.dispatchEvent(new Event('input')); }")
    page.locator("form[data-wording] button.btn-primary").click()
    assert "162" in page.locator(".zb-error").first.inner_text()

    page.goto(re.sub(r"edit/$", "", page.url))
    assert downloaded(page, "pdf").startswith(b"%PDF")
    page.reload()
    word = zipfile.ZipFile(io.BytesIO(downloaded(page, "docx"))).read("word/document.xml").decode()
    assert "今年开局平稳" in word
    page.reload()
    assert zipfile.ZipFile(io.BytesIO(downloaded(page, "xlsx"))).testzip() is None
    assert fits(page)
