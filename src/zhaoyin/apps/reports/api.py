"""Figures over the API: the same canonical JSON as `zhaoyin count --json`."""

from django.http import HttpResponse
from ninja import Router

from zhaoyin.apps.accounts.requests import ZoneRequest, ZoneSlug
from zhaoyin.apps.reports import queries
from zhaoyin.apps.reports.access import require_figures

router = Router(tags=["figures"])


@router.get("/figures", summary="Figures of a period with their records")
def read_figures(
    request: ZoneRequest,
    zone_slug: ZoneSlug,
    period: str = "",
    pack: str = "",
    as_of: str = "",
    known_at: str = "",
    known_basis: str = "",
    why: bool = False,
) -> HttpResponse:
    """Canonical JSON. `records` lists the projects that the caller may see; with `why` also those not counted.

    `period` includes both ends (2026-01/2026-05); the default is this year up to today. `known_at`: as known at the
    end of that day; with `known_basis=reported` as ledgers had reported it by then.
    """
    require_figures(request.viewer)
    asked = queries.parse_asked(
        period=period,
        pack=pack,
        as_of=as_of,
        known_at=known_at,
        known_basis=known_basis,
        zone_id=request.viewer.zone_id,
    )
    found = queries.answer(zone_id=request.viewer.zone_id, asked=asked)
    listed = queries.verdicts(found, figure=None, rules=None if why else [None], limit=queries.MOST_RECORDS)
    if not request.viewer.reads_everything:
        seen = queries.visible_names(viewer=request.viewer, ids={verdict.project for verdict in listed})
        listed = [verdict for verdict in listed if verdict.project in seen]
    return HttpResponse(found.count.canonical(listed), content_type="application/json; charset=utf-8")
