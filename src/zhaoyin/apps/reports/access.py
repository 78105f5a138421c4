"""Who sees figures: everybody who works in the zone. Of the projects behind them each sees their own."""

from django.db.models import QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.reports.models import PublishedFigures
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import NotAllowed


def may_see_figures(viewer: Viewer) -> bool:
    """Anybody with a role other than administrator."""
    return bool(viewer.roles - {Role.ADMINISTRATOR.value})


def require_figures(viewer: Viewer) -> None:
    """NotAllowed for an administrator without another role."""
    if not may_see_figures(viewer):
        raise NotAllowed("role-may-not", to="figures")


def may_publish(viewer: Viewer) -> bool:
    """Bureau chief and statistician."""
    return viewer.has(WRITES_EVERYTHING)


def require_publisher(viewer: Viewer) -> None:
    """NotAllowed for everybody else."""
    if not may_publish(viewer):
        raise NotAllowed("role-may-not", to="publish")


def zones_below(viewer: Viewer) -> QuerySet[Zone]:
    """Zones whose parent is the viewer's zone."""
    return Zone.objects.filter(parent_id=viewer.zone_id)


def published_below(viewer: Viewer) -> QuerySet[PublishedFigures]:
    """All that a parent reads of the zones below: what they have published."""
    return PublishedFigures.objects.filter(zone__parent_id=viewer.zone_id)
