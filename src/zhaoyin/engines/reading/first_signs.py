"""Which signs a pattern's matches can begin with: most places of a text are ruled out by one look at a sign."""

import re
from collections.abc import Iterable, Mapping


def first_signs(pattern: str) -> frozenset[str]:
    """Signs that a match of `pattern` can begin with; for patterns whose alternatives begin with letters, sets or groups.

    Assertions are passed over, so the answer may be too wide, never too narrow. ValueError for what is not understood, and for a pattern
    that matches nothing at all.
    """
    found, may_be_empty = _openings(pattern)
    if may_be_empty:
        raise ValueError(pattern)
    return frozenset(found)


def only_at(signs: Iterable[str]) -> str:
    """Put before a pattern whose matches begin with `signs`: elsewhere none of its alternatives is tried."""
    return f"(?=[{re.escape(''.join(sorted(signs)))}])"


def alternatives(pattern: str) -> list[str]:
    """The alternatives of `pattern`, as they stand between its outermost bars."""
    found, begin, position = [], 0, 0
    while position < len(pattern):
        if pattern[position] == "|":
            found.append(pattern[begin:position])
            begin = position + 1
        position = _closing(pattern, position) + 1
    return [*found, pattern[begin:]]


def sorted_by_sign(patterns: Mapping[str, str], rooms: int) -> str:
    """One pattern for the first of `patterns` (by group name) that matches, its alternatives in `rooms` rooms by the sign they begin with.

    A room is entered only at one of its signs, so that few alternatives are tried. A group's name gets the number of its room behind `_`.
    """
    pieces = [
        (name, piece, first_signs(piece)) for name, pattern in patterns.items() for piece in alternatives(pattern)
    ]
    signs = sorted(frozenset().union(*(openings for _, _, openings in pieces)))
    found: list[str] = []
    for room in range(rooms):
        here = frozenset(signs[room::rooms])
        groups: dict[str, list[str]] = {}
        for name, piece, openings in pieces:
            if not here.isdisjoint(openings):
                groups.setdefault(name, []).append(piece)
        inner = "|".join(f"(?P<{name}_{room}>{'|'.join(tried)})" for name, tried in groups.items())
        found.append(f"{only_at(here)}(?:{inner})")
    return "|".join(found)


def _openings(pattern: str) -> tuple[set[str], bool]:
    """The signs, and whether an alternative can be empty; `open_` is whether the alternative has had no sign yet."""
    found: set[str] = set()
    may_be_empty, open_, position = False, True, 0
    while position < len(pattern):
        sign = pattern[position]
        close = _closing(pattern, position)
        optional = pattern[close + 1 : close + 2] in {"?", "*"}
        inner = pattern[position + 1 : close]
        if sign == "|":
            may_be_empty, open_ = may_be_empty or open_, True
        elif sign in "?*+" or not open_ or inner.startswith(("?=", "?!", "?<")):
            pass
        elif sign == "(":
            signs, empty = _openings(inner.removeprefix("?:"))
            found |= signs
            open_ = optional or empty
        elif sign in "\\.^${":
            raise ValueError(pattern)
        else:
            found |= _members(inner) if sign == "[" else {sign}
            open_ = optional
        position = close + 1
    return found, may_be_empty or open_


def _members(signs: str) -> set[str]:
    """The signs of a set, written one by one or as ranges."""
    if signs.startswith("^") or "\\" in signs:
        raise ValueError(signs)
    found = set(signs)
    for at in range(1, len(signs) - 1):
        if signs[at] == "-":
            found |= {chr(code) for code in range(ord(signs[at - 1]), ord(signs[at + 1]) + 1)}
    return found


def _closing(pattern: str, opening: int) -> int:
    """Where the bracket that opens at `opening` closes; `opening` when there is none."""
    if pattern[opening] == "[":
        return pattern.index("]", opening)
    depth, position = 0, opening
    while True:
        depth += {"(": 1, ")": -1}.get(pattern[position], 0)
        if depth == 0:
            return position
        position += 1
