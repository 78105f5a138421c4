"""`zhaoyin restore FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.backup import restore_archive
from zhaoyin.domain.errors import DomainError


class Command(BaseCommand):
    """Into an empty installation only; the guards and newer migrations are put on, then the ledger is verified."""

    help = "Restore an archive into an empty installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_archive(archive=options["file"])
        except DomainError as error:
            raise CommandError(words(error)) from error
        call_command("migrate", verbosity=0)
        self.stdout.write(f"restored: archive of {manifest['made_at']}")
        call_command("ledger", "verify", stdout=self.stdout)
