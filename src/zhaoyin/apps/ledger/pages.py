"""Keyset pages: no COUNT, no OFFSET; a page costs the same at the millionth row."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from zhaoyin.domain.errors import InvalidValue

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows and the cursors of the neighbouring pages ("" where there is none)."""

    rows: list[Row]
    previous: str = ""
    following: str = ""


def _cursor(row: models.Model, column: str) -> str:
    value: Any = getattr(row, column)
    if isinstance(value, date | datetime):
        value = value.isoformat()
    elif isinstance(value, Decimal | UUID):
        value = str(value)
    return base64.urlsafe_b64encode(json.dumps([value, str(row.pk)]).encode()).decode().rstrip("=")


def _read(cursor: str, field: models.Field[Any, Any]) -> tuple[Any, UUID]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value, pk = json.loads(base64.urlsafe_b64decode(padded))
        return field.to_python(value), UUID(pk)
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError) as error:
        raise InvalidValue("cursor-malformed", field="cursor", value=cursor[:40]) from error


def keyset_page(rows: QuerySet[Row], *, sort: str, after: str = "", before: str = "", size: int = 30) -> Page[Row]:
    """One page ordered by `sort` ("-column" for descending) and id; `after`/`before` are cursors of an earlier page.

    Two queries: the ids without any join (so that the index gives the order), then their rows.
    The column must not be NULL and should be indexed as (zone, column, id). InvalidValue for a broken cursor.
    """
    down, column = sort.startswith("-"), sort.lstrip("-")
    field = rows.model._meta.get_field(column)
    backwards = bool(before)
    if before or after:
        value, pk = _read(before or after, field)  # type: ignore[arg-type]
        side = "lt" if down != backwards else "gt"
        id_side = "lt" if backwards else "gt"
        rows = rows.filter(
            Q(**{f"{column}__{side}e": value}) & (Q(**{f"{column}__{side}": value}) | Q(**{f"pk__{id_side}": pk}))
        )
    flip = "" if down == backwards else "-"
    ordered = rows.order_by(f"{flip}{column}", "-pk" if backwards else "pk")
    ids = list(ordered.values_list("pk", flat=True)[: size + 1])
    by_id = {row.pk: row for row in rows.filter(pk__in=ids)}
    found = [by_id[pk] for pk in ids if pk in by_id]
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page(rows=[])
    has_previous = more if backwards else bool(after)
    has_following = True if backwards else more
    return Page(
        rows=found,
        previous=_cursor(found[0], column) if has_previous else "",
        following=_cursor(found[-1], column) if has_following else "",
    )
