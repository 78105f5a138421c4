"""A request inside a zone, as the middleware and the API make it."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Path

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.zones.models import Zone


class ZoneRequest(HttpRequest):
    """`zone` and `viewer` are set before the view runs; a view that takes this type is mounted under a zone."""

    zone: Zone
    viewer: Viewer


IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", max_length=64)]
"""Header of a POST that may be sent twice and is carried out once; at most 64 characters."""

ZoneSlug = Annotated[str, Path()]
"""The zone in the address of a route; it stands in the prefix of every router, so a route must say that it is a path part."""
