"""Compile the translations (.po → .mo) without gettext on the machine; only what is older than its source."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Always 0; polib raises on a broken file and names the line."""
    for po in sorted((ROOT / "src").rglob("locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
