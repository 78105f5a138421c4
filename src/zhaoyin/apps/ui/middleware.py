"""A domain error that a view did not handle becomes a page; a person's preferences follow them to a new browser."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhaoyin.apps.ui import slots
from zhaoyin.apps.ui.context import TEXT_COOKIE, YEAR_SECONDS
from zhaoyin.apps.ui.error_views import domain_error_response, error_response
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError


class DomainErrorMiddleware:
    """Turns `DomainError` into 400, 403, 404 or 409 with its words, and an empty 405 into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            page = error_response(request, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The error page; None for any other exception. The words also stand in a header for htmx."""
        if not isinstance(exception, DomainError):
            return None
        response = domain_error_response(request, exception)
        response["X-Error-Text"] = quote(words(exception))
        return response


class PreferencesMiddleware:
    """Sets the language and text-size cookies of a person whose browser has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        names = (TEXT_COOKIE, settings.LANGUAGE_COOKIE_NAME)
        if all(name in request.COOKIES for name in names) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return response
        person = slots.person_of(request)
        if person is None:
            return response
        for name, value in zip(names, ("large" if person.large_text else "normal", person.language), strict=True):
            if name not in request.COOKIES and name not in response.cookies:
                response.set_cookie(
                    name, value, max_age=YEAR_SECONDS, samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE, httponly=True,
                )  # fmt: skip
        return response
