"""Slots: order, isolation of failures."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from zhaoyin.apps.ui import slots


@pytest.fixture
def slot() -> Iterator[slots.Slot[slots.PanelFn]]:
    made: slots.Slot[slots.PanelFn] = slots.Slot("test_panel")
    slots.SLOTS["test_panel"] = made  # type: ignore[index]
    yield made
    del slots.SLOTS["test_panel"]  # type: ignore[attr-defined]


def _fine(ask: slots.Ask) -> slots.Panel:
    return slots.Panel("Good", "ui/parts/empty.html", {"title": "fine"})


def _broken(ask: slots.Ask) -> slots.Panel:
    raise ValueError("secret detail")


def _bad_template(ask: slots.Ask) -> slots.Panel:
    return slots.Panel("Bad", "no/such/template.html")


def _nothing(ask: slots.Ask) -> None:
    return None


def _render(slot: str) -> str:
    request = RequestFactory().get("/")
    return Template(f'{{% load zy %}}{{% panels "{slot}" %}}').render(Context({"request": request}))


def test_it_shows_a_failing_panel_in_its_own_place(slot: Any) -> None:
    for key, order, fn in [("d", 40, _nothing), ("b", 20, _broken), ("a", 30, _fine), ("c", 10, _bad_template)]:
        slots.register(slot, key=key, order=order, fn=fn)
    html = _render("test_panel")
    assert html.index("panel-c") < html.index("panel-b") < html.index("panel-a")
    assert "fine" in html and "ValueError" in html and "TemplateDoesNotExist" in html
    assert "secret detail" not in html


def test_it_refuses_two_functions_under_one_key(slot: Any) -> None:
    slots.register(slot, key="a", order=1, fn=_fine)
    slots.register(slot, key="a", order=1, fn=_fine)
    with pytest.raises(ValueError, match="already registered"):
        slots.register(slot, key="a", order=1, fn=_broken)


def test_it_leaves_a_failing_search_provider_out() -> None:
    def broken(ask: slots.Ask, query: str, limit: int) -> list[slots.SearchHit]:
        raise RuntimeError

    ask = slots.ask_for(RequestFactory().get("/"))
    slots.register(slots.SEARCH_PROVIDER, key="zz-broken", order=999, fn=broken)
    try:
        _hits, failures = slots.search(ask, "x", limit=3)
    finally:
        slots.SEARCH_PROVIDER.remove("zz-broken")
    assert "zz-broken" in [failure.key for failure in failures]
