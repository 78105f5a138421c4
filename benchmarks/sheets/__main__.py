"""`python -m benchmarks.sheets [--small] [--errors LAYOUT]`: records, fields, silent unit errors, speed; past a floor fails."""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.sheets import peer
from benchmarks.sheets.cases import Case
from benchmarks.sheets.held_out import HELD_OUT as BY_HAND_HELD_OUT
from benchmarks.sheets.large import large_ledger
from benchmarks.sheets.layouts import DEVELOPED as BY_HAND
from benchmarks.sheets.mixed import mixed_known, mixed_other
from benchmarks.sheets.outsider import OUTSIDER as BY_AN_OUTSIDER
from benchmarks.sheets.scoring import FIELDS, MONEY, Score, score
from zhaoyin.adapters.spreadsheets.workbook import read_file
from zhaoyin.cli.sheet_labels import file_labels
from zhaoyin.engines.sheet_reading.problem import SheetProblem
from zhaoyin.engines.sheet_reading.solve import solve

FLOORS = Path(__file__).parent / "floors.json"
Layout = Callable[[random.Random], Case]
DEVELOPED: tuple[Layout, ...] = (*BY_HAND, *(mixed_known,) * 6)
HELD_OUT: tuple[Layout, ...] = (*BY_HAND_HELD_OUT, *(mixed_other,) * 6)
"""The random ledgers come six times as often, each time from another seed."""
OUTSIDER: tuple[Layout, ...] = BY_AN_OUTSIDER


def judge(layouts: Sequence[Layout], seeds: Sequence[int], *, with_peer: bool) -> tuple[dict[str, Score], Score, Score]:
    """Scores by layout, of all but the traps together, and of the peer."""
    by_layout: dict[str, Score] = {}
    whole, other = Score(), Score()
    for place, layout in enumerate(layouts):
        for seed in seeds:
            case = layout(random.Random(f"{layout.__name__}{place}-{seed}"))
            file = read_file(file_name=case.name, data=case.data)
            found = file_labels(solve(problem=SheetProblem((file,))).files[0])["records"]
            one = score(case.records, found, f"{case.layout}/{seed}")  # type: ignore[arg-type]
            by_layout.setdefault(case.layout, Score()).add(one)
            if not case.trap:
                whole.add(one)
                if with_peer:
                    other.add(score(case.records, peer.read(file)))
            else:
                whole.unit_errors += one.unit_errors
                whole.currency_errors += one.currency_errors
    return by_layout, whole, other


def line(found: Score) -> str:
    """One line of figures."""
    return (
        f"records {found.f1('record'):.3f}  planned {found.f1('planned_total_investment'):.3f}  fields {found.f1(*FIELDS):.3f}  "
        f"contacts {found.f1('contacts'):.3f}  unit errors {found.unit_errors}  currency errors {found.currency_errors}  "
        f"flagged money {found.flagged_share:.3f}"
    )


def figures(found: Score) -> dict[str, float]:
    """What floors are kept for."""
    return {
        "records": found.f1("record"), "planned": found.f1("planned_total_investment"), "fields": found.f1(*FIELDS),
        "worst_field": min(found.f1(name) for name in FIELDS), "money": found.f1(*MONEY),
    }  # fmt: skip


def speed(rows: int) -> tuple[float, float, int]:
    """CPU seconds to read the file and to understand it, and the records found."""
    data = large_ledger(rows)
    started = time.process_time()
    file = read_file(file_name="large.xlsx", data=data)
    middle = time.process_time()
    found = len(solve(problem=SheetProblem((file,))).files[0].records)
    return middle - started, time.process_time() - middle, found


def main() -> int:
    """0 unless something is past its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="one seed and a small large ledger")
    parser.add_argument("--errors", help="print what is wrong in this layout, unless it is held out")
    given = parser.parse_args()
    if given.errors:
        by_layout, _, _ = judge(
            [one for one in (*DEVELOPED, *OUTSIDER) if given.errors in one.__name__], range(5), with_peer=False
        )
        print("\n".join(text for found in by_layout.values() for text in found.wrong[:60]))
        return 0
    floors = json.loads(FLOORS.read_text())
    seeds = range(100, 102) if given.small else range(100, 112)
    broken = []
    for title, layouts in (("developed", DEVELOPED), ("held out", HELD_OUT), ("outsider", OUTSIDER)):
        by_layout, whole, other = judge(layouts, seeds, with_peer=True)
        print(title)
        for name, found in by_layout.items():
            print(f"  {name:<34}{line(found)}")
        print(f"  {'ALL (traps: errors only)':<34}{line(whole)}")
        print("  " + "  ".join(f"{name} {whole.f1(name):.3f}" for name in FIELDS))
        print(f"  {'plain reader':<34}{line(other)}")
        for key, value in figures(whole).items():
            if value < floors["floors"][title][key]:
                broken.append(f"{title}: {key} {value:.4f} under {floors['floors'][title][key]}")
        for key, count in (("unit errors", whole.unit_errors), ("currency errors", whole.currency_errors)):
            if count > floors["ceilings"][key]:
                broken.append(f"{title}: {count} silent {key}")
        if whole.flagged_share > floors["ceilings"]["flagged"]:
            broken.append(f"{title}: flagged {whole.flagged_share:.3f}")
    rows = 5_000 if given.small else 50_000
    reading, understanding, found_rows = speed(rows)
    print(
        f"{rows:,} rows x 20 columns: read {reading:.2f} s, understood {understanding:.2f} s CPU, {found_rows:,} records"
    )
    if not given.small and reading + understanding > floors["ceilings"]["large_s"]:
        broken.append(f"large ledger: {reading + understanding:.1f} s")
    for text in broken:
        print(f"PAST ITS FLOOR  {text}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
