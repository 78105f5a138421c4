"""`zhaoyin ledger verify|rebuild|redact`."""

import json
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from zhaoyin.apps.ledger import verification
from zhaoyin.apps.ledger.actions import redact_text
from zhaoyin.apps.ledger.queries import head_seq, texts_with
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import DomainError


class Command(BaseCommand):
    """Exit code 1 when a ledger is not whole."""

    help = "Check the ledger, make its projections again, or take a text away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify", "rebuild", "redact"])
        parser.add_argument("--zone", help="one zone by its name in addresses; all by default")
        parser.add_argument("--json", action="store_true", help="one JSON object a zone")
        parser.add_argument("--text", help="redact: id of the text")
        parser.add_argument("--find", help="redact: list the ids of texts that contain this, and take nothing away")
        parser.add_argument("--reason", default="person-asked", help="redact: a code")

    def handle(self, *args: Any, **options: Any) -> None:
        zones = Zone.objects.order_by("slug")
        if options["zone"]:
            zones = zones.filter(slug=options["zone"])
            if not zones:
                raise CommandError(f"no zone {options['zone']}")
        if options["act"] == "redact":
            self._redact(list(zones), options)
            return
        whole = True
        for zone in zones:
            if options["act"] == "rebuild":
                with transaction.atomic():
                    rows = verification.rebuild(zone_id=zone.pk)
                self._say(options, {"zone": zone.slug, "rebuilt": rows}, f"{zone.slug}: rebuilt {rows}")
                continue
            found = verification.problems(zone_id=zone.pk)
            whole = whole and not found
            seq = head_seq(zone_id=zone.pk)
            text = "\n".join(
                [
                    f"{zone.slug}: {seq} events, {'whole' if not found else 'NOT WHOLE'}",
                    *(f"  {line}" for line in found),
                ]
            )
            self._say(options, {"zone": zone.slug, "events": seq, "problems": found}, text)
        if not whole:
            sys.exit(1)

    def _say(self, options: dict[str, Any], data: dict[str, object], text: str) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False) if options["json"] else text)

    def _redact(self, zones: list[Zone], options: dict[str, Any]) -> None:
        if len(zones) != 1 or not (options["text"] or options["find"]):
            raise CommandError("redact needs --zone and --text (or --find to learn the id)")
        if options["find"]:
            for pk, body in texts_with(zone_id=zones[0].pk, part=options["find"]):
                self.stdout.write(f"{pk}  {body[:60]}")
            return
        try:
            redact_text(zone_id=zones[0].pk, text_id=UUID(options["text"]), actor_id=None, reason=options["reason"])
        except (DomainError, ValueError) as error:
            raise CommandError(words(error) if isinstance(error, DomainError) else str(error)) from error
        self.stdout.write("redacted")
