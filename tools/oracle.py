"""Counting against its oracle on many random ledgers: `python tools/oracle.py [--ledgers 10000] [--seed 1]`."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.engines.counting.bench_of_ledgers import check

AT_ONCE = 250


def main() -> int:
    """0 when engine and oracle agree on every ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledgers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.perf_counter()
    for run in range(-(-given.ledgers // AT_ONCE)):
        wrong = check(seed=given.seed + run, ledgers=AT_ONCE)
        if wrong:
            print(f"seed {given.seed + run}: {len(wrong)} differences", *wrong[:10], sep="\n  ")
            return 1
    print(f"{given.ledgers} ledgers: engine and oracle agree ({time.perf_counter() - started:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
