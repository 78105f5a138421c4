"""Written name → registered name: credit code, exact spelling, alias table, then likeness; and when to ask a person."""

import numpy as np
from numpy.typing import NDArray

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.entity_resolution.alignment import Query, aligned
from zhaoyin.engines.entity_resolution.anatomy import PLACE_SIGNS, all_general, dissect, fold
from zhaoyin.engines.entity_resolution.params import ResolutionParams
from zhaoyin.engines.entity_resolution.pooling import pooled, scattered
from zhaoyin.engines.entity_resolution.problem import ResolutionProblem
from zhaoyin.engines.entity_resolution.registry import Registry
from zhaoyin.engines.entity_resolution.result import Candidate, Decision, Reason, Resolution

_LONGEST_QUERY = 200
_CERTAIN = 0.85
_SIGN_COST = np.float32(0.04)

_Scores = tuple[NDArray[np.int32], NDArray[np.float32]]


def solve(*, problem: ResolutionProblem, params: ResolutionParams | None = None) -> Resolution:
    """Candidates for one name, best first, and what may be done with them.

    The same registry, query and params give the same answer. Errors: InvalidValue `text-too-long` for more than 200 characters.
    """
    rules = params or ResolutionParams()
    registry, query = problem.registry, problem.query
    if len(query) > _LONGEST_QUERY:
        raise InvalidValue("text-too-long", field="query", value=query, length=len(query), limit=_LONGEST_QUERY)
    by_code = registry.codes.get(problem.credit_code.strip().upper()) if problem.credit_code else None
    if by_code is not None:
        return _sure(registry, query, (by_code,), Reason.CREDIT_CODE, rules)
    folded = fold(query)
    exact = registry.exact(query) if folded else ()
    if exact:
        return _sure(registry, query, exact, Reason.EXACT, rules)
    known = registry.aliases.get(folded, ())
    if known:
        return _sure(registry, query, known, Reason.ALIAS, rules)
    if not folded or not len(registry):
        return Resolution(query, (), Decision.NONE, 0.0)
    return _alike(registry, query, folded, rules)


def _sure(
    registry: Registry, query: str, numbers: tuple[int, ...], reason: Reason, rules: ResolutionParams
) -> Resolution:
    """One of them is accepted; a name that several companies bear is for a person."""
    found = _distinct([Candidate(registry.name(number), number, 1.0, reason) for number in numbers], rules)
    alone = len(found) == 1
    shown = found[: rules.shown]
    return Resolution(query, shown, Decision.ACCEPT if alone else Decision.REVIEW, 1.0 if alone else 0.0)


def _distinct(found: list[Candidate], rules: ResolutionParams) -> tuple[Candidate, ...]:
    """Each name once, when a name is all there is to tell companies apart."""
    if not rules.name_is_identity:
        return tuple(found)
    first: dict[str, Candidate] = {}
    for one in found:
        first.setdefault(one.name, one)
    return tuple(first.values())


def _alike(registry: Registry, query: str, folded: str, rules: ResolutionParams) -> Resolution:
    numbers, scores = _scored(registry, folded, rules)
    if folded[0] in PLACE_SIGNS and len(folded) > 2 and (not len(scores) or scores.max() < _CERTAIN):
        spelled = _scored(registry, PLACE_SIGNS[folded[0]] + folded[1:], rules)
        numbers, scores = _better_of((numbers, scores), (spelled[0], spelled[1] - _SIGN_COST))
    order = np.lexsort((numbers, -scores))[: 4 * max(2, rules.shown)]
    order = order[scores[order] >= rules.shown_score]
    found = _distinct(
        [
            Candidate(registry.name(int(numbers[one])), int(numbers[one]), round(float(scores[one]), 4), Reason.SIMILAR)
            for one in order
        ],
        rules,
    )
    margin = round(found[0].score - (found[1].score if len(found) > 1 else 0.0), 4) if found else 0.0
    return Resolution(query, found[: rules.shown], _decision(registry, folded, found, margin, rules), margin)


def _decision(
    registry: Registry, folded: str, found: tuple[Candidate, ...], margin: float, rules: ResolutionParams
) -> Decision:
    """Two kinds of query are never accepted: one that is nothing but a place and words of a trade (出版传媒), and one with a
    full legal form that is a group or a holding where the candidate is none, or the other way: that is another company."""
    if not found or found[0].score < rules.least:
        return Decision.NONE
    parts = dissect(folded)
    other_firm = folded.endswith("公司") and parts.forms != registry.forms[found[0].number]
    if other_firm or all_general(parts.core[parts.place :]):
        return Decision.REVIEW
    asked = rules.accepted_margin if len(folded) > 2 else rules.accepted_margin_of_two
    return Decision.ACCEPT if found[0].score >= rules.accepted_score and margin >= asked else Decision.REVIEW


def _scored(registry: Registry, folded: str, rules: ResolutionParams) -> _Scores:
    parts = dissect(folded)
    codes = np.frombuffer(parts.core.encode("utf-16-le", "replace"), np.uint16)
    query = Query(codes, parts.place, parts.forms)
    found = _aligned(registry, query, pooled(registry, codes, rules), rules)
    if len(found[1]) and found[1].max() >= rules.doubtful:
        return found
    return _better_of(found, _aligned(registry, query, scattered(registry, codes, rules), rules))


def _aligned(registry: Registry, query: Query, numbers: NDArray[np.int32], rules: ResolutionParams) -> _Scores:
    if not len(numbers):
        return numbers, np.zeros(0, np.float32)
    return numbers, aligned(registry, query, numbers, rules)


def _better_of(one: _Scores, other: _Scores) -> _Scores:
    """Each number once, with its better score."""
    numbers, scores = np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])
    order = np.lexsort((-scores, numbers))
    _, first = np.unique(numbers[order], return_index=True)
    return numbers[order][first], scores[order][first]
