"""The sprite holds every icon that the program names; the vendored files are what vendor.json says."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src/zhaoyin"
NAMED = re.compile(r"""\{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|icon: str = "([a-z0-9-]+)\"""")

TABLES = re.compile(r"_ICONS\b[^=]*= \{(.*?)\}", re.DOTALL)


def test_it_has_every_icon_that_is_named() -> None:
    manifest = json.loads((PACKAGE / "apps/ui/static/vendor/vendor.json").read_text("utf-8"))
    held = {name for package in manifest["packages"] for name in package.get("icons", ())}
    named: dict[str, str] = {}
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]:
        for groups in NAMED.findall(path.read_text("utf-8")):
            named |= {name: path.name for name in groups if name}
        for table in TABLES.findall(path.read_text("utf-8")):
            named |= dict.fromkeys(re.findall(r': "([a-z0-9-]+)"', table), path.name)
    assert {name: where for name, where in named.items() if name not in held} == {}


def test_it_keeps_vendored_files_as_listed() -> None:
    done = subprocess.run([sys.executable, "tools/vendor.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
