"""Five statistics of millions of events as known at a date: monthly counts and amounts by task force, year-on-year, league table,
funnel, days in stages. Ours beside Polars and pandas by hand, each in a process of its own over the same Parquet file.

`python -m benchmarks.counting --events 10000000`; `--small` for every day.
"""

import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from benchmarks.counting import large_data, peers

PERIOD = "2024/2025"
KNOWN = 0.97
FLOORS = Path(__file__).parent / "floors.json"
Answer = dict[str, object]
_MAKING: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "3GB", "threads": 2}


def _ours(folder: str, events: int) -> Answer:
    """The engine over a DuckDB table: what stands is found, then all five statistics."""
    import duckdb

    from zhaoyin.adapters.warehouse import Question
    from zhaoyin.adapters.warehouse.bulk import BulkCount
    from zhaoyin.domain.period import Period
    from zhaoyin.engines.counting import load_pack

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "650MB", "threads": 2, "preserve_insertion_order": False,
    }  # fmt: skip
    connection = duckdb.connect(f"{folder}/events.duckdb", config=config)
    question = Question(zone=UUID(int=0), pack=load_pack(), period=Period.parse(PERIOD))
    started = _now()
    bulk = BulkCount(connection, "events", known_seq=int(events * KNOWN), parts=max(1, events // 2_000_000))
    stood = _now()
    found = bulk.ask(question)
    figures = found.count.figures
    cells = {
        f"{name}|{team}|{month}": [quantity.projects, int(quantity.yuan)]
        for name in ("newly_negotiating", "newly_signed")
        for (team, month), quantity in figures[name].by("task_force", "month").items()
    }
    answer = peers.statistics(cells)
    answer["funnel"] = [[step.stage, step.reached] for step in found.funnel if step.stage in peers.STAGES]
    answer["days"] = {one.stage: [one.n, str(one.median)] for one in found.stage_times if one.n}
    return {**answer, "standing_s": stood[0] - started[0], **_spent(started)}


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _spent(started: tuple[float, float]) -> Answer:
    wall, cpu = _now()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"wall_s": wall - started[0], "cpu_s": cpu - started[1], "memory_mb": memory}


def _peer(work: Callable[[str, int], Answer], folder: str, events: int) -> Answer:
    started = _now()
    answer = work(f"{folder}/events.parquet", int(events * KNOWN))
    return {**answer, **_spent(started)}


def _make(folder: str, events: int) -> Answer:
    """In a process of its own too: a child begins with the peak of its parent."""
    import duckdb

    with duckdb.connect(f"{folder}/events.duckdb", config=_MAKING) as connection:
        made = large_data.make_events(connection, events // 4)
        connection.execute(f"COPY events TO '{folder}/events.parquet' (FORMAT parquet)")
        return {"events": made}


def _alone(work: Callable[..., Answer], *arguments: object) -> Answer:
    """The answer from a fresh process, so that time and memory are its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def measure(events: int) -> dict[str, Answer]:
    """Answers with what they cost, by contender."""
    with tempfile.TemporaryDirectory(prefix="zhaoyin-bench-") as folder:
        made = int(str(_alone(_make, folder, events)["events"]))
        found = {"zhaoyin": _alone(_ours, folder, made)}
        for name, work in (("polars", peers.by_polars), ("pandas", peers.by_pandas)):
            if find_spec(name):  # peers are in the group bench, which every day's check does not install
                found[name] = _alone(_peer, work, folder, made)
    for answer in found.values():
        answer["events"] = made
    return found


_COSTS = ("wall_s", "cpu_s", "memory_mb", "standing_s", "events")


def run(events: int) -> int:
    """Prints the comparison; 1 when the answers differ or a floor is missed."""
    found = measure(events)
    floors: dict[str, float] = json.loads(FLOORS.read_text())["large_at_10000000_events"]
    plain = {name: {k: v for k, v in one.items() if k not in _COSTS} for name, one in found.items()}
    equal = all(answer == plain["zhaoyin"] for answer in plain.values())
    print(f"counting, {found['zhaoyin']['events']:,} events: answers {'equal' if equal else 'DIFFERENT'}")
    for name, answer in found.items():
        costs = "".join(f"  {cost} {float(str(answer[cost])):,.1f}" for cost in _COSTS[:4] if cost in answer)
        print(f"  {name:<10}{costs}")
    failed = [] if equal else ["answers"]
    for cost, most in floors.items():
        if float(str(found["zhaoyin"][cost])) > most:
            failed.append(cost)
    if failed:
        print("FAILED: " + ", ".join(failed), file=sys.stderr)
        for name, answer in plain.items():
            if not equal:
                print(name, {k: answer[k] for k in ("year_on_year", "league", "funnel", "days")}, file=sys.stderr)
    return 1 if failed else 0
