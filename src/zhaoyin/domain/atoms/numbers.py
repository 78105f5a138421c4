"""Numbers as people write them: 1,234.5 · 一亿二千万 · 1.2万 · 二十一 · 三千. Exact decimals, never floats."""

import re
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?(?!\d)|\d{1,15}(?:\.\d{1,6})?(?![\d]))"
"""Arabic digits with optional thousands separators; longer runs are codes, not amounts."""

HAN_DIGITS = r"[〇零一二两三四五六七八九十百千]"
NUMBER = rf"(?:{DIGITS}|{HAN_DIGITS}{{1,9}})"

_VALUES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
MAGNITUDES: dict[str, Decimal] = {
    "": Decimal(1),
    "百": Decimal(10**2),
    "千": Decimal(10**3),
    "万": Decimal(10**4),
    "w": Decimal(10**4),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
}


def han_value(text: str) -> Decimal | None:
    """Value of a numeral below ten thousand (二百五 = 250, 二〇二四 = 2024, 十八 = 18); None when it is no numeral."""
    if not text:
        return None
    if not any(sign in _PLACES for sign in text):
        return _digit_by_digit(text)
    total, current, last_place = 0, None, 0
    for sign in text:
        if sign in _PLACES:
            place = _PLACES[sign]
            if last_place and place >= last_place:
                return None
            total += (1 if current is None else current) * place
            current, last_place = None, place
        elif sign in _VALUES:
            if current not in (None, 0):
                return None
            current = _VALUES[sign]
        else:
            return None
    if current is not None:
        short_form = last_place > 10 and text[-2] in _PLACES
        total += current * (last_place // 10 if short_form else 1)
    return Decimal(total)


def _digit_by_digit(text: str) -> Decimal | None:
    if any(sign not in _VALUES for sign in text) or (len(text) > 1 and "两" in text):
        return None
    return Decimal("".join(str(_VALUES[sign]) for sign in text))


_DIGITS_ONLY = re.compile(DIGITS)


def number_value(text: str) -> Decimal | None:
    """Value of digits or of a numeral below ten thousand; None when it is neither."""
    if _DIGITS_ONLY.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return han_value(text)


_PLAIN = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)(万亿|千亿|百亿|亿|千万|百万|万|w)?")
"""What most numbers look like: digits and one magnitude."""
_COMPOUND = re.compile(rf"({NUMBER})?\s*([余多几来])?\s*个?\s*(万亿|千亿|百亿|亿|千万|百万|万|w|千|百)?")


def scaled_value(text: str) -> Decimal | None:
    """Value of a number with its magnitudes, larger first: 1.2万, 一亿二千万, 3亿5000万, 2100; None when it is none."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return Decimal(plain[1]) * MAGNITUDES[plain[2] or ""]
    total, position, last = Decimal(0), 0, None
    while position < len(text):
        match = _COMPOUND.match(text, position)
        if match is None or match.end() == position or match.group(1) is None:
            return None
        value = number_value(match.group(1))
        scale = MAGNITUDES[match.group(3) or ""]
        if value is not None and last is not None and last >= 10**4 and re.fullmatch(r"[1-9]", match.group(0)):
            scale = last / 10
        if value is None or (last is not None and scale >= last):
            return None
        total += value * scale
        last, position = scale, match.end()
    return total if last is not None else None
