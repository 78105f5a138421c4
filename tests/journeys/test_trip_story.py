"""A trip: whom to meet, planned, published, one called off on the road and planned anew; a note without a network is sent once."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_main_story import ZONE, sign_in
from tests.journeys.test_report_story import save, shoot

pytestmark = pytest.mark.journey
SAID = "对方同意下周来看地"


def next_working_days(count: int) -> list[date]:
    """The next weekdays from today on; the first may be today."""
    day, found = date.today(), []
    while len(found) < count:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(days=1)
    return found


def set_up(page: Any, here: str, name: str) -> None:
    days = next_working_days(4)
    page.goto(f"{here}{ZONE}/trips/new/")
    page.fill("#id_name", name)
    page.fill("#id_home", "青岛" if page.language != "en" else "Qingdao")
    page.fill("#id_starts_on", days[0].isoformat())
    page.fill("#id_ends_on", days[-1].isoformat())
    page.check("#id_weekends")
    save(page)
    assert page.url.endswith("/candidates/")


def add_by_hand(page: Any, trip: str, title: str, city: str) -> None:
    page.goto(f"{trip}candidates/")
    page.fill("#id_title", title)
    page.fill("#id_city", city)
    with page.expect_navigation():
        page.locator("form[action*='/stops/new/'] button").click()


def press(page: Any, action: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[action*='/{action}/'] button").first.click()


def test_a_trip_from_the_list_to_the_report(page: Any, server: Any, tmp_path: Path) -> None:
    here, chinese = server.address, page.language != "en"
    name = f"旅程 {page.language} {page.size_name}"
    sign_in(page, here, "leader")
    set_up(page, here, name)
    trip = page.url.removesuffix("candidates/")
    for box in page.locator("input[name=chosen]").all()[:3]:
        box.check()
    shoot(page, "candidates", tmp_path)
    with page.expect_navigation():
        page.locator("form button.btn-primary").first.click()
    add_by_hand(page, trip, f"{name}甲", "济南" if chinese else "Jinan")
    add_by_hand(page, trip, f"{name}乙", "济南" if chinese else "Jinan")
    press(page, "plan")
    assert page.locator(".zy-meet").count() >= 2
    shoot(page, "planner", tmp_path)
    press(page, "publish")

    menu = page.locator(".zy-trip-stop", has_text=f"{name}乙").locator("details.zy-trip-menu")
    menu.locator("summary").click()
    with page.expect_navigation():
        menu.locator("button[value=cancelled]").click()
    press(page, "plan")
    assert page.locator(".zy-meet:not(.zy-gone)", has_text=f"{name}乙").count() == 0
    press(page, "publish")
    page.locator("[hx-get*='day_more']").click()
    page.wait_for_selector(".zy-tried")
    shoot(page, "replanned", tmp_path)

    write_a_note(page, trip, f"{name}甲", name, tmp_path)
    page.goto(f"{trip}report/")
    assert f"{SAID} {name}" in page.locator("main").inner_text()
    shoot(page, "report", tmp_path)
    with page.expect_download() as waiting:
        page.locator("a[href$='report.docx']").click()
    assert Path(waiting.value.path()).read_bytes()[:2] == b"PK"


def write_a_note(page: Any, trip: str, title: str, name: str, folder: Path) -> None:
    """Typed without a network; then the first answer of the server is lost on the way: it is written once all the same."""
    page.goto(trip)
    page.locator(".zy-trip-list a", has_text=title).first.click()
    page.wait_for_load_state()
    page.locator("a[href$='/note/']").first.click()
    page.fill("#id_note", f"{SAID} {name}")
    page.context.set_offline(True)
    page.locator("form[data-note-url] button.btn-primary").click()
    page.wait_for_selector("#note-queue:not([hidden])")
    assert title in page.locator("#note-queue").inner_text()
    shoot(page, "offline", folder)
    lost = {"left": 1}

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        if lost["left"]:
            lost["left"] -= 1
            route.abort()
        else:
            route.continue_()

    page.route("**/notes", lose_the_answer)
    page.context.set_offline(False)
    page.wait_for_function("indexedDB.databases !== undefined")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("#note-queue", state="hidden")
    page.unroute("**/notes")
    here = trip.split("/trips/")[0]
    page.goto(f"{here}/engagements/?mine=1")
    assert page.locator("tbody tr", has_text=f"{SAID} {name}").count() == 1
