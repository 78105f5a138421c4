"""Plants that are firms by themselves: a region, a stem and 厂 (桐城塑料三厂, 绩溪县胡家村酱厂; not 合肥老厂)."""

import re
from collections.abc import Iterator, Sequence

from zhaoyin.engines.reading.context_names import Span
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.name_ends import LONGEST_NAME, is_naming
from zhaoyin.engines.reading.tokens import Runs, Token, regions_left
from zhaoyin.engines.reading.vocabulary import COUNTRIES, NEVER_IN_STEMS

_PLANT = re.compile("厂(?![房区家商址内里门前后外边主矿])")
_NO_STEM = frozenset("某新老旧分该本此各同办建设开租家个座的")
_SOME_PLANT = ("老厂", "新厂", "旧厂", "分厂", "工厂", "本厂", "建厂", "设厂", "办厂")
_MADE_OF = frozenset(
    {"加工", "冶炼", "印刷", "制造", "修理", "维修", "包装", "装配", "酿造", "养殖", "炼", "印染", "灌装", "育苗"}
)
LEAST_STEM = 2
"""Characters between the region and 厂."""


def plants(masked: str, token_runs: Runs) -> Iterator[Span]:
    """Every plant of the text that stands behind its region."""
    if "厂" not in masked:
        return
    for tokens in token_runs:
        for index, token in enumerate(tokens):
            if token.text[-1] == "厂" and token.kind in "xng" and _PLANT.match(masked, token.end - 1):
                first = _first(tokens, index)
                if first is not None:
                    yield tokens[first].start, token.end, Kind.COMPANY


def _first(tokens: list[Token], index: int) -> int | None:
    """Number of the word with which the region before the plant's name begins; None when something else stands between, or the stem names nobody."""
    position = index - 1
    while position >= 0 and tokens[index].end - tokens[position].start <= LONGEST_NAME:
        if tokens[position].kind == "s":
            first = regions_left(tokens, position)
            own = tokens[position + 1 : index + 1]
            return first if tokens[first].text not in COUNTRIES and _names_somebody(own) else None
        if not _belongs(tokens[position]):
            return None
        position -= 1
    return None


def _belongs(token: Token) -> bool:
    if token.text in _NO_STEM:
        return False
    if token.kind in "xni":
        return True
    if token.kind == "v":
        return token.text in _MADE_OF or is_naming(token.text)
    return (
        token.kind == "f"
        and token.text not in NEVER_IN_STEMS
        and token.text[-1] not in "家个座"
        and len(token.text) <= 2
    )


def _names_somebody(words: Sequence[Token]) -> bool:
    """What is made and more: a number, characters of nobody else, or a second word; not 家具厂 alone, and not 长安厂, a place."""
    text = "".join(word.text for word in words)
    if text.endswith(_SOME_PLANT) or len(text) <= LEAST_STEM:
        return False
    numbered = text[-2] in "一二三四五六七八"
    made = any(len(word.text) > 1 for word in words)
    return made and (numbered or len(words) > (1 if words[-1].text != "厂" else 2))
