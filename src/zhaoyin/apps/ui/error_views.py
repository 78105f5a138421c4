"""The pages of errors, in the person's language."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoyin.apps.ui import messages
from zhaoyin.domain.errors import DomainError


def error_response(request: HttpRequest, *, status: int, text: str = "") -> HttpResponse:
    """The page of an error (a line of text for htmx and JSON callers), in the person's language."""
    title, advice = messages.for_status(status)
    shown = text or advice
    accepts_json = "application/json" in request.headers.get("Accept", "")
    if accepts_json:
        return JsonResponse({"error": {"status": status, "text": shown}}, status=status)
    zone = getattr(request, "zone", None)
    home = reverse("zone:home", args=[zone.slug]) if zone else "/"
    context = {
        "status": status,
        "error_title": title,
        "error_text": shown,
        "home": home,
    }
    return render(request, "ui/error.html", context, status=status)


def domain_error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A domain error as an answer: its status and its words. What may not be seen looks like what does not exist."""
    status = messages.status_of(error)
    alike = status == 404 and error.code in {"not-found", "zone-not-found"}
    return error_response(request, status=status, text="" if alike else messages.words(error))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler 400; an upload that was too large is 413."""
    too_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent"}
    return error_response(request, status=413 if too_large else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler 403."""
    return error_response(request, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return error_response(
        request,
        status=403,
        text=_("页面已过期，请返回上一页刷新后再提交；您填写的内容没有保存。"),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler 404."""
    return error_response(request, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler 500: nothing that could fail again."""
    return error_response(request, status=500)
