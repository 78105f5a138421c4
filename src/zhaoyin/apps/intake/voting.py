"""The model service's vote on what the engine proposed. Pure: it adds to the contents of drafts and takes nothing away.

An agreement is noted on the field, a difference is kept beside the engine's value for the reviewer, a project that only the service
saw becomes a proposal of its own which is never ticked beforehand.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zhaoyin.adapters.llm.checking import Claim, Proved
from zhaoyin.domain.money import Money

ONLY_MODEL = 0.3
"""Confidence of a proposal that the engine did not make."""
AGREED = 0.05
"""What an agreement on company, amount and stage adds to the confidence, up to 0.99."""

Content = dict[str, Any]


def _bare(name: str) -> str:
    text = "".join(name.split())
    for ending in ("股份有限公司", "有限责任公司", "有限公司", "集团"):
        text = text.removesuffix(ending)
    return text


def _same_company(content: Mapping[str, Any], claim: Claim) -> bool:
    wanted = _bare(str(claim.company.value))
    names = {_bare(str(name)) for name in content.get("companies", [])}
    return any(wanted == name or wanted in name or name in wanted for name in names if len(name) >= 2)


def _amount_of(content: Mapping[str, Any]) -> Money | None:
    amount = content.get("amount")
    return Money.from_payload(dict(amount["money"])) if isinstance(amount, Mapping) else None


def _span(proved: Proved) -> list[int]:
    return [proved.start, proved.end]


def _vote(content: Content, claim: Claim) -> None:
    votes: dict[str, str] = {}
    others: dict[str, object] = {}
    if claim.amount is not None:
        ours, theirs = _amount_of(content), claim.amount.value
        assert isinstance(theirs, Money)
        same = ours is not None and (ours.value, ours.currency) == (theirs.value, theirs.currency)
        votes["amount"] = "agrees" if same else "differs"
        if not same:
            others["amount"] = {"money": theirs.to_payload(), "span": _span(claim.amount)}
    if claim.stage is not None:
        ended = claim.stage.value == "terminated"
        same = bool(content.get("ended")) if ended else content.get("stage") == claim.stage.value
        votes["stage"] = "agrees" if same else "differs"
        if not same:
            others["stage"] = {"value": claim.stage.value, "span": _span(claim.stage)}
    for name, proved in (("name", claim.name), ("jobs", claim.jobs)):
        if proved is not None:
            same = str(content.get(name) or "") == str(proved.value)
            votes[name] = "agrees" if same else "differs"
            if not same:
                others[name] = {"value": proved.value, "span": _span(proved)}
    content["votes"] = votes
    if others:
        content["model"] = others
    if votes.get("amount") == "agrees" and votes.get("stage") == "agrees":
        content["confidence"] = min(0.99, float(content["confidence"]) + AGREED)


def _own(claim: Claim) -> Content:
    """A proposal that only the service made."""
    stage = str(claim.stage.value) if claim.stage else "lead"
    ended = stage == "terminated"
    amount = None
    if claim.amount is not None and isinstance(claim.amount.value, Money):
        amount = {"money": claim.amount.value.to_payload(), "span": _span(claim.amount)}
    company = str(claim.company.value)
    return {
        "companies": [company], "investor": company, "company_span": _span(claim.company),
        "name": str(claim.name.value) if claim.name else "", "name_span": _span(claim.name) if claim.name else None,
        "amount": amount, "stage": "negotiating" if ended else stage,
        "stage_span": _span(claim.stage) if claim.stage else None, "contract_kind": "formal" if stage == "signed" else "",
        "ended": ended, "kind": "new", "jobs": claim.jobs.value if claim.jobs else None,
        "jobs_span": _span(claim.jobs) if claim.jobs else None, "place": "", "place_span": None, "dated": "",
        "dated_span": None, "confidence": ONLY_MODEL, "relations": [], "by": "model",
    }  # fmt: skip


def _inside(span: Sequence[int], boilerplate: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in boilerplate)


def with_votes(
    contents: Sequence[Content], claims: Sequence[Claim], boilerplate: Sequence[tuple[int, int]] = ()
) -> list[Content]:
    """The proposals with the votes of the service, its own proposals behind them; nothing is taken from boilerplate."""
    found = [dict(content) for content in contents]
    free = list(range(len(found)))
    for claim in claims:
        if _inside(_span(claim.company), boilerplate):
            continue
        place = next((place for place in free if _same_company(found[place], claim)), None)
        if place is not None:
            free.remove(place)
            _vote(found[place], claim)
        elif not any(_same_company(content, claim) for content in found):
            found.append(_own(claim))
    return found
