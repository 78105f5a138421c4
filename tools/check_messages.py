"""Chinese and English are complete: every text in code and templates has an English translation, none is fuzzy or stale.

python tools/check_messages.py            check (make check)
python tools/check_messages.py --update   run makemessages in every app, keeping what is translated
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = ROOT / "src" / "zhaoyin" / "apps"
ENTRY = re.compile(
    r'(?:^|\n)((?:#[^\n]*\n)*)(?:msgctxt ((?:"[^\n]*"\n?)+))?msgid ((?:"[^\n]*"\n?)+)(?:msgid_plural ((?:"[^\n]*"\n?)+))?((?:msgstr(?:\[\d\])? (?:"[^\n]*"\n?)+)+)'
)


def text_of(block: str) -> str:
    """The string of a quoted block."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', block))


def entries(path: Path) -> dict[tuple[str, str], tuple[str, bool]]:
    """(context, id) → (translation, fuzzy?)."""
    found: dict[tuple[str, str], tuple[str, bool]] = {}
    for comments, context, msgid, _plural, msgstr in ENTRY.findall(path.read_text(encoding="utf-8")):
        if text_of(msgid):
            found[text_of(context or ""), text_of(msgid)] = (text_of(msgstr), "fuzzy" in comments)
    return found


def make(app: Path) -> None:
    """makemessages for one app."""
    (app / "locale").mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-P",
        "-m",
        "django",
        "makemessages",
        "-l",
        "en",
        "--no-location",
        "--no-wrap",
        "-v",
        "0",
        "--ignore",
        "vendor/*",
        "--no-obsolete",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "zhaoyin.config.test_settings"}
    subprocess.run(command, cwd=app, env=env, check=True)


def problems(app: Path) -> list[str]:
    """What is missing in an app, by extracting anew into a copy."""
    po = app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app.name
        subprocess.run(["cp", "-r", str(app), str(copy)], check=True)
        make(copy)
        made = copy / "locale" / "en" / "LC_MESSAGES" / "django.po"
        wanted = entries(made) if made.exists() else {}
    if not wanted:
        return []
    kept = entries(po) if po.exists() else {}
    found = []
    for key in wanted:
        words, fuzzy = kept.get(key, ("", False))
        if not words or fuzzy:
            found.append(f"{app.name}: {key[1][:60]!r} is {'fuzzy' if fuzzy else 'not translated'}")
    return found


def conflicts(apps: list[Path]) -> list[str]:
    """Texts with two translations: Django merges the catalogues, so one app would speak with another's words."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for app in apps:
        po = app / "locale" / "en" / "LC_MESSAGES" / "django.po"
        for key, (words, _fuzzy) in (entries(po) if po.exists() else {}).items():
            said.setdefault(key, {}).setdefault(words, app.name)
    return [f"{key[1][:60]!r} has two translations: {words}" for key, words in said.items() if len(words) > 1]


def main() -> int:
    """1 when a text has no English."""
    apps = sorted(path for path in APPS.iterdir() if (path / "apps.py").exists())
    if "--update" in sys.argv:
        for app in apps:
            make(app)
    found = [line for app in apps for line in problems(app)] + conflicts(apps)
    for line in found:
        print(line)
    print(f"messages: {len(found)} without English or with two")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
