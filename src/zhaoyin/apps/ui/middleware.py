"""A domain error that a view did not handle becomes a page that says what was wrong and what was kept."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError, NotVisible


class DomainErrorMiddleware:
    """Turns `DomainError` into 400, 403, 404, 409 or 422 with its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The error page; None for any other exception."""
        if isinstance(exception, NotVisible):
            raise Http404(exception.code) from exception
        if not isinstance(exception, DomainError):
            return None
        status = status_of(exception)
        context = {"status": status, "message": words(exception), "error": exception}
        return render(request, "ui/error.html", context, status=status)
