"""One archive with everything a user entered: database (documents are in it) and a manifest with hashes.

SQLite is copied by its online backup, so it may be in use; PostgreSQL by pg_dump (custom format). The signing key is not
in the archive: after a restore people sign in again.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection

from zhaoyin import __version__
from zhaoyin.domain.errors import DomainError

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _postgres_environment() -> tuple[dict[str, str], str]:
    given = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment = {**os.environ, **{names[key]: str(given[key]) for key in names if given.get(key)}}
    return environment, str(given["NAME"])


def _dump(path: Path) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
        return
    environment, name = _postgres_environment()
    subprocess.run(["pg_dump", "--format=custom", f"--file={path}", name], check=True, env=environment)


def write_archive(*, to: Path, at: datetime) -> dict[str, object]:
    """Write the archive beside its name and move it there when it is complete; returns the manifest."""
    name = NAMES[connection.vendor]
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        dump = Path(folder) / name
        _dump(dump)
        manifest: dict[str, object] = {
            "program": "zhaoyin",
            "version": __version__,
            "made_at": at.isoformat(),
            "database": connection.vendor,
            "files": {name: {"sha256": _hash(dump), "bytes": dump.stat().st_size}},
        }
        part = Path(folder) / "archive"
        with tarfile.open(part, "w:gz") as archive:
            body = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo("manifest.json")
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
            archive.add(dump, name)
        part.replace(to)
    return manifest


def _read(archive_path: Path, folder: Path) -> tuple[dict[str, object], Path]:
    try:
        with tarfile.open(archive_path, "r:gz") as archive:
            manifest_file = archive.extractfile("manifest.json")
            manifest = json.load(manifest_file) if manifest_file else {}
            name = NAMES.get(str(manifest.get("database")), "")
            body = archive.extractfile(name)
            if body is None:
                raise DomainError("archive-unreadable", value=archive_path.name)
            dump = folder / name
            with dump.open("wb") as file:
                shutil.copyfileobj(body, file)
    except (tarfile.TarError, KeyError, OSError, ValueError) as error:
        raise DomainError("archive-unreadable", value=archive_path.name) from error
    if _hash(dump) != manifest["files"][name]["sha256"]:
        raise DomainError("archive-damaged", value=archive_path.name)
    return manifest, dump


def is_empty() -> bool:
    """Whether the installation holds no zone."""
    if "zones_zone" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM zones_zone")
        return bool(cursor.fetchone()[0] == 0)


def restore_archive(*, archive: Path) -> dict[str, object]:
    """Put an archive back into an empty installation of the same database; DomainError otherwise, nothing changed."""
    if not is_empty():
        raise DomainError("restore-needs-empty")
    with tempfile.TemporaryDirectory() as folder:
        manifest, dump = _read(archive, Path(folder))
        if manifest["database"] != connection.vendor:
            raise DomainError("archive-of-other-database", value=str(manifest["database"]), here=connection.vendor)
        if connection.vendor == "sqlite":
            target = str(connection.settings_dict["NAME"])
            connection.close()
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(dump)) as source, closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
        else:
            environment, name = _postgres_environment()
            command = [
                "pg_restore",
                "--clean",
                "--if-exists",
                "--no-owner",
                "--single-transaction",
                f"--dbname={name}",
                str(dump),
            ]
            subprocess.run(command, check=True, env=environment)
        return manifest
