"""`zhaoyin demo`: the demo zone; a second run says that it is there."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from zhaoyin.apps.dashboard.demo.cast import PASSWORD, SIGN_INS, SLUG
from zhaoyin.apps.dashboard.demo.write import load_demo
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.zones.queries import zone_ids


class Command(BaseCommand):
    """Makes the database if needed, then the zone with a campaign from January to today."""

    help = "Load the demo zone: invented firms and people, a campaign up to today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="day up to which the campaign runs (default: today)"
        )
        parser.add_argument("--if-empty", action="store_true", help="only when the installation has no zone yet")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if options["if_empty"] and zone_ids():
            return
        count = load_demo(today=options["today"] or clock.today())
        if count:
            self.stdout.write(f"演示园区 demo zone: /z/{SLUG}/ ({count} events)")
        else:
            self.stdout.write(f"演示园区已在 the demo zone is there: /z/{SLUG}/")
        self.stdout.write(f"演示账号 sign-ins (password {PASSWORD}):")
        for username, shows in SIGN_INS:
            self.stdout.write(f"  {username:<14}{shows}")
