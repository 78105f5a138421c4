"""The search index: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    "CREATE VIRTUAL TABLE ledger_search USING fts5(words, tokenize='unicode61', detail='none')",
    "CREATE TABLE ledger_search_key (rowid INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL UNIQUE)",
]
POSTGRES = [
    "CREATE TABLE ledger_search (id bigserial PRIMARY KEY, subject text NOT NULL UNIQUE, words tsvector NOT NULL)",
    "CREATE INDEX ledger_search_words ON ledger_search USING gin (words)",
]


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE ledger_search")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE ledger_search_key")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
