"""Background work of briefings."""

from django_tasks import task

from zhaoyin.apps.briefings.actions import run_due
from zhaoyin.apps.zones.queries import all_zones


@task()
def write_scheduled() -> dict[str, int]:
    """Drafts that are due today, in every zone; how many by zone."""
    return {zone.slug: len(run_due(zone=zone)) for zone in all_zones()}
