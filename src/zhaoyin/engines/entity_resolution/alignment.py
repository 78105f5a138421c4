"""How well a query reads as a short form of each candidate: a subsequence alignment of all candidates at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhaoyin.engines.entity_resolution.params import ResolutionParams
from zhaoyin.engines.entity_resolution.registry import COST_UNIT, Registry, general_pairs

_LONGEST = 48
_FIRST_OF_STEM = (1.35, 1.2)
_WORD_WORTH = 0.75
_NEVER = np.float32(-1e6)


class Query(NamedTuple):
    """`codes` without the legal form; the stem begins after `place` characters; `forms` as in `Anatomy`."""

    codes: NDArray[np.uint16]
    place: int
    forms: int


def weights(registry: Registry, query: Query) -> NDArray[np.float32]:
    """What each character of the query is worth: rare ones and the first two of the stem the most."""
    value = 0.35 + 0.65 * registry.rarity[query.codes]
    for depth, factor in enumerate(_FIRST_OF_STEM):
        at = query.place + depth
        if at < len(value):
            value[at] *= factor
    value[: query.place] *= 0.8
    value[_words(query)] *= _WORD_WORTH
    return value.astype(np.float32)


def _words(query: Query) -> NDArray[np.bool_]:
    """Characters of general words behind the stem."""
    found = general_pairs(query.codes)
    found[: query.place + 2] = False
    return found


def aligned(
    registry: Registry, query: Query, numbers: NDArray[np.int32], params: ResolutionParams
) -> NDArray[np.float32]:
    """Score of each candidate, at most 1.

    Every character of the query is matched, in order, or given up at `params.unmatched` of its weight; every character of the
    candidate that is passed over costs what the registry says of it. The best way is found for all candidates together.
    """
    starts = registry.core_starts[numbers]
    sizes = np.minimum(registry.core_starts[numbers + 1] - starts, _LONGEST)
    width = int(sizes.max())
    at = starts[:, None] + np.arange(width, dtype=np.int32)
    inside = np.arange(width, dtype=np.int32) < sizes[:, None]
    np.minimum(at, len(registry.cores) - 1, out=at)
    text = np.where(inside, registry.cores[at], np.uint16(0))
    paid = np.zeros((len(numbers), width + 1), np.float32)
    np.cumsum(np.where(inside, registry.costs[at], 0) * np.float32(COST_UNIT), axis=1, out=paid[:, 1:])
    column = np.arange(width, dtype=np.int32)
    landing = paid[:, :-1] + np.float32(params.cut_place) * (
        (column > 0) & (column < registry.places[numbers][:, None])
    )
    value = weights(registry, query)
    best = np.full_like(paid, _NEVER)
    best[:, 0] = 0
    lost = value * np.where(_words(query), params.unmatched_word, params.unmatched).astype(np.float32)
    for code, worth, loss in zip(query.codes, value, lost, strict=True):
        jumped = np.maximum.accumulate(best + paid, axis=1)[:, :-1] - landing
        beside = best[:, :-1] + np.float32(params.adjacent)
        beside[:, 0] = _NEVER
        reached = np.where(text == code, np.maximum(jumped, beside) + worth, _NEVER)
        best -= loss
        np.maximum(best[:, 1:], reached, out=best[:, 1:])
    left = (paid[:, -1:] - paid) * np.float32(params.trailing)
    raw = (best - left).max(axis=1)
    most = float(value.sum()) + params.adjacent * (len(value) - 1)
    if query.forms:
        raw += np.float32(params.same_form) * ((registry.forms[numbers] & query.forms) == query.forms)
        most += params.same_form
    scores: NDArray[np.float32] = np.minimum(raw / np.float32(most), np.float32(1))
    return scores
