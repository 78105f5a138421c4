"""Training texts of the tagger: frames filled with invented names, with the spans of the firms."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reading.training import invented

FRAMES = Path(__file__).with_name("frames.txt")
CONTEXTS = Path(__file__).with_name("frames_contexts.txt")
_SLOT = re.compile(r"\{([a-z])\}")
MONEY = (
    "3亿元",
    "1.2亿元",
    "8000万元",
    "4.5亿",
    "2600万",
    "1.1亿元",
    "5亿日元",
    "1800万美元",
    "六千万",
    "一个亿",
    "约2亿元",
    "12.6亿元",
)
DAYS = (
    "3月5日",
    "昨天",
    "上周五",
    "2023年",
    "12.3",
    "去年10月",
    "10月25日上午",
    "今年春天",
    "7月",
    "月底前",
    "三月初",
    "今天",
)
ZONES = ("经济开发区", "高新区", "工业园区", "工业集中区", "产业园", "经开区")
AGENCIES = ("招商局", "发改局", "自然资源局", "商务局", "投资促进局", "管委会")
MASKS = {"C": "c", "P": "p", "M": "m", "D": "d", "F": "d", "Z": "z", "G": "g", "N": "n"}


def frames(file: Path = FRAMES) -> list[str]:
    """The lines of a file of frames."""
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]


def filled(frame: str, phrases: list[str], source: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """The frame with its slots filled, and where the firms stand."""
    text, spans = "", []
    for piece, slot in _pieces(frame, phrases, source):
        if slot == "c":
            name = invented.firm(source)
            spans.append((len(text), len(text) + len(name)))
            text += name
        else:
            text += piece if slot is None else _value(slot, source)
    return text, spans


def _pieces(frame: str, phrases: list[str], source: random.Random) -> Iterator[tuple[str, str | None]]:
    position = 0
    for match in _SLOT.finditer(frame):
        yield frame[position : match.start()], None
        if match[1] == "s":
            for part in re.split(r"([A-Z])", source.choice(phrases)):
                yield (part, MASKS.get(part))
        else:
            yield "", match[1]
        position = match.end()
    yield frame[position:], None


def _value(slot: str, source: random.Random) -> str:
    if slot == "m":
        return source.choice(MONEY)
    if slot == "d":
        return source.choice(DAYS)
    if slot == "n":
        return str(source.randint(2, 900))
    if slot == "z":
        return invented.place(source) + source.choice(ZONES)
    if slot == "g":
        return source.choice(("县", "市", "区")) + source.choice(AGENCIES)
    return {"u": invented.talk, "p": invented.product, "r": invented.person, "l": invented.place}[slot](source)
