"""`zhaoyin count`: figures for a period, with the projects behind them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhaoyin.apps.reports import queries
from zhaoyin.apps.reports.presentation import RULE_LABELS, quantity_text
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.queries import zone_by_slug
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.figure import Verdict


class Command(BaseCommand):
    """Tails the ledger into the mirror, then counts."""

    help = "Figures for a period with their records; --why adds every other project and the rule that kept it out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zone", required=True, help="zone, as in its address")
        parser.add_argument("--period", required=True, help="2026-01/2026-05 (both included), 2026-Q1, 2026")
        parser.add_argument("--pack", default="", help="rule pack (default county-contract-date)")
        parser.add_argument("--as-of", default="", help="last day whose events count (default: end of the period)")
        parser.add_argument("--known-at", default="", help="count as known at the end of this day")
        parser.add_argument(
            "--known-basis", default="", choices=["", "recorded", "reported"],
            help="whether --known-at means when it was recorded here (default) or the date of the ledger that reported it",
        )  # fmt: skip
        parser.add_argument(
            "--why", action="store_true", help="also the projects that are not counted, with the reason"
        )
        parser.add_argument("--json", action="store_true", help="canonical JSON: the same bytes for the same question")
        parser.add_argument("--names", action="store_true", help="with --json: add project names")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = zone_by_slug(options["zone"])
        if zone is None:
            raise CommandError(f"no zone {options['zone']!r}")
        try:
            asked = queries.parse_asked(
                period=options["period"],
                pack=options["pack"],
                as_of=options["as_of"],
                known_at=options["known_at"],
                known_basis=options["known_basis"],
            )
            found = queries.answer(zone_id=zone.pk, asked=asked)
        except DomainError as error:
            raise CommandError(words(error)) from error
        rules = None if options["why"] else [None]
        listed = queries.verdicts(found, figure=None, rules=rules, limit=queries.MOST_RECORDS)
        if options["json"]:
            names = self._names(zone.pk, listed) if options["names"] else None
            self.stdout.write(found.count.canonical(listed, names))
        else:
            self._table(zone.name, found, listed, self._names(zone.pk, listed))

    def _names(self, zone_id: Any, listed: list[Verdict]) -> dict[str, str]:
        return queries.project_names(zone_id=zone_id, ids={verdict.project for verdict in listed})

    def _table(self, zone: str, found: queries.Answer, listed: list[Verdict], names: dict[str, str]) -> None:
        identity, pack = found.count.identity, found.question.pack
        self.stdout.write(f"{zone}  {identity.covered}  {pack.title} {pack.version}  #{identity.last_seq}")
        for rule in pack.figures:
            figure = found.count.figures[rule.name]
            self.stdout.write(f"\n{rule.title} {rule.title_en}: {quantity_text(figure)}")
            if rule.of:
                continue
            for verdict in listed:
                if verdict.figure != rule.name:
                    continue
                reason = f"  ✗ {RULE_LABELS[verdict.rule]}" if verdict.rule else ""
                day = verdict.day.isoformat() if verdict.day else "—"
                self.stdout.write(f"  {day}  {names.get(verdict.project, verdict.project)}{reason}")
