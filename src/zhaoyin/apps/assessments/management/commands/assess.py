"""`zhaoyin manage assess`: scores of the task forces with their working."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.assessments import actions, queries
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.reports import queries as reports
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.apps.zones.queries import zone_by_slug
from zhaoyin.domain.errors import DomainError


class Command(BaseCommand):
    """Figures, targets and a scheme to scores."""

    help = "Assess the task forces of a zone: rank, total, and the working of each score."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zone", required=True, help="zone, as in its address")
        parser.add_argument(
            "--period", default="", help="2026-01/2026-05 (both included); default: this year up to today"
        )
        parser.add_argument("--pack", default="", help="rule pack (default county-contract-date)")
        parser.add_argument("--scheme", default="", help="assessment scheme (default task-force-year)")
        parser.add_argument("--as-of", default="", help="last day whose events count")
        parser.add_argument("--json", action="store_true", help="the whole result; decimals are texts")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = zone_by_slug(options["zone"])
        if zone is None:
            raise CommandError(f"no zone {options['zone']!r}")
        viewer = Viewer(person_id=new_id(), zone_id=zone.pk, roles=frozenset({Role.AUDITOR.value}), on=clock.today())
        try:
            asked = reports.parse_asked(
                period=options["period"], pack=options["pack"], as_of=options["as_of"], zone_id=zone.pk
            )
            scheme = queries.scheme_of(zone_id=zone.pk, name=options["scheme"])
            result = actions.result_of(queries.assessed(viewer=viewer, scheme=scheme, asked=asked))
        except DomainError as error:
            raise CommandError(words(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, sort_keys=True))
            return
        for unit in result["units"]:
            mark = "  红榜 red" if unit["red"] else "  黑榜 black" if unit["black"] else ""
            self.stdout.write(f"{unit['rank']}  {unit['name']}  {unit['total']}{mark}")
            for one in unit["indicators"]:
                self.stdout.write(f"     {one['name']}: {one['working'] or one['gap']}")
