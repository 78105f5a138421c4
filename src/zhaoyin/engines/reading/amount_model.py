"""How likely an amount is a project's planned total, by the words around it: a logistic regression over characters.

The rules (`amounts`) say first what each amount is. Where they say that it is a total, or nothing at all, the words around it are looked at
once more, with names and other amounts masked: what 光税就缴了, 头一笔签了…的籽棉合同 and 加盟费 have in common no list of words holds.
Fitted by `tools/train_reading.py` on the amounts of the hand-written texts whose totals are known; see docs/algorithms/reading.md.
"""

import math
from collections.abc import Iterator, Sequence

from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.masking import Masked
from zhaoyin.engines.reading.sign_model import SignModel, pieces, sign_model

FILE = "amounts.tsv"
JUDGED = frozenset({AmountRole.INVEST, AmountRole.BARE, AmountRole.OTHER, AmountRole.PHASE})
"""Roles that are looked at once more."""
NO_TOTAL = 0.25
"""Below this chance what the rules took for a total, or for anything at all, is none (benchmarks/reading)."""
A_TOTAL, AGAINST_THE_RULES = 0.8, 0.9
"""From this chance on an amount that no word names is a total; and one that the rules took for something else."""
LONGEST_BEFORE, LONGEST_AFTER = 24, 14
"""Characters of masked text on both sides."""
_REACH_BEFORE, _REACH_AFTER = 40, 24
_NEAREST = range(1, 7)
_CLAUSE_SIGNS = ",。;:、 "


def signs_of(before: str, after: str, atom: MoneyAtom, role: AmountRole) -> set[str]:
    """Signs of an amount between two pieces of masked text: what stands next to it, and words of its clause, of the one before and of what follows."""
    left, right = f"^{before}", f"{after}$"
    found = {f"R{role.value}", f"u{atom.money.currency.value}", f"n{min(before.count('M'), 3)}"}
    found.add("kC" if "C" in before else "kP" if "P" in before else "k-")
    found.add(f"m{int(2 * math.log10(value))}" if (value := float(atom.money.value)) >= 1 else "m0")
    found.update([f"<{left[-width:]}" for width in _NEAREST])
    found.update([f">{right[:width]}" for width in _NEAREST])
    opening = max([left.rfind(sign) for sign in _CLAUSE_SIGNS]) + 1
    for name, text, widths in (
        ("c", left[opening:], (2, 3, 4)),
        ("a", right, (2, 3, 4)),
        ("d", left[:opening], (2, 3)),
    ):
        found.update(pieces(name, text, widths))
    return found


def amount_signs(facts: Facts, masked: Masked, roles: Sequence[AmountRole]) -> Iterator[tuple[int, set[str]]]:
    """Number and signs of each of `facts.money` that is looked at once more."""
    if JUDGED.isdisjoint(roles):
        return
    text = facts.text
    for number, (atom, role) in enumerate(zip(facts.money, roles, strict=True)):
        if role not in JUDGED:
            continue
        floor = max(0, atom.start - _REACH_BEFORE)
        line = text.rfind("\n", floor, atom.start) + 1 or floor
        stop = text.find("\n", atom.end, atom.end + _REACH_AFTER)
        stop = stop if stop >= 0 else min(len(text), atom.end + _REACH_AFTER)
        before = masked.piece(line, atom.start)[-LONGEST_BEFORE:]
        after = masked.piece(atom.end, stop)[:LONGEST_AFTER]
        yield number, signs_of(before, after, atom, role)


def settled_roles(
    facts: Facts, masked: Masked, roles: list[AmountRole], model: SignModel
) -> tuple[list[AmountRole], dict[int, float]]:
    """The roles with those put right of which the model is sure, and its chances by the places of the amounts; what a column of a table says stands."""
    told = {one.start for one in facts.fields}
    settled = list(roles)
    chances: dict[int, float] = {}
    for number, signs in amount_signs(facts, masked, roles):
        if facts.money[number].start in told:
            continue
        role = roles[number]
        chance = model.chance(signs)
        chances[facts.money[number].start] = chance
        if role in {AmountRole.INVEST, AmountRole.BARE}:
            if chance < NO_TOTAL:
                settled[number] = AmountRole.OTHER
            elif role is AmountRole.BARE and chance >= A_TOTAL:
                settled[number] = AmountRole.INVEST
        elif chance >= AGAINST_THE_RULES:
            settled[number] = AmountRole.INVEST
    return settled, chances


def base_amounts() -> SignModel:
    """The model that comes with the engine."""
    return sign_model(FILE)
