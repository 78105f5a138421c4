"""Bringing schemes, exempting, signing off, answering hints: rows that are added, never changed."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.assessments.access import require_decider
from zhaoyin.apps.assessments.models import Exemption, HintAnswer, HintRun, SchemeVersion, SignedOff
from zhaoyin.apps.assessments.queries import Assessed, all_hints, hint_list
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.companies.actions import checked_note, checked_text
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.taskforces.access import is_of_zone
from zhaoyin.apps.taskforces.models import TaskForce
from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import DomainError, InvalidValue, NotVisible
from zhaoyin.engines.assessment import Assessment, Scheme, parse_scheme, solve

ANSWERS = frozenset({"explained", "corrected", "dismissed"})
LARGEST_SCHEME = 100_000


def _audit(viewer: Viewer, verb: str, subject_id: UUID, details: dict[str, object]) -> None:
    record(
        zone_id=viewer.zone_id,
        actor_id=viewer.person_id,
        verb=verb,
        subject_kind="assessment",
        subject_id=subject_id,
        details=details,
    )


def add_scheme(*, viewer: Viewer, text: str, file_name: str) -> Scheme:
    """A scheme of the zone's own; SchemeError says line, problem and fix, and nothing is kept."""
    require_decider(viewer)
    if len(text) > LARGEST_SCHEME:
        raise InvalidValue("document-too-large", field="file", value=file_name, size=len(text) >> 10, limit=LARGEST_SCHEME >> 10)  # fmt: skip
    scheme = parse_scheme(text, name=file_name)
    with transaction.atomic():
        row = SchemeVersion.objects.create(
            zone_id=viewer.zone_id, scheme=scheme.id, version=scheme.version, sha256=scheme.sha256, text=text,
            recorded_at=clock.now(), actor_id=viewer.person_id,
        )  # fmt: skip
        _audit(viewer, "scheme-added", row.pk, {"scheme": scheme.id, "version": scheme.version})
    return scheme


def exempt(*, viewer: Viewer, task_force_id: UUID, year: int, holds: bool, reason: str) -> None:
    """Force majeure for a task force in a year, or no longer."""
    require_decider(viewer)
    if not is_of_zone(TaskForce, viewer, str(task_force_id)):
        raise NotVisible("not-found")
    if not 2000 <= year <= 2100:
        raise InvalidValue("number-out-of-range", field="year", value=str(year), least=2000, most=2100)
    with transaction.atomic():
        row = Exemption.objects.create(
            zone_id=viewer.zone_id, task_force=task_force_id, year=year, holds=holds,
            reason=checked_text(reason, field="reason", limit=200), recorded_at=clock.now(), actor_id=viewer.person_id,
        )  # fmt: skip
        _audit(viewer, "exempted" if holds else "exemption-ended", row.pk, {"year": year})


def result_of(found: Assessed) -> dict[str, Any]:
    """The assessment as a document: decimals as texts, the figures' identity in it; the same question gives the same bytes."""
    assessment = solve(found.problem)
    identity = found.answer.count.identity
    return {
        "engine": assessment.engine,
        "scheme": {"id": assessment.scheme, "version": assessment.scheme_version, "sha256": assessment.scheme_sha256},
        "figures": {
            "engine": identity.engine, "pack": identity.pack, "pack_version": identity.pack_version,
            "pack_sha256": identity.pack_sha256, "covered": identity.covered, "as_of": identity.as_of.isoformat(),
            "last_seq": identity.last_seq,
        },
        "time_share": _text(assessment.time_share),
        "units": _units(assessment),
    }  # fmt: skip


def _units(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "id": unit.id, "name": unit.name, "rank": unit.rank, "total": _text(unit.total), "whole": unit.whole, "red": unit.red,
            "black": unit.black, "exempt": unit.exempt,
            "points": [[name, times, _text(points)] for name, times, points in unit.points],
            "indicators": [
                {
                    "name": one.indicator, "value": _text(one.value), "target": _text(one.target), "score": _text(one.score),
                    "working": one.working, "progress": _text(one.progress), "ahead": _text(one.ahead),
                    "light": one.light.value if one.light else None, "gap": one.gap.value if one.gap else None,
                }
                for one in unit.scored
            ],
        }
        for unit in assessment.units
    ]  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def sign_off(*, viewer: Viewer, found: Assessed, note: str = "") -> SignedOff:
    """Keep the assessment as it is now, with its hash."""
    require_decider(viewer)
    result = result_of(found)
    asked = found.answer.asked
    question = {
        "scheme": found.problem.scheme.id,
        "scheme_sha256": found.problem.scheme.sha256,
        "period": str(asked.period),
        "pack": asked.pack,
        "as_of": asked.as_of.isoformat() if asked.as_of else "",
        "last_seq": found.answer.last_seq,
    }
    with transaction.atomic():
        row = SignedOff.objects.create(
            zone_id=viewer.zone_id,
            scheme=found.problem.scheme.id,
            period=str(asked.period),
            question=question,
            result=result,
            sha256=sha256_hex(canonical_json(result)),
            note=checked_note(note, limit=200),
            recorded_at=clock.now(),
            actor_id=viewer.person_id,
        )
        _audit(viewer, "assessment-signed-off", row.pk, {"sha256": row.sha256})
    return row


def answer_hint(*, viewer: Viewer, fingerprint: str, answer: str, reason: str) -> None:
    """A hint was looked at: explained, corrected, or dismissed, with the reason. NotVisible for a hint that the viewer does not see."""
    if answer not in ANSWERS:
        raise InvalidValue("not-an-option", field="answer", value=answer)
    if not reason.strip():
        raise InvalidValue("reason-needed", field="reason", value="")
    hint = next((one for one in hint_list(viewer=viewer) if one.fingerprint == fingerprint), None)
    if hint is None:
        if HintAnswer.objects.filter(zone_id=viewer.zone_id, fingerprint=fingerprint).exists():
            raise DomainError("hint-answered")
        raise NotVisible("not-found")
    with transaction.atomic():
        row = HintAnswer.objects.create(
            zone_id=viewer.zone_id,
            fingerprint=fingerprint,
            kind=hint.kind.value,
            answer=answer,
            reason=checked_text(reason, field="reason", limit=300),
            recorded_at=clock.now(),
            actor_id=viewer.person_id,
        )
        _audit(viewer, "hint-answered", row.pk, {"kind": hint.kind.value})


def look_for_hints(*, zone_id: UUID) -> int:
    """The daily look: keep which hints there are, for the Today page; how many. A second look the same day replaces the first."""
    today = clock.today()
    marks: dict[str, list[str]] = {}
    for hint in all_hints(zone_id=zone_id, today=today):
        marks.setdefault(hint.unit, []).append(hint.fingerprint)
    HintRun.objects.update_or_create(zone_id=zone_id, day=today, defaults={"at": clock.now(), "marks": marks})
    return sum(len(found) for found in marks.values())
