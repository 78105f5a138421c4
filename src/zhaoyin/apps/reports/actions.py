"""Publishing: a zone hands its totals to the zone above it."""

from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.audit.actions import record
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.reports.access import require_publisher
from zhaoyin.apps.reports.models import PublishedFigures
from zhaoyin.apps.reports.queries import Asked, answer
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import DomainError


def publish(*, viewer: Viewer, asked: Asked) -> UUID:
    """Count the question now and keep its totals as published; id of the publication.

    NotAllowed unless bureau chief or statistician, DomainError when there is no zone above.
    """
    require_publisher(viewer)
    if not Zone.objects.filter(pk=viewer.zone_id, parent__isnull=False).exists():
        raise DomainError("no-parent-zone")
    count = answer(zone_id=viewer.zone_id, asked=asked).count
    totals = {name: figure.total for name, figure in count.figures.items()}
    body = canonical_json(
        {
            name: {
                "projects": total.projects,
                "yuan": total.yuan,
                "unknown": total.unknown,
                "unconverted": dict(total.unconverted),
            }
            for name, total in totals.items()
        }
    )
    identity, at = count.identity, clock.now()
    with transaction.atomic():
        made = PublishedFigures.objects.create(
            zone_id=viewer.zone_id, period_start=asked.period.start, period_end=asked.period.last_day,
            pack=asked.pack, pack_version=identity.pack_version, pack_sha256=identity.pack_sha256,
            as_of=identity.as_of, last_seq=identity.last_seq, body=body, sha256=sha256_hex(body), published_at=at,
            actor_id=viewer.person_id,
        )  # fmt: skip
        record(
            zone_id=viewer.zone_id, actor_id=viewer.person_id, verb="figures.published",
            subject_kind="published_figures", subject_id=made.pk, at=at,
            details={"period": str(asked.period), "pack": asked.pack, "sha256": made.sha256},
        )  # fmt: skip
    return made.pk
