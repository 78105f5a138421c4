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
    r"^\s*(?:\d{1,2}\s?[.、)](?!\s?\d)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,2}\)|[·▪●◆-]|序号|【|附|备注|说明)|^\s{2,}"
)
_PROSE = re.compile(r"[,。;]")
_HAN = r"[\u4e00-\u9fff]"
_SPACE = re.compile(rf"(?<={_HAN}) (?=\d)|(?<=\d) (?={_HAN})|(?<=[\d.]) (?=[亿万元%])")
_LETTER_SPACED = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_DIGITS_SPACED = re.compile(r"(?<=[\d.]) (?=[\d.])")
_SINGLES = re.compile(
    rf"(?:(?<![\u4e00-\u9fff\d])|(?<=[,。;:、]))(?:[\u4e00-\u9fff\d] ){{4,}}|(?:{_HAN} ){{4,}}{_HAN}(?!{_HAN})"
)
"""Characters that each stand alone; `高 精 铜 箔 项 目` is a letter-spaced word, `张三 李四` are two."""
_SPACED_SHARE = 0.3


def unwrapped(text: str) -> tuple[str, list[int] | None]:
    """The text without such breaks and spaces, and the map; None when nothing was taken out."""
    if " " not in text and text.count("\n") < 2 and _IN_A_WORD.search(text) is None and _IN_A_NAME.search(text) is None:
        return text, None
    drop = {*_spaces_in_cells(text)}
    if not find_fields(text):
        soft = [one for one in _soft_breaks(text) if "\t" not in text or not _parts_rows(text, one)]
        drop |= {*soft, *_stray_spaces(text), *_breaks_in_words(text), *_blanked_lines(text)}
    if not drop:
        return text, None
    kept: list[str] = []
    places: list[int] = []
    position = 0
    for gap in [*sorted(drop), len(text)]:
        if gap > position:
            kept.append(text[position:gap])
            places.extend(range(position, gap))
        position = gap + 1
    return "".join(kept), places


def _parts_rows(text: str, position: int) -> bool:
    """Whether the break stands between two rows of cells parted by tabs."""
    stop = text.find("\n", position + 1)
    start = text.rfind("\n", 0, position) + 1
    return text.find("\t", start, position) >= 0 and text.find("\t", position, stop if stop >= 0 else len(text)) >= 0


_BLANKED = re.compile(r"^[^\S\n]{8,}(?P<end>\n)(?=[^\S\n]*\S)", re.MULTILINE)


def _blanked_lines(text: str) -> list[int]:
    """The end of a line that is blanked out: what stands around it are neighbours."""
    return [match.start("end") for match in _BLANKED.finditer(text)]


_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
LEAST_GAPS = 3
_SINGLE_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff,。;:()]) (?=[\u4e00-\u9fff\d,。;:()])|(?<=\d) (?=[\u4e00-\u9fff,。;:()])"
)


def _spaces_in_cells(text: str) -> list[int]:
    """鼎盈 橡胶 in a row whose cells stand far apart: single blanks inside of a cell are a machine's."""
    if text.count("   ") < LEAST_GAPS:
        return []
    found: list[int] = []
    position = 0
    for line in text.split("\n"):
        if len(_WIDE_GAP.findall(line)) >= LEAST_GAPS:
            found += [position + match.start() for match in _SINGLE_SPACE.finditer(line)]
        position += len(line) + 1
    return found


_IN_A_WORD = re.compile(
    r"(?<=有限)\n(?=公司|责任公司)|(?<=有限责任)\n(?=公司)|(?<=股份)\n(?=有限公司)|(?<=有)\n(?=限(?:责任)?公司)"
)


def _breaks_in_words(text: str) -> list[int]:
    """某某数据科技有限 / 公司: no line of its own begins inside a legal form."""
    found = [match.start() for match in _IN_A_WORD.finditer(text)]
    for match in _IN_A_NAME.finditer(text) if "公司" in text else ():
        line = text.rfind("\n", 0, match.start()) + 1
        if match.start() - line >= LEAST_BEFORE and _PROSE.search(text, line, match.start()):
            found.append(match.start())
    return found


_IN_A_NAME = re.compile(r"(?<=[\u4e00-\u9fff])\n(?=[\u4e00-\u9fff]{1,4}(?:股份)?有限(?:责任)?公司)")
LEAST_BEFORE = 10
"""Characters of a line of prose before a name that goes on in the next line: 安徽黑牯牛玻纤 / 织物有限公司."""


def _soft_breaks(text: str) -> list[int]:
    """Line breaks inside sentences, in a text most of whose lines have one width."""
    lines = text.split("\n")
    widths = Counter(len(line) for line in lines if len(line) >= LEAST_WIDTH) if len(lines) > 2 else None
    common = _common_width(widths) if widths else None
    if common is None and not any(_is_spaced(line) for line in lines):
        return _ragged_breaks(lines)
    found: list[int] = []
    position = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        position += len(line)
        full = common is not None and abs(len(line) - common) <= 2
        if (
            ((full and not _is_row(line)) or _is_spaced(line))
            and following.strip()
            and not _END.search(line)
            and not _ITEM.match(following)
        ):
            found.append(position)
        position += 1
    return found


def _ragged_breaks(lines: list[str]) -> list[int]:
    """Breaks inside sentences of a text whose lines are about as long as one another: a page of prose that was set in lines."""
    longest = max(len(line.strip()) for line in lines)
    if longest > WIDEST_PAGE:
        return []
    narrow = longest <= WIDEST_COLUMN
    least = LEAST_WIDTH if narrow else max(LEAST_RAGGED, longest * 0.6)
    found: list[int] = []
    joined = position = 0
    for index, line in enumerate(lines):
        position += len(line)
        gap, following = _over_the_page(lines, index)
        full = len(line) >= least and (_PROSE.search(line) or (narrow and _PROSE.search(following)))
        last_of_page = gap > 1 and len(line) >= LEAST_WIDTH
        open_end = (full or last_of_page) and not _END.search(line) and not line.endswith(",")
        if (
            open_end
            and (_BEGINS if narrow else _GOES_ON).match(following)
            and not _ITEM.match(following)
            and not _TURN.match(following)
        ):
            found += range(position, position + gap)
            joined += 1
        position += 1
    return found if joined >= (LEAST_JOINED_IN_A_COLUMN if narrow else LEAST_JOINED) else []


def _over_the_page(lines: list[str], index: int) -> tuple[int, str]:
    """Characters from the end of the line to the next one that is not blanked out, and that one: between them stand the foot of a page and the head of the next."""
    gap, place = 1, index + 1
    while place < len(lines) and place - index <= MOST_BLANKED and lines[place].isspace():
        gap += len(lines[place]) + 1
        place += 1
    return gap, lines[place] if place < len(lines) else ""


MOST_BLANKED = 4
WIDEST_PAGE, LEAST_RAGGED, LEAST_JOINED = 64, 22, 3
WIDEST_COLUMN, LEAST_JOINED_IN_A_COLUMN = 30, 6
"""A page set in a narrow column, and how many of its lines break off inside a sentence at least."""
_GOES_ON = re.compile(r"[\u4e00-\u9fff\d《“][^\n]*[,。;]")
_BEGINS = re.compile(r"[\u4e00-\u9fff\d《“]")
_TURN = re.compile(r"[^\s,。;]{1,14}(?:[::]|\s+\d{1,2}:\d{2})")
"""阿标:… and 陆明 09:30 begin a turn of a talk."""


def _common_width(widths: Counter[int]) -> int | None:
    """The width of most lines; None when there is none."""
    if not widths:
        return None
    common, _count = widths.most_common(1)[0]
    near = sum(count for width, count in widths.items() if abs(width - common) <= 1)
    return None if near < 3 or near * 2 < sum(widths.values()) else common


def _is_row(line: str) -> bool:
    """Words in columns without punctuation: a row of a ledger, not a wrapped line."""
    return line.strip().count(" ") >= 2 and _PROSE.search(line) is None


def _is_spaced(line: str) -> bool:
    """Whether a line is letter-spaced: a machine made it, and its break too."""
    return (
        not line.isspace()
        and line.count(" ") >= 8
        and len(_LETTER_SPACED.findall(line)) >= _SPACED_SHARE * len(line.replace(" ", ""))
    )


LEAST_SIGNS = 4
_BEFORE_SIGN = re.compile(rf"{_HAN} [,。;:!?]")
_ANY_SPACE = re.compile(r"(?<=[\u4e00-\u9fff\d,。;:!?%)]) +(?=[\u4e00-\u9fff\d,。;:!?(])")


_SPLIT_DECIMAL = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] )|(?=\d{3})|(?=\d+ ))\d+ ?\. ?\d+(?= ?[亿万%])"
)
"""合同额118. 6 亿元, 32 . 4 亿元: blanks inside of a number; not the number of an item (1. 5000万元)."""


_THOUSANDS = re.compile(r"(?<=[\u4e00-\u9fff] )\d{1,3}(?: \d{3})+(?= [余多]?[万亿元])")
"""总投资 3 860 万元: blanks between thousands, where they also stand around the number."""


def _stray_spaces(text: str) -> list[int]:
    if len(_BEFORE_SIGN.findall(text)) >= LEAST_SIGNS:
        gaps = [*_ANY_SPACE.finditer(text), *_DIGITS_SPACED.finditer(text)]
        return [place for gap in gaps for place in range(gap.start(), gap.end())]
    found: list[int] = []
    position = 0
    for line in text.split("\n"):
        if " " in line and not _PROSE.search(line):
            for single in _SINGLES.finditer(line):
                inner = line[single.start() : single.end()].rstrip()
                found += [position + single.start() + at for at, sign in enumerate(inner) if sign == " "]
        elif " " in line:
            found += [position + match.start() for match in _SPACE.finditer(line)]
            for number in _SPLIT_DECIMAL.finditer(line):
                found += [position + at for at in range(*number.span()) if line[at] == " "]
            for number in _THOUSANDS.finditer(line):
                found += [position + at for at in range(*number.span()) if line[at] == " "]
            spaced = [position + match.start() for match in _LETTER_SPACED.finditer(line)]
            if len(spaced) >= _SPACED_SHARE * len(line.replace(" ", "")):
                found += spaced
                found += [position + match.start() for match in _DIGITS_SPACED.finditer(line)]
        position += len(line) + 1
    return found
