"""The assessment over the API."""

from typing import Any

from ninja import Router, Schema

from zhaoyin.apps.accounts.requests import ZoneRequest, ZoneSlug
from zhaoyin.apps.assessments import access, actions, queries
from zhaoyin.apps.reports import queries as reports

router = Router(tags=["assessment"])


class HintOut(Schema):
    """A hint: what stands out, whose, which projects, the facts; `fingerprint` goes back with an answer."""

    kind: str
    unit: str
    projects: list[str]
    facts: dict[str, str]
    fingerprint: str


class AnswerIn(Schema):
    """What was found: explained, corrected or dismissed, with the reason."""

    answer: str
    reason: str


@router.get("/assessment", response=dict[str, Any], summary="Assessment of the task forces")
def read_assessment(
    request: ZoneRequest, zone_slug: ZoneSlug, period: str = "", pack: str = "", as_of: str = "", scheme: str = ""
) -> dict[str, Any]:
    """Scores with their working; decimals are texts."""
    access.require_scores(request.viewer)
    asked = reports.parse_asked(period=period, pack=pack, as_of=as_of, zone_id=request.viewer.zone_id)
    chosen = queries.scheme_of(zone_id=request.viewer.zone_id, name=scheme)
    return actions.result_of(queries.assessed(viewer=request.viewer, scheme=chosen, asked=asked))


@router.get("/hints", response=list[HintOut], summary="Hints that nobody has answered")
def read_hints(request: ZoneRequest, zone_slug: ZoneSlug) -> object:
    """Of the task forces that the caller answers for."""
    return queries.hint_list(viewer=request.viewer)


@router.post("/hints/{fingerprint}", response={204: None}, summary="Answer a hint")
def answer(request: ZoneRequest, zone_slug: ZoneSlug, fingerprint: str, body: AnswerIn) -> tuple[int, None]:
    """It comes up again only when its facts change."""
    actions.answer_hint(viewer=request.viewer, fingerprint=fingerprint, answer=body.answer, reason=body.reason)
    return 204, None
