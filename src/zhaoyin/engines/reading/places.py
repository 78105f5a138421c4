"""Places: regions by gazetteer, towns by ending and gazetteer."""

import re

from zhaoyin.engines.reading.lexicon import words
from zhaoyin.engines.reading.mentions import Board, Kind
from zhaoyin.engines.reading.tokens import Runs, Token, is_town, region_level

_REGION = re.compile("s")
_TOWN_END = re.compile(r"街道|镇|乡")


def place_towns(text: str, board: Board) -> None:
    """Put towns on the board, unless they are the beginning of their government's name."""
    for match in _TOWN_END.finditer(text):
        for width in range(5, 0, -1):
            start = match.start() - width
            crosses = region_level(text[start - 1 : start + 1]) == 1 or region_level(
                text[match.end() - 2 : match.end()]
            ) in {1, 2}
            if (
                start >= 0
                and not crosses
                and is_town(text[start : match.end()])
                and not text.startswith(("人民政府", "政府", "党委", "党工委"), match.end())
            ):
                board.place(text, start, match.end(), Kind.PLACE)
                break


def _is_cut_word(text: str, token: Token) -> bool:
    """大城 of 大城市: the region's last character begins a word with the next one."""
    return len(token.text) == 2 and text[token.end - 1 : token.end + 1] in words()


def place_places(text: str, token_runs: Runs, board: Board) -> None:
    """Put every region that is not part of another mention on the board."""
    for tokens, index in token_runs.find(_REGION):
        token = tokens[index]
        if not _is_cut_word(text, token):
            board.place(text, token.start, token.end, Kind.PLACE)
