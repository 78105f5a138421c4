"""The one API, for our own islands (session) and for others (token). Every zone route is /api/z/{zone_slug}/..."""

import hashlib
from importlib import import_module
from importlib.util import find_spec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Router
from ninja.security import APIKeyHeader, SessionAuth

from zhaoyin import __version__
from zhaoyin.apps.accounts.access import enter_zone
from zhaoyin.apps.accounts.tokens import person_of_token
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.config.api_docs import SchemaPage
from zhaoyin.config.settings import OUR_APPS
from zhaoyin.domain.errors import DomainError, NotAllowed, NotVisible


def _enter(request: HttpRequest, person: object) -> None:
    """Set zone and viewer for a zone route, or answer 404."""
    match = request.resolver_match
    slug = match.kwargs.get("zone_slug") if match else None
    if slug is None:
        return
    zone, viewer = enter_zone(person=person, slug=slug, on=timezone.localdate())  # type: ignore[arg-type]
    request.zone, request.viewer = zone, viewer  # type: ignore[attr-defined]


class Session(SessionAuth):
    """The cookie of a person who is signed in; a writing request also needs the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        """The person, in the zone of the address."""
        if not request.user.is_authenticated:
            return None
        _enter(request, request.user)
        return request.user


class Token(APIKeyHeader):
    """`Authorization: Bearer zy_...`: acts as its person in one zone within its scopes."""

    param_name = "Authorization"

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        """The person whose token it is; NotVisible in another zone, NotAllowed outside its scopes."""
        if not key or not key.startswith("Bearer "):
            return None
        secret = hashlib.sha256(key.removeprefix("Bearer ").strip().encode()).hexdigest()
        found = person_of_token(token_hash=secret, at=timezone.now())
        if found is None:
            return None
        person, zone_slug, scopes = found
        match = request.resolver_match
        slug = match.kwargs.get("zone_slug") if match else None
        if slug is not None and slug != zone_slug:
            raise NotVisible("zone-not-found", zone=slug)
        if request.method not in {"GET", "HEAD"} and "write" not in scopes:
            raise NotAllowed("token-scope", scope="write")
        request.user = person
        _enter(request, person)
        return person


api = NinjaAPI(
    title="Zhaoyin 招引",
    version=__version__,
    description="One API for our own pages and for others. Money is a string of digits in base units; unknown is null.",
    auth=[Token(), Session()],
    docs=SchemaPage(),
    docs_url="/docs",
    openapi_extra={"info": {"license": {"name": "Apache-2.0"}}},
)


@api.exception_handler(DomainError)
def _domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    body = {"code": error.code, "message": words(error), "params": {k: str(v) for k, v in error.params.items()}}
    return api.create_response(request, body, status=status_of(error))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(
        request, {"code": "not-found", "message": words(NotVisible("not-found")), "params": {}}, status=404
    )


for _name in OUR_APPS:
    _module = f"zhaoyin.apps.{_name}.api"
    if find_spec(_module) is not None:
        _router: Router = import_module(_module).router
        api.add_router("/z/{zone_slug}/", _router)
