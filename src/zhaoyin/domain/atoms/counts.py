"""Counts: people to be employed (3000余人, 1300个 after 岗位), and counts of projects, firms and visits (46个, 二十一家).

Every hit is a candidate with its number and measure word; what it measures is decided by its surroundings in the reading engine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhaoyin.domain.atoms.numbers import NUMBER, scaled_value

MEASURES = "批次|人次|家次|余个|个|家|名|人|批|条|场|项|次|户|宗|笔|组|位|席|支|份"
_COUNT = re.compile(rf"(?P<number>{NUMBER}\s?[余多来]?\s?[万千百]?\s?[余多来]?)\s?(?P<measure>{MEASURES})")
_LARGEST = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class CountAtom:
    """`text[start:end]` counts `value` things with the measure word `measure`."""

    start: int
    end: int
    value: Decimal
    measure: str


def find_counts(text: str, position: int = 0, end: int | None = None) -> Iterator[CountAtom]:
    """Every number with a measure word in `text[position:end]`."""
    for match in _COUNT.finditer(text, position, len(text) if end is None else end):
        number = match["number"].replace(" ", "")
        value = scaled_value(re.sub(r"[余多来]", "", number))
        if value is not None and value <= _LARGEST and not _is_part_of_date(text, match.start()):
            yield CountAtom(match.start(), match.end(), value, match["measure"])


def _is_part_of_date(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1] in ".第年~" or (text[start - 1].isascii() and text[start - 1].isalnum()))
