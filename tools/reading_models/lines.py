"""The model of lines, `zhaoyin.engines.reading.line_model`: which lines of a page are no article."""

import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import pycrfsuite
from tools.reading_models.files import DATA
from tools.reading_models.written import WRITTEN

from benchmarks.reading.documents import Document
from benchmarks.reading.varied import varied
from zhaoyin.engines.reading.boilerplate import classify_lines
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.line_model import MODEL, line_features
from zhaoyin.engines.reading.tables import one_line_tables, parted_tables, upright_tables

BLIND = 0.5
"""Share of the pages that do not show what the rules say."""
HEADS, FEET, BOXES, PARTS = (0, 1, 1), (0, 1, 1, 2), 0.4, 0.4
"""How many heads and feet of other pages a page gets, how often a box in its middle, and how often only some lines of such a block."""
LEAST_BLOCK = 4
Page = list[tuple[str, bool]]
"""Lines and whether each is boilerplate."""
Blocks = dict[str, list[str]]


def pages(files: Iterable[str] = WRITTEN) -> Iterator[Page]:
    """The hand-written texts as lines, each also with blocks of others."""
    documents = [document for file in files for document in varied(file)]
    blocks = _blocks(documents)
    source = random.Random(5)
    for document in documents:
        page = _lines(document)
        yield page
        yield _mixed(page, blocks, source)


def _lines(document: Document) -> Page:
    found: Page = []
    position = 0
    for line in document.text.split("\n"):
        middle = position + len(line) / 2
        found.append((line, any(start <= middle < end for start, end in document.boilerplate)))
        position += len(line) + 1
    return found


def _blocks(documents: Sequence[Document]) -> Blocks:
    """What stands above, in the middle of and below the pages."""
    found: Blocks = {"head": [], "box": [], "foot": []}
    for document in documents:
        for start, end in document.boilerplate:
            block = document.text[start:end].strip("\n")
            whole = start == 0 or document.text[start - 1] == "\n"
            if len(block.strip()) >= LEAST_BLOCK and whole:
                above, below = document.text[:start].strip(), document.text[end:].strip()
                found["head" if not above else "box" if below else "foot"].append(block)
    return found


def _mixed(page: Page, blocks: Blocks, source: random.Random) -> Page:
    mixed = list(page)

    def put(place: int, kind: str) -> None:
        lines = source.choice(blocks[kind]).split("\n")
        if len(lines) > 3 and source.random() < PARTS:
            first = source.randrange(len(lines) - 1)
            lines = lines[first : first + source.randint(1, 4)]
        mixed[place:place] = [(line, True) for line in lines]

    for _ in range(source.choice(FEET)):
        put(len(mixed), "foot")
    if source.random() < BOXES and len(mixed) > 2:
        put(source.randrange(1, len(mixed)), source.choice(("box", "foot", "head")))
    for _ in range(source.choice(HEADS)):
        put(0, "head")
    return mixed


def labelled(page: Page) -> tuple[list[list[str]], list[str]]:
    """Signs and labels of the lines that are not blank."""
    text = upright_tables(one_line_tables(parted_tables(canonical("\n".join(line for line, _ in page)))))
    starts = list(accumulate((len(line) + 1 for line, _ in page), initial=0))
    lines = [line for line in classify_lines(text) if text[line.start : line.end].strip()]
    shown = [text[line.start : line.end].strip() for line in lines]
    ruled = [line.is_boilerplate for line in lines]
    labels = ["B" if page[bisect_right(starts, line.start) - 1][1] else "A" for line in lines]
    return line_features(shown, ruled), labels


def train_lines(files: Iterable[str] = WRITTEN) -> None:
    """Write the model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.3, "c2": 0.05, "max_iterations": 120, "feature.possible_transitions": True, "feature.minfreq": 2}
    )
    source = random.Random(1)
    for page in pages(files):
        signs, labels = labelled(page)
        if len(labels) < 2:
            continue
        if source.random() < BLIND:
            signs = [[sign for sign in line if sign not in {"R0", "R1"}] for line in signs]
        trainer.append(signs, labels)
    trainer.train(str(DATA / MODEL))
