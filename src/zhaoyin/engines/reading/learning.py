"""What an installation learns from its reviewers: pure functions from reviewed texts to a small model, and scores before and after.

The model holds what differs from the engine's own: weights of the stage model, names that reviewers confirmed, names they refused. It is
JSON, a few kilobytes; `ReadingParams(installation=...)` takes it. See docs/algorithms/reading.md, "Learning from corrections".
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.clause_stages import Judged
from zhaoyin.engines.reading.installation import Installation
from zhaoyin.engines.reading.packing import packed
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.records import Record
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.stage_model import CLASSES, STEPS, StageModel, base_model, features
from zhaoyin.engines.reading.stages import Step

Clause = tuple[str, str, tuple[str, ...]]
"""Class, masked clause, the rules' cues in it."""
LEAST_CHANCE = 0.3
"""A clause of a confirmed record is taken for the one that says its stage from this probability on."""
ROUNDS = 20
PACE = 0.3
"""Steps over the clauses, and how far each goes (benchmarks/reading)."""
KNOWN_PACE = 0.25
"""How far words move that the engine knows already, beside 1 for new ones: what many texts taught is not undone by one."""
NEW_WORDS = 0.25
"""From this share of unknown features on a clause with an amount may be the one that tells the stage."""
LEAST_CHANGE = 0.02


class Verdict(StrEnum):
    """What the reviewer made of a proposed field."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REFUSED = "refused"


class FieldKind(StrEnum):
    """Fields of a draft that teach."""

    COMPANY = "company"
    AMOUNT = "amount"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One field of draft number `draft`: `text[start:end]` was proposed; `value` is what holds.

    `value` of a company is its name as written in the text, of an amount its decimal string, of a stage one of `CLASSES` ("signed",
    "land" …). A refused field has the value that was refused. A stage without words has `start == end`.
    """

    draft: int
    kind: FieldKind
    start: int
    end: int
    verdict: Verdict
    value: str


@dataclass(frozen=True, slots=True)
class Example:
    """A reviewed text."""

    text: str
    published_on: date | None
    fields: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A project as a person confirmed it: any of its `companies` as written, and its stage's class."""

    companies: frozenset[str]
    stage: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Right ones of all that reviewers confirmed or corrected, for each field, and drafts whose every field is right."""

    company: tuple[int, int]
    amount: tuple[int, int]
    stage: tuple[int, int]
    record: tuple[int, int]


def train(examples: Sequence[Example], base: bytes | None = None) -> bytes:
    """The installation's model from its reviewed texts; `base` is its model so far, None for none.

    The same examples and base give the same bytes. Errors: InvalidValue `reading-model` for bytes that are no such model.
    """
    start = Installation.loads(base) if base is not None else Installation()
    stages = start.stages or base_model()
    clauses = [clause for example in examples for clause in _taught(example, stages)]
    confirmed, refused = _names_told(examples)
    learned = (set(start.learned) | confirmed) - refused
    return Installation(
        changes=_changed(clauses, stages, start.changes),
        learned=tuple(sorted(learned)),
        refused=frozenset((start.refused | refused) - confirmed),
    ).dumps()


def scores(examples: Sequence[Example], model: bytes | None = None) -> Scores:
    """How much of what reviewers confirmed the engine reads, with the installation's model or (None) without it."""
    params = ReadingParams(installation=Installation.loads(model) if model is not None else None)
    tally: dict[str, list[int]] = {name: [0, 0] for name in ("company", "amount", "stage", "record")}
    for example in examples:
        reading = solve(problem=ReadingProblem(example.text, example.published_on), params=params)
        left = list(reading.projects)
        for fields in _drafts(example).values():
            name = fields.get(FieldKind.COMPANY)
            draft = next((one for one in left if name is not None and name in one.companies), None)
            if draft is not None:
                left.remove(draft)
            got = {
                FieldKind.COMPANY: name if draft is not None else None,
                FieldKind.AMOUNT: format(draft.amount.money.value.normalize(), "f") if draft and draft.amount else None,
                FieldKind.STAGE: draft.step.name.lower() if draft is not None else None,
            }
            hits = [_same(kind, got[kind], value) for kind, value in fields.items()]
            for kind, hit in zip(fields, hits, strict=True):
                tally[kind.value][0] += hit
                tally[kind.value][1] += 1
            tally["record"][0] += all(hits)
            tally["record"][1] += 1
    return Scores(**{name: (right, total) for name, (right, total) in tally.items()})


def _same(kind: FieldKind, got: str | None, wanted: str) -> bool:
    if kind is FieldKind.STAGE:
        return got == STEPS.get(wanted, Step.INTENT).name.lower()
    if kind is FieldKind.AMOUNT and got is not None:
        return float(got) == float(wanted)
    return got == wanted


def _drafts(example: Example) -> dict[int, dict[FieldKind, str]]:
    """What holds of each draft, without what was refused."""
    found: defaultdict[int, dict[FieldKind, str]] = defaultdict(dict)
    for one in example.fields:
        if one.verdict is not Verdict.REFUSED:
            found[one.draft][one.kind] = one.value
    return dict(found)


def _names_told(examples: Sequence[Example]) -> tuple[set[str], set[str]]:
    """Names of firms that reviewers confirmed, and those they refused more often than confirmed."""
    balance: Counter[str] = Counter()
    for example in examples:
        for one in example.fields:
            if one.kind is FieldKind.COMPANY and len(one.value) >= 2:
                balance[one.value] += -1 if one.verdict is Verdict.REFUSED else 1
            if one.kind is FieldKind.COMPANY and one.verdict is Verdict.CORRECTED:
                proposed = example.text[one.start : one.end]
                balance[proposed] -= proposed != one.value and proposed not in one.value
    return {name for name, count in balance.items() if count > 0}, {
        name for name, count in balance.items() if count < 0
    }


def _taught(example: Example, model: StageModel) -> Iterator[Clause]:
    told = [
        Told(frozenset({fields[FieldKind.COMPANY]}), fields[FieldKind.STAGE])
        for fields in _drafts(example).values()
        if FieldKind.COMPANY in fields and fields.get(FieldKind.STAGE) in STEPS
    ]
    if told:
        yield from clauses_of(ReadingProblem(example.text, example.published_on), told, model, least=0.0)


def _changed(
    clauses: Sequence[Clause], model: StageModel, before: Mapping[str, Mapping[int, float]]
) -> dict[str, dict[int, float]]:
    """Weights that differ from the engine's own, by gradient steps over the clauses."""
    changes = {feature: dict(row) for feature, row in before.items()}
    fresh: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    weights = dict(model.weights)
    for _ in range(ROUNDS):
        for label, masked, rules in clauses:
            chances = StageModel(weights).probabilities(masked, rules)
            wanted = CLASSES.index(label)
            seen = sorted(features(masked, rules))
            for number, chance in enumerate(chances):
                step = PACE * ((number == wanted) - chance)
                if abs(step) < 0.001:
                    continue
                for feature in seen:
                    pace = 1.0 if feature not in model.weights else KNOWN_PACE
                    fresh[feature][number] += pace * step / len(seen) ** 0.5
            for feature in seen:
                weights[feature] = model.weights.get(feature, 0) + packed(fresh[feature].items())
    for feature, row in fresh.items():
        for number, value in row.items():
            total = round(changes.get(feature, {}).get(number, 0.0) + value, 3)
            if abs(total) >= LEAST_CHANGE:
                changes.setdefault(feature, {})[number] = total
    return changes


def clauses_of(
    problem: ReadingProblem, told: Sequence[Told], model: StageModel, *, least: float = LEAST_CHANCE
) -> Iterator[Clause]:
    """Clauses whose class follows from the confirmed stages; the rest of the text teaches nothing.

    A clause that says more than the confirmed stage says nothing of the project; one that says it is right; when none says it, the
    clause that comes nearest or is newest does, if its chance is at least `least`. With nothing `told` the text has no project, and every clause says nothing.
    """
    work = analysed(problem=problem, params=ReadingParams(stages=model))
    records = work.frames().read(work.sentences)
    if not told:
        for judged in work.stages.kept:
            yield "none", judged.masked, judged.rules
        return
    taken: set[tuple[int, int]] = set()
    for one in told:
        record = next((record for record in records if _names(record) & one.companies), None)
        if record is None:
            continue
        own = [
            judged for judged in work.stages.kept if _inside(judged, record) and (judged.start, judged.end) not in taken
        ]
        taken.update((judged.start, judged.end) for judged in own)
        yield from _labelled(own, one.stage, model, least)


def _names(record: Record) -> set[str]:
    return {"".join(mention.text.split()) for cluster in record.clusters for mention in cluster.mentions}


def _inside(judged: Judged, record: Record) -> bool:
    return any(start <= judged.start < end or judged.start <= start < judged.end for start, end in record.spans)


def _labelled(clauses: Sequence[Judged], stage: str, model: StageModel, least: float) -> Iterator[Clause]:
    place, wanted = CLASSES.index(stage), STEPS[stage]
    said = False
    for judged in clauses:
        label = CLASSES[judged.chances.index(max(judged.chances))]
        if label in STEPS and STEPS[label] is wanted and label not in {"plan"}:
            said = True
            yield label, judged.masked, judged.rules
        elif label not in {"none", "plan"} and _is_beyond(STEPS[label], wanted):
            yield "none", judged.masked, judged.rules
    likely = [judged for judged in clauses if "M" not in judged.masked and len(judged.masked) > 1] or [
        judged for judged in clauses if _novelty(judged.masked, model) >= NEW_WORDS
    ]
    if not said and likely:
        nearest = max(likely, key=lambda judged: judged.chances[place] + _novelty(judged.masked, model))
        if nearest.chances[place] >= least:
            yield stage, nearest.masked, nearest.rules


def _novelty(masked: str, model: StageModel) -> float:
    """Share of the clause's features that the model does not know: what a reviewer teaches is mostly new words."""
    seen = features(masked)
    return 1 - len(seen & model.weights.keys()) / len(seen)


def _is_beyond(step: Step, wanted: Step) -> bool:
    return step is Step.TERMINATED or (step > wanted and wanted is not Step.TERMINATED)
