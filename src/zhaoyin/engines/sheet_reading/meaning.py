"""What a column means: a scored model over the characters of its head, the unit it names and what its cells hold.

Naive Bayes over character n-grams of example heads (the end of a head weighs more: 签约时间 is a time), interpolated
with the nearest example, plus log likelihoods of content features. Columns then share out the fields that only one of
them can have by best total score.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from zhaoyin.engines.sheet_reading.content import Content
from zhaoyin.engines.sheet_reading.heads import ENGLISH, EXAMPLES, SINGLE
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.texts import squeeze

_BRACKETS = re.compile(r"[(\[【{<《]([^()\[\]【】{}<>《》]*)[)\]】}>》]")
_MARKS = re.compile(r"[\s*※★☆:：,，;；.。、/\\|_\-—\"'“”‘’!！?？+]+")
_UNITS = re.compile(
    r"(?:人民币)?(?:亿|万|千万|百万)?(?:元|美元|港元|欧元|日元)(?:人民币)?|亿|㎡|平方米|平米|公顷|亩|%|吨标煤|吨|usd|rmb|cny|million|mu"
)
_YEARS = re.compile(r"(?:19|20)\d\d年?|\d{1,2}月(?:份|底|末)?|\d{1,2}日|截至|截止|第?\d+周|本表")


@dataclass(frozen=True, slots=True)
class Guess:
    """`field` with its probability, the nearest example and all candidates by probability."""

    field: Field
    confidence: float
    nearest: str
    candidates: tuple[tuple[Field, float], ...]


def core(head: str) -> str:
    """The head without brackets, units, dates and marks; the bracket itself when nothing else is left."""
    flat = squeeze(head).lower()
    inside = _BRACKETS.findall(flat)
    text = _YEARS.sub("", _MARKS.sub("", _BRACKETS.sub("", flat)))
    shorter = re.sub(rf"(?:{_UNITS.pattern})$", "", text)
    text = shorter if len(shorter) >= 2 else text
    return text or _MARKS.sub("", "".join(inside))


def _grams(text: str) -> list[tuple[str, float]]:
    padded = f"^{text}$"
    found: list[tuple[str, float]] = []
    for width, weight in ((1, 0.35), (2, 1.0), (3, 1.1)):
        for at in range(len(padded) - width + 1):
            gram = padded[at : at + width]
            if gram in {"^", "$"}:
                continue
            found.append((gram, weight * (1.35 if gram.endswith("$") else 1.0)))
    return found


class _Model:
    def __init__(self) -> None:
        self.examples: list[tuple[str, Field, frozenset[str]]] = []
        counts: dict[str, Counter[Field]] = defaultdict(Counter)
        totals: Counter[Field] = Counter()
        spread: Counter[str] = Counter()
        for field, words in EXAMPLES.items():
            written = [*words.split(), *ENGLISH.get(field, "").split(",")]
            for word in dict.fromkeys(core(word) for word in written):
                grams = {gram for gram, _ in _grams(word)}
                self.examples.append((word, field, frozenset(grams)))
                spread.update(grams)
                for gram, _ in _grams(word):
                    counts[gram][field] += 1
                    totals[field] += 1
        self.rarity = {gram: math.log(1 + len(self.examples) / count) for gram, count in spread.items()}
        vocabulary = len(counts)
        self.logs = {
            gram: {field: math.log((by[field] + 0.25) / (totals[field] + 0.25 * vocabulary)) for field in EXAMPLES}
            for gram, by in counts.items()
        }
        self.means = {gram: sum(by.values()) / len(by) for gram, by in self.logs.items()}

    def scores(self, head: str) -> tuple[dict[Field, float], dict[Field, tuple[float, str]], float]:
        """(log score by field, nearest example by field, share of the head's n-grams that are known)."""
        text = core(head)
        grams = _grams(text)
        known = [(gram, weight) for gram, weight in grams if gram in self.logs]
        total = sum(weight for _, weight in grams) or 1.0
        share = sum(weight for _, weight in known) / total
        score = dict.fromkeys(EXAMPLES, 0.0)
        for gram, weight in known:
            by, mean = self.logs[gram], self.means[gram]
            for field in score:
                score[field] += weight * (by[field] - mean)
        nearest = self._nearest(text, {gram for gram, _ in grams})
        return {field: value / math.sqrt(max(3.0, total)) for field, value in score.items()}, nearest, share

    def _nearest(self, text: str, grams: set[str]) -> dict[Field, tuple[float, str]]:
        weight = self.rarity
        own = math.sqrt(sum(weight.get(gram, 5.0) ** 2 for gram in grams)) or 1.0
        best: dict[Field, tuple[float, str]] = {}
        for word, field, other in self.examples:
            common = grams & other
            if not common:
                continue
            dot = sum(weight[gram] ** 2 for gram in common)
            norm = math.sqrt(sum(weight[gram] ** 2 for gram in other))
            near = dot / (own * norm)
            if near > best.get(field, (0.0, ""))[0]:
                best[field] = (near, word)
        return best


@cache
def _model() -> _Model:
    return _Model()


@lru_cache(maxsize=8192)
def head_scores(head: str) -> tuple[tuple[Field, float, float, str], ...]:
    """(field, log score, nearness of the nearest example from 0 to 1, that example), best first."""
    scores, nearest, share = _model().scores(head)
    found = []
    for field, value in scores.items():
        near, word = nearest.get(field, (0.0, ""))
        found.append((field, 0.9 * value * share + 7.0 * near**2, near, word))
    return tuple(sorted(found, key=lambda one: -one[1]))


@lru_cache(maxsize=16384)
def headness(text: str) -> tuple[float, Field | None]:
    """How much a cell looks like a column head, from 0 to 1, and the field it would name."""
    flat = squeeze(text)
    if not flat or len(flat) > 40 or re.fullmatch(r"[\d.,%\-/]+", flat):
        return 0.0, None
    inner = core(flat)
    if not inner or len(inner) > 24 or re.search(r"[。；;!！]", flat):
        return 0.0, None
    field = head_scores(flat)[0][0]
    best = max(near for _, _, near, _ in head_scores(flat)[:4])
    return best, field


def _softmax(scores: Mapping[Field, float]) -> dict[Field, float]:
    top = max(scores.values())
    parts = {field: math.exp(min(0.0, (value - top) * 0.9)) for field, value in scores.items()}
    total = sum(parts.values())
    return {field: part / total for field, part in parts.items()}


def column_scores(head: str, group: str, content: Content) -> dict[Field, float]:
    """Log scores of one column: head, group head above it, content."""
    own = {field: value for field, value, _, _ in head_scores(head)} if core(head) else dict.fromkeys(EXAMPLES, 0.0)
    best_near = max((near for _, _, near, _ in head_scores(head)[:3]), default=0.0) if core(head) else 0.0
    if group and core(group):
        joined = {field: value for field, value, _, _ in head_scores(core(group) + core(head))}
        above = {field: value for field, value, _, _ in head_scores(group)}
        weight = 0.25 if best_near > 0.75 else 0.5
        own = {field: (1 - weight) * own[field] + weight * joined[field] + 0.12 * above[field] for field in own}
    return {field: own[field] + content.likelihood(field) for field in own}


def guesses(columns: Sequence[tuple[str, str, Content]]) -> list[Guess]:
    """The meaning of each column (head, group head, content) of one table."""
    scores = [column_scores(head, group, content) for head, group, content in columns]
    chosen = _assigned(scores)
    found = []
    for (head, _, _), score, field in zip(columns, scores, chosen, strict=True):
        shares = _softmax(score)
        nearest = next((word for known, _, _, word in head_scores(head) if known is field), "")
        ranked = tuple(sorted(((one, round(share, 3)) for one, share in shares.items()), key=lambda item: -item[1])[:4])
        found.append(Guess(field, round(shares[field], 3), nearest, ranked))
    return found


def _assigned(scores: Sequence[Mapping[Field, float]]) -> list[Field]:
    """Best total: a single field goes to the column that would lose most without it; the others take their next best."""
    taken: dict[Field, int] = {}
    barred: list[set[Field]] = [set() for _ in scores]
    queue = list(range(len(scores)))
    chosen: list[Field] = [Field.OTHER_TEXT] * len(scores)
    while queue:
        index = queue.pop(0)
        ranked = sorted(
            (field for field in scores[index] if field not in barred[index]), key=lambda one: -scores[index][one]
        )
        field = ranked[0]
        chosen[index] = field
        if field not in SINGLE:
            continue
        holder = taken.get(field)
        if holder is None:
            taken[field] = index
            continue
        if _loss(scores[index], field, barred[index]) > _loss(scores[holder], field, barred[holder]):
            taken[field] = index
            barred[holder].add(field)
            queue.append(holder)
        else:
            barred[index].add(field)
            queue.append(index)
    return chosen


def _loss(score: Mapping[Field, float], field: Field, barred: set[Field]) -> float:
    rest = max((value for one, value in score.items() if one is not field and one not in barred), default=-50.0)
    return score[field] - rest
