"""Texts with names, amounts, days and numbers as letters: what the models of stages, amounts and relations see are the words around them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.mentions import Kind

Mark = tuple[int, int, str]
"""Start, end and letter."""
AMOUNT, DAY, NUMBER = "M", "D", "N"
LETTERS: Mapping[Kind, str] = {
    Kind.COMPANY: "C",
    Kind.FUND: "U",
    Kind.PROJECT: "P",
    Kind.ZONE: "Z",
    Kind.PLACE: "Z",
    Kind.AGENCY: "G",
}
"""What the models of amounts and investors see of names."""
FUNDS_AS_FIRMS: Mapping[Kind, str] = {**LETTERS, Kind.FUND: "C"}
"""What the stage model sees of them."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO_OTHERS: Mapping[int, str] = {}


class Masked:
    """A text and what stands in it as a letter; of two marks that overlap the one that begins first counts."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self.text = text
        self.marks = sorted(marks)
        self._starts = [start for start, _, _ in self.marks]

    def piece(self, start: int, end: int, others: Mapping[int, str] = _NO_OTHERS) -> str:
        """`text[start:end]` in small letters with the marks of it in capital ones; `others` are letters of marks by where they begin, in place of their own."""
        text, made, position = self.text, "", start
        first = bisect_left(self._starts, start)
        for begin, stop, letter in self.marks[first : bisect_left(self._starts, end, first)]:
            if begin >= position:
                made += text[position:begin].lower() + others.get(begin, letter)
                position = stop
        return _NUMBER.sub(NUMBER, made + text[position:end].lower())


def marks_of(facts: Facts, letters: Mapping[Kind, str]) -> list[Mark]:
    """The names of these kinds, the amounts and the days."""
    marks = [(one.start, one.end, letters[one.kind]) for one in facts.board.mentions if one.kind in letters]
    marks += [(atom.start, atom.end, AMOUNT) for atom in facts.money]
    marks += [(atom.start, atom.end, DAY) for atom in facts.dates]
    return marks
