"""What the zone's own reviewers teach: decided proposals → a small model that the zone's readings use.

Examples are put together from the proposals and the documents' texts each time; nothing is copied, so a redacted document teaches nothing
any more, and a model that learned from it is thrown away with it (`actions.forget_document`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.intake.models import Draft, DraftState, ReadingModel
from zhaoyin.apps.intake.proposing import ENGINE
from zhaoyin.apps.ledger import clock
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Money, number_text
from zhaoyin.engines.reading.installation import Installation
from zhaoyin.engines.reading.learning import Example, FieldKind, Reviewed, Scores, Verdict, scores, train
from zhaoyin.engines.reading.params import ReadingParams

LEAST_DOCUMENTS = 10
"""With fewer reviewed documents there is nothing to learn from and nothing to measure with."""
HELD_BACK = 5
"""Every fifth document is held back from the training that is measured."""
STAGE_CLASSES: Mapping[str, str] = {
    "lead": "intent", "negotiating": "negotiating", "pre_signing": "sited", "signed": "signed", "registered": "landed",
    "filed": "landed", "construction_started": "construction", "completed": "construction", "in_production": "production",
    "in_statistics": "production", "full_capacity": "production",
}  # fmt: skip
"""Stage of the ledger → class of the stage model."""


@dataclass(frozen=True, slots=True)
class Retrained:
    """How many documents taught, scores on those held back before and after, and whether the new model is used now."""

    documents: int
    held_back: int
    before: Scores
    after: Scores
    used: bool


def _changed(draft: Draft, name: str) -> tuple[bool, Any]:
    """(whether the reviewer corrected the field, what holds)."""
    corrections = draft.corrections or {}
    if name in corrections:
        return True, corrections[name]["to"]
    if name == "amount":
        amount = draft.content.get("amount")
        return False, amount["money"] if amount else None
    return False, draft.content.get(name)


def _field(draft: Draft, number: int, kind: FieldKind, span: object, value: str, *, corrected: bool) -> Reviewed:
    start, end = (int(span[0]), int(span[1])) if isinstance(span, list) else (0, 0)
    if draft.state == DraftState.REFUSED:
        verdict = Verdict.REFUSED
    else:
        verdict = Verdict.CORRECTED if corrected else Verdict.ACCEPTED
    return Reviewed(number, kind, start, end, verdict, value)


def _fields(draft: Draft, number: int) -> Iterator[Reviewed]:
    """Company, amount and stage of one decided proposal, as they hold."""
    content = draft.content
    corrected, investor = _changed(draft, "investor")
    if investor:
        yield _field(draft, number, FieldKind.COMPANY, content.get("company_span"), str(investor), corrected=corrected)
    if draft.state == DraftState.REFUSED:
        return
    corrected, amount = _changed(draft, "amount")
    if amount:
        money = Money.from_payload(dict(amount))
        proposed = content.get("amount") or {}
        value = number_text(money.value)
        yield _field(draft, number, FieldKind.AMOUNT, proposed.get("span"), value, corrected=corrected)
    corrected, stage = _changed(draft, "stage")
    label = "terminated" if content.get("ended") and not corrected else STAGE_CLASSES.get(str(stage))
    if label:
        yield _field(draft, number, FieldKind.STAGE, content.get("stage_span"), label, corrected=corrected)


def examples_of(*, zone_id: UUID) -> list[tuple[str, Example]]:
    """(document, example) of every document whose proposals somebody decided, oldest first; redacted ones are not there."""
    drafts = Draft.objects.filter(zone_id=zone_id, kind="project").exclude(state=DraftState.PROPOSED)
    rows = drafts.select_related("reading", "reading__document__body").order_by("reading_id", "position")
    found: dict[str, tuple[Any, list[Reviewed]]] = {}
    for draft in rows:
        text = draft.reading.document.body.text
        if text is None or not draft.content:
            continue
        _, fields = found.setdefault(str(draft.reading.document_id), (draft.reading, []))
        fields += _fields(draft, draft.position)
    return [
        (pk, Example(reading.document.body.text, reading.published_on, tuple(fields)))
        for pk, (reading, fields) in found.items()
        if fields
    ]


def _right(measured: Scores) -> float:
    """Share of all fields that are right."""
    pairs = (measured.company, measured.amount, measured.stage)
    total = sum(all_ for _, all_ in pairs)
    return sum(right for right, _ in pairs) / total if total else 0.0


def retrain(*, zone_id: UUID, person_id: UUID | None = None) -> Retrained:
    """Learn from the zone's reviews. The model is used when, trained without every fifth document, it reads those no worse than before;
    then it is trained on all of them. InvalidValue `too-few-reviews` for fewer than ten documents."""
    known = examples_of(zone_id=zone_id)
    if len(known) < LEAST_DOCUMENTS:
        raise InvalidValue("too-few-reviews", field="document", value=str(len(known)), least=LEAST_DOCUMENTS)
    held = [example for place, (_, example) in enumerate(known) if place % HELD_BACK == HELD_BACK - 1]
    taught = [example for place, (_, example) in enumerate(known) if place % HELD_BACK != HELD_BACK - 1]
    before, after = scores(held), scores(held, train(taught))
    used = _right(after) >= _right(before)
    if used:
        _keep(zone_id, person_id, train([example for _, example in known]), [pk for pk, _ in known], before, after)
    return Retrained(len(known), len(held), before, after, used)


def _plain(measured: Scores) -> dict[str, list[int]]:
    return {name: list(getattr(measured, name)) for name in ("company", "amount", "stage", "record")}


def _keep(
    zone_id: UUID, person_id: UUID | None, content: bytes, documents: list[str], before: Scores, after: Scores
) -> None:
    with transaction.atomic():
        ReadingModel.objects.filter(zone_id=zone_id).delete()
        model = ReadingModel.objects.create(
            zone_id=zone_id,
            made_at=clock.now(),
            engine=ENGINE,
            content=content,
            documents=documents,
            scores={"before": _plain(before), "after": _plain(after)},
            is_active=True,
        )
        record(
            zone_id=zone_id,
            actor_id=person_id,
            verb="reading-retrained",
            subject_kind="reading-model",
            subject_id=model.pk,
        )


def forget(*, zone_id: UUID) -> int:
    """Back to the engine as it is shipped; number of models thrown away."""
    return ReadingModel.objects.filter(zone_id=zone_id).delete()[0]


def params_of(*, zone_id: UUID) -> ReadingParams:
    """Params of the zone's readings: with what it has learned, unless that was learned for another engine."""
    model = ReadingModel.objects.filter(zone_id=zone_id, is_active=True, engine=ENGINE).first()
    if model is None:
        return ReadingParams()
    return ReadingParams(installation=Installation.loads(bytes(model.content)))
