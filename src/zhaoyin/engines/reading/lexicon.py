"""The data files of the engine, loaded once: words by class, regions, towns, and hand-written word lists."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from zhaoyin.domain.company_name import INDUSTRY_WORDS


def data_lines(name: str) -> Iterator[str]:
    """Lines of a data file without its source line."""
    text = resources.files("zhaoyin.engines.reading").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Common word → class (v verb, n noun, a adjective, d adverb, …)."""
    found: dict[str, str] = {}
    for line in data_lines("words.txt"):
        kind, *those = line.split(" ")
        found.update(dict.fromkeys(those, kind))
    return found


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """Names of towns, townships and sub-districts with their ending."""
    return frozenset(data_lines("towns.txt"))


@lru_cache(maxsize=1)
def trades() -> frozenset[str]:
    """What firms of a trade end their names with, beside the industry words of `domain.company_name`."""
    return frozenset(data_lines("trades.txt"))


def is_trade(word: str) -> bool:
    """Whether firms of a trade end their names with the word."""
    return word in INDUSTRY_WORDS or word in trades()


LEAST_WORDS = 12


@lru_cache(maxsize=1)
def common_characters() -> frozenset[str]:
    """Characters that stand in `LEAST_WORDS` common words at least; the others are where names are made of."""
    return frozenset(sign for sign, times in Counter("".join(words())).items() if times >= LEAST_WORDS)
