"""Words of the pages: collect (`python tools/messages.py`), check that the English is complete (`--check`).

Chinese is the source language: the msgid is the Chinese text, `locale/en` of each app holds the English. Collecting needs
GNU gettext (xgettext); compiling and checking need only Babel. The compiled .mo files are in the repository, so that a
bare machine needs no gettext.
"""

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
APPS = ROOT / "src/zhaoyin/apps"


def catalogs() -> list[Path]:
    """The English catalogue of each app."""
    return sorted(APPS.glob("*/locale/en/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalog: Catalog) -> bytes:
    """The .mo bytes."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Messages without English, or marked fuzzy."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(strings):
            found.append(str(message.id))
    return found


def collect() -> None:
    """Run makemessages in every app that has a locale folder."""
    admin = Path(sys.executable).parent / "django-admin"
    for folder in sorted(APPS.glob("*/locale")):
        (folder / "en/LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [str(admin), "makemessages", "-l", "en", "--no-wrap", "--no-obsolete", "--no-location", "-v", "0"],
            cwd=folder.parent,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when English is missing or a .mo file is stale")
    parser.add_argument("--compile", action="store_true", help="only compile")
    arguments = parser.parse_args()
    if not arguments.check and not arguments.compile:
        collect()
    failed = False
    for path in catalogs():
        catalog = read(path)
        binary = path.with_suffix(".mo")
        missing = untranslated(catalog)
        app = path.relative_to(APPS).parts[0]
        for message in missing:
            print(f"messages: {app}: no English for {message!r}", file=sys.stderr)
        failed |= bool(missing)
        if not arguments.check:
            binary.write_bytes(compiled(catalog))
        elif not binary.exists() or binary.read_bytes() != compiled(catalog):
            print(f"messages: {app}: {binary.name} is stale, run make messages", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
