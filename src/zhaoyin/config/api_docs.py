"""The API's own page of documentation: made from its schema, in our look, from our origin, without a script."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Route:
    """One call."""

    method: str
    path: str
    summary: str
    about: str
    fields: list[Field]
    answers: list[tuple[str, str]]


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(_kind(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "object")


def _body(operation: dict[str, Any], schemas: dict[str, Any]) -> list[Field]:
    content = operation.get("requestBody", {}).get("content", {})
    fields: list[Field] = []
    for media, body in content.items():
        name = _kind(body.get("schema", {}))
        found = schemas.get(name, body.get("schema", {}))
        for key, schema in found.get("properties", {}).items():
            required = key in found.get("required", [])
            fields.append(
                Field(key, media.rsplit("/", 1)[-1], _kind(schema), required, str(schema.get("description", "")))
            )
    return fields


def _route(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Route:
    parameters = [
        Field(
            given["name"],
            given["in"],
            _kind(given.get("schema", {})),
            bool(given.get("required")),
            str(given.get("description", "")),
        )
        for given in operation.get("parameters", [])
    ]
    answers = [
        (code, ", ".join(_kind(body.get("schema", {})) for body in answer.get("content", {}).values()))
        for code, answer in operation.get("responses", {}).items()
    ]
    return Route(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        about=operation.get("description", ""),
        fields=parameters + _body(operation, schemas),
        answers=answers,
    )


def routes_by_tag(schema: dict[str, Any]) -> dict[str, list[Route]]:
    """Every route of the schema, grouped by its first tag."""
    schemas = schema.get("components", {}).get("schemas", {})
    groups: dict[str, list[Route]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(_route(method, path, operation, schemas))
    return groups


def shapes(schema: dict[str, Any]) -> list[tuple[str, str, list[Field]]]:
    """(name, description, fields) of every shape."""
    found = schema.get("components", {}).get("schemas", {})
    return [
        (
            name,
            str(shape.get("description", "")),
            [
                Field(key, "", _kind(part), key in shape.get("required", []), str(part.get("description", "")))
                for key, part in shape.get("properties", {}).items()
            ],
        )
        for name, shape in sorted(found.items())
    ]


class SchemaPage(DocsBase):
    """Renders `ui/api_docs.html`."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page; the schema itself is linked from it."""
        schema: dict[str, Any] = dict(api.get_openapi_schema())
        context = {
            "groups": routes_by_tag(schema),
            "shapes": shapes(schema),
            "schema_url": self.get_openapi_url(api, kwargs),
            "about": schema["info"].get("description", ""),
        }
        return render(request, "ui/api_docs.html", context)
