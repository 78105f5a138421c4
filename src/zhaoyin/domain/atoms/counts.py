"""Counts: people to be employed (3000余人, 1300个 after 岗位), and counts of projects, firms and visits (46个, 二十一家).

Every hit is a candidate with its number and measure word; what it measures is decided by its surroundings in the reading engine.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhaoyin.domain.atoms.numbers import HAN_DIGITS, NUMBER, scaled_value
from zhaoyin.domain.value import value

MEASURES = "批次|人次|家次|余个|个|家|名|人|批|条|场|项|次|户|宗|笔|组|位|席|支|份"
_COUNT = re.compile(rf"(?P<number>{NUMBER}\s?[余多来]?\s?[万千百]?\s?[余多来]?)\s?(?P<measure>{MEASURES})")
_RUN = re.compile(
    rf"[\d{HAN_DIGITS[1:-1]}][\d,.{HAN_DIGITS[1:-1]}余多来万\s]*(?P<measure>[个家名人批条场项次户宗笔组位席支份])?"
)
"""A number with all that may stand in it, and whether a measure word begins behind it: every count ends where such a run ends."""
_LARGEST = Decimal(10**9)


@value
class CountAtom:
    """`text[start:end]` counts `value` things with the measure word `measure`."""

    start: int
    end: int
    value: Decimal
    measure: str


def find_counts(text: str, position: int = 0, end: int | None = None) -> Iterator[CountAtom]:
    """Every number with a measure word in `text[position:end]`."""
    last = len(text) if end is None else end
    for run in _RUN.finditer(text, position, last):
        match = _COUNT.search(text, run.start(), min(run.end() + 1, last)) if run["measure"] else None
        if match is None:
            continue
        number = match["number"].replace(" ", "")
        value = scaled_value(re.sub(r"[余多来]", "", number))
        if value is not None and value <= _LARGEST and not _is_part_of_date(text, match.start()):
            yield CountAtom(match.start(), match.end(), value, match["measure"])


def _is_part_of_date(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1] in ".第年~" or (text[start - 1].isascii() and text[start - 1].isalnum()))
