"""`make fuzz`: the reading engine over mutated documents, and its time over growing ones.

python tools/fuzz.py [COUNT] [SEED]     default 1,000,000 documents on all cores; stops with 1 at the first crash or span outside the text
"""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading.documents import documents
from benchmarks.reading.mutations import mutated
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve

LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)


def check(text: str) -> None:
    """Read one text; AssertionError when a span is not what it says."""
    try:
        reading = solve(problem=ReadingProblem(text, date(2024, 6, 1)))
    except InvalidValue:
        return
    spans = [*(name.span for name in reading.names), *(amount.span for amount in reading.amounts)]
    spans += [
        *(moment.span for moment in reading.dates),
        *(number.span for number in (*reading.jobs, *reading.counts, *reading.areas)),
    ]
    for draft in reading.projects:
        assert all(
            0 <= chance <= 1
            for chance in (draft.confidence, draft.fields.company, draft.fields.amount, draft.fields.stage)
        )
        spans += [span for span in (draft.company, draft.name, draft.stage_span, draft.place) if span is not None]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text, span


def curve() -> None:
    """Seconds for growing texts; each ten times as long as the one before it."""
    base = "\n".join(document.text for seed in range(60) for document in documents(seed) if not document.boilerplate)
    for length in LENGTHS:
        text = (base * (length // len(base) + 1))[:length]
        started = time.process_time()
        solve(problem=ReadingProblem(text, date(2024, 6, 1)))
        seconds = time.process_time() - started
        print(f"{length:>12,} characters {seconds:8.2f} s {length / seconds:>10,.0f} characters/s", flush=True)


def share(count: int, seed: int, part: int, parts: int) -> str:
    """Check every `parts`-th document from the one numbered `part` on; what went wrong with the first that fails, or nothing."""
    started = time.time()
    for number, text in enumerate(mutated(seed, count), start=1):
        if number % parts != part:
            continue
        try:
            check(text)
        except Exception as error:
            return f"document {number} of seed {seed}: {type(error).__name__}: {error}\n{text!r}"
        if number % 50_000 < parts:
            print(f"{number:,} documents, {time.time() - started:.0f} s", flush=True)
    return ""


def main() -> int:
    """Run both; the exit code."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        running = [pool.submit(share, count, seed, part, parts) for part in range(parts)]
        for one in as_completed(running):
            if one.result():
                print(one.result(), flush=True)
                os._exit(1)  # the other shares need not end
    print(f"{count:,} documents, no crash, every span inside its text")
    curve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
