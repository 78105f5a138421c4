"""`python -m benchmarks.routing`: team orienteering against best-known values and peers, and campaigns of many days with the checker.

--instances DIR --best best_known.csv [--teams 1-4] [--seconds 1] [--out SOLUTIONS.jsonl] [--peers] [--seed 1]     files in public use
--small                                                                                         our own instances, campaigns, floors
"""

import argparse
import csv
import json
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import mean, median

from benchmarks.routing import peers
from benchmarks.routing.campaigns import campaign
from benchmarks.routing.instances import Instance, generated, read_instance, score
from zhaoyin.engines.route_checking.solve import check
from zhaoyin.engines.routing.model import compile_problem
from zhaoyin.engines.routing.orienteering import Orienteering
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Problem
from zhaoyin.engines.routing.replanning import replan, with_slots
from zhaoyin.engines.routing.result import Plan, write_plan
from zhaoyin.engines.routing.solve import solve
from zhaoyin.engines.routing.writing import write_problem

FLOORS = Path(__file__).parent / "floors.json"
NAMED = ("c103", "r107", "rc103", "pr03")
SIZES = ((10, 1, 3), (40, 1, 8), (100, 2, 10), (300, 4, 20))


def ours(instance: Instance, teams: int, seconds: float, seed: int) -> list[list[int]]:
    """Our routes after so many seconds, reading the clock between pieces; setting up counts."""
    began = time.perf_counter()
    search = Orienteering(
        travel=instance.travel, service=instance.service, opens=instance.opens, closes=instance.closes, profit=instance.profit,
        teams=teams, seed=seed,
    )  # fmt: skip
    search.anneal(lambda: (time.perf_counter() - began) / seconds)
    return search.routes()


def public(options: argparse.Namespace) -> list[str]:
    """Gaps to the best-known values over the instances in the folder; solutions as JSON lines for `check.py`."""
    first, _, last = options.teams.partition("-")
    counts = range(int(first), int(last or first) + 1)
    best: dict[tuple[str, int], float] = {}
    if options.best:
        with Path(options.best).open() as stream:
            best = {(row["instance"], int(row["teams"])): float(row["best_known"]) for row in csv.DictReader(stream)}
    gaps: dict[str, list[float]] = defaultdict(list)
    lines = []
    for path in sorted(Path(options.instances).glob("*.txt")):
        instance = read_instance(path)
        for teams in counts:
            routes = ours(instance, teams, options.seconds, options.seed)
            value = score(instance, teams, routes)
            lines.append(
                json.dumps({"instance": instance.name, "teams": teams, "seconds": options.seconds, "routes": routes})
            )
            if (instance.name, teams) in best:
                gap = 100 * (1 - value / best[instance.name, teams])
                for group in ("all", instance.name.rstrip("0123456789"), f"{teams} teams"):
                    gaps[group].append(gap)
                if options.peers and instance.name in NAMED:
                    for name, found in peers.run(instance, teams, options.seconds, options.seed).items():
                        gaps[name].append(100 * (1 - score(instance, teams, found) / best[instance.name, teams]))
                    gaps["zhaoyin on the same"].append(gap)
    if options.out:
        Path(options.out).write_text("\n".join(lines) + "\n")
    for group, values in gaps.items():
        print(f"  {group:<22}{len(values):>4} pairs   mean gap {mean(values):6.3f} %   worst {max(values):5.2f} %")
    return []


def own_instances(seconds: float, seed: int, floors: dict[str, float]) -> list[str]:
    """Our own instances: one second against ten (what is still to be had), and the peers that are installed."""
    made = [
        generated("own-clustered", places=100, horizon=1000, width=120, clustered=True, seed=1),
        generated("own-spread", places=100, horizon=600, width=90, clustered=False, seed=2),
        generated("own-long", places=100, horizon=2400, width=400, clustered=True, seed=3),
    ]
    broken = []
    for instance in made:
        for teams in (1, 3):
            value = score(instance, teams, ours(instance, teams, seconds, seed))
            more = score(instance, teams, ours(instance, teams, 5 * seconds, seed + 1))
            gap = 100 * (1 - value / max(value, more))
            others = {
                name: score(instance, teams, found) for name, found in peers.run(instance, teams, seconds, seed).items()
            }
            print(
                f"  {instance.name:<15}{teams} teams   {value:7.0f}   {gap:5.2f} % below five times the time   {others or ''}"
            )
            if gap > floors["own_gap_per_cent"]:
                broken.append(f"{instance.name}: {gap:.2f} % below five times the time")
            broken += [f"{instance.name}: {name} is better" for name, other in others.items() if other > value * 1.01]
    return broken


def _checked(problem: Problem, plan: Plan) -> list[str]:
    found = check(json.loads(json.dumps(write_problem(problem))), json.loads(json.dumps(write_plan(plan))))
    return [f"{item.rule} {item.where} {item.detail}" for item in found]


def campaigns(seeds: range, floors: dict[str, float]) -> list[str]:
    """First plan, plan after a second, re-plan of an agreed plan after one meeting is cancelled and one added; everything checked."""
    broken = []
    for meetings, teams, days in SIZES:
        rows = [_campaign(meetings, teams, days, seed) for seed in seeds]
        for row in rows:
            broken += [str(item) for item in row["broken"]]  # type: ignore[attr-defined]
        middle = {key: median(float(str(row[key])) for row in rows) for key in rows[0] if key != "broken"}
        print(
            f"  {meetings:>4} meetings {teams} teams {days:>2} days   first {middle['first_s']:.3f} s   of bound {middle['of_bound']:.3f}   "
            f"first/second {middle['first_share']:.3f}   solve {middle['solve_s']:.2f} s   re-plan {middle['replan_s']:.2f} s, moved {middle['moved']:.1%}"
        )
        if middle["moved"] > floors["most_moved"]:
            broken.append(f"{meetings} meetings: {middle['moved']:.1%} of confirmed meetings moved")
        if middle["of_bound"] < floors[f"of_bound_{meetings}"]:
            broken.append(f"{meetings} meetings: {middle['of_bound']:.3f} of the bound")
    return broken


def _campaign(meetings: int, teams: int, days: int, seed: int) -> dict[str, object]:
    problem = campaign(meetings=meetings, teams=teams, days=days, seed=seed)
    began = time.perf_counter()
    first = solve(problem=problem, params=RouteParams(seconds=0.0, clock=time.perf_counter, explain=False))
    first_s = time.perf_counter() - began
    began = time.perf_counter()
    plan = solve(problem=problem, params=RouteParams(seconds=1.0, clock=time.perf_counter, seed=seed))
    solve_s = time.perf_counter() - began
    agreed = confirmed(problem, plan)
    day = problem.teams[0].first_day.fromordinal(problem.teams[0].first_day.toordinal() + days // 2)
    began = time.perf_counter()
    again = replan(
        problem=agreed,
        published=plan,
        day=day,
        time=600,
        params=RouteParams(seconds=0.6, clock=time.perf_counter, seed=seed),
    )
    replan_s = time.perf_counter() - began
    broken = _checked(problem, first) + _checked(problem, plan) + _checked(with_slots(agreed, plan), again)
    upper = float(plan.bound if plan.bound is not None else plan.totals.score)
    upper = max(upper, 1e-9)
    return {
        "first_s": first_s, "solve_s": solve_s, "replan_s": replan_s, "of_bound": float(plan.totals.score) / upper,
        "first_share": float(first.totals.score) / max(1e-9, float(plan.totals.score)),
        "moved": again.totals.confirmed_moved / max(1, plan.totals.meetings), "broken": [f"seed {seed}: {item}" for item in broken],
    }  # fmt: skip


def confirmed(problem: Problem, plan: Plan) -> Problem:
    """The problem with every planned meeting confirmed, the last one cancelled and the most valuable of those left out made a must."""
    from dataclasses import replace

    slots = with_slots(problem, plan)
    order = [name for team in plan.teams for name in team.meetings]
    left = max((m for m in slots.meetings if m.id not in plan.served), key=lambda m: m.value, default=None)
    return replace(
        slots,
        meetings=tuple(
            replace(m, confirmed=m.published is not None, must=m.must or (left is not None and m.id == left.id))
            for m in slots.meetings if m.id != (order[-1] if order else "")
        ),
    )  # fmt: skip


def main() -> int:
    """1 when a floor or a rule is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing")
    parser.add_argument("--instances")
    parser.add_argument("--best")
    parser.add_argument("--teams", default="1-4")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--campaigns", type=int, help="seeds a size (3; small: 1)")
    options = parser.parse_args()
    floors: dict[str, float] = json.loads(FLOORS.read_text())
    began = time.perf_counter()
    solve(problem=campaign(meetings=14, teams=2, days=4, seed=1), params=RouteParams(iterations=20))
    compile_problem(campaign(meetings=14, teams=2, days=4, seed=1))
    ours(generated("warm", places=20, horizon=500, width=90, clustered=True, seed=1), 1, 0.01, 1)
    print(
        f"start-up {time.perf_counter() - began:.2f} s (kernels from the cache); load {os.getloadavg()[0]:.1f}; seed {options.seed}"
    )
    broken: list[str] = []
    if options.instances:
        broken += public(options)
    else:
        broken += own_instances(0.3 if options.small else options.seconds, options.seed, floors)
        broken += campaigns(range(1, (options.campaigns or (1 if options.small else 3)) + 1), floors)
    for line in broken:
        print(f"BELOW THE FLOOR: {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
