"""`zhaoyin serve`: pages and background work together."""

import subprocess
import sys
import threading
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from zhaoyin.apps.zones import guards
from zhaoyin.apps.zones.models import Zone

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Worker:
    """The process that does background work, started again when it dies."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._stopping = command, threading.Event()
        self._process = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*self._command, "manage", "work"], stdout=subprocess.DEVNULL)

    def _watch(self) -> None:
        while not self._stopping.wait(5):
            if self._process.poll() is not None:
                self._process = self._start()

    def stop(self) -> None:
        """End the process."""
        self._stopping.set()
        self._process.terminate()


SETTLE_SECONDS = 60
"""Scheduled briefings wait so long after the start: the first page comes first."""


class Command(BaseCommand):
    """Binds 127.0.0.1 unless told otherwise; an installation with demo accounts refuses any other address."""

    help = "Serve pages and run background work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
        parser.add_argument("--tls-cert", help="certificate chain (PEM)")
        parser.add_argument("--tls-key", help="private key (PEM)")
        parser.add_argument("--workers", type=int, default=1, help="web processes (default 1)")
        parser.add_argument("--no-background", action="store_true", help="web only; run `zhaoyin manage work` apart")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["tls_cert"]) != bool(options["tls_key"]):
            raise CommandError("--tls-cert and --tls-key go together")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        demo = list(Zone.objects.filter(is_demo=True).values_list("slug", flat=True))
        if demo and options["address"] not in LOOPBACK:
            raise CommandError(f"demo accounts are for this machine only: remove zone {demo[0]} or serve on 127.0.0.1")
        if guards.missing():
            raise CommandError("the database has lost its guards: run `zhaoyin manage migrate`")
        if options["tls_cert"] and not settings.HTTPS:
            raise CommandError("write --tls-cert in full or set ZHAOYIN_HTTPS=true: cookies would not be secure")
        background = None if options["no_background"] else self._background()
        self._greet(options, demo)
        try:
            self._web(options)
        finally:
            if background is not None:
                background.stop()

    def _background(self) -> "Worker":
        command = [sys.executable, "-m", "zhaoyin.cli.main"]
        threading.Thread(target=self._daily, args=(command,), daemon=True).start()
        return Worker(command)

    def _daily(self, command: list[str]) -> None:
        """At the start and every day at half past midnight."""
        while True:
            subprocess.run([*command, "daily"], stdout=subprocess.DEVNULL, check=False)
            for name in ("hints", "briefings"):
                subprocess.run([*command, "manage", name], stdout=subprocess.DEVNULL, check=False)
            now = datetime.now(ZoneInfo("Asia/Shanghai"))
            following = now.replace(hour=0, minute=30, second=0, microsecond=0) + timedelta(days=1)
            threading.Event().wait((following - now).total_seconds())

    def _greet(self, options: dict[str, Any], demo: list[str]) -> None:
        scheme = "https" if options["tls_cert"] else "http"
        self.stdout.write(f"招引 Zhaoyin: {scheme}://{options['address']}:{options['port']}/")
        if demo:
            self.stdout.write("演示账号 demo sign-in: chief / zhaoyin-demo")
        self.stdout.flush()

    def _web(self, options: dict[str, Any]) -> None:
        server = Granian(
            "zhaoyin.config.wsgi:application",
            address=options["address"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=4,
            log_level=LogLevels.warning,
            ssl_cert=Path(options["tls_cert"]) if options["tls_cert"] else None,
            ssl_key=Path(options["tls_key"]) if options["tls_key"] else None,
        )
        server.serve()
