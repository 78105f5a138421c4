"""`python -m benchmarks.deduplication [--small] [--records N]`: precision and recall on planted duplicates, a baseline, time, memory."""

import argparse
import json
import os
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.deduplication.invented import HELD_OUT_RULES, KNOWN_RULES, Rewriting, register
from zhaoyin.adapters.warehouse.deduplicate import deduplicate
from zhaoyin.engines.entity_resolution.registry_duplicates import ACCEPT, Match, RegistryRecord, comparable

FLOORS = Path(__file__).parent / "floors.json"
Pair = tuple[str, str]


def planted(count: int, rules: Mapping[str, Rewriting]) -> tuple[list[RegistryRecord], dict[Pair, str]]:
    """Records, and planted pairs → rule."""
    records: list[RegistryRecord] = []
    pairs: dict[Pair, str] = {}
    for record, first, rule in register(count, rules, random.Random(f"{sorted(rules)} {count}")):
        records.append(record)
        if first:
            pairs[first, record.id] = rule
    return records, pairs


def baseline(records: Sequence[RegistryRecord]) -> set[Pair]:
    """The same normalised name with its place, or the same credit code."""
    groups: dict[object, list[str]] = defaultdict(list)
    for record, row in zip(records, comparable(records), strict=True):
        groups["name", row[1], row[4], row[5]].append(record.id)
        if row[6]:
            groups["code", row[6]].append(record.id)
    return {(a, b) for keys in groups.values() if len(keys) < 1000 for at, a in enumerate(keys) for b in keys[at + 1 :]}


def scored(label: str, found: set[Pair], truth: Mapping[Pair, str]) -> dict[str, float]:
    """Prints and returns precision and recall."""
    right = found & set(truth)
    by_rule: dict[str, list[bool]] = defaultdict(list)
    for pair, rule in truth.items():
        by_rule[rule].append(pair in found)
    precision, recall = len(right) / max(1, len(found)), len(right) / max(1, len(truth))
    print(f"  {label:<18} precision {precision:.4f}  recall {recall:.4f}  ({len(found):,} pairs)")
    print("    " + "  ".join(f"{rule} {sum(hits) / len(hits):.3f}" for rule, hits in sorted(by_rule.items())))
    return {"precision": precision, "recall": recall}


def accepted(matches: Sequence[Match]) -> set[Pair]:
    """Pairs that are taken without asking, keys in order."""
    return {(min(m.first, m.second), max(m.first, m.second)) for m in matches if m.probability >= ACCEPT}


def run(count: int, name: str, rules: Mapping[str, Rewriting], *, spill: Path | None = None) -> dict[str, float]:
    """One register: accuracy, seconds, peak memory."""
    records, truth = planted(count, rules)
    started = time.perf_counter()
    matches = deduplicate(records=records, memory_mb=3000, spill=spill)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {len(records):,} records, {len(truth):,} planted; {seconds:.1f} s, peak {peak:,.0f} MB, load {os.getloadavg()[0]:.1f}"
    )
    found = scored("accepted", accepted(matches), truth)
    shown = {(min(m.first, m.second), max(m.first, m.second)) for m in matches}
    found["shown recall"] = scored("accepted or shown", shown, truth)["recall"]
    scored("baseline", baseline(records), truth)
    return found | {"seconds": seconds, "peak_mb": peak}


def main() -> int:
    """1 when a floor or (at a million) a ceiling is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--spill", type=Path)
    given = parser.parse_args()
    count = 20_000 if given.small else given.records
    limits = json.loads(FLOORS.read_text("utf-8"))
    broken: list[str] = []
    for name, rules in (("known rules", KNOWN_RULES), ("held-out rules", HELD_OUT_RULES)):
        found = run(count, name, rules, spill=given.spill)
        broken += [
            f"{name}, {what}: {found[what]:.4f} < {floor}"
            for what, floor in limits["floors"].get(name, {}).items()
            if found[what] < floor
        ]
        if count == 1_000_000:
            broken += [
                f"{name}, {what}: {found[what]:.1f} > {most}"
                for what, most in limits["ceilings"].items()
                if found[what] > most
            ]
    print("\n".join(f"FLOOR BROKEN {line}" for line in broken) or "all floors hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
