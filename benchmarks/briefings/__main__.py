"""`python -m benchmarks.briefings [--small]`: the demo bulletin in three forms, cold (a new process, no mirror) and warm (in one process).

Beside it, what an office does by hand has no seconds; the yardstick is the count alone (`zhaoyin count --json`), which the bulletin contains.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
PERIOD = "2026-01/2026-05"
FORMS = ("docx", "xlsx", "pdf")


def run(home: Path, *arguments: str) -> float:
    """Seconds of a command in a process of its own."""
    before = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "zhaoyin.cli.main", *arguments], env={**os.environ, "ZHAOYIN_HOME": str(home)}, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - before


def cold(home: Path) -> dict[str, float]:
    """Each form from nothing: no process, no mirror."""
    found = {}
    for form in FORMS:
        shutil.rmtree(home / "mirror", ignore_errors=True)
        out = str(home / f"x.{form}")
        found[f"cold {form}"] = run(home, "brief", "--zone", "demo", "--period", PERIOD, "--out", out)
    shutil.rmtree(home / "mirror", ignore_errors=True)
    found["count alone, cold"] = run(home, "count", "--zone", "demo", "--period", PERIOD, "--json")
    return found


def warm(home: Path, times: int) -> dict[str, float]:
    """Medians inside one process that has written one before, as a server has."""
    os.environ["ZHAOYIN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"
    import django

    django.setup()
    from uuid import UUID

    from zhaoyin.adapters.office import draw
    from zhaoyin.adapters.office.sample_template import sample_template
    from zhaoyin.adapters.office.templates import render
    from zhaoyin.apps.accounts.access import Viewer
    from zhaoyin.apps.briefings import actions, queries
    from zhaoyin.apps.ledger import clock
    from zhaoyin.apps.zones.queries import zone_by_slug

    zone = zone_by_slug("demo")
    assert zone is not None
    viewer = Viewer(UUID(int=0), zone.pk, frozenset({"statistician"}), clock.today())
    wanted = queries.parse_wanted({"period": PERIOD})
    document = actions.write(viewer=viewer, zone=zone, wanted=wanted)
    for form in FORMS:
        draw(document, form)
    spent: dict[str, list[float]] = {}
    for _ in range(times):
        before = time.perf_counter()
        document = actions.write(viewer=viewer, zone=zone, wanted=wanted)
        spent.setdefault("warm, written", []).append(time.perf_counter() - before)
        for form in FORMS:
            before = time.perf_counter()
            draw(document, form)
            spent.setdefault(f"warm {form}", []).append(time.perf_counter() - before)
        before = time.perf_counter()
        render(document, sample_template())
        spent.setdefault("warm own template", []).append(time.perf_counter() - before)
    return {name: median(values) for name, values in spent.items()}


def main() -> int:
    """Prints seconds; 1 when a floor is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.briefings")
    parser.add_argument("--small", action="store_true", help="fewer repetitions")
    small = parser.parse_args().small
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run(home, "demo", "--today", "2026-05-31")
        found = {**cold(home), **warm(home, 3 if small else 11)}
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, seconds in found.items():
        print(f"{name:<22}{seconds:8.2f} s")
    floors = json.loads((HERE / "floors.json").read_text())
    slow_cold = max(found[f"cold {form}"] for form in FORMS)
    slow_warm = found["warm, written"] + max(found[f"warm {form}"] for form in FORMS)
    broken = slow_cold > floors["cold_seconds"] or slow_warm > floors["warm_seconds"]
    print("floors broken" if broken else "floors held", f"(cold {slow_cold:.1f} s, warm {slow_warm:.2f} s)")
    return int(broken)


if __name__ == "__main__":
    raise SystemExit(main())
