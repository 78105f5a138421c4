"""`zhaoyin daily`: derive due items now; safe to run as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand

from zhaoyin.apps.inbox.actions import derive
from zhaoyin.apps.zones.queries import zone_ids


class Command(BaseCommand):
    """Runs every rule for every zone."""

    help = "Derive due items for today (idempotent)."

    def handle(self, *args: Any, **options: Any) -> None:
        for zone_id in zone_ids():
            done = derive(zone_id=zone_id)
            note = "" if done.calendar_published else " (holidays of this year are not published yet: weekends only)"
            self.stdout.write(
                f"{zone_id}: opened {done.opened}, closed {done.closed}, escalated {done.escalated}{note}"
            )
