"""Checking event payloads: which fields a kind of event must and may carry, and each value's canonical form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Money, decimal_from_text, number_text
from zhaoyin.domain.period import PartialDate

Payload = Mapping[str, object]
Check = Callable[[object], object]


def identifier(value: object) -> str:
    """A UUID as text."""
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise InvalidValue("not-an-id", field="id", value=str(value)) from error


def one_of(options: type) -> Check:
    """A value of the enumeration."""

    def check(value: object) -> object:
        try:
            return options(value).value  # type: ignore[call-arg]
        except ValueError as error:
            raise InvalidValue("not-an-option", field=options.__name__, value=str(value)) from error

    return check


def money(value: object) -> object:
    """A `Money` payload."""
    if not isinstance(value, Mapping):
        raise InvalidValue("money-malformed", field="amount", value=str(value))
    return Money.from_payload(dict(value)).to_payload()


def text_reference(value: object) -> object:
    """Reference to a text row: its id and the salted hash of what it said."""
    if not isinstance(value, Mapping) or set(value) != {"text", "sha256"}:
        raise InvalidValue("text-reference-malformed", field="text", value=str(value))
    return {"text": identifier(value["text"]), "sha256": str(value["sha256"])}


def code(value: object) -> object:
    """A short code: letters, digits, `-_./`."""
    text = str(value)
    if not text or len(text) > 64 or not all(c.isalnum() or c in "-_./" for c in text):
        raise InvalidValue("code-malformed", field="code", value=text)
    return text


def count(value: object) -> object:
    """A whole number up to ten million."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000_000:
        raise InvalidValue("count-out-of-range", field="count", value=str(value))
    return value


def set_of(options: type) -> Check:
    """A list of different values of the enumeration, in its order."""
    order = [str(option.value) for option in options]  # type: ignore[attr-defined]

    def check(value: object) -> object:
        if not isinstance(value, list | tuple):
            raise InvalidValue("not-a-list", field=options.__name__, value=str(value))
        return sorted({str(one_of(options)(item)) for item in value}, key=order.index)

    return check


def share(value: object) -> object:
    """A part of one as text: above 0, at most 1, at most four decimals."""
    number = decimal_from_text(str(value)) if isinstance(value, str | int | Decimal) else Decimal(-1)
    if not 0 < number <= 1 or number != round(number, 4):
        raise InvalidValue("share-out-of-range", field="share", value=str(value))
    return number_text(number)


def area(value: object) -> object:
    """Mu up to a million with at most two decimals: whole as an int, else as text ("12.5")."""
    number = decimal_from_text(str(value)) if not isinstance(value, bool) else Decimal(-1)
    if not 0 <= number <= 1_000_000 or number != round(number, 2):
        raise InvalidValue("area-out-of-range", field="area", value=str(value))
    return int(number) if number == int(number) else number_text(number)


def flag(value: object) -> object:
    """True or false."""
    if not isinstance(value, bool):
        raise InvalidValue("not-a-flag", field="flag", value=str(value))
    return value


def day(value: object) -> object:
    """A day with precision as `PartialDate` prints it."""
    return str(PartialDate.parse(str(value)))


def nullable(check: Check) -> Check:
    """The same check, or None for unknown."""
    return lambda value: None if value is None else check(value)


@dataclass(frozen=True, slots=True)
class Shape:
    """Required and optional payload fields of a kind."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check]


def checked(shapes: Mapping[str, Shape], kind: str, payload: Payload) -> dict[str, object]:
    """The payload with every value in canonical form; InvalidValue names the field."""
    shape = shapes.get(kind)
    if shape is None:
        raise InvalidValue("event-kind-unknown", field="kind", value=kind)
    missing = [name for name in shape.required if name not in payload]
    if missing:
        raise InvalidValue("payload-field-missing", field=missing[0], value="")
    clean: dict[str, object] = {}
    for name, value in payload.items():
        check = shape.required.get(name) or shape.optional.get(name)
        if check is None:
            raise InvalidValue("payload-field-unknown", field=name, value=str(value))
        try:
            clean[name] = check(value)
        except InvalidValue as error:
            raise InvalidValue(error.code, **{**error.params, "field": name}) from error
    return clean
