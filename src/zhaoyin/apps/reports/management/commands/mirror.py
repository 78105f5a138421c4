"""`zhaoyin manage mirror`: throw the analytical mirror away and read the ledger again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from zhaoyin.apps.reports.queries import rebuild_mirror
from zhaoyin.apps.zones.queries import zone_by_slug, zone_ids


class Command(BaseCommand):
    """Nothing is lost by it: the mirror holds what the ledger holds."""

    help = "Rebuild the analytical mirror from the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zone", default="", help="only this zone")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = zone_by_slug(options["zone"]) if options["zone"] else None
        for zone_id in [zone.pk] if zone else zone_ids():
            self.stdout.write(f"{zone_id}: {rebuild_mirror(zone_id=zone_id)} events")
