"""Whether a record is a project and how far it is, decided once more from all that is known of it.

The rules decide first (`families`, `records.final_step`); what they decided, what the stage model thought of each clause, what else the record
holds and pieces of its masked words are signs, and a multinomial logistic regression over them says: no project, or one of eight stages. Fitted by `tools/train_reading.py --drafts` on
records of the hand-written texts; see docs/algorithms/reading.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from zhaoyin.domain.value import value
from zhaoyin.engines.reading.clause_stages import Judged
from zhaoyin.engines.reading.lexicon import data_lines
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.packing import Row, Sums, packed_rows
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
_SUMS = Sums(len(OUTCOMES))
LONGEST_WORDS = 1_000
"""Characters of a record's words that are looked at."""
LEAST_CHANCE = 0.4
"""A record whose likeliest stage has a smaller chance is no draft: below it one more draft would make the whole less right (benchmarks/reading)."""
LEAST_DOUBT, DOUBT_OF_A_RULE = 0.45, 0.8
"""A record that is no project with less than this chance is a draft, however unsure its stage; the second where a rule read its stage."""
MARGIN, BACKWARDS = 1.2, 1.3
"""Another stage than the rules' one must be so many times likelier; an earlier one than a site, a registration or a building that the rules read, so many."""
A_PLAN, LEAST_TOLD = 0.9, 0.1
"""A clause with such a chance of being a plan is one; one with less than `LEAST_TOLD` for a stage does not tell it."""
SUREST = 5.0
"""Odds of a firm to invest beyond this logarithm tell no more."""
LEAST_THOUGHT = 0.02
"""Chances of a clause under this tell nothing."""
Signs = dict[str, float]
_STAGES = range(1, len(OUTCOMES))
_TELLING = {step: [name for name in CLASSES if STEPS.get(name) is step] for step in OUTCOMES if step is not None}
_TELLING[Step.SITED].append("land")


@value
class Surroundings:
    """What is known beside the record itself; shares and counts are between 0 and 1."""

    accepted: bool
    said: Step | None
    step: Step
    theme: Step | None
    bare: bool
    total: float
    """Chance of its amount to be a project's total (`amount_model`)."""
    investor: float
    """How much its firm looks like an investor (`investor_model`): logarithm of the odds."""
    guessed: bool
    bank: bool
    roles: Mapping[str, int]
    clusters: int
    records: int
    others_accepted: float
    number: int
    called: bool = False
    """Whether the text itself calls it a project: what the model thinks of its firm does not count then."""


def signs_of(record: Record, judged: InOrder[Judged], around: Surroundings) -> Signs:
    """The signs of a record by name; a sign that is 0 is left out."""
    found: Signs = {"always": 1.0, _NAMES["step", around.step]: 1.0, "others": around.others_accepted}
    _add_thoughts(found, record, judged)
    _add_cues(found, record)
    clusters, amount, said = record.clusters, record.amount, around.said
    flags = (
        ("accepted", around.accepted),
        ("history", record.history),
        ("reinvest", record.reinvest),
        ("no_amount", amount is None),
        ("bare", around.bare),
        ("named", record.name is not None),
        ("jobs", record.jobs is not None),
        ("place", record.place is not None),
        ("no_company", not clusters),
        ("guessed", around.guessed),
        ("bank", around.bank),
        ("legal", _has_legal_form(clusters)),
        ("joint", len(clusters) > 1),
    )
    for name, holds in flags:
        if holds:
            found[name] = 1.0
    found[_HAS[amount is not None, bool(clusters), said is not None]] = 1.0
    if said is not None:
        found[_NAMES["said", said]] = 1.0
    if around.theme is not None:
        found[_NAMES["theme", around.theme]] = 1.0
    if clusters:
        found["investor"] = 1 / (1 + math.exp(-around.investor))
        found["no_investor" if around.investor < 0 else "an_investor"] = min(abs(around.investor), SUREST) / SUREST
    if amount is not None:
        found["total"] = around.total
        found["size"] = math.log10(max(1.0, float(amount.money.value))) / 12
    for role, times in around.roles.items():
        found[f"role_{role}"] = min(3, times) / 3
    mentions = sum([len(cluster.mentions) for cluster in clusters])
    found["mentions"] = min(mentions, 6) / 6
    found["spans"] = min(len(record.spans), 6) / 6
    found["clusters"] = min(around.clusters, 15) / 15
    found["records"] = min(around.records, 15) / 15
    found["number"] = min(around.number, 10) / 10
    return found


_KINDS = ("step", "said", "theme", "hint", "weak", "rule", "learned", "latest", "ruled", "lead")
_NAMES = {(kind, step): f"{kind}_{step.name}" for kind in _KINDS for step in Step}
"""Names of the signs that a stage is told in some way: an enum's `name` is slow to ask for."""
_PARTS = ("amount", "firm", "stage")
_HAS = {
    known: "has_" + "_".join([part for part, holds in zip(_PARTS, known, strict=True) if holds])
    for known in product((False, True), repeat=len(_PARTS))
}
_OF_A_CLASS = [(f"most_{name}", f"mean_{name}", f"first_{name}", f"last_{name}") for name in CLASSES]


def _has_legal_form(clusters: list[Cluster]) -> bool:
    for cluster in clusters:
        for part in cluster.parts:
            if part.legal_form:
                return True
    return False


def _add_thoughts(found: Signs, record: Record, judged: InOrder[Judged]) -> None:
    """For each class the highest and the mean chance of the record's clauses, and those of its first and its last clause."""
    own = _own(record, judged)
    if not own:
        return
    count = len(own)
    found["thoughts"] = min(count, 10) / 10
    for (most, mean, first, last), chances in zip(
        _OF_A_CLASS, zip(*[one.chances for one in own], strict=True), strict=True
    ):
        highest = max(chances)
        if highest <= LEAST_THOUGHT:
            continue
        found[most] = highest
        average = sum(chances) / count
        if average > LEAST_THOUGHT:
            found[mean] = average
        if chances[0] > LEAST_THOUGHT:
            found[first] = chances[0]
        if chances[-1] > LEAST_THOUGHT:
            found[last] = chances[-1]


def _own(record: Record, judged: InOrder[Judged]) -> Sequence[Judged]:
    """The clauses of the record's spans, each once."""
    if len(record.spans) == 1:
        return inside(judged, *record.spans[0])
    found: dict[int, Judged] = {}
    for start, end in record.spans:
        for one in inside(judged, start, end):
            found.setdefault(one.start, one)
    return list(found.values())


def _add_cues(found: Signs, record: Record) -> None:
    """What rules and clauses have said, by step."""
    last: Cue | None = None
    for cue in record.cues:
        step = cue.step
        if cue.hint:
            name = _NAMES["hint", step]
            found[name] = max(found.get(name, 0.0), cue.sure)
        elif cue.weak:
            found[_NAMES["weak", step]] = 1.0
        else:
            found[_NAMES["rule" if cue.by_rule else "learned", step]] = 1.0
            last = cue
            if cue.land:
                found["land"] = 1.0
    if last is not None:
        found[_NAMES["latest", last.step]] = 1.0
        if last.by_rule:
            found[_NAMES["ruled", last.step]] = 1.0
    for cue in record.lead:
        found[_NAMES["lead", cue.step]] = 1.0


def words_of(record: Record, judged: InOrder[Judged]) -> str:
    """The masked clauses of the record."""
    return "|".join([one.masked for one in _own(record, judged)])


def word_pieces(words: str) -> set[str]:
    """Pieces of the record's words, of one to three characters."""
    words = words[:LONGEST_WORDS]
    length = len(words)
    found = set(words)
    found.update([words[at : at + 2] for at in range(length - 1)])
    found.update([words[at : at + 3] for at in range(length - 2)])
    return found


@dataclass(frozen=True, slots=True, eq=False)
class RecordModel:
    """For each sign a weight for each of `OUTCOMES`, and the packed weights (`packing`) of the pieces of its words."""

    weights: Mapping[str, Sequence[float]]
    words: Mapping[str, int]

    def chances(self, signs: Signs, words: str) -> tuple[float, ...]:
        """Probability of each of `OUTCOMES`; `words` as `words_of` gives them."""
        of_words = self.words
        said = _SUMS.of(map(of_words.__getitem__, of_words.keys() & word_pieces(words)))
        none, intent, talks, signed, sited, landed, building, producing, ended = said
        weights = self.weights
        for name, sign in signs.items():
            row = weights.get(name)
            if row is not None:
                w0, w1, w2, w3, w4, w5, w6, w7, w8 = row
                none += w0 * sign
                intent += w1 * sign
                talks += w2 * sign
                signed += w3 * sign
                sited += w4 * sign
                landed += w5 * sign
                building += w6 * sign
                producing += w7 * sign
                ended += w8 * sign
        return softmax((none, intent, talks, signed, sited, landed, building, producing, ended))

    def row(self, piece: str) -> Row:
        """The weights of a piece of the words."""
        return _SUMS.row(self.words.get(piece, 0))


def decided(chances: Sequence[float], signs: Signs, around: Surroundings) -> tuple[Step | None, float]:
    """The stage that holds and its chance: the likeliest that something tells, or the rules' one when none is clearly likelier; None for no project."""
    places: Sequence[int] = _STAGES
    if around.said is Step.INTENT and signs.get("most_plan", 0.0) >= A_PLAN:
        places = [place for place in places if _is_told(OUTCOMES[place], signs)]
    best = max(places, key=chances.__getitem__)
    told = around.said is not None and _NAMES["rule", around.said] in signs
    doubt = DOUBT_OF_A_RULE if told else LEAST_DOUBT
    if around.called or ("no_company" in signs and "named" in signs and around.said is not None):
        doubt = 1.0  # a project that is named and whose firm is not
    if chances[best] < LEAST_CHANCE and not (around.accepted and chances[0] < doubt):
        return None, chances[best]
    ruled = OUTCOMES.index(around.step)
    least = LEAST_CHANCE if around.said is None or told else 0.0
    if around.said is not None:
        least = max(least, (BACKWARDS if _goes_back(OUTCOMES[best], around.said) else MARGIN) * chances[ruled])
    if around.accepted and chances[best] < least:
        best = ruled
    return OUTCOMES[best], chances[best]


def _is_told(step: Step | None, signs: Signs) -> bool:
    """Whether something says this stage of a record of which rules and model read a plan."""
    if step is None or step <= Step.NEGOTIATING:
        return True
    if any(signs.get(f"most_{name}", 0.0) >= LEAST_TOLD for name in _TELLING[step]):
        return True
    return any(_NAMES[kind, step] in signs for kind in ("rule", "learned", "lead", "theme"))


def _goes_back(step: Step | None, said: Step) -> bool:
    return step is not None and Step.SITED <= said < Step.TERMINATED and step < said


@lru_cache(maxsize=1)
def base_records() -> RecordModel:
    """The model that comes with the engine."""
    rows = (line.split("\t") for line in data_lines("records.tsv"))
    return RecordModel(
        {name: tuple(float(value) for value in values) for name, *values in rows},
        dict(packed_rows(data_lines("record_words.tsv"))),
    )
