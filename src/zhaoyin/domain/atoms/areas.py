"""Areas: 120亩 · 3.5万平方米 · 3000平 · 7,800㎡ · 2公顷, in square metres."""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhaoyin.domain.atoms.numbers import HAN_DIGITS, NUMBER, scaled_value
from zhaoyin.domain.value import value

_FACTORS: dict[str, Decimal] = {
    "亩": Decimal(2000) / Decimal(3),
    "公顷": Decimal(10**4),
    "平方公里": Decimal(10**6),
    "平方千米": Decimal(10**6),
    "平方米": Decimal(1),
    "平米": Decimal(1),
    "㎡": Decimal(1),
    "平": Decimal(1),
    "方": Decimal(1),
}
LONGEST_UNIT = max(map(len, _FACTORS))
_FIRST = "".join(sorted({unit[0] for unit in _FACTORS}))
_UNITS = "|".join(sorted(_FACTORS, key=len, reverse=True))
_AREA = re.compile(rf"(?P<number>{NUMBER}\s?[余多]?\s?[万千百]?\s?[余多]?)\s?(?P<unit>{_UNITS})")
_RUN = re.compile(rf"[\d{HAN_DIGITS[1:-1]}][\d,.{HAN_DIGITS[1:-1]}余多万\s]*(?P<unit>[{_FIRST}])?")
"""A number with all that may stand in it, and whether a unit begins behind it: every area ends with the unit behind such a run."""


@value
class AreaAtom:
    """`value` in the unit as written (`unit`), and `square_metres`."""

    start: int
    end: int
    value: Decimal
    unit: str
    square_metres: Decimal


def find_areas(text: str) -> Iterator[AreaAtom]:
    """Every area in `text`; a mu is exactly 2000/3 square metres, rounded to a hundredth here."""
    for run in _RUN.finditer(text):
        match = _AREA.search(text, run.start(), run.end() + LONGEST_UNIT) if run["unit"] else None
        if match is None:
            continue
        value = scaled_value(re.sub(r"[余多\s]", "", match["number"]))
        if value is not None:
            metres = (value * _FACTORS[match["unit"]]).quantize(Decimal("0.01"))
            yield AreaAtom(match.start(), match.end(), value, match["unit"], metres)
