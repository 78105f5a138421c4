"""`python -m benchmarks.duplicates [--small]`: precision and recall on planted duplicates, a baseline, and speed; floors hold."""

import argparse
import json
import os
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.duplicates.invented import HELD_OUT_RULES, KNOWN_RULES, Project, Rewriting, again, other, project
from zhaoyin.engines.entity_resolution.project_duplicates import (
    DuplicatesParams,
    DuplicatesProblem,
    KnownProjects,
    NewRowsProblem,
    ProjectFacts,
    solve_duplicates,
    solve_new_rows,
)

FLOORS = Path(__file__).parent / "floors.json"
Pairs = set[tuple[str, str]]
_NOISE = re.compile(r"[\s\W_]+|项目$|有限责任公司$|股份有限公司$|有限公司$")


def ledger(
    count: int, rules: dict[str, Sequence[Rewriting]], chance: random.Random
) -> tuple[list[ProjectFacts], dict[tuple[str, str], str]]:
    """`count` projects; a fifth is written twice, two fifths have a neighbour. Rows, and planted pairs → rule."""
    rows: list[ProjectFacts] = []
    planted: dict[tuple[str, str], str] = {}
    names = list(rules)
    for at in range(count):
        one = project(f"{at:07d}", chance)
        rows.append(one.facts)
        if at % 5 == 0:
            rule = names[at // 5 % len(names)]
            rows.append(again(one, f"{at:07d}-again", rules[rule], chance))
            planted[one.facts.key, rows[-1].key] = rule
        if at % 5 < 2:
            rows.append(other(one, f"{at:07d}-other", chance))
    chance.shuffle(rows)
    return rows, planted


def _ordered(pairs: Sequence[tuple[str, str]]) -> Pairs:
    return {(min(pair), max(pair)) for pair in pairs}


def baseline(rows: Sequence[ProjectFacts]) -> Pairs:
    """Name and investor equal but for marks, legal form and 项目."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        groups[_NOISE.sub("", row.name), _NOISE.sub("", row.investor)].append(row.key)
    return _ordered([(a, b) for keys in groups.values() for at, a in enumerate(keys) for b in keys[at + 1 :]])


def scored(label: str, found: Pairs, planted: dict[tuple[str, str], str]) -> dict[str, float]:
    """Prints precision and recall, the latter by rule."""
    right = found & set(planted)
    by_rule: dict[str, list[bool]] = defaultdict(list)
    for pair, rule in planted.items():
        by_rule[rule].append(pair in found)
    precision, recall = len(right) / max(1, len(found)), len(right) / len(planted)
    print(f"  {label:<22} precision {precision:.4f}  recall {recall:.4f}  ({len(found)} pairs)")
    print("    " + "  ".join(f"{rule} {sum(hits) / len(hits):.3f}" for rule, hits in by_rule.items()))
    return {"precision": precision, "recall": recall}


def accuracy(count: int) -> dict[str, dict[str, float]]:
    """Both rule sets: what is accepted, what is shown to a person, and the baseline."""
    results: dict[str, dict[str, float]] = {}
    for name, rules in (("known rules", KNOWN_RULES), ("held-out rules", HELD_OUT_RULES)):
        rows, planted = ledger(count, rules, random.Random(f"{name} {count}"))
        found = solve_duplicates(problem=DuplicatesProblem(tuple(rows)))
        accept = DuplicatesParams().accept
        print(f"{name}: {len(rows):,} rows, {len(planted):,} planted pairs")
        results[name] = scored(
            "accepted", _ordered([(p.first, p.second) for p in found.pairs if p.score >= accept]), planted
        )
        results[f"{name}, shown"] = scored(
            "accepted or shown", _ordered([(p.first, p.second) for p in found.pairs]), planted
        )
        scored("baseline", baseline(rows), planted)
    return results


def speed(known_count: int, new_count: int) -> dict[str, float]:
    """CPU seconds of making the known projects ready and of asking for the new rows."""
    chance = random.Random(77)
    projects: list[Project] = [project(f"k{at}", chance) for at in range(known_count)]
    names = list(KNOWN_RULES)
    new = tuple(
        again(projects[chance.randrange(known_count)], f"n{at}", KNOWN_RULES[names[at % len(names)]], chance)
        if at % 5 == 0
        else project(f"n{at}", chance).facts
        for at in range(new_count)
    )
    facts = [one.facts for one in projects]
    started = time.process_time()
    known = KnownProjects(facts)
    ready = time.process_time()
    found = solve_new_rows(problem=NewRowsProblem(known, new))
    asked = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{new_count:,} new rows against {known_count:,}: ready {ready - started:.2f} s, asked {asked - ready:.2f} s CPU, "
        f"{len(found.likely):,} rows with likely projects, peak {peak:,.0f} MB, load {os.getloadavg()[0]:.1f}"
    )
    return {"ready_s": ready - started, "asked_s": asked - ready, "together_s": asked - started}


def main() -> int:
    """1 when a floor or a ceiling (of a full run) is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    limits = json.loads(FLOORS.read_text("utf-8"))
    results = accuracy(20_000)
    times = speed(10_000, 5_000) if small else speed(100_000, 50_000)
    broken = [
        f"{name}, {measure}: {results[name][measure]:.4f} < {floor}"
        for name, floors in limits["floors"].items()
        for measure, floor in floors.items()
        if results[name][measure] < floor
    ]
    if not small:
        broken += [
            f"{name}: {times[name]:.2f} > {limit}" for name, limit in limits["ceilings"].items() if times[name] > limit
        ]
    print("\n".join(f"FLOOR BROKEN {line}" for line in broken) or "all floors hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
