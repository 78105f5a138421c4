"""Which signs a pattern's matches can begin with: most places of a text are ruled out by one look at a sign."""


def first_signs(pattern: str) -> frozenset[str]:
    """Signs that a match of `pattern` can begin with; for patterns whose alternatives begin with letters, sets or groups.

    Assertions are passed over, so the answer may be too wide, never too narrow. ValueError for what is not understood, and for a pattern
    that matches nothing at all.
    """
    found, may_be_empty = _openings(pattern)
    if may_be_empty:
        raise ValueError(pattern)
    return frozenset(found)


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
