"""Only what can be proved stays: a quote must stand in the text word for word, and the value must be what the quote says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zhaoyin.domain.atoms.counts import find_counts
from zhaoyin.domain.atoms.money import find_money
from zhaoyin.domain.money import Money

LONGEST_QUOTE = 400
MOST_CLAIMS = 200
STAGES = {
    "intent": "lead", "negotiating": "negotiating", "signed": "signed", "registered": "registered",
    "construction": "construction_started", "production": "in_production", "terminated": "terminated",
}  # fmt: skip
"""Stage of an answer → the one stage list; `terminated` is an end."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A value with the place of its words in the text (code points, end exclusive)."""

    value: object
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A project as the service sees it: `company` always, the others when they could be proved."""

    company: Proved
    name: Proved | None = None
    amount: Proved | None = None
    stage: Proved | None = None
    jobs: Proved | None = None


def _quoted(field: object, text: str) -> tuple[str, str, int] | None:
    """(value, quote, place of the quote); None unless the quote stands in the text."""
    if not isinstance(field, Mapping):
        return None
    value, quote = str(field.get("value") or "").strip(), str(field.get("quote") or "")
    if not value or not quote.strip() or len(quote) > LONGEST_QUOTE:
        return None
    place = text.find(quote)
    return (value, quote, place) if place >= 0 else None


def _words(field: object, text: str) -> Proved | None:
    """A name: it must stand inside its own quote."""
    found = _quoted(field, text)
    if found is None:
        return None
    value, quote, place = found
    inside = quote.find(value)
    if inside < 0:
        return None
    return Proved(value, place + inside, place + inside + len(value))


def _amount(field: object, text: str) -> Proved | None:
    """Money: the amount that the value names must be one that the grammar finds in the quote."""
    found = _quoted(field, text)
    if found is None:
        return None
    value, quote, place = found
    said = [atom.money for atom in find_money(value)]
    if len(said) != 1:
        return None
    for atom in find_money(quote):
        if _same(atom.money, said[0]):
            return Proved(atom.money, place + atom.start, place + atom.end)
    return None


def _same(one: Money, other: Money) -> bool:
    return (one.value, one.high, one.currency) == (other.value, other.high, other.currency)


def _jobs(field: object, text: str) -> Proved | None:
    found = _quoted(field, text)
    if found is None:
        return None
    value, quote, place = found
    digits = re.sub(r"\D", "", value)
    for atom in find_counts(quote):
        if digits and str(int(atom.value)) == digits:
            return Proved(int(digits), place + atom.start, place + atom.end)
    return None


def _stage(field: object, text: str) -> Proved | None:
    found = _quoted(field, text)
    if found is None or found[0] not in STAGES:
        return None
    value, quote, place = found
    return Proved(STAGES[value], place, place + len(quote))


def checked(answer: object, text: str) -> tuple[Claim, ...]:
    """Claims of an answer that can be proved; one without a proved company is dropped whole."""
    projects = answer.get("projects") if isinstance(answer, Mapping) else None
    if not isinstance(projects, list):
        return ()
    found = []
    for project in projects[:MOST_CLAIMS]:
        if not isinstance(project, Mapping):
            continue
        company = _words(project.get("company"), text)
        if company is None:
            continue
        found.append(
            Claim(
                company=company,
                name=_words(project.get("name"), text),
                amount=_amount(project.get("amount"), text),
                stage=_stage(project.get("stage"), text),
                jobs=_jobs(project.get("jobs"), text),
            )
        )
    return tuple(found)
