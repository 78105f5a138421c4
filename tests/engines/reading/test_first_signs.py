"""Patterns sorted by the sign they begin with find what their alternatives find one after the other."""

import re

import pytest

from zhaoyin.engines.reading.first_signs import alternatives, first_signs, only_at, sorted_by_sign

PATTERNS = {"DONE": r"投产|(?:已)?建成(?!后)|[开动]工", "PLAN": r"投(?:资|入)|开(?=业)|拟建"}
TEXT = "拟建项目已投产,投资3亿元,动工后开业,建成后投入使用,已建成。"


def test_alternatives_stand_between_the_outermost_bars() -> None:
    assert alternatives("甲|(?:乙|丙)丁|[戊|]") == ["甲", "(?:乙|丙)丁", "[戊|]"]


@pytest.mark.parametrize("rooms", [1, 2, 5])
def test_rooms_change_nothing(rooms: int) -> None:
    plain = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS.items()))
    roomy = re.compile(sorted_by_sign(PATTERNS, rooms))
    wanted = [(match.span(), match.lastgroup) for match in plain.finditer(TEXT)]
    found = [(match.span(), (match.lastgroup or "").partition("_")[0]) for match in roomy.finditer(TEXT)]
    assert found == wanted
    assert len(wanted) > 4


def test_only_at_lets_every_match_through() -> None:
    pattern = PATTERNS["DONE"]
    assert re.findall(only_at(first_signs(pattern)) + f"(?:{pattern})", TEXT) == re.findall(pattern, TEXT)
