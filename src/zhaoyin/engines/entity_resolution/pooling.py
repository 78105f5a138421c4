"""Which names are worth aligning with a query: posting lists within a budget, then a look at signatures."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhaoyin.engines.entity_resolution.params import ResolutionParams
from zhaoyin.engines.entity_resolution.registry import Registry, character_bit

_PER_CHARACTER_LONGER = 0.004


def pooled(registry: Registry, codes: NDArray[np.uint16], params: ResolutionParams) -> NDArray[np.int32]:
    """At most `params.reranked` numbers, no order promised.

    Lists of pairs, rarest first, and of names that begin like the query are read up to `params.pool` entries; each
    entry is scored by the characters of the query that its signature shows, weighted by rarity.
    """
    lists, rewards = _lists(registry, codes, params)
    if not lists:
        return np.zeros(0, np.int32)
    numbers = np.concatenate(lists)
    score = np.repeat(np.array(rewards, np.float32), [len(one) for one in lists])
    seen = registry.signatures[numbers]
    unique = np.unique(codes)
    for bit, weight in zip(character_bit(unique), registry.rarity[unique], strict=True):
        score += np.float32(0.2 + 0.8 * weight) * ((seen & bit) != 0)
    if len(numbers) > params.reranked:
        sizes = registry.core_starts[numbers + 1] - registry.core_starts[numbers]
        score -= np.float32(_PER_CHARACTER_LONGER) * sizes
    wanted = params.reranked * 3
    if len(numbers) > wanted:
        kept = np.argpartition(score, -wanted)[-wanted:]
        numbers, score = numbers[kept], score[kept]
    order = np.argsort(-score, kind="stable")
    _, first = np.unique(numbers[order], return_index=True)
    first.sort()
    best: NDArray[np.int32] = numbers[order][first[: params.reranked]]
    return best


def _lists(
    registry: Registry, codes: NDArray[np.uint16], params: ResolutionParams
) -> tuple[list[NDArray[np.int32]], list[float]]:
    """Posting lists with the reward of each, rarest pairs first; the rarest is always read."""
    pairs = [registry.pair(a, b) for a, b in pairwise(codes.tolist())]
    pairs = sorted((one for one in pairs if len(one)), key=len)
    total = np.log(len(registry) + 1)
    lists: list[NDArray[np.int32]] = []
    rewards: list[float] = []
    spent = 0
    for one in pairs:
        if lists and spent + len(one) > params.pool:
            break
        taken = one[: params.pool * 4]
        lists.append(taken)
        rewards.append(float(0.3 + 0.5 * (1 - np.log(len(one)) / total)))
        spent += len(taken)
    start = registry.head(int(codes[0]))[: params.pool]
    if len(start):
        lists.append(start)
        rewards.append(0.15)
    return lists, rewards


def scattered(registry: Registry, codes: NDArray[np.uint16], params: ResolutionParams) -> NDArray[np.int32]:
    """Names that have every character of the query somewhere, in any order: for 设研院 and 友阿, which share no pair.

    Looks at every signature (2 ms for a million), so only for queries that the lists did not answer well. Of more than
    `params.scattered` names nothing is returned: the query says too little.
    """
    wanted = np.bitwise_or.reduce(character_bit(codes))
    numbers = np.flatnonzero((registry.signatures & wanted) == wanted).astype(np.int32)
    return numbers if len(numbers) <= params.scattered else numbers[:0]
