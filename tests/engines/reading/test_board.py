"""The board keeps mentions sorted and apart, in one room or in many."""

import random

import pytest

from zhaoyin.engines.reading import mentions
from zhaoyin.engines.reading.mentions import Board, Kind, Mention


def _overlapping(placed: list[Mention], start: int, end: int) -> list[Mention]:
    return [one for one in placed if one.start < end and start < one.end]


@pytest.mark.parametrize("room", [8, 64, 1 << 14])
@pytest.mark.parametrize("seed", range(6))
def test_answers_are_those_of_a_plain_list(monkeypatch: pytest.MonkeyPatch, room: int, seed: int) -> None:
    monkeypatch.setattr(mentions, "ROOM", room)
    chance = random.Random(seed)
    text = "字" * 600
    board, placed = Board(), list[Mention]()
    for _ in range(300):
        start = chance.randrange(len(text) - 1)
        end = min(len(text), start + chance.choice([1, 2, 5, 30]))
        around = _overlapping(placed, start, end)
        assert board.is_free(start, end) == (not around)
        assert board.touching(start, end) == around
        assert board.at(start) == next((one for one in around if one.start <= start), None)
        assert board.between(start, end) == [one for one in around if one.start >= start and one.end <= end]
        if placed and chance.random() < 0.2:
            board.remove(placed.pop(chance.randrange(len(placed))))
        elif (found := board.place(text, start, end, chance.choice(list(Kind)))) is not None:
            placed = sorted([*placed, found])
        assert board.mentions == placed
        assert board.of(Kind.COMPANY) == [one for one in placed if one.kind is Kind.COMPANY]
