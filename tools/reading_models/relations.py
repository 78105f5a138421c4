"""The model of relations, `zhaoyin.engines.reading.relation_model`: which two firms have to do with each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

import pycrfsuite
from tools.reading_models.files import LEAST_WEIGHT, binary_weights, breaks, write_data

from benchmarks.reading.varied import varied
from zhaoyin.engines.reading.assembling import analysed, settled_names
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.packing import packed, row_line
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.relation_model import CLASSES, Pairs, RelationModel
from zhaoyin.engines.reading.relations import LinkReader


def told_relations(files: Sequence[str]) -> Iterator[tuple[set[str], list[bool]]]:
    """Signs of each place at which two parties of the files' texts stand near each other, and which of `relation_model.CLASSES` hold for them."""
    for document in (document for name in files for document in varied(name)):
        work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)))
        frames = work.frames()
        settled = settled_names(work.decisions(frames.read(work.sentences)))
        reader = LinkReader(work.facts, work.sentences, frames.subsidiaries, settled)
        pairs = Pairs(work.facts, work.sentences, reader.read(), reader.namers)
        wanted = {
            (kind, *pair)
            for kind, heads, tails in document.links
            for pair in product(_numbers(pairs, heads), _numbers(pairs, tails))
        }
        for places, _ in pairs.near():
            for (first, second), signs in places:
                yield (
                    signs,
                    [
                        (kind.value, *((first, second) if ahead else (second, first))) in wanted
                        for kind, ahead in CLASSES
                    ],
                )


def _numbers(pairs: Pairs, names: frozenset[str]) -> list[int]:
    wanted = {canonical(name) for name in names}
    return [
        number
        for number, party in enumerate(pairs.parties)
        if not wanted.isdisjoint("".join(name.split()) for name in party.names)
    ]


def trained_relations(files: Sequence[str]) -> RelationModel:
    """A logistic regression for each class; weights of at least `LEAST_WEIGHT`."""
    data = [(sorted(signs), hold) for signs, hold in told_relations(files)]
    rows: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number in range(len(CLASSES)):
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.5, "max_iterations": 150, "feature.minfreq": 2})
        for signs, hold in data:
            trainer.append([signs], ["yes" if hold[number] else "no"])
        for sign, weight in sorted(binary_weights(trainer).items()):
            if abs(weight) >= LEAST_WEIGHT:
                rows[sign].append((number, round(weight, 2)))
    return RelationModel({sign: packed(row) for sign, row in sorted(rows.items())})


def write_relations(model: RelationModel) -> None:
    """The data file: sign, then its row."""
    lines = [row_line(sign, model.row(sign)) for sign in model.weights if not breaks(sign)]
    write_data("relations.tsv", "made by tools/train_reading.py from the hand-written texts (our own words)", lines)
