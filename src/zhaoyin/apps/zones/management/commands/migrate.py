"""`migrate` that takes the guards off before tables change and puts them back after."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection, connections

from zhaoyin.apps.zones import guards


class Command(DjangoMigrate):
    """Django's migrate, between the removal and the installation of the guards."""

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] != connection.alias:
            super().handle(*args, **options)
            return
        if connections[options["database"]].introspection.table_names():
            guards.remove()
        super().handle(*args, **options)
        guards.install()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
