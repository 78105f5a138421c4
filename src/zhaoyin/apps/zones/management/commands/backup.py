"""`zhaoyin backup FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhaoyin.apps.zones.backup import write_archive


class Command(BaseCommand):
    """The archive holds every zone of the installation."""

    help = "Write database and documents into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        write_archive(to=options["file"].absolute(), at=timezone.now())
        self.stdout.write(f"{options['file']}: {options['file'].stat().st_size} bytes")
