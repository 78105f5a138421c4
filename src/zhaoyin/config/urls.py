"""Addresses. Pages of a zone live under /z/<zone>/; an app's `urls.py` is mounted there, its `global_urls.py` at the root."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import JavaScriptCatalog

from zhaoyin.config.api import api
from zhaoyin.config.settings import OUR_APPS


def _rooms(room: str) -> list[str]:
    """Modules of that name in our apps, upstream first."""
    names = [f"zhaoyin.apps.{name}.{room}" for name in OUR_APPS]
    return [name for name in names if find_spec(name) is not None]


zone_patterns: list[URLPattern | URLResolver] = [path("", include(name)) for name in _rooms("urls")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("api/", api.urls),
    path("jsi18n/", JavaScriptCatalog.as_view(), name="jsi18n"),
    *(path("", include(name)) for name in _rooms("global_urls")),
    path("z/<slug:zone_slug>/", include(zone_patterns)),
]

_errors = import_module("zhaoyin.apps.ui.error_views")
handler400, handler403 = _errors.bad_request, _errors.forbidden
handler404, handler500 = _errors.not_found, _errors.server_error
