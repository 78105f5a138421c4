"""Ledgers in: three files, one with a trap, a duplicate told by its reasons, figures that move and move back."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.apps.imports.ledgers import HEAD, row, sheet
from tests.journeys.test_main_story import ZONE, sign_in, signed

pytestmark = pytest.mark.journey
STEMS = {("zh-hans", "desktop"): "漪", ("en", "phone"): "滟", ("en", "desktop"): "湉", ("zh-hans", "phone"): "溦"}
"""Each run brings firms of its own."""


def ledgers(folder: Path, stem: str) -> list[str]:
    """A ledger with its total, one with an amount in the wrong unit, one that names a project of the first again."""
    force, firm = "新一代信息技术专班", f"{stem}川电子有限公司"
    first = sheet(
        [row(1, f"{stem}川功率模块封装项目", firm, 6, force=force), row(2, f"{stem}岭光学镜头项目", f"{stem}岭光学有限公司", 2.5, "2026-05-20", force=force)],
        total=("合计", "", "", 8.5),
    )  # fmt: skip
    trap = sheet(
        [row(n, f"{stem}{name}", f"{stem}{name[:1]}材料有限公司", amount, force=force) for n, name, amount in ((1, "峰靶材项目", 3.1), (2, "泽基板项目", 2.2), (3, "原树脂项目", 26000), (4, "野浆料项目", 1.9))],
        title="街道签约项目（截至2026年5月31日）",
    )  # fmt: skip
    again = sheet(
        [(1, f"功率模块封装生产基地（{firm}）", f"{stem}川电子", 6, "2026-05-12", "已开工", "新一代信息技术", force, "钱一", "13800000001")],
        head=HEAD, title="开工项目（截至2026年5月31日）",
    )  # fmt: skip
    paths = []
    for name, data in (("甲.xlsx", first), ("乙.xlsx", trap), ("丙.xlsx", again)):
        path = folder / f"{stem}{name}"
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def wait_for_work(page: Any) -> None:
    """The bar reloads the page when the work is over."""
    page.wait_for_selector(".zy-progress", state="detached", timeout=60_000)
    page.wait_for_load_state()


def confirm(page: Any, pattern: str) -> None:
    """Press a button that asks first."""
    page.locator("form[data-confirm] button", has_text=re.compile(pattern)).first.click()
    with page.expect_navigation():
        page.locator("#zy-confirm button[value=yes]").click()
    wait_for_work(page)


def test_three_ledgers_in_a_duplicate_told_and_everything_back(page: Any, server: Any, tmp_path: Path) -> None:
    here = server.address
    stem = STEMS[page.language, page.size_name]
    sign_in(page, here, "statistician")
    before = signed(page, here)

    page.goto(f"{here}{ZONE}/imports/new/")
    page.set_input_files("input[name=ledgers]", ledgers(tmp_path, stem))
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]+/"))
    wait_for_work(page)
    batch = page.url.split("?")[0]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")

    page.locator("a[href*='/imports/files/']").first.click()
    page.wait_for_selector("table.zy-sheet td.zy-col-3")
    assert page.locator("select[name^=field-] option[selected]").count() >= 8
    page.goto(f"{batch}?show=asked")
    trap = page.locator("article.zy-import-row", has_text=f"{stem}原树脂项目")
    assert trap.locator(".zy-question").count() == 1
    trap.locator("button", has_text=re.compile(r"^2\.6 亿|260 m")).click()
    trap.locator(".zy-question").wait_for(state="detached")
    twin = page.locator("article.zy-import-row", has_text="功率模块封装生产基地")
    for _ in range(twin.locator(".zy-question").count()):
        twin.locator(".zy-question button").first.click()
        page.wait_for_timeout(600)
    assert twin.locator(".zy-question").count() == 0

    page.goto(batch)
    confirm(page, "^(导入|Import)$")
    assert signed(page, here) == before + 6

    page.goto(batch)
    confirm(page, "撤销整批|Undo the batch")
    assert signed(page, here) == before
    page.goto(f"{here}{ZONE}/projects/?q={stem}川")
    assert page.get_by_text("功率模块").count() == 0
