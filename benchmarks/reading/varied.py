"""Hand-written texts of many styles (`texts/varied.txt`): marked names and amounts, gold records written by hand.

A document begins with `=== name | publication date | style`. In its text 〔…〕 marks a company, 〖…〗 a fund, {…} an amount and ⟦…⟧ boilerplate.
Below it stand `--- R surfaces | amount currency | stage`, `--- S indicator | count | amount currency` and
`--- L kind | head surfaces | tail surfaces` (`has_role | person | organisation | role`); surfaces are separated by `/`, an empty amount is none, the default currency is CNY.
The invented firms carry unusual characters on purpose; places are real.
"""

import re
from pathlib import Path

from benchmarks.reading.documents import Document

PLAIN, MESSY = 6, 6
"""Sets of texts of the two kinds that acceptance uses, by writers who do not know the engine; rougher than most."""
EVERYDAY_PLAIN, EVERYDAY_MESSY = 33, 31
"""Sets of the same two kinds as rough as most pages are, by nine other writers."""
FIRST_EVERYDAY = 16
"""The sets up to this one are by the first four of them."""
VOICES, FURTHER_VOICES, LAST_VOICES, LATER_VOICES, FIRST_VOICES = 30, 26, 21, 18, 11
"""Sets of each of the two kinds by eighteen more writers, in as many voices as they could think of; up to the second and the following numbers by fourteen, nine, six and three of them."""
GROUPS: dict[str, tuple[str, ...]] = {
    "varied": ("varied.txt", "varied_2.txt", "varied_3.txt", "varied_4.txt"),
    "ordinary": ("ordinary_01.txt", "ordinary_02.txt"),
    "unseen": tuple(f"unseen_0{number}.txt" for number in range(1, 9)),
    "plain": tuple(f"plain_{number}.txt" for number in range(1, PLAIN + 1)),
    "messy": tuple(f"messy_{number}.txt" for number in range(1, MESSY + 1)),
    "everyday_plain": tuple(f"everyday_plain_{number:02}.txt" for number in range(1, FIRST_EVERYDAY + 1)),
    "everyday_messy": tuple(f"everyday_messy_{number:02}.txt" for number in range(1, FIRST_EVERYDAY + 1)),
    "everyday_plain_later": tuple(
        f"everyday_plain_{number:02}.txt" for number in range(FIRST_EVERYDAY + 1, EVERYDAY_PLAIN + 1)
    ),
    "everyday_messy_later": tuple(
        f"everyday_messy_{number:02}.txt" for number in range(FIRST_EVERYDAY + 1, EVERYDAY_MESSY + 1)
    ),
    "voices_plain": tuple(f"voices_plain_{number}.txt" for number in range(1, FIRST_VOICES + 1)),
    "voices_messy": tuple(f"voices_messy_{number}.txt" for number in range(1, FIRST_VOICES + 1)),
    "voices_plain_later": tuple(f"voices_plain_{number}.txt" for number in range(FIRST_VOICES + 1, LATER_VOICES + 1)),
    "voices_messy_later": tuple(f"voices_messy_{number}.txt" for number in range(FIRST_VOICES + 1, LATER_VOICES + 1)),
    "voices_plain_last": tuple(f"voices_plain_{number}.txt" for number in range(LATER_VOICES + 1, LAST_VOICES + 1)),
    "voices_messy_last": tuple(f"voices_messy_{number}.txt" for number in range(LATER_VOICES + 1, LAST_VOICES + 1)),
    "voices_plain_further": tuple(
        f"voices_plain_{number}.txt" for number in range(LAST_VOICES + 1, FURTHER_VOICES + 1)
    ),
    "voices_messy_further": tuple(
        f"voices_messy_{number}.txt" for number in range(LAST_VOICES + 1, FURTHER_VOICES + 1)
    ),
    "voices_plain_newest": tuple(f"voices_plain_{number}.txt" for number in range(FURTHER_VOICES + 1, VOICES + 1)),
    "voices_messy_newest": tuple(f"voices_messy_{number}.txt" for number in range(FURTHER_VOICES + 1, VOICES + 1)),
}
"""Sets of one kind together: a set of 10 to 20 texts moves by two or three points with every training, so the floors watch these."""
FILES = tuple(file for files in GROUPS.values() for file in files)
"""Which of them have been learned from says `tools/train_reading.py`; which have been read while rules were mended, README.md."""
TEXTS = Path(__file__).with_name("texts")
_MARK = re.compile(r"〔(?!\d{4}〕)([^〕]*)〕|\{([^}]*)\}|〖([^〗]*)〗|⟦|⟧")
_CLOSING = re.compile(r"^【(?:责任)?编辑|^(?:相关阅读|延伸阅读|责任编辑|热门推荐|猜你喜欢|上一篇)", re.MULTILINE)


def varied(file: str = "varied.txt") -> list[Document]:
    """Every document of the file."""
    parts = re.split(r"^=== ", (TEXTS / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_document(part) for part in parts if part.strip()]


def group(name: str) -> list[Document]:
    """Every document of a group's files."""
    return [document for file in GROUPS[name] for document in varied(file)]


def _document(part: str) -> Document:
    head, _, rest = part.partition("\n")
    name, pub, _ = (field.strip() for field in head.split("|"))
    body, *gold = re.split(r"^--- ", rest, flags=re.MULTILINE)
    document = Document(name, pub, "", held_out=False, complete=True)
    position = opened = 0
    for match in _MARK.finditer(body):
        document.text += body[position : match.start()]
        start = len(document.text)
        position = match.end()
        if match[0] == "⟦":
            opened = start
        elif match[0] == "⟧":
            document.boilerplate.append((opened, start))
        else:
            document.text += match[1] or match[2] or match[3] or ""
            kind = "COM" if match[1] is not None else "MON" if match[2] is not None else "FUND"
            document.spans.append((start, len(document.text), kind))
    document.text = (document.text + body[position:]).rstrip("\n")
    for line in gold:
        _add_gold(document, line.strip())
    closing = _CLOSING.search(document.text)
    if closing and not document.boilerplate:
        document.boilerplate = [(closing.start(), len(document.text))]
    return document


def _add_gold(document: Document, line: str) -> None:
    kind, fields = line[0], [field.strip() for field in line[1:].split("|")]
    if kind == "R":
        document.records.append((_names(fields[0]), _value(fields[1]), fields[2]))
    elif kind == "S":
        count = float(fields[1]) if fields[1] else None
        document.figures.append((fields[0], count, _value(fields[2] if len(fields) > 2 else "")))
    else:
        document.links.append((fields[0], _names(fields[1]), _names(fields[2])))
        if fields[0] == "has_role":
            document.roles = True


def _names(field: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s|\\n", "", name) for name in field.split("/")) - {""}


def _value(field: str) -> float | None:
    return float(field.split()[0]) if field else None
