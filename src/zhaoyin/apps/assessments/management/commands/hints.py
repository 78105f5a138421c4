"""`zhaoyin manage hints`: look for hints now; safe to run as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand

from zhaoyin.apps.assessments.actions import look_for_hints
from zhaoyin.apps.zones.queries import zone_ids


class Command(BaseCommand):
    """Looks in every zone."""

    help = "Look for hints in every zone (idempotent); the Today page shows how many wait."

    def handle(self, *args: Any, **options: Any) -> None:
        for zone_id in zone_ids():
            self.stdout.write(f"{zone_id}: {look_for_hints(zone_id=zone_id)}")
