"""Learning from what people made of drafts: pure functions over texts and corrections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.clause_stages import Judged
from zhaoyin.engines.reading.frames import Record
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.stage_model import CLASSES, STEPS, StageModel
from zhaoyin.engines.reading.stages import Step

Clause = tuple[str, str, tuple[str, ...]]
"""Class, masked clause, the rules' cues in it."""
LEAST_CHANCE = 0.3
"""A clause of a corrected record is taken for the one that says its stage from this probability on."""


@dataclass(frozen=True, slots=True)
class Told:
    """A project as a person confirmed it: any of its `companies` as written, and its stage's class."""

    companies: frozenset[str]
    stage: str


def clauses_of(problem: ReadingProblem, told: Sequence[Told], model: StageModel) -> Iterator[Clause]:
    """Clauses whose class follows from the confirmed stages; the rest of the text teaches nothing.

    A clause that says more than the confirmed stage says nothing of the project; one that says it is right; when none says it, the
    clause that comes nearest does.
    """
    work = analysed(problem=problem, params=ReadingParams(stages=model))
    work.stages.kept = []
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
        yield from _labelled(own, one.stage)


def _names(record: Record) -> set[str]:
    return {"".join(mention.text.split()) for cluster in record.clusters for mention in cluster.mentions}


def _inside(judged: Judged, record: Record) -> bool:
    return any(start <= judged.start < end or judged.start <= start < judged.end for start, end in record.spans)


def _labelled(clauses: Sequence[Judged], stage: str) -> Iterator[Clause]:
    place, wanted = CLASSES.index(stage), STEPS[stage]
    said = False
    for judged in clauses:
        label = CLASSES[judged.chances.index(max(judged.chances))]
        if label == stage:
            said = True
            yield stage, judged.masked, judged.rules
        elif label not in {"none", "plan"} and _is_beyond(STEPS[label], wanted):
            yield "none", judged.masked, judged.rules
    if not said and clauses:
        nearest = max(clauses, key=lambda judged: judged.chances[place])
        if nearest.chances[place] >= LEAST_CHANCE:
            yield stage, nearest.masked, nearest.rules


def _is_beyond(step: Step, wanted: Step) -> bool:
    return step is Step.TERMINATED or (step > wanted and wanted is not Step.TERMINATED)


__all__ = ["Clause", "Iterable", "Told", "clauses_of"]
