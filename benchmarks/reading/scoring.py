"""Counts of right, wrong and missed answers of the engine on the benchmark's documents."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from benchmarks.reading.documents import Document
from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading
from zhaoyin.engines.reading.solve import solve

Tally = dict[str, Counter[str]]


def score(documents: Sequence[Document], params: ReadingParams | None = None) -> dict[str, float]:
    """F1 of companies (strict spans), amounts, records (company, amount and stage together), relations and statistics; boilerplate hits."""
    tally: Tally = {name: Counter() for name in ("company", "amount", "record", "relation", "statistic")}
    hits = 0
    for document in documents:
        reading = solve(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=params)
        _score_one(document, reading, tally)
        spans = [*(name.span for name in reading.names), *(amount.span for amount in reading.amounts)]
        hits += sum(start <= span.start < end for start, end in document.boilerplate for span in spans)
    return {name: round(_f1(counts), 4) for name, counts in tally.items()} | {"boilerplate_hits": float(hits)}


def _score_one(document: Document, reading: Reading, tally: Tally) -> None:
    gold_names = [(start, end) for start, end, kind in document.spans if kind == "COM"]
    found_names = [
        (name.span.start, name.span.end)
        for name in reading.names
        if name.kind is Kind.COMPANY
        or (name.kind is Kind.FUND and (name.span.start, name.span.end) in gold_names)  # the texts mark funds as firms
    ]
    _match(tally["company"], gold_names, found_names, lambda gold, found: gold == found)
    money = [(float(found.money.value), found.money.currency.value) for found in reading.amounts]
    if document.amounts:
        _match(tally["amount"], document.amounts, money, lambda gold, found: gold == found)
    elif document.complete:
        marked = [(start, end) for start, end, kind in document.spans if kind == "MON"]
        spans = [(found.span.start, found.span.end) for found in reading.amounts]
        _match(tally["amount"], marked, spans, lambda gold, found: gold == found)
    drafts = [
        (set(draft.companies), float(draft.amount.money.value) if draft.amount else None, stage_label(draft))
        for draft in reading.projects
    ]
    _match(
        tally["record"],
        document.records,
        drafts,
        lambda gold, found: _same_firms(gold[0], {_flat(one) for one in found[0]}) and gold[1:] == found[1:],
    )
    wanted = {kind for kind, _, _ in document.links}
    links = [
        (one.kind.value, {_flat(name) for name in one.head}, {_flat(name) for name in one.tail or ()})
        for one in reading.relations
        if one.kind.value in wanted or document.links or document.complete
    ]
    links = [link for link in links if link[0] != "has_role" or document.roles or "has_role" in wanted]
    _match(
        tally["relation"],
        document.links,
        links,
        lambda gold, found: (
            gold[0] == found[0] and bool(gold[1] & found[1]) and (not gold[2] or bool(gold[2] & found[2]))
        ),
    )
    figures = [
        (
            one.indicator.value,
            float(one.count.value) if one.count else None,
            float(one.amount.money.value) if one.amount else None,
        )
        for one in reading.statistics
    ]
    _match(tally["statistic"], document.figures, figures, lambda gold, found: gold == found)


def _same_firms(gold: frozenset[str], found: set[str]) -> bool:
    """Any name in common; a project without a firm is matched by one without a firm, as in the shared scorer."""
    return bool(gold & found) or not (gold or found)


def _flat(name: str) -> str:
    return "".join(name.split())


G = TypeVar("G")
F = TypeVar("F")


def _match(counts: Counter[str], gold: Sequence[G], found: Sequence[F], same: Callable[[G, F], bool]) -> None:
    left = list(gold)
    for answer in found:
        hit = next((one for one in left if same(one, answer)), None)
        if hit is None:
            counts["wrong"] += 1
        else:
            left.remove(hit)
            counts["right"] += 1
    counts["missed"] += len(left)


def _f1(counts: Counter[str]) -> float:
    total = 2 * counts["right"] + counts["wrong"] + counts["missed"]
    return 2 * counts["right"] / total if total else 1.0
