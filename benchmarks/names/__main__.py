"""`python -m benchmarks.names [--small] [--pairs FILE]`: accuracy, abstention, speed and size; a value past its floor fails."""

import argparse
import json
import random
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.names.invented import HELD_OUT_RULES, KNOWN_RULES, Firm, distinct, near_name, pairs
from benchmarks.names.peers import Jaccard, TfIdf
from zhaoyin.engines.entity_resolution.params import ResolutionParams
from zhaoyin.engines.entity_resolution.problem import ResolutionProblem
from zhaoyin.engines.entity_resolution.registry import Registry
from zhaoyin.engines.entity_resolution.result import Decision
from zhaoyin.engines.entity_resolution.solve import solve

FLOORS = Path(__file__).parent / "floors.json"
_ENDING = re.compile(r"(?:集团|控股)?(?:股份有限公司|有限责任公司|股份公司|有限公司)(?:[(（]集团[)）])?$")
Query = tuple[str, str, str]


@dataclass
class Score:
    """Counts of one group of queries."""

    asked: int = 0
    right: int = 0
    accepted: int = 0
    accepted_right: int = 0

    @property
    def line(self) -> str:
        """Accuracy at one, coverage and precision of what was accepted."""
        return (
            f"acc@1 {self.right / max(1, self.asked):.3f}  accepted {self.accepted / max(1, self.asked):.3f}  "
            f"of them right {self.accepted_right / max(1, self.accepted):.4f}"
        )


def judge(registry: Registry, queries: list[Query]) -> dict[str, Score]:
    """Scores by rule, and of all under `all`."""
    rules = ResolutionParams(name_is_identity=True)
    scores: dict[str, Score] = defaultdict(Score)
    for rule, query, wanted in queries:
        found = solve(problem=ResolutionProblem(registry, query), params=rules)
        right = bool(found.candidates) and found.candidates[0].name == wanted
        for score in (scores[rule], scores["all"]):
            score.asked += 1
            score.right += right
            score.accepted += found.decision is Decision.ACCEPT
            score.accepted_right += right and found.decision is Decision.ACCEPT
    return scores


def _same_ending(name: str) -> str:
    return _ENDING.sub("", name) + "有限公司"


def accuracy(names: list[str], queries: list[Query], distractors: list[str], floors: dict[str, float]) -> list[str]:
    """Prints the table of one set of queries; returns what broke a floor."""
    broken = []
    crowd = list(dict.fromkeys([*names, *distractors]))
    equal = [(rule, query, _same_ending(wanted)) for rule, query, wanted in queries]
    settings = {
        "alone": (names, queries),
        "crowd": (crowd, queries),
        "alone, endings equal": (list(dict.fromkeys(map(_same_ending, names))), equal),
        "crowd, endings equal": (list(dict.fromkeys(map(_same_ending, crowd))), equal),
    }
    for label, (registered, asked) in settings.items():
        scores = judge(Registry.of(registered), asked)
        print(f"  {label} ({len(registered):,} names)")
        for rule, score in scores.items():
            print(f"    {rule:<30}{score.line}")
        whole = scores["all"]
        for key, value in (
            (label, whole.right / whole.asked),
            (f"{label}: coverage", whole.accepted / whole.asked),
            (f"{label}: precision", whole.accepted_right / max(1, whole.accepted)),
        ):
            if value < floors.get(key, 0):
                broken.append(f"{key}: {value:.4f} under {floors[key]}")
    for title, peer in (("TF-IDF", TfIdf), ("Jaccard of pairs", Jaccard)):
        for label in ("alone", "crowd"):
            registered, asked = settings[label]
            model, part = peer(registered), asked[:600]
            hits = sum(model.best(query) == wanted for _, query, wanted in part)
            print(f"  {title}, {label}: acc@1 {hits / len(part):.3f} of the first {len(part)}")
    return broken


def speed(count: int, floors: dict[str, float], *, judged: bool) -> list[str]:
    """Build and query times on `count` invented names."""
    chance = random.Random(3)
    firms = [Firm(chance) for _ in range(count)]
    queries = pairs(firms, KNOWN_RULES | HELD_OUT_RULES, chance, 1400)
    names = [firm.full for firm in firms]
    del firms
    started = time.process_time()
    registry = Registry.of(names)
    built = time.process_time() - started
    spent = []
    for _, query, _ in queries:
        started = time.perf_counter()
        solve(problem=ResolutionProblem(registry, query))
        spent.append((time.perf_counter() - started) * 1000)
    spent.sort()
    found = {
        "build_s": built,
        "index_mb": registry.nbytes / 1e6,
        "query_median_ms": median(spent),
        "query_p95_ms": spent[int(len(spent) * 0.95)],
    }
    print(f"speed, {count:,} names")
    broken = []
    for key, value in found.items():
        over = judged and value > floors[key]
        broken += [f"{key}: {value:.2f} over {floors[key]}"] if over else []
        print(f"  {key:<20}{value:>10.2f}   (at most {floors[key]} at 1,000,000)")
    return broken


def main() -> int:
    """0 unless something is past its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of everything, for every day")
    parser.add_argument(
        "--pairs", type=Path, help="judge this file of short and registered names instead (evaluation only)"
    )
    given = parser.parse_args()
    floors = json.loads(FLOORS.read_text())
    part = 10 if given.small else 1
    chance = random.Random(11)
    if given.pairs:
        rows = [line.split("\t") for line in given.pairs.read_text("utf-8").splitlines()]
        queries = {"pairs": [("pairs", short, full) for short, full in rows]}
        names = list(dict.fromkeys(full for _, full in rows))
    else:
        firms = distinct([Firm(chance, plc=True) for _ in range(4600 // part)])
        names = [firm.full for firm in firms]
        queries = {
            "known rules": pairs(firms, KNOWN_RULES, chance, 1800 // part),
            "held-out rules": pairs(firms, HELD_OUT_RULES, chance, 1600 // part),
        }
    near = [near_name(chance.choice(names), chance) for _ in range(20_000 // part)]
    distractors = near + [Firm(chance).full for _ in range(80_000 // part)]
    broken = []
    for title, asked in queries.items():
        print(title)
        broken += accuracy(names, asked, distractors, floors["floors"].get(title, {}))
    broken += speed(1_000_000 // (part * 2 if part > 1 else 1), floors["ceilings"], judged=not given.small)
    for line in broken:
        print(f"PAST ITS FLOOR  {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
