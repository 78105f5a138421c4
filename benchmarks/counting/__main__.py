"""`python -m benchmarks.counting [--projects 100000] [--events 10000000] [--small]`: medians of CPU time; a value above its ceiling fails."""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.counting import large
from benchmarks.counting.data import ZONE, Ledger
from zhaoyin.adapters.warehouse import Question, Warehouse
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting import load_pack

CEILINGS = Path(__file__).parent / "floors.json"


def _cpu_ms(work: Callable[[], object], times: int = 1) -> float:
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append((time.process_time() - started) * 1000)
    return median(spent)


def measure(projects: int) -> dict[str, float]:
    """CPU milliseconds by measure, and the peak of resident memory in MB."""
    ledger = Ledger(projects=projects)
    question = Question(zone=ZONE, pack=load_pack(), period=Period.parse("2026-01/2026-05"))
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(Path(folder))
        found = {"events": float(len(ledger.rows))}
        found["tail_all"] = _cpu_ms(lambda: warehouse.catch_up(ZONE, ledger))
        found["load_saved"] = _cpu_ms(lambda: Warehouse(Path(folder)).catch_up(ZONE, ledger))

        def dashboard() -> None:
            seen = warehouse.catch_up(ZONE, ledger)
            warehouse.count(question, last_seq=seen)
            warehouse.funnel(question, last_seq=seen)
            warehouse.origins(question, last_seq=seen)

        found["figures_first"] = _cpu_ms(dashboard)
        found["figures_warm"] = _cpu_ms(dashboard, 50)
        numbers = iter(range(1, 10))

        def one_more_event() -> None:
            ledger.step(next(numbers))
            dashboard()

        found["figures_after_a_write"] = _cpu_ms(one_more_event, 7)
        seen = warehouse.catch_up(ZONE, ledger)
        listed = {"figure": "newly_signed", "rules": [None], "limit": 200}
        found["list_200_records"] = _cpu_ms(lambda: warehouse.verdicts(question, last_seq=seen, **listed), 20)
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def main() -> int:
    """0 unless something is slower than its ceiling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--small", action="store_true", help="10,000 projects, for every day")
    parser.add_argument("--events", type=int, help="five statistics of so many events beside Polars and pandas instead")
    given = parser.parse_args()
    if given.events:
        return large.run(given.events)
    projects = 10_000 if given.small else given.projects
    found = measure(projects)
    ceilings: dict[str, float] = json.loads(CEILINGS.read_text())["ceilings_ms_at_100000_projects"]
    failed = []
    print(f"counting, {projects:,} projects")
    for name, value in found.items():
        ceiling = ceilings.get(name)
        over = ceiling is not None and projects <= 100_000 and value > ceiling
        failed += [name] if over else []
        print(
            f"  {name:<24}{value:>12,.1f}{f'   (at most {ceiling:,.0f})' if ceiling else ''}{'  TOO SLOW' if over else ''}"
        )
    if given.small:
        failed += ["large"] if large.run(200_000) else []
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
