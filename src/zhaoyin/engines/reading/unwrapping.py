"""Undoing what machines do to lines: hard line breaks inside sentences, spaces around numbers, letter-spaced words.

The text gets shorter, so it comes with a map: character i of the result stands at `map[i]` of the given text. Tables are
left alone, and a line is only touched when it reads as prose.
"""

import re
from collections import Counter

from zhaoyin.engines.reading.tables import find_fields

LEAST_WIDTH = 12
"""A line shorter than this is a heading or an item, not a wrapped line."""

_END = re.compile(r"[。!?;:”)…\]】|>]\s*$")
_ITEM = re.compile(
    r"^\s*(?:\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,2}\)|[·▪●◆-]|序号|【|附|备注|说明)|^\s{2,}"
)
_PROSE = re.compile(r"[,。;]")
_HAN = r"[\u4e00-\u9fff]"
_SPACE = re.compile(rf"(?<={_HAN}) (?=\d)|(?<=\d) (?={_HAN})|(?<=[\d.]) (?=[亿万元%])")
_LETTER_SPACED = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_SPACED_SHARE = 0.3


def unwrapped(text: str) -> tuple[str, list[int] | None]:
    """The text without such breaks and spaces, and the map; None when nothing was taken out."""
    drop = set() if find_fields(text) else {*_soft_breaks(text), *_stray_spaces(text)}
    if not drop:
        return text, None
    places = [place for place in range(len(text)) if place not in drop]
    return "".join(text[place] for place in places), places


def _soft_breaks(text: str) -> list[int]:
    """Line breaks inside sentences, in a text most of whose lines have one width."""
    lines = text.split("\n")
    widths = Counter(len(line) for line in lines if len(line) >= LEAST_WIDTH)
    if not widths:
        return []
    common, _count = widths.most_common(1)[0]
    near = sum(count for width, count in widths.items() if abs(width - common) <= 1)
    if near < 3 or near * 2 < sum(widths.values()):
        return []
    found: list[int] = []
    position = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        position += len(line)
        full = abs(len(line) - common) <= 2
        if full and following.strip() and not _END.search(line) and not _ITEM.match(following):
            found.append(position)
        position += 1
    return found


def _stray_spaces(text: str) -> list[int]:
    found: list[int] = []
    position = 0
    for line in text.split("\n"):
        if " " in line and _PROSE.search(line):
            found += [position + match.start() for match in _SPACE.finditer(line)]
            spaced = [position + match.start() for match in _LETTER_SPACED.finditer(line)]
            if len(spaced) >= _SPACED_SHARE * len(line.replace(" ", "")):
                found += spaced
        position += len(line) + 1
    return found
