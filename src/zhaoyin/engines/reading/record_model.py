"""Whether a record is a project and how far it is, decided once more from all that is known of it.

The rules decide first (`families`, `records.final_step`); what they decided, what the stage model thought of each clause and what else the record
holds are signs, and a multinomial logistic regression over them says: no project, or one of eight stages. Fitted by `tools/train_reading.py --drafts` on
records of the hand-written texts; see docs/algorithms/reading.md.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhaoyin.engines.reading.clause_stages import Judged
from zhaoyin.engines.reading.lexicon import data_lines
from zhaoyin.engines.reading.records import Record
from zhaoyin.engines.reading.sentences import InOrder, inside
from zhaoyin.engines.reading.stage_model import CLASSES, STEPS, softmax
from zhaoyin.engines.reading.stages import Cue, Step

OUTCOMES: tuple[Step | None, ...] = (
    None,
    Step.INTENT,
    Step.NEGOTIATING,
    Step.SIGNED,
    Step.SITED,
    Step.LANDED,
    Step.CONSTRUCTION,
    Step.PRODUCTION,
    Step.TERMINATED,
)
"""None: no project."""
LEAST_CHANCE = 0.3
"""A record whose likeliest stage has a smaller chance is no draft: below it one more draft would make the whole less right (benchmarks/reading)."""
LEAST_DOUBT = 0.72
"""A record that is no project with less than this chance is a draft, however unsure its stage."""
MARGIN, BACKWARDS = 1.5, 4.0
"""Another stage than the rules' one must be so many times likelier; an earlier one than a site, a registration or a building that the rules read, so many."""
A_PLAN, LEAST_TOLD = 0.9, 0.1
"""A clause with such a chance of being a plan is one; one with less than `LEAST_TOLD` for a stage does not tell it."""
LEAST_THOUGHT = 0.02
"""Chances of a clause under this tell nothing."""
Signs = dict[str, float]
_TELLING = {step: [name for name in CLASSES if STEPS.get(name) is step] for step in OUTCOMES if step is not None}
_TELLING[Step.SITED].append("land")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the record itself; shares and counts are between 0 and 1."""

    accepted: bool
    said: Step | None
    step: Step
    theme: Step | None
    bare: bool
    guessed: bool
    bank: bool
    roles: Mapping[str, int]
    clusters: int
    records: int
    others_accepted: float
    number: int


def signs_of(record: Record, judged: InOrder[Judged], around: Surroundings) -> Signs:
    """The signs of a record by name; a sign that is 0 is left out."""
    found: Signs = {"always": 1.0, f"step_{around.step.name}": 1.0, "others": around.others_accepted}
    found |= _thoughts(record, judged)
    found |= _cues(record)
    flags = {
        "accepted": around.accepted,
        "history": record.history,
        "reinvest": record.reinvest,
        "no_amount": record.amount is None,
        "bare": around.bare,
        "named": record.name is not None,
        "jobs": record.jobs is not None,
        "place": record.place is not None,
        "no_company": not record.clusters,
        "guessed": around.guessed,
        "bank": around.bank,
        "legal": any(part.legal_form for cluster in record.clusters for part in cluster.parts),
        "joint": len(record.clusters) > 1,
    }
    found |= {name: 1.0 for name, holds in flags.items() if holds}
    parts = (
        "amount" if record.amount else "",
        "firm" if record.clusters else "",
        "stage" if around.said is not None else "",
    )
    found["has_" + "_".join(part for part in parts if part)] = 1.0
    if around.said is not None:
        found[f"said_{around.said.name}"] = 1.0
    if around.theme is not None:
        found[f"theme_{around.theme.name}"] = 1.0
    if record.amount is not None:
        found["size"] = math.log10(max(1.0, float(record.amount.money.value))) / 12
    found |= {f"role_{role}": min(3, times) / 3 for role, times in around.roles.items()}
    said = sum(len(cluster.mentions) for cluster in record.clusters)
    found["mentions"] = min(said, 6) / 6
    found["spans"] = min(len(record.spans), 6) / 6
    found["clusters"] = min(around.clusters, 15) / 15
    found["records"] = min(around.records, 15) / 15
    found["number"] = min(around.number, 10) / 10
    return found


def _thoughts(record: Record, judged: InOrder[Judged]) -> Signs:
    """For each class the highest and the mean chance of the record's clauses, and those of its first and its last clause."""
    own = list(_own(record, judged))
    if not own:
        return {}
    found: Signs = {"thoughts": min(len(own), 10) / 10}
    for number, name in enumerate(CLASSES):
        most = max([one.chances[number] for one in own])
        if most > LEAST_THOUGHT:
            found[f"most_{name}"] = most
        sums = {
            "mean": sum([one.chances[number] for one in own]) / len(own),
            "first": own[0].chances[number],
            "last": own[-1].chances[number],
        }
        found |= {f"{kind}_{name}": value for kind, value in sums.items() if value > LEAST_THOUGHT}
    return found


def _own(record: Record, judged: InOrder[Judged]) -> Iterator[Judged]:
    """The clauses of the record's spans, each once."""
    seen: set[int] = set()
    for start, end in record.spans:
        for one in inside(judged, start, end):
            if one.start not in seen:
                seen.add(one.start)
                yield one


def _cues(record: Record) -> Signs:
    """What rules and clauses have said, by step."""
    found: Signs = {}
    last: Cue | None = None
    for cue in record.cues:
        name = cue.step.name
        if cue.hint:
            found[f"hint_{name}"] = max(found.get(f"hint_{name}", 0.0), cue.sure)
        elif cue.weak:
            found[f"weak_{name}"] = 1.0
        else:
            found[f"{'rule' if cue.by_rule else 'learned'}_{name}"] = 1.0
            last = cue
            if cue.land:
                found["land"] = 1.0
    if last is not None:
        found[f"latest_{last.step.name}"] = 1.0
        if last.by_rule:
            found[f"ruled_{last.step.name}"] = 1.0
    for cue in record.lead:
        found[f"lead_{cue.step.name}"] = 1.0
    return found


@dataclass(frozen=True, slots=True, eq=False)
class RecordModel:
    """For each sign a weight for each of `OUTCOMES`."""

    weights: Mapping[str, Sequence[float]]

    def chances(self, signs: Signs) -> tuple[float, ...]:
        """Probability of each of `OUTCOMES`."""
        sums = [0.0] * len(OUTCOMES)
        for name, value in signs.items():
            row = self.weights.get(name)
            if row is not None:
                for number, weight in enumerate(row):
                    sums[number] += weight * value
        return softmax(sums)


def decided(chances: Sequence[float], signs: Signs, around: Surroundings) -> tuple[Step | None, float]:
    """The stage that holds and its chance: the likeliest that something tells, or the rules' one when none is clearly likelier; None for no project."""
    told = [place for place in range(1, len(OUTCOMES)) if _is_told(OUTCOMES[place], signs, around)]
    best = max(told, key=chances.__getitem__)
    if chances[best] < LEAST_CHANCE and not (around.accepted and chances[0] < LEAST_DOUBT):
        return None, chances[best]
    ruled = OUTCOMES.index(around.step)
    least = LEAST_CHANCE if around.said is None or f"rule_{around.said.name}" in signs else 0.0
    if around.said is not None:
        least = max(least, (BACKWARDS if _goes_back(OUTCOMES[best], around.said) else MARGIN) * chances[ruled])
    if around.accepted and chances[best] < least:
        best = ruled
    return OUTCOMES[best], chances[best]


def _is_told(step: Step | None, signs: Signs, around: Surroundings) -> bool:
    """Whether something says this stage of a record of which rules and model read a plan; of others every stage is possible."""
    if (
        step is None
        or step <= Step.NEGOTIATING
        or around.said is not Step.INTENT
        or signs.get("most_plan", 0.0) < A_PLAN
    ):
        return True
    if any(signs.get(f"most_{name}", 0.0) >= LEAST_TOLD for name in _TELLING[step]):
        return True
    return any(f"{kind}_{step.name}" in signs for kind in ("rule", "learned", "lead", "theme"))


def _goes_back(step: Step | None, said: Step) -> bool:
    return step is not None and Step.SITED <= said < Step.TERMINATED and step < said


@lru_cache(maxsize=1)
def base_records() -> RecordModel:
    """The model that comes with the engine."""
    rows = (line.split("\t") for line in data_lines("records.tsv"))
    return RecordModel({name: tuple(float(value) for value in values) for name, *values in rows})
