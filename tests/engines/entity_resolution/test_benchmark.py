"""A slice of the benchmark, and the development pairs when they are at hand."""

import random
from pathlib import Path

import pytest

from benchmarks.names.__main__ import judge
from benchmarks.names.invented import HELD_OUT_RULES, KNOWN_RULES, Firm, distinct, near_name, pairs
from zhaoyin.engines.entity_resolution.registry import Registry

PAIRS = Path(__file__).parents[4] / "shared/benchmarks/names/short_full_dev.tsv"


def test_it_finds_short_names_made_by_rules_it_was_not_set_with() -> None:
    chance = random.Random(1)
    firms = distinct([Firm(chance, plc=True) for _ in range(400)])
    names = [firm.full for firm in firms]
    near = [near_name(chance.choice(names), chance) for _ in range(1500)]
    registry = Registry.of([*names, *near])
    for rules, least in ((KNOWN_RULES, 0.93), (HELD_OUT_RULES, 0.9)):
        score = judge(registry, pairs(firms, rules, chance, 240))["all"]
        assert score.right / score.asked >= least
        assert score.accepted / score.asked >= 0.6
        assert score.accepted_right / score.accepted >= 0.985


@pytest.mark.skipif(not PAIRS.exists(), reason="the development pairs are not part of the repository")
def test_it_finds_listed_companies() -> None:
    rows = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines()]
    score = judge(Registry.of(list(dict.fromkeys(full for _, full in rows))), [("", *row) for row in rows])["all"]  # type: ignore[misc]
    assert score.right / score.asked >= 0.975
    assert score.accepted / score.asked >= 0.8
    assert score.accepted_right / score.accepted >= 0.99
