"""The record model and the confidences: which records are drafts, and how sure they are.

`zhaoyin.engines.reading.record_model` learns from texts that the other models had and had not seen, `confidence` from drafts of texts that none had.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pycrfsuite
from tools.reading_models.amounts import trained_amounts
from tools.reading_models.files import breaks, mean_of_rows, write_data
from tools.reading_models.investors import trained_investors
from tools.reading_models.names import sequences, train_names, written
from tools.reading_models.stages import examples, told_clauses, trained
from tools.reading_models.written import EVERYDAY, FOLDS, WRITTEN

from benchmarks.reading.documents import Document, documents
from benchmarks.reading.varied import varied
from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.confidence import FIELDS, ConfidenceModel, fitted
from zhaoyin.engines.reading.packing import packed, row_line
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.record_model import (
    OUTCOMES,
    RecordModel,
    Signs,
    base_records,
    signs_of,
    word_pieces,
    words_of,
)
from zhaoyin.engines.reading.records import Record
from zhaoyin.engines.reading.sentences import InOrder
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.stage_model import STEPS
from zhaoyin.engines.reading.stages import Step

Candidate = tuple[Signs, str, Step | None, bool]
"""Signs and words of a record, its stage (None: no project), and whether its text is as rough as most are."""
OF_WORDS, LEAST_OF_WORDS = 0.4, 0.01
"""Value of a piece of the words beside 1 for a sign; smaller weights are left out."""


def mean_of_records(one: RecordModel, other: RecordModel) -> RecordModel:
    """Half the weights of each, as `stages.mean_of_stages`."""
    nothing = (0.0,) * len(OUTCOMES)
    signs = sorted({*one.weights, *other.weights})
    pairs = {sign: zip(one.weights.get(sign, nothing), other.weights.get(sign, nothing), strict=True) for sign in signs}
    words = mean_of_rows(one, other, [*one.words, *other.words])
    return RecordModel({sign: tuple(round((x + y) / 2, 3) for x, y in pair) for sign, pair in pairs.items()}, words)


def judged_drafts(document: Document, params: ReadingParams) -> Iterator[tuple[tuple[float, ...], dict[str, bool]]]:
    """The signs of each draft of the document, and which of its fields are right."""
    reading = solve(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=params)
    left = list(document.records)
    for draft in reading.projects:
        surfaces = {"".join(name.split()) for name in draft.companies}
        value = float(draft.amount.money.value) if draft.amount else None
        stage = stage_label(draft)
        own = [gold for gold in left if gold[0] & surfaces]
        gold = max(own, key=lambda one: (one[1] == value) + (one[2] == stage), default=None)
        if gold is not None:
            left.remove(gold)
        right = {"company": gold is not None, "amount": gold is not None and gold[1] == value}
        right["stage"] = gold is not None and gold[2] == stage
        yield draft.signs, right | {"record": all(right.values())}


def fold_params(files: Sequence[str], copies: int, names: int) -> ReadingParams:
    """Models that learned from everything but the files."""
    without = ",".join(files)
    rows = [*sequences(names, held_out=None), *written(without, copies=OF_A_FOLD)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names"
        train_names(iter(rows), path)
        tagger = path.read_bytes()
    data = list(examples(copies))
    model = trained(data)
    others = [file for file in WRITTEN if file not in files]
    return ReadingParams(
        stages=trained(data, taught=list(told_clauses(model, without))),
        amounts=trained_amounts(others),
        investors=trained_investors(others),
        names=tagger,
    )


def candidates(document: Document, params: ReadingParams, *, everyday: bool) -> Iterator[Candidate]:
    """Every record that the rules propose or doubt, with the stage of the gold record that it is."""
    work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=params)
    records = work.frames().read(work.sentences)
    around = work.surroundings(records)
    judged = InOrder(work.stages.kept)
    gold: dict[int, str] = {}
    left = list(document.records)
    for closeness in (3, 2, 1):
        for number in sorted(range(len(records)), key=lambda one: not records[one].accepted):
            if number in gold:
                continue
            hit = next((one for one in left if closeness <= _likeness(records[number], around[number].step, one)), None)
            if hit is not None:
                left.remove(hit)
                gold[number] = hit[2]
    for number, record in enumerate(records):
        stage = gold.get(number)
        step = STEPS[stage] if stage is not None else None
        yield signs_of(record, judged, around[number]), words_of(record, judged), step, everyday


def _likeness(record: Record, step: Step, gold: tuple[frozenset[str], float | None, str]) -> int:
    """0 for another firm, else 1 and one more for the amount and one more for the stage on top of it."""
    names = {"".join(mention.text.split()) for cluster in record.clusters for mention in cluster.mentions}
    wanted = {canonical(name) for name in gold[0]}
    if not (names & wanted or not (names or wanted)):
        return 0
    value = float(record.amount.money.value) if record.amount is not None else None
    return 1 if value != gold[1] else 2 if STEPS[gold[2]] is not step else 3


def fitted_records(found: Sequence[Candidate]) -> RecordModel:
    """Weights by crfsuite, every everyday text twice; pieces of words that come four times."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": 5.0, "max_iterations": 200, "feature.possible_states": True})
    names = {outcome: "none" if outcome is None else outcome.name for outcome in OUTCOMES}
    times = Counter(piece for _, words, _, _ in found for piece in word_pieces(words) if not breaks(piece))
    for signs, words, step, everyday in found:
        row = dict(sorted(signs.items()))
        row |= {_OF_WORDS + piece: OF_WORDS for piece in sorted(word_pieces(words)) if times[piece] >= LEAST_TIMES}
        for _ in range(2 if everyday else 1):
            trainer.append([row], [names[step]])
    rows: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(OUTCOMES))
    places = {names[outcome]: place for place, outcome in enumerate(OUTCOMES)}
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        for (sign, label), weight in tagger.info().state_features.items():
            rows[sign][places[label]] = weight
    return RecordModel(
        {sign: tuple(round(one, 3) for one in row) for sign, row in sorted(rows.items()) if sign[0] != _OF_WORDS},
        {
            sign[1:]: packed([(place, round(one * OF_WORDS, 2)) for place, one in enumerate(row)])
            for sign, row in sorted(rows.items())
            if sign[0] == _OF_WORDS and max(map(abs, row)) * OF_WORDS >= LEAST_OF_WORDS
        },
    )


_OF_WORDS = "~"
LEAST_TIMES = 4
OF_A_FOLD = 5
"""Copies of each text with other names that a fold's model of names learns from: half of what the engine's own does, in half the time."""


def train_drafts(copies: int, names: int, *, mean: bool) -> None:
    """Fit which records are drafts, on texts that the other models had and had not seen, and how sure drafts of unseen ones are; write both."""
    parts: list[tuple[ReadingParams, list[Document], list[Candidate]]] = []
    usual = ReadingParams()
    with ProcessPoolExecutor() as pool:
        learned = list(pool.map(fold_params, FOLDS, [copies] * len(FOLDS), [names] * len(FOLDS)))
    for files, params in zip(FOLDS, learned, strict=True):
        told = [(document, file in EVERYDAY) for file in files for document in varied(file)]
        found = [
            one
            for models in (params, usual)
            for document, everyday in told
            for one in candidates(document, models, everyday=everyday)
        ]
        parts.append((params, [document for document, _ in told], found))
    plainest = [one for document in documents() for one in candidates(document, usual, everyday=False)]
    model = fitted_records([*plainest, *(one for _, _, found in parts for one in found)])
    if mean:
        model = mean_of_records(model, base_records())
    write_records(model)
    judgements: list[tuple[int, tuple[float, ...], dict[str, bool]]] = []
    for number, (params, texts, _) in enumerate(parts):
        others = [one for place, (_, _, found) in enumerate(parts) if place != number for one in found]
        unseen = replace(params, records=fitted_records([*plainest, *others]))
        for document in texts:
            judgements += [(number, *one) for one in judged_drafts(document, unseen)]
    write_confidence(judgements)


def write_records(model: RecordModel) -> None:
    """The data files of the engine: signs with all their weights, pieces of words with theirs."""
    lines = ["\t".join([sign, *(f"{value:g}" for value in row)]) for sign, row in model.weights.items()]
    source = "made by tools/train_reading.py --drafts: sign, then its weight for each of record_model.OUTCOMES"
    write_data("records.tsv", source, lines)
    lines = [row_line(piece, model.row(piece)) for piece in model.words]
    write_data(
        "record_words.tsv", "made by tools/train_reading.py --drafts: pieces of the masked words of a record", lines
    )


def write_confidence(found: Sequence[tuple[int, tuple[float, ...], dict[str, bool]]]) -> None:
    """Fit on drafts of texts that their models had not seen, print how well it is calibrated, write the weights."""
    weights: dict[str, tuple[float, ...]] = {}
    for field in FIELDS:
        pairs: list[tuple[float, bool]] = []
        for number in range(len(FOLDS)):
            model = ConfidenceModel(
                {field: fitted([(signs, right[field]) for fold, signs, right in found if fold != number])}
            )
            pairs += [(model.chance(field, signs), right[field]) for fold, signs, right in found if fold == number]
        print(field, len(pairs), report(pairs))
        weights[field] = fitted([(signs, right[field]) for _, signs, right in found])
    lines = ["\t".join([field, *(f"{value:.3f}" for value in row)]) for field, row in weights.items()]
    source = "made by tools/train_reading.py --drafts: field, then one weight for each of confidence.SIGNS"
    write_data("confidence.tsv", source, lines)


def report(pairs: Sequence[tuple[float, bool]]) -> str:
    """Expected calibration error in ten bins; share and precision above each threshold."""
    error = 0.0
    for step in range(10):
        inside = [(chance, right) for chance, right in pairs if step / 10 <= chance < (step + 1) / 10 + (step == 9)]
        if inside:
            error += abs(sum(chance for chance, _ in inside) - sum(right for _, right in inside)) / len(pairs)
    parts = [f"right {sum(right for _, right in pairs) / len(pairs):.3f}", f"error {error:.3f}"]
    for least in (0.6, 0.7, 0.8, 0.9):
        above = [right for chance, right in pairs if chance >= least]
        if above:
            parts.append(f">={least}: {len(above) / len(pairs):.2f} of them, {sum(above) / len(above):.3f} right")
    return ", ".join(parts)
