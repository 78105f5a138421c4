"""The API's documentation page."""

import pytest
from django.test import Client

from zhaoyin.config.api import api
from zhaoyin.config.api_docs import routes_by_tag, shapes


@pytest.mark.django_db
def test_it_lists_every_route_and_loads_nothing_from_elsewhere() -> None:
    page = Client().get("/api/docs").content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert path in page
    assert "cdn." not in page
    assert "<script>" not in page


def test_every_route_and_shape_says_what_it_is() -> None:
    schema = dict(api.get_openapi_schema())
    routes = [route for group in routes_by_tag(schema).values() for route in group]
    assert routes
    assert [route.path for route in routes if not route.summary or not route.about] == []
    assert [name for name, about, _ in shapes(schema) if not about] == []
