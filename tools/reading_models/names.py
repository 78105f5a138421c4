"""The models of names, `zhaoyin.engines.reading.name_model`: which words of a sentence are a firm's."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite
from tools.reading_models.stages import is_held_out, phrases
from tools.reading_models.written import WRITTEN

from benchmarks.reading.documents import Document
from benchmarks.reading.training.invented import firm
from benchmarks.reading.training.sentences import CONTEXTS, filled, frames
from benchmarks.reading.varied import varied
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.facts import names_by_rules
from zhaoyin.engines.reading.tagger import sentence_spans, token_features, with_gaps

AS_IT_IS, RENAMED = 3, 10
"""Copies of each hand-written text with other names."""
LEAST_NAME = 3
BLIND = 0.35
"""Share of the tagger's sentences that do not show it what the rules placed."""


def sequences(copies: int, *, held_out: bool | None, seed: int = 0) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and labels of filled frames; `held_out` None takes all frames, True only the held-out fifth."""
    source = random.Random(seed + 2)
    said = [phrase for label, phrase in phrases()]
    for times, frame in [*((copies, one) for one in frames()), *((copies // 3, one) for one in frames(CONTEXTS))]:
        if held_out is not None and is_held_out(frame) is not held_out:
            continue
        for _ in range(times):
            text, spans = filled(frame, said, source)
            yield from labelled(text, spans)


def written(without: str = "", seed: int = 0, *, copies: int = RENAMED) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The sentences of the hand-written texts that are no longer unseen, also with other names in their places."""
    source = random.Random(seed + 4)
    documents = [document for name in WRITTEN if name not in without.split(",") for document in varied(name)]
    names = _firms(documents)
    for document in documents:
        spans = [(start, end) for start, end, kind in document.spans if kind != "MON"]
        for _ in range(AS_IT_IS):
            yield from labelled(document.text, spans)
        for _ in range(copies):
            yield from labelled(*renamed(document.text, spans, source, names))


def _firms(documents: Sequence[Document]) -> list[str]:
    """What the writers called their firms: as odd as names are, which no generator is."""
    marked = {
        document.text[start:end] for document in documents for start, end, kind in document.spans if kind == "COM"
    }
    return sorted(name for name in marked if len(name) >= LEAST_NAME and "\n" not in name)


def renamed(
    text: str, spans: list[tuple[int, int]], source: random.Random, firms: Sequence[str]
) -> tuple[str, list[tuple[int, int]]]:
    """The text with other names where its firms stand, half of them of `firms` and half invented; the same firm keeps one name."""
    names: dict[str, str] = {}
    made, found, position = "", [], 0
    for start, end in sorted(spans):
        other = source.choice(firms) if source.random() < 1 / 2 else firm(source)
        name = names.setdefault(text[start:end], other)
        made += text[position:start]
        found.append((len(made), len(made) + len(name)))
        made += name
        position = end
    return made + text[position:], found


def labelled(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The sentences of a text as the tagger sees them, with B, I and O."""
    state = names_by_rules(canonical(text))
    waiting = list(state.token_runs)
    for start, end in sentence_spans(state.masked):
        tokens = [token for run in waiting for token in run if start <= token.start < end]
        if not tokens:
            continue
        tokens = with_gaps(state.masked, start, end, tokens)
        marks = []
        for token in tokens:
            inside = next((span for span in spans if span[0] <= token.start < span[1]), None)
            marks.append("O" if inside is None else "B" if token.start == inside[0] else "I")
        yield token_features(tokens, state.board), marks


def train_names(data: Iterator[tuple[list[list[str]], list[str]]], path: Path, seed: int = 0) -> None:
    """Write a model of names."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.3, "c2": 0.05, "max_iterations": 160, "feature.possible_transitions": True, "feature.minfreq": 2}
    )
    source = random.Random(seed + 3)
    for features_of, marks in data:
        if source.random() < BLIND:
            features_of = [[one for one in row if one[0] not in "no"] for row in features_of]
        trainer.append(features_of, marks)
    trainer.train(str(path))
