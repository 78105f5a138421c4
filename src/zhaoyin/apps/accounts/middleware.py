"""Entering a zone: every address with a `zone_slug` needs a person with a role there, or it does not exist."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from zhaoyin.apps.accounts.access import enter_zone
from zhaoyin.domain.errors import NotVisible


class ZoneMiddleware:
    """Sets `request.zone` and `request.viewer`, and takes `zone_slug` out of the view's arguments."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """404 for a zone that is not the person's."""
        slug = kwargs.get("zone_slug")
        if slug is None or request.path.startswith("/api/"):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            zone, viewer = enter_zone(person=request.user, slug=slug, on=timezone.localdate())
        except NotVisible as error:
            raise Http404(error.code) from error
        request.zone, request.viewer = zone, viewer  # type: ignore[attr-defined]
        del kwargs["zone_slug"]
        return None
