"""A project typed twice is warned of, found, merged and separated; the projects leave in another office's own form."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.apps.exports.test_exports import workbook
from tests.journeys.test_main_story import ZONE, sign_in

pytestmark = pytest.mark.journey
STEMS = {
    ("zh-hans", "desktop"): "漪陵",
    ("en", "phone"): "滟陵",
    ("en", "desktop"): "湉陵",
    ("zh-hans", "phone"): "溦陵",
}


def type_project(page: Any, here: str, name: str, investor: str) -> None:
    page.goto(f"{here}{ZONE}/projects/new/")
    page.fill("#id_name", name)
    page.locator("#id_investor").press_sequentially(investor)
    page.fill("#id_amount", "3.5")


def save(page: Any) -> None:
    with page.expect_navigation():
        page.locator("main form button.btn-primary").first.click()


def confirmed(page: Any, form: Any) -> None:
    form.locator("button").click()
    with page.expect_navigation():
        page.locator("#zy-confirm button[value=yes]").click()


def test_a_project_twice_and_a_form_filled(page: Any, server: Any, tmp_path: Path) -> None:
    here, stem = server.address, STEMS[page.language, page.size_name]
    sign_in(page, here)
    type_project(page, here, f"年产2万套{stem}阀组项目", f"苏州{stem}液压有限公司")
    save(page)
    type_project(page, here, f"{stem}阀组生产基地项目", f"{stem}液压")
    page.wait_for_selector("#similar li")
    assert f"年产2万套{stem}阀组项目" in page.locator("#similar").inner_text()
    save(page)
    second = page.url

    page.goto(f"{second}doubles/")
    line = page.locator("tbody tr", has_text=f"年产2万套{stem}阀组项目")
    assert line.count() == 1
    shoot(page, "doubles", tmp_path)
    confirmed(page, line.locator("form[data-confirm]"))
    page.goto(f"{here}{ZONE}/projects/?q={stem}")
    assert page.locator("tbody tr").count() == 1
    page.goto(second)
    with page.expect_navigation():
        page.locator("form[action*='/unmerge/'] button").click()
    page.goto(f"{here}{ZONE}/projects/?q={stem}")
    assert page.locator("tbody tr").count() == 2

    page.goto(f"{here}{ZONE}/exports/templates/")
    form = tmp_path / "月报.xlsx"
    form.write_bytes(workbook(unit="亿元"))
    page.fill("#id_name", f"{stem}月报")
    page.set_input_files("#id_file", str(form))
    save(page)
    assert page.locator("select[name='field-1']").input_value() == "project_name"
    shoot(page, "template", tmp_path)

    page.goto(f"{here}{ZONE}/projects/?q={stem}")
    page.locator("details.zy-menu summary", has_text=re.compile("导出|Export")).click()
    page.locator("a[href*='/exports/?']").click()
    page.get_by_label(f"{stem}月报").check()
    save(page)
    shoot(page, "filled", tmp_path)
    with page.expect_download() as waiting:
        page.locator("a[href*='/exports/download/']").click()
    filled = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).worksheets[0]
    assert stem in str(filled["B4"].value)
    assert (filled["D4"].value, filled["D5"].value, filled["A6"].value) == (3.5, 3.5, "合计")


def shoot(page: Any, name: str, folder: Path) -> None:
    """A picture for whoever looks at a failure."""
    page.screenshot(path=str(folder / f"{name}-{page.language}-{page.size_name}.png"), full_page=True)
