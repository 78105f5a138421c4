"""Who sees figures: everybody who works in the zone. Of the projects behind them each sees their own."""

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.domain.errors import NotAllowed


def may_see_figures(viewer: Viewer) -> bool:
    """Anybody with a role other than administrator."""
    return bool(viewer.roles - {Role.ADMINISTRATOR.value})


def require_figures(viewer: Viewer) -> None:
    """NotAllowed for an administrator without another role."""
    if not may_see_figures(viewer):
        raise NotAllowed("role-may-not", to="figures")
