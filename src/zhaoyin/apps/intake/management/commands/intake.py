"""Read files into proposals from the command line: `zhaoyin manage intake --zone demo --as li FILE...`."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from zhaoyin.apps.accounts.access import enter_zone
from zhaoyin.apps.accounts.models import Person
from zhaoyin.apps.intake.access import get_reading
from zhaoyin.apps.intake.actions import receive_file
from zhaoyin.apps.intake.queries import drafts_of
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError


class Command(BaseCommand):
    """Keeps each file as received and proposes what is in it; a file that cannot be read does not stop the others."""

    help = "read pages and notes into proposals that wait for review"

    def add_arguments(self, parser: CommandParser) -> None:
        """Zone, person, files."""
        parser.add_argument("--zone", required=True)
        parser.add_argument("--as", dest="person", required=True, help="user name of the person who receives")
        parser.add_argument("--pub", help="publication date YYYY-MM-DD of all files")
        parser.add_argument("files", nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a file; CommandError at the end when any failed."""
        person = Person.objects.filter(username=options["person"]).first()
        if person is None:
            raise CommandError(f"no person {options['person']!r}")
        published_on = date.fromisoformat(options["pub"]) if options["pub"] else None
        failed = 0
        try:
            _zone, viewer = enter_zone(person=person, slug=options["zone"], on=timezone.localdate())
        except DomainError as error:
            raise CommandError(words(error)) from error
        for name in options["files"]:
            path = Path(name)
            try:
                received = receive_file(
                    viewer=viewer, content=path.read_bytes(), file_name=path.name, published_on=published_on
                )
            except (DomainError, OSError) as error:
                failed += 1
                self.stderr.write(f"{name}: {words(error) if isinstance(error, DomainError) else error}")
                continue
            drafts = drafts_of(get_reading(viewer, received.document.pk))
            self.stdout.write(
                f"{name}: {received.document.pk} {len(drafts)} proposals{' (known)' if received.known else ''}"
            )
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files were not read")
