"""A server of its own with the demo zone, and a browser: Debian's Chromium, driven by Playwright."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
TODAY = "2026-11-20"
SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Server:
    """Where it listens and where its data is."""

    address: str
    home: Path

    def zhaoyin(self, *arguments: str) -> str:
        """Run a command on the server's data."""
        return run(self.home, *arguments)


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"ZHAOYIN_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "ZHAOYIN_HOME": str(home)}


def run(home: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "zhaoyin.cli.main", *arguments]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    run(home, "demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "zhaoyin.cli.main", "serve", "--port", str(port)],
        env=environment(home),
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/accounts/login/", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail("the server did not start: " + (home / "log").read_text()[-2000:])
        yield Server(address, home)
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(
    params=[("zh-hans", "desktop"), ("en", "phone"), ("en", "desktop"), ("zh-hans", "phone")], ids=lambda p: "-".join(p)
)
def page(request: pytest.FixtureRequest, browser: Any, server: Server) -> Iterator[Any]:
    """A fresh browser profile in a language and a size; an error in the console fails the test."""
    language, size = request.param
    context = browser.new_context(
        viewport=SIZES[size], locale="zh-CN" if language != "en" else "en-US", has_touch=size == "phone"
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": server.address}])
    context.set_default_timeout(15_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda said: errors.append(said.text) if said.type == "error" and "Content Security" in said.text else None,
    )
    opened.language, opened.size_name = language, size
    yield opened
    context.close()
    assert errors == []
