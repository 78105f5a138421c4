"""Reading zones."""

from uuid import UUID

from django.db.models import Q

from zhaoyin.apps.zones.models import Zone


def zone_ids() -> list[UUID]:
    """Every zone of the installation."""
    return list(Zone.objects.order_by("created_at").values_list("id", flat=True))


def names_around(*, zone_id: UUID) -> list[str]:
    """Names of the zone, of the one above it and of those below it; one query."""
    near = Zone.objects.filter(Q(pk=zone_id) | Q(parent_id=zone_id) | Q(children__pk=zone_id))
    return sorted(set(near.values_list("name", flat=True)))


def zone_by_slug(slug: str) -> Zone | None:
    """None when there is no such zone."""
    return Zone.objects.filter(slug=slug).first()


def all_zones() -> list[Zone]:
    """Every zone of the installation, oldest first."""
    return list(Zone.objects.order_by("created_at"))
