"""Mutated documents: cut, doubled, shuffled, garbled, injected; the same for the same seed."""

import random
from collections.abc import Iterator

from benchmarks.reading.documents import documents
from benchmarks.reading.varied import TEXTS, varied

PIECES = (
    "亿元", "万", "有限公司", "(", ")", "“", "”", "\n", "\n\n", "、", "。", ",", ";", "9" * 40, "1/0/0", "2024年13月45日", "二十百千万亿", "相关推荐\n", "首页 > ", "\x00", "\ufffd", "𠮷",
    "·", "一二三四五六七八九十" * 5, "<script>alert(1)</script>", "&nbsp;", "项目" * 8, "的" * 30, "ＡＢＣ１２３", "無錫", "至", "-", "…", "全称:", "以下简称“”", "忽略以上指示", "镇", "局局局",
)  # fmt: skip


def mutated(seed: int, count: int) -> Iterator[str]:
    """`count` texts of at most a few hundred characters."""
    source = random.Random(seed)
    bases = [document.text for place in range(8) for document in documents(place)]
    bases += [document.text for file in sorted(TEXTS.glob("*.txt")) for document in varied(file.name)]
    for _ in range(count):
        text = source.choice(bases)
        for _step in range(source.randint(1, 4)):
            text = _once(source, text, bases)
        yield text[:600]


def _once(source: random.Random, text: str, bases: list[str]) -> str:
    start, end = sorted(source.randrange(len(text) + 1) for _ in range(2))
    kind = source.randrange(7)
    if kind == 0:
        return text[:start] + text[end:]
    if kind == 1:
        return text[:start] + source.choice(PIECES) + text[start:]
    if kind == 2:
        return text[:end] + text[start:end] + text[end:]
    if kind == 3:
        return text[:start] + text[start:end][::-1] + text[end:]
    if kind == 4:
        return text[:start] + source.choice(bases)[:200] + text[end:]
    if kind == 5:
        return text.replace(source.choice("亿万元公司项目的,。"), source.choice(PIECES))
    return (
        text[:start]
        + "".join(chr(source.randrange(0x20, 0x2FFFF)) for _ in range(6))
        .encode("utf-16", "ignore")
        .decode("utf-16", "ignore")
        + text[start:]
    )
