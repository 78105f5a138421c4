"""`zhaoyin manage briefings`: write the drafts that schedules want today; safe to run as often as one likes (cron)."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from zhaoyin.apps.briefings.actions import run_due
from zhaoyin.apps.inbox.actions import derive
from zhaoyin.apps.zones.queries import all_zones


class Command(BaseCommand):
    """One draft a schedule and day."""

    requires_system_checks = []  # they load every page and the API, which this command never uses
    help = "Write the scheduled briefing drafts of today (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="day to run for (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        for zone in all_zones():
            made = run_due(zone=zone, today=options["today"])
            if made:
                derive(zone_id=zone.pk)
            self.stdout.write(f"{zone.slug}: {len(made)} drafts")
