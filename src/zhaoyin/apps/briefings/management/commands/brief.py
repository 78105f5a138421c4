"""`zhaoyin brief`: a briefing as a Word file, workbook or PDF, straight from the ledger."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.briefings import actions, queries
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.queries import zone_by_slug
from zhaoyin.domain.errors import DomainError


class Command(BaseCommand):
    """Runs as the installation: it sees the whole zone, as the backup does."""

    requires_system_checks = []  # they load every page and the API, which this command never uses
    help = "Write a briefing: .docx, .xlsx or .pdf by the ending of --out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zone", required=True, help="zone, as in its address")
        parser.add_argument(
            "--kind", default="bulletin", help="bulletin, progress, stuck, one-page, task-force, trip or meeting"
        )
        parser.add_argument(
            "--period", default="", help="2026-01/2026-05 (both included), 2026-Q1, 2026; default: this year"
        )
        parser.add_argument("--pack", default="", help="rule pack (default county-contract-date)")
        parser.add_argument("--as-of", default="", help="last day whose events count (default: end of the period)")
        parser.add_argument("--known-at", default="", help="count as known at the end of this day")
        parser.add_argument(
            "--since", default="", help="list why the newly signed changed since they were known on this day"
        )
        parser.add_argument("--task-force", default="", help="id of a task force")
        parser.add_argument("--project", default="", help="id of a project (for --kind meeting)")
        parser.add_argument("--number", default="", help="number of the issue, as printed")
        parser.add_argument("--lang", default="zh", help="zh or en")
        parser.add_argument("--template", default="", help="your own .docx with tags (docs/reference/briefing-tags.md)")
        parser.add_argument("--out", required=True, help="file to write: x.docx, x.xlsx or x.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = zone_by_slug(options["zone"])
        if zone is None:
            raise CommandError(f"no zone {options['zone']!r}")
        viewer = Viewer(UUID(int=0), zone.pk, frozenset({"statistician"}), clock.today())
        out = Path(options["out"])
        given = {
            name: options[name]
            for name in ("kind", "period", "pack", "as_of", "known_at", "since", "task_force", "project", "number")
        }
        try:
            wanted = queries.parse_wanted({**given, "language": options["lang"]}, zone_id=zone.pk)
            template = Path(options["template"]).read_bytes() if options["template"] else None
            document = actions.write(viewer=viewer, zone=zone, wanted=wanted)
            content = actions.file_of(document, out.suffix.lower().lstrip("."), template)
            out.write_bytes(content)
        except DomainError as error:
            raise CommandError(words(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        for remark in document.remarks:
            self.stderr.write(remark)
        self.stdout.write(
            f"{out}  {document.title} {document.subtitle}  {len(content) // 1024} KB  {document.sha256[:16]}"
        )
