"""After personal data was taken away: nothing of it stays in the files of the database."""

from django.db import connection, transaction


def erase_on_commit() -> None:
    """SQLite keeps old pages in the write-ahead log until a checkpoint; make one as soon as the transaction is done.

    Freed pages in the main file are overwritten already (`PRAGMA secure_delete`). PostgreSQL's autovacuum frees dead
    rows by itself; its archives of the log follow the schedule of whoever keeps them.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_checkpoint)


def _checkpoint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
