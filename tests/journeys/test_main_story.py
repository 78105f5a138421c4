"""The main job, from a page to a trusted figure: Chinese and English, desktop and phone."""

import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src/zhaoyin/apps/dashboard/demo/sample_page.txt"
ZONE = "/z/demo"
FIRMS = {
    ("zh-hans", "desktop"): "沧禾",
    ("en", "phone"): "沧穗",
    ("en", "desktop"): "沧苗",
    ("zh-hans", "phone"): "沧圃",
}
"""Each run reads about a firm of its own: the same page pasted again opens the review of the first time."""


def signed(page: Any, address: str) -> int:
    """The figure 新签约 on the dashboard."""
    page.goto(f"{address}{ZONE}/dashboard/")
    tile = page.locator("a.zy-stat[href*='figure=newly_signed']").first
    return int(re.sub(r"\D", "", tile.locator(".zy-stat-value").inner_text().split("\n")[0].split(" ")[0]))


def sign_in(page: Any, address: str, name: str = "chief") -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "zhaoyin-demo")
    page.click("button[type=submit], form button.btn-primary")
    page.wait_for_url(re.compile(r"/z/demo/"))


def test_from_a_pasted_page_to_the_figure_that_moved(page: Any, server: Any) -> None:
    here = server.address
    sign_in(page, here)
    assert page.locator("html").get_attribute("lang") == page.language
    before = signed(page, here)

    page.goto(f"{here}{ZONE}/intake/new/?kind=paste")
    firm = FIRMS[page.language, page.size_name]
    page.fill("textarea[name=text]", SAMPLE.read_text(encoding="utf-8").replace("沧禾", firm))
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/intake/documents/"))
    assert page.locator(".zy-document .zy-boilerplate").count() > 0
    card = page.locator("article.zy-draft", has_text=f"{firm}数字").first
    assert re.search("10 亿元|CNY 1 bn", card.inner_text())
    card.locator("select[name$=task_force]").select_option(index=1)
    again = card.locator("input[name$=although_similar]")
    card.locator("button[name=to][value=project]").click()
    page.wait_for_timeout(400)
    if again.count():
        again.check()
        card.locator("button[name=to][value=project]").click()
    link = card.locator("a[href*='/projects/']", has_text=firm).last
    link.click()
    page.wait_for_url(re.compile(r"/projects/[0-9a-f-]+/"))
    project = page.url.split("#")[0]
    assert firm in page.locator("h1").inner_text()

    page.goto(f"{project}advance/?step=signed")
    page.fill("textarea[name=note]", "投资合同,党工委会议纪要")
    page.click("main form button.btn-primary")
    page.wait_for_url(project)
    assert page.locator(".zy-step-current, .zy-step-done").count() >= 3

    assert signed(page, here) == before + 1
    page.locator("a.zy-stat[href*='figure=newly_signed']").first.click()
    page.wait_for_url(re.compile(r"/figures/"))
    records = page.locator("#records")
    records.get_by_text(firm, exact=False).first.wait_for()
    assert page.locator("#not-counted h3").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")


def test_another_task_force_finds_nothing(page: Any, server: Any) -> None:
    sign_in(page, server.address, "admin")
    for path in ("dashboard/", "figures/", "projects/"):
        answer = page.goto(f"{server.address}{ZONE}/{path}")
        assert answer.status in {200, 403, 404}
        assert page.locator("td a[href*='/projects/0']").count() == 0


def test_the_ledger_is_whole_after_all_of_it(server: Any) -> None:
    assert "whole" in server.zhaoyin("ledger", "verify", "--zone", "demo")
