"""Whose sign-in attempts are counted together: the login name as typed, without its case."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def attempted_login(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """The login name of an attempt; the form calls it `login`, the backends call it `username`."""
    given = credentials or {}
    found = given.get("username") or given.get("login")
    if not found and request is not None:
        found = request.POST.get("login", "")
    return str(found or "").strip().casefold()
