"""Which lines of a page are no article, judged once more: a conditional random field over all lines of the page.

The rules (`boilerplate`) know the words that pages are made of; new kinds of pages have new words. The field sees pieces of each line, how long it is and
how it ends, where it stands among the sentences of the page, its neighbours, and what the rules say, and judges the lines together. It was learned
from the hand-written pages, also with the heads, feet and boxes of one page set into another. Where it is sure, a line is boilerplate that no
rule knows; what a rule calls so is article after all only where the field is
sure of that, and never in what the rules call the end of the page: headlines of others read like articles.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import pycrfsuite

from zhaoyin.engines.reading.boilerplate import Line, classify_lines, is_sentence, tight

MODEL = "lines.crfsuite"
SURE, SURE_OF_ARTICLE = 0.7, 0.05
"""Chance of being boilerplate from which on a line is, and below which it is none although a rule says so (benchmarks/reading)."""
HEAD, TAIL = 26, 10
"""Characters at both ends of a line whose pieces are seen."""
LONGEST_PIECE, LONGEST_EDGE = 3, 4
_NUMBER, _LATIN = re.compile(r"\d+"), re.compile(r"[A-Za-zÀ-ÿ]+")
_CREDITED = re.compile("责任?编辑?[::]|责编[::]")
"""Who edited a page stands below its article, whatever stands around it."""
_ENDS = re.compile("[。!?;]")
_WIDTHS = (5, 10, 16, 24, 40, 70)
MOST = 4
"""Places from either end of the page, sentences and commas are counted so far."""


def judged_lines(text: str) -> list[Line]:
    """Every line of canonical `text`, in order, as `boilerplate.classify_lines`, after the field has judged."""
    lines = classify_lines(text)
    shown = [(number, text[line.start : line.end].strip()) for number, line in enumerate(lines)]
    shown = [(number, words) for number, words in shown if words]
    if len(shown) < 2:
        return lines
    tagger = base_lines()
    tagger.set(line_features([words for _, words in shown], [lines[number].is_boilerplate for number, _ in shown]))
    judged = list(lines)
    closed = 1 + max((place for place, (number, _) in enumerate(shown) if not lines[number].is_boilerplate), default=-1)
    for place, (number, _) in enumerate(shown):
        line, chance = lines[number], tagger.marginal("B", place)
        ruled = chance >= SURE_OF_ARTICLE or place >= closed or _CREDITED.search(text, line.start, line.end) is not None
        holds = chance >= SURE or (line.is_boilerplate and ruled)
        if holds is not line.is_boilerplate:
            judged[number] = Line(line.start, line.end, holds)
    return judged


def line_features(lines: Sequence[str], ruled: Sequence[bool]) -> list[list[str]]:
    """Signs of each line (without the blanks around it); `ruled` says which the rules call boilerplate."""
    lines = [tight(line) for line in lines]
    bodies = [is_sentence(line) for line in lines]
    widths = [sum(len(line) >= width for width in _WIDTHS) for line in lines]
    count = len(lines)
    first = bodies.index(True) if True in bodies else count
    last = count - 1 - bodies[::-1].index(True) if True in bodies else -1
    near = ["-", *(f"{width}{body:d}" for width, body in zip(widths, bodies, strict=True)), "-"]
    found: list[list[str]] = []
    for place, line in enumerate(lines):
        where = "<" if place < first else ">" if place > last else "="
        found.append(
            [
                *_pieces(_LATIN.sub("a", _NUMBER.sub("0", line))),
                f"W{widths[place]}{where}",
                f"W{widths[place]}",
                f"w{where}",
                f"E{'.' if line[-1] in '。!?;”' else ',' if line[-1] in ',、:' else '-'}",
                f"S{min(len(_ENDS.findall(line)), MOST)}",
                f"C{min(line.count(','), MOST)}",
                f"T{min(place, MOST)}",
                f"U{min(count - 1 - place, MOST)}",
                f"B{near[place]}",
                f"A{near[place + 2]}",
                f"R{ruled[place]:d}",
            ]
        )
    return found


def _pieces(line: str) -> set[str]:
    """Pieces of both ends of the line, numbers and Latin words each as one sign, and how it begins and ends."""
    found: set[str] = set()
    for part in (line[:HEAD], line[-TAIL:] if len(line) > HEAD else ""):
        for length in range(1, LONGEST_PIECE + 1):
            found.update([part[at : at + length] for at in range(len(part) - length + 1)])
    for length in range(1, LONGEST_EDGE + 1):
        found.add("^" + line[:length])
        found.add(line[-length:] + "$")
    return found


@lru_cache(maxsize=1)
def _bytes() -> bytes:
    """The model's file; a tagger reads it where it lies in memory, so that it must stay."""
    return resources.files("zhaoyin.engines.reading").joinpath("data", MODEL).read_bytes()


@lru_cache(maxsize=1)
def base_lines() -> pycrfsuite.Tagger:
    """The model that comes with the engine."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_bytes())
    return tagger
