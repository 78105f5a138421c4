"""Reading zones."""

from uuid import UUID

from zhaoyin.apps.zones.models import Zone


def zone_ids() -> list[UUID]:
    """Every zone of the installation."""
    return list(Zone.objects.order_by("created_at").values_list("id", flat=True))


def zone_by_slug(slug: str) -> Zone | None:
    """None when there is no such zone."""
    return Zone.objects.filter(slug=slug).first()
