"""`{% load zy %}`: the components of the shell. See docs/reference/ui.md for each with an example."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import structlog
from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhaoyin.apps.ui import components, slots, wording
from zhaoyin.apps.ui import context as frame_context
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate

register = template.Library()
log = structlog.get_logger(__name__)

Context = template.Context
TONES = {"plain", "blue", "green", "yellow", "red", "grey"}


def _request(context: Context) -> HttpRequest | None:
    found = context.get("request")
    return found if isinstance(found, HttpRequest) else None


@register.simple_tag
@lru_cache(maxsize=2048)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with `label` it speaks to screen readers, otherwise it is decoration."""
    href = f"{static('vendor/tabler-icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            href,
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.filter
def money(value: Money | Decimal | None) -> SafeString:
    """Exact money as a reader expects it; the amount as written shows on hover."""
    if value is None:
        return format_html('<span class="zy-unknown">{}</span>', wording.unknown())
    return format_html(
        '<span class="zy-money" title="{}">{}</span>',
        wording.money_as_written(value),
        wording.money(value),
    )


@register.filter
def money_short(value: Money | Decimal | None) -> SafeString:
    """As `money`, rounded to two decimals of its unit; the exact value shows on hover."""
    if value is None:
        return money(None)
    return format_html(
        '<span class="zy-money" title="{}">{}</span>',
        wording.money(value),
        wording.money(value, places=2),
    )


@register.filter
def money_text(value: Money | Decimal | None) -> str:
    """Exact money without markup (attributes, titles)."""
    return wording.money(value)


@register.filter
def day(value: PartialDate | date | None) -> SafeString:
    """A day with its precision; 未知 for None."""
    if value is None:
        return format_html('<span class="zy-unknown">{}</span>', wording.unknown())
    hint = wording.precision_hint(value)
    machine = str(value.first if isinstance(value, PartialDate) else value)[:10]
    title = format_html(' title="{}"', hint) if hint else ""
    return format_html(
        '<time class="zy-day" datetime="{}"{}>{}</time>',
        machine,
        title,
        wording.day(value),
    )


@register.filter
def moment(value: datetime | None) -> SafeString:
    """A moment in Shanghai time; 未知 for None."""
    if value is None:
        return format_html('<span class="zy-unknown">{}</span>', wording.unknown())
    return format_html(
        '<time class="zy-day" datetime="{}">{}</time>',
        value.isoformat(),
        wording.moment(value),
    )


@register.filter
def number(value: int | Decimal | None) -> SafeString:
    """Grouped digits; 未知 for None."""
    if value is None:
        return format_html('<span class="zy-unknown">{}</span>', wording.unknown())
    return format_html("{}", wording.number(value))


@register.filter
def known(value: object) -> object:
    """未知 for None and the empty text; anything else as it is."""
    if value is None or value == "":
        return format_html('<span class="zy-unknown">{}</span>', wording.unknown())
    return value


@register.filter
def phone_masked(value: str | None) -> str:
    """138****0000."""
    return components.phone_masked(value or "")


@register.simple_tag
def zone_name(zone: Any) -> str:
    """A zone's name in the language in force."""
    return frame_context.zone_name(zone)


@register.simple_tag
def badge(text: object, tone: str = "plain") -> SafeString:
    """A small label: plain, blue, green, yellow, red or grey."""
    return format_html(
        '<span class="zy-badge zy-tone-{}">{}</span>',
        tone if tone in TONES else "plain",
        text,
    )


@register.simple_tag
def light(tone: str, label: str) -> SafeString:
    """A traffic light whose meaning is also written."""
    return format_html(
        '<span class="zy-light zy-tone-{}"><span class="zy-dot" aria-hidden="true"></span>{}</span>',
        tone if tone in TONES else "plain",
        label,
    )


@register.inclusion_tag("ui/parts/stat.html")
def stat(
    label: str,
    value: object,
    url: str = "",
    hint: str = "",
    change: object = "",
    tone: str = "",
    icon: str = "",
) -> dict[str, object]:
    """A figure with its label; the whole tile is a link to its records."""
    return {
        "label": label,
        "value": value,
        "url": url,
        "hint": hint,
        "change": change,
        "tone": tone,
        "icon": icon,
    }


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(steps: Sequence[components.Step]) -> dict[str, object]:
    """Stages from left to right; `ui.components.steps` makes them."""
    return {"steps": steps}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Iterable[components.TimelineEntry]) -> dict[str, object]:
    """A history: occurred, recorded, who, evidence; corrections struck through."""
    return {"entries": list(entries)}


@register.inclusion_tag("ui/parts/empty.html")
def empty(
    title: str,
    text: str = "",
    url: str = "",
    action: str = "",
    icon: str = "mood-empty",
) -> dict[str, object]:
    """An empty state that says what to do."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, wide: bool = False) -> dict[str, object]:
    """A form field with label, help and its errors, which name field and value."""
    widget = bound.field.widget
    many = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    kind = "options" if many else getattr(widget, "input_type", "")
    css = {"checkbox": "form-check-input", "options": "form-check-input", "select": "form-select"}.get(
        kind, "form-control"
    )
    attrs: dict[str, Any] = {"class": f"{bound.field.widget.attrs.get('class', '')} {css}".strip()}
    if bound.errors:
        attrs["class"] += " is-invalid"
        attrs["aria-invalid"] = "true"
        attrs["aria-describedby"] = f"{bound.auto_id}_errors"
    value = bound.value() if bound.errors and kind in {"text", "number", "email", "tel", "date", ""} else None
    return {
        "field": bound,
        "kind": kind,
        "control": bound.as_widget(attrs=attrs),
        "wide": wide,
        "given": value,
    }


@register.inclusion_tag("ui/parts/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """All fields of a form with its own errors on top."""
    return {"form": form}


@lru_cache(maxsize=512)
def _options(options: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Options of a select; the same lists come with every page of a zone."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in options),
    )


@register.filter
def options_of(item: components.Filter) -> SafeString:
    """The options of a filter's select."""
    return _options(tuple((str(value), str(label)) for value, label in item.options), item.value)


@register.inclusion_tag("ui/parts/filter_bar.html", takes_context=True)
def filter_bar(context: Context, filters: Sequence[components.Filter], keep: str = "") -> dict[str, object]:
    """Filters that live in the URL. `keep`: comma-separated parameters carried along (sort)."""
    request = _request(context)
    given = request.GET if request else {}
    kept = [(name, given[name]) for name in keep.split(",") if name and name in given]
    return {
        "filters": filters,
        "kept": kept,
        "active": any(item.value for item in filters),
        "path": request.path if request else "",
    }


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The page's own query string with changes; None or "" drops a parameter. Cursors are dropped unless given."""
    request = _request(context)
    params = request.GET.copy() if request else {}
    for name in ("after", "before"):
        if name in params and name not in changes:
            del params[name]
    for name, value in changes.items():
        if value is None or value == "":
            params.pop(name, None)
        else:
            params[name] = str(value)
    text = params.urlencode() if hasattr(params, "urlencode") else urlencode(params)
    return f"?{text}"


@register.inclusion_tag("ui/parts/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, css: str = "") -> dict[str, object]:
    """A column head that sorts by `?sort=key` or `?sort=-key`."""
    request = _request(context)
    current = request.GET.get("sort", "") if request else ""
    state = "ascending" if current == key else "descending" if current == f"-{key}" else "none"
    following = f"-{key}" if state == "ascending" else key
    return {
        "label": label,
        "state": state,
        "css": css,
        "url": query(context, sort=following),
    }


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(
    context: Context,
    previous: str | None,
    following: str | None,
    shown: int | None = None,
) -> dict[str, object]:
    """Keyset pages: `?before=` and `?after=` cursors, filters kept; "" or None hides a direction."""
    return {
        "previous": query(context, before=previous) if previous else "",
        "following": query(context, after=following) if following else "",
        "shown": shown,
    }


@register.inclusion_tag("ui/parts/progress.html", takes_context=True)
def progress(
    context: Context,
    url: str,
    percent: int,
    text: str = "",
    done: bool = False,
    cancel_url: str = "",
) -> dict[str, object]:
    """A bar that asks `url` for itself every second until `done`."""
    share = max(0, min(100, percent))
    return {
        "url": url,
        "percent": share,
        "text": text,
        "done": done,
        "cancel_url": cancel_url,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def panels(context: Context, slot_name: str, subject_id: UUID | None = None) -> SafeString:
    """All cards of a slot; one that fails shows its error in its own place."""
    request = _request(context)
    if request is None:
        return SafeString("")
    ask = slots.ask_for(request, subject_id)
    cards = [_card(key, found, request) for key, found in slots.panels(slots.SLOTS[slot_name], ask)]
    return format_html_join("", "{}", ((card,) for card in cards))


def _card(key: str, found: slots.Panel | slots.Failure, request: HttpRequest) -> SafeString:
    """One card's markup; a template that fails becomes the failure card."""
    if isinstance(found, slots.Panel):
        try:
            body = render_to_string(found.template, dict(found.context), request=request)
        except Exception as error:
            log.exception("slot_template_failed", key=key, template=found.template)
            found = slots.Failure(key, type(error).__name__)
        else:
            return render_to_string(
                "ui/parts/panel.html",
                {"panel": found, "key": key, "body": body},
            )
    return render_to_string("ui/parts/panel_failed.html", {"failure": found})


@register.simple_tag
def island(name: str) -> SafeString:
    """The script of an island of the shell, loaded once as a module: tile-map, charts, board."""
    needs = {"charts": "vendor/echarts.min.js", "board": "vendor/sortable.min.js"}
    first = format_html('<script defer src="{}"></script>', static(needs[name])) if name in needs else ""
    return format_html('{}<script type="module" src="{}"></script>', first, static(f"ui/{name}.js"))
