"""Take the pictures of the README anew: demo zone of a fixed day, headless Chromium → docs/images/*.png."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
SAMPLE = ROOT / "src/zhaoyin/apps/dashboard/demo/sample_page.txt"
TODAY = "2026-06-01"
PASSWORD = "zhaoyin-demo"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN",
]  # fmt: skip


def zhaoyin(home: str, *arguments: str) -> list[str]:
    """The command line that runs in `home`."""
    os.environ["ZHAOYIN_HOME"] = home
    return [sys.executable, "-m", "zhaoyin.cli.main", *arguments]


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("screenshots: the server did not start")


def sign_in(page: Any, address: str, login: str) -> None:
    """As one of the demo people."""
    page.goto(f"{address}/accounts/login/")
    page.fill("#id_login", login)
    page.fill("#id_password", PASSWORD)
    page.click("button.zy-full")
    page.wait_for_url("**/z/demo/")


def take(browser: Any, address: str) -> None:
    """War room, a project and the review page on a desktop; today on a phone."""
    desktop = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = desktop.new_page()
    sign_in(page, address, "leader")
    page.goto(f"{address}/z/demo/dashboard/?period=2026-01/2026-05")
    page.wait_for_timeout(1200)
    page.screenshot(path=IMAGES / "war-room.png")
    page.goto(f"{address}/z/demo/projects/?stage=signed")
    page.click("tbody tr:nth-child(2) a")
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / "project.png")
    page.goto(f"{address}/z/demo/intake/new/")
    page.fill("textarea", SAMPLE.read_text("utf-8"))
    page.click("main form button.btn-primary")
    page.wait_for_url("**/intake/documents/**")
    page.wait_for_timeout(800)
    page.screenshot(path=IMAGES / "review.png")
    state = desktop.storage_state()
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", storage_state=state)
    small = phone.new_page()
    small.goto(f"{address}/z/demo/")
    small.wait_for_timeout(500)
    small.screenshot(path=IMAGES / "today-phone.png")


def main() -> int:
    """Entry point."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        subprocess.run(zhaoyin(home, "demo", "--today", TODAY), check=True, capture_output=True)
        server = subprocess.Popen(
            zhaoyin(home, "serve", "--port", str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/accounts/login/")
            with sync_playwright() as playwright:
                path = shutil.which("chromium") or "/usr/bin/chromium"
                browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
                take(browser, address)
                browser.close()
        finally:
            server.terminate()
            server.wait(10)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
