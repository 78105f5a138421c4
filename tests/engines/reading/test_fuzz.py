"""A fixed slice of the fuzzing that `make fuzz` does at length."""

import importlib.util
from pathlib import Path

from benchmarks.reading.mutations import mutated

_spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parents[3] / "tools" / "fuzz.py")
assert _spec is not None and _spec.loader is not None
fuzz = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz)


def test_it_survives_two_thousand_mutated_documents() -> None:
    for text in mutated(20260101, 2000):
        fuzz.check(text)
