"""Language, text size, Today and search."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.apps.ui import slots
from zhaoyin.apps.ui.context import TEXT_COOKIE, YEAR_SECONDS

PALETTE_LIMIT = 6
PAGE_LIMIT = 30
MOST_CHARACTERS = 80


def _next_url(request: HttpRequest) -> str:
    """Where the form says to go on, if that is on this site."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(wanted)
        return f"{parts.path}{'?' + parts.query if parts.query else ''}" or "/"
    return "/"


def _remember(request: HttpRequest, **values: object) -> None:
    """Keep a preference with the person, when somebody is signed in."""
    person = slots.person_of(request)
    if person is None:
        return
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this browser and of the person."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_next_url(request))
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        )  # fmt: skip
        _remember(request, language=language)
        translation.activate(language)
    return response


@require_POST
def set_text_size(request: HttpRequest) -> HttpResponse:
    """Switch 关怀版 on or off."""
    large = request.POST.get("size") == "large"
    response = HttpResponseRedirect(_next_url(request))
    response.set_cookie(
        TEXT_COOKIE, "large" if large else "normal", max_age=YEAR_SECONDS, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True,
    )  # fmt: skip
    _remember(request, large_text=large)
    return response


def _greeting(hour: int) -> str:
    if hour < 5:
        return _("夜深了")
    if hour < 11:
        return _("早上好")
    if hour < 13:
        return _("中午好")
    return _("下午好") if hour < 18 else _("晚上好")


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is due, met, stuck and new: the cards that the apps contribute."""
    ask = slots.ask_for(request)
    context = {
        "greeting": _greeting(timezone.localtime().hour),
        "today": timezone.localdate(),
        "starts": slots.menu(slots.CREATE_ITEM, ask),
    }
    return render(request, "ui/today.html", context)


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:MOST_CHARACTERS]


def _pages(ask: slots.Ask, query: str) -> list[slots.SearchHit]:
    """Pages and actions whose name contains the query (all of them for an empty query)."""
    wanted = query.casefold()
    found: list[slots.SearchHit] = []
    for slot, kind in (
        (slots.MENU_ITEM, _("页面")),
        (slots.CREATE_ITEM, _("新建")),
        (slots.ADMIN_ITEM, _("管理")),
    ):
        found += [
            slots.SearchHit(kind, item.label, item.url, item.hint, item.icon)
            for item in slots.menu(slot, ask)
            if wanted in str(item.label).casefold()
        ]
    return found


def _grouped(hits: list[slots.SearchHit]) -> list[dict[str, object]]:
    groups: dict[str, list[slots.SearchHit]] = {}
    for hit in hits:
        groups.setdefault(str(hit.kind), []).append(hit)
    return [{"kind": kind, "hits": found} for kind, found in groups.items()]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page."""
    query, ask = _query(request), slots.ask_for(request)
    hits, failures = slots.search(ask, query, limit=PAGE_LIMIT) if query else ([], [])
    found = hits + (_pages(ask, query) if query else [])
    context = {
        "search_query": query,
        "groups": _grouped(found),
        "failures": failures,
        "limit": PAGE_LIMIT,
    }
    return render(request, "ui/search.html", context)


@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """The same as JSON for the palette: `{groups: [{kind, hits: [{title, url, detail}]}]}`."""
    query, ask = _query(request), slots.ask_for(request)
    hits, _failures = slots.search(ask, query, limit=PALETTE_LIMIT) if query else ([], [])
    groups = [
        {
            "kind": group["kind"],
            "hits": [
                {"title": str(hit.title), "url": hit.url, "detail": str(hit.detail)}
                for hit in group["hits"]  # type: ignore[attr-defined]
            ],
        }
        for group in _grouped(hits + _pages(ask, query))
    ]
    return JsonResponse({"groups": groups})
