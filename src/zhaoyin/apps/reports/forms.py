"""The question in the address of a page of figures, read and shown again."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.reports import presentation, queries
from zhaoyin.apps.reports.access import require_figures
from zhaoyin.apps.reports.packs import all_packs
from zhaoyin.apps.reports.queries import Asked
from zhaoyin.apps.ui.components import Filter
from zhaoyin.domain.errors import DomainError, InvalidValue

QUESTION = ("period", "pack", "as_of", "known_at", "known_basis")
CHOICE = ("figure", "task_force", "industry", "unit", "origin", "size", "month", "rule")


def viewer_of(request: HttpRequest) -> Viewer:
    """Set by the zone middleware; NotAllowed for an administrator without another role."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    require_figures(viewer)
    return viewer


def slug_of(request: HttpRequest) -> str:
    """Of the zone in the address."""
    slug: str = request.zone.slug  # type: ignore[attr-defined]
    return slug


def given(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    """Parameters as written, cut to 80 characters."""
    return {name: request.GET.get(name, "").strip()[:80] for name in names}


def filters(said: Mapping[str, str], asked: Asked, zone_id: UUID) -> list[Filter]:
    """The filter bar of a question."""
    packs = [(name, presentation.pack_title(pack)) for name, pack in all_packs(zone_id=zone_id).items()]
    return [
        Filter("period", _("期间（含首尾）"), said["period"] or written(asked)),
        Filter("pack", _("统计口径"), asked.pack, packs),
        Filter("as_of", _("截至日"), said["as_of"], kind="date"),
        Filter("known_at", _("按当时所知"), said["known_at"], kind="date"),
        Filter("known_basis", _("所知以什么为准"), said["known_basis"], [("reported", _("台账截止日期"))]),
    ]


def written(asked: Asked) -> str:
    """The period as it can be given again, both days included."""
    return f"{asked.period.start.isoformat()}/{asked.period.last_day.isoformat()}"


def asked_of(request: HttpRequest) -> tuple[dict[str, str], Asked, DomainError | None]:
    """The question in the URL; a question that cannot be understood is told, and the year to date shown instead."""
    said = given(request, QUESTION)
    try:
        return said, queries.parse_asked(**said, zone_id=viewer_of(request).zone_id), None
    except DomainError as error:
        return said, queries.parse_asked(), error


def day_of(text: str) -> date:
    """A day; InvalidValue when it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidValue("date-malformed", field="from", value=text) from error
