"""The own benchmark holds its floors."""

import json
from pathlib import Path

import pytest

from benchmarks.reading.documents import documents
from benchmarks.reading.scoring import score
from benchmarks.reading.varied import FILES, GROUPS, group, varied

FLOORS = Path(__file__).parents[3] / "benchmarks" / "reading" / "floors.json"


def test_it_holds_the_floors() -> None:
    own = documents()
    assert len(own) >= 30
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for part, held_out in (("seen", False), ("held_out", True)):
        results = score([one for one in own if one.held_out is held_out])
        assert results["boilerplate_hits"] == 0
        for name, floor in floors[part].items():
            assert results[name] >= floor, f"{part}.{name}"


@pytest.mark.parametrize("part", list(GROUPS))
def test_it_holds_the_floors_of_the_hand_written_texts(part: str) -> None:
    results = score(group(part))
    assert results["boilerplate_hits"] == 0
    for name, floor in json.loads(FLOORS.read_text(encoding="utf-8"))[part].items():
        assert results[name] >= floor, name


def test_it_marks_spans_exactly() -> None:
    for document in [*documents(), *(document for file in FILES for document in varied(file))]:
        assert all(0 <= start < end <= len(document.text) for start, end, _ in document.spans)
