"""`zhaoyin manage work`: do background work until stopped."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from zhaoyin.apps.jobs.actions import take_up_silent

PAUSE = 30
"""Seconds between two looks for work that was killed."""


class Command(BaseCommand):
    """The worker of django-tasks, and beside it a look for killed jobs. `zhaoyin serve` runs it as a process of its own."""

    help = "Do background work (imports, readings) until stopped; killed work is taken up again."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=self._look, daemon=True).start()
        call_command("db_worker", interval=1, verbosity=1)

    def _look(self) -> None:
        pause = threading.Event()
        while True:
            try:
                take_up_silent()
            finally:
                connection.close()
            pause.wait(PAUSE)
