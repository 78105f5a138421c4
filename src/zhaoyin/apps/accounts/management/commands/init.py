"""`zhaoyin init`: an empty real zone with its first person."""

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhaoyin.apps.accounts.actions import found_zone
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.queries import zone_by_slug
from zhaoyin.domain.errors import DomainError, NotVisible


class Command(BaseCommand):
    """Makes the database if needed, then the zone; the password is asked for, or read from ZHAOYIN_FIRST_PASSWORD."""

    help = "Make an empty zone with its first person (administrator and bureau chief)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zone", required=True, help="name in addresses, e.g. east-bay")
        parser.add_argument("--name", required=True, help="name of the zone, e.g. 东湾高新区")
        parser.add_argument("--name-en", default="", help="English name")
        parser.add_argument("--parent", default="", help="address name of the zone above, which must exist")
        parser.add_argument("--username", required=True, help="login name of the first person")
        parser.add_argument("--display-name", required=True, help="name shown")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        above = zone_by_slug(options["parent"]) if options["parent"] else None
        if options["parent"] and above is None:
            raise CommandError(words(NotVisible("zone-not-found", zone=options["parent"])))
        password = os.environ.get("ZHAOYIN_FIRST_PASSWORD") or getpass.getpass("Password: ")
        try:
            zone, person = found_zone(
                slug=options["zone"],
                name=options["name"],
                name_en=options["name_en"],
                username=options["username"],
                display_name=options["display_name"],
                password=password,
                parent=above,
                at=timezone.now(),
                on=timezone.localdate(),
            )
        except DomainError as error:
            raise CommandError(words(error)) from error
        self.stdout.write(f"{zone.name}: /z/{zone.slug}/ ({person.username})")
