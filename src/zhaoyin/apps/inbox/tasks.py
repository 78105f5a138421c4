"""Daily background work."""

from django_tasks import task

from zhaoyin.apps.inbox.actions import derive
from zhaoyin.apps.zones.queries import zone_ids


@task()
def derive_daily() -> dict[str, int]:
    """Bring every zone's due items up to date; items opened by zone."""
    return {str(zone_id): derive(zone_id=zone_id).opened for zone_id in zone_ids()}
