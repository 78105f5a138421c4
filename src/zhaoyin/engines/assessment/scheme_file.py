"""Reading a scheme file; a mistake is told with its line, what is wrong and what to write."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from zhaoyin.domain.canonical import canonical_json, sha256_hex
from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.money import decimal_from_text
from zhaoyin.engines.assessment.params import Indicator, Lights, Lists, Method, PointRule, Scheme

SCHEMES = Path(__file__).parent / "data" / "schemes"
DEFAULT_SCHEME = "task-force-year"
_KEYS: Mapping[str, frozenset[str]] = {
    "scheme": frozenset({"id", "version", "title", "title_en", "valid_from", "basis", "basis_en"}),
    "indicator": frozenset({"name", "title", "title_en", "weight", "figure", "measure", "method", "cap", "less_is_better"}),
    "points": frozenset({"name", "title", "title_en", "each", "cap"}),
    "lists": frozenset({"red", "black", "against"}),
    "lights": frozenset({"green", "yellow"}),
}  # fmt: skip


class SchemeError(DomainError):
    """A scheme cannot be used: `scheme`, `line`, `problem`, `fix`."""


class _Table:
    """One table of the file and where it stands."""

    def __init__(self, name: str, text: str, section: str, nth: int, values: Mapping[str, object]) -> None:
        self.name, self.lines, self.section, self.nth, self.values = name, text.splitlines(), section, nth, values
        for key in values:
            self.among(key, key, _KEYS[section], "key")

    def wrong(self, key: str, problem: str, fix: str) -> SchemeError:
        """The error at the line of `key` (else of the table's head)."""
        heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[", line)]
        own = [n for n in heads if re.match(rf"\s*\[+\s*{self.section}\s*]", self.lines[n])]
        start = own[min(self.nth, len(own) - 1)] if own else 0
        stop = next((n for n in heads if n > start), len(self.lines))
        at = next((n for n in range(start, stop) if re.match(rf"\s*{re.escape(key)}\s*=", self.lines[n])), start)
        return SchemeError("scheme-wrong", scheme=self.name, line=at + 1, problem=problem, fix=fix)

    def among(self, key: str, value: str, known: Iterable[str], what: str) -> str:
        """The value, one of those known."""
        options = sorted(known)
        if value in options:
            return value
        near = next(iter(get_close_matches(value, options, n=1)), "")
        fix = f"did you mean {near!r}?" if near else f"use one of {', '.join(options)}"
        raise self.wrong(key, f"{value!r} is no {what}", fix)

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(key, f"{key!r} must be a text", f'write {key} = "…"')
        return value

    def exact(self, key: str, default: str | None = None) -> Decimal:
        """An exact number: a whole number or a text, never a float."""
        value = self.values.get(key, default)
        try:
            if isinstance(value, bool) or not isinstance(value, str | int):
                raise InvalidValue("not-a-number", field=key, value=str(value))
            sign = -1 if str(value).startswith("-") else 1
            return sign * decimal_from_text(str(value).lstrip("-"))
        except InvalidValue as error:
            raise self.wrong(key, f"{key!r} must be an exact number", f'write {key} = "30"') from error

    def whole(self, key: str) -> int:
        """A whole number, 0 when it is not there."""
        value = self.values.get(key, 0)
        if type(value) is not int or value < 0:
            raise self.wrong(key, f"{key!r} must be a whole number", f"write {key} = 2")
        return value

    def day(self, key: str) -> date:
        """A day."""
        value = self.values.get(key)
        if type(value) is not date:
            raise self.wrong(key, f"{key!r} must be a day", f"write {key} = 2025-01-01")
        return value


def parse_scheme(text: str, *, name: str) -> Scheme:
    """The scheme in a TOML text; SchemeError says line, problem and fix. `name` is what the message calls it."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else 0
        raise SchemeError("scheme-wrong", scheme=name, line=line, problem=str(error), fix="") from error
    top = _Table(name, text, "scheme", 0, _mapping(tree.get("scheme")))
    for key in tree:
        if key not in _KEYS:
            raise _Table(name, text, key if key in _KEYS else "scheme", 0, {}).wrong(
                key, f"unknown table {key!r}", f"use one of {', '.join(sorted(_KEYS))}"
            )
    indicators = tuple(_indicator(table) for table in _tables(tree, name, text, "indicator"))
    if not indicators:
        raise top.wrong("indicator", "the scheme has no indicator", "add an [[indicator]] with name, weight and figure")
    _check_indicators(name, text, indicators)
    lists = _Table(name, text, "lists", 0, _mapping(tree.get("lists")))
    lights = _Table(name, text, "lights", 0, _mapping(tree.get("lights")))
    return Scheme(
        id=top.text("id"),
        version=top.text("version"),
        title=top.text("title"),
        title_en=top.text("title_en"),
        valid_from=top.day("valid_from"),
        basis=top.text("basis"),
        basis_en=top.text("basis_en"),
        indicators=indicators,
        points=tuple(_point(table) for table in _tables(tree, name, text, "points")),
        lists=Lists(
            red=lists.whole("red"),
            black=lists.whole("black"),
            against=lists.among("against", lists.text("against", "pace"), {"pace", "target"}, "measure of the lists"),
        ),
        lights=_lights(lights),
        sha256=sha256_hex(canonical_json(tree)),
    )


def _lights(table: _Table) -> Lights:
    lights = Lights(green=table.exact("green", "0"), yellow=table.exact("yellow", "-10"))
    if lights.yellow >= lights.green:
        raise table.wrong("yellow", "yellow is not below green", 'write green = "0" and yellow = "-10"')
    return lights


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _tables(tree: Mapping[str, object], name: str, text: str, section: str) -> list[_Table]:
    found = tree.get(section, [])
    if not isinstance(found, list):
        raise _Table(name, text, section, 0, {}).wrong(
            section, f"{section} is not a list of tables", f"write [[{section}]]"
        )
    return [_Table(name, text, section, nth, _mapping(item)) for nth, item in enumerate(found)]


def _indicator(table: _Table) -> Indicator:
    weight = table.exact("weight")
    cap = table.exact("cap", "1")
    if weight <= 0:
        raise table.wrong("weight", "the weight must be above zero", 'write weight = "30"')
    if cap <= 0:
        raise table.wrong("cap", "the cap must be above zero", 'write cap = "1.2"')
    less = table.values.get("less_is_better", False)
    if not isinstance(less, bool):
        raise table.wrong("less_is_better", "less_is_better must be true or false", "write less_is_better = true")
    method = Method(table.among("method", table.text("method", "efficacy"), list(Method), "method"))
    if less and method is Method.COMPLETION:
        raise table.wrong(
            "less_is_better", "completion of a target cannot count less as better", 'use method = "efficacy"'
        )
    return Indicator(
        name=table.text("name"),
        title=table.text("title"),
        title_en=table.text("title_en"),
        weight=weight,
        figure=table.text("figure"),
        measure=table.among("measure", table.text("measure", "projects"), {"projects", "amount"}, "measure"),
        method=method,
        cap=cap,
        less_is_better=less,
    )


def _point(table: _Table) -> PointRule:
    each = table.exact("each")
    cap = table.exact("cap") if "cap" in table.values else None
    if each == 0:
        raise table.wrong("each", "points of zero change nothing", 'write each = "-1" or each = "1"')
    if cap is not None and (cap < 0) != (each < 0):
        raise table.wrong("cap", "the cap has another sign than each", f'write cap = "{"-5" if each < 0 else "5"}"')
    return PointRule(
        name=table.text("name"), title=table.text("title"), title_en=table.text("title_en"), each=each, cap=cap
    )


def _check_indicators(name: str, text: str, indicators: tuple[Indicator, ...]) -> None:
    seen: set[str] = set()
    for nth, indicator in enumerate(indicators):
        if indicator.name in seen:
            raise _Table(name, text, "indicator", nth, {}).wrong(
                "name", f"indicator {indicator.name!r} is there twice", "give each its own name"
            )
        seen.add(indicator.name)
    weight = sum(indicator.weight for indicator in indicators)
    if weight != 100:
        last = _Table(name, text, "indicator", len(indicators) - 1, {})
        raise last.wrong("weight", f"the weights add up to {weight}, not 100", "make them add up to 100")


@lru_cache
def load_scheme(name: str = DEFAULT_SCHEME) -> Scheme:
    """A scheme that the program ships, by id; InvalidValue when there is none."""
    path = SCHEMES / f"{name}.toml"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.exists():
        raise InvalidValue("scheme-unknown", field="scheme", value=name, known=", ".join(shipped_schemes()))
    return parse_scheme(path.read_text(encoding="utf-8"), name=path.name)


def shipped_schemes() -> tuple[str, ...]:
    """Ids of the schemes that the program ships."""
    return tuple(sorted(path.stem for path in SCHEMES.glob("*.toml")))
