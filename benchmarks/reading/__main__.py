"""`python -m benchmarks.reading`: scores on the own texts, throughput beside jieba, floors.

`--check` exits with 1 when a score is under its floor; `--raise-floors` writes better scores as the new floors.
"""

import argparse
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.reading.documents import documents
from benchmarks.reading.scoring import score
from benchmarks.reading.varied import FILES, GROUPS, group, varied
from zhaoyin.cli.collector import seldom
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve

FLOORS = Path(__file__).with_name("floors.json")
CHARACTERS = 400_000


PAGE = 2_000


def notes() -> list[str]:
    """Distinct short texts of about 90 characters, every one with a project: the hardest case."""
    return [document.text for seed in range(40) for document in documents(seed)]


def pages() -> list[str]:
    """Distinct texts of about `PAGE` characters: notes one under another, without those that have a page around them."""
    bare = (one.text for seed in range(40) for one in documents(seed) if not one.boilerplate)
    found, page = [], ""
    for text in bare:
        page += text + "\n"
        if len(page) >= PAGE:
            found.append(page)
            page = ""
    return found


def throughput(texts: list[str], characters: int, params: ReadingParams | None = None) -> float:
    """Characters a second of one core, best of three runs, under the collector's policy of `zhaoyin read`."""
    best = 0.0
    with seldom():
        for _ in range(3):
            done, started = 0, time.process_time()
            for text in texts:
                solve(problem=ReadingProblem(text, date(2024, 6, 1)), params=params)
                done += len(text)
                if done >= characters:
                    break
            best = max(best, done / (time.process_time() - started))
    return best


def jieba_throughput() -> float | None:
    """Words only, as a yardstick on the same machine; None when jieba is not installed."""
    try:
        import jieba.posseg
    except ImportError:
        return None
    jieba.setLogLevel(60)
    list(jieba.posseg.cut("预热"))
    text = "\n".join(document.text for seed in range(8) for document in documents(seed))
    started = time.process_time()
    list(jieba.posseg.cut(text))
    return len(text) / (time.process_time() - started)


def main() -> int:
    """Print the table; see the module's text for the options."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--small", action="store_true", help="less text for the throughput (CI)")
    parser.add_argument("--files", action="store_true", help="print the scores of each set of a group too")
    options = parser.parse_args()
    own = documents()
    results = {
        "seen": score([one for one in own if not one.held_out]),
        "held_out": score([one for one in own if one.held_out]),
    } | {name: score(group(name)) for name in GROUPS}
    for part, values in results.items():
        print(part, json.dumps(values))
    for file in FILES if options.files else ():
        print(file, json.dumps(score(varied(file))))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    failed = [
        f"{part}.{name} {results[part][name]} < {floor}"
        for part, wanted in floors.items()
        for name, floor in wanted.items()
        if results[part][name] < floor
    ]
    if options.raise_floors:
        raised = {
            part: {
                name: max(value, floors.get(part, {}).get(name, 0.0))
                for name, value in values.items()
                if name != "boilerplate_hits"
            }
            for part, values in results.items()
        }
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n", encoding="utf-8")
    if not options.check:
        wanted = CHARACTERS // 8 if options.small else CHARACTERS
        print(f"characters/s in notes of 90: {throughput(notes(), wanted):,.0f}")
        print(f"characters/s in pages of {PAGE}: {throughput(pages(), wanted):,.0f}")
        bare = ReadingParams(tagger=False)
        print(
            f"without the tagger: {throughput(notes(), wanted, bare):,.0f} and {throughput(pages(), wanted, bare):,.0f}"
        )
        for file in FILES[-2:]:
            print(f"without the tagger, {file}: {json.dumps(score(varied(file), bare))}")
        print(f"characters/s of jieba, words and classes only: {jieba_throughput() or 0:,.0f}")
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print("\n".join(failed) or "floors hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
