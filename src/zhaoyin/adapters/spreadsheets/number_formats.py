"""What Excel displays for a number under a number format, and the number that the display means.

Follows ECMA-376 part 1, 18.8.30 and 18.8.31 as far as ledgers use them: sections, scaling commas, percent, literals
(also a literal point between digits, as in 0!.0,"万"), dates and times. Fractions and colours are shown plainly.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "0", 13: "0.00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: "h:mm", 35: "h:mm:ss", 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Built-in format codes; 27 to 36 and 50 to 58 as Chinese Excel has them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<skip>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|AM/PM|上午/下午|a{3,4}|e+|[bB]{2,4})|(?P<exponent>E[+-]0+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<general>General)|(?P<other>.)",
    re.S,
)
_CURRENCY = re.compile(r"\$([^-]*)")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONGEST = 400


class _Section(NamedTuple):
    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    is_date: bool


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[_Section, ...]:
    """The sections of a format code, each as tokens."""
    return tuple(_section(part) for part in _split(code[:_LONGEST]))


def _split(code: str) -> list[str]:
    parts, current, quoted, position = [], "", False, 0
    while position < len(code):
        sign = code[position]
        if sign in "\\!" and not quoted and position + 1 < len(code):
            current += code[position : position + 2]
            position += 2
            continue
        quoted = quoted != (sign == '"')
        if sign == ";" and not quoted:
            parts.append(current)
            current = ""
        else:
            current += sign
        position += 1
    return [*parts, current]


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    is_date = False
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match[match.lastgroup or 0]
        if kind == "bracket":
            found, limit = _CURRENCY.match(text), _CONDITION.fullmatch(text)
            if found:
                tokens.append(("quoted", found[1]))
            elif limit:
                condition = (limit[1], Decimal(limit[2]))
            elif re.fullmatch(r"[hms]+", text, re.I):
                tokens.append(("date", text))
                is_date = True
            continue
        if kind == "skip":
            kind, text = "quoted", " "
        if kind == "fill":
            continue
        is_date = is_date or (kind == "date" and text[0] not in "bB")
        tokens.append((kind, text))
    return _Section(tuple(tokens), condition, is_date)


def is_date_format(code: str) -> bool:
    """True when the first section shows days or times."""
    return code not in {"General", "@", ""} and sections_of(code)[0].is_date


def displayed(raw: Decimal, code: str, *, epoch_1904: bool = False, formula: str | None = None) -> Cell:
    """The cell that shows `raw` under the format `code`."""
    if code in {"General", "@", ""}:
        shown = general_text(raw)
        return Cell(shown, _plain(shown, raw), CellKind.NUMBER, formula)
    parts = sections_of(code)
    if parts[0].is_date:
        return _date_cell(raw, parts[0], epoch_1904, formula)
    section, value, signed = _choose(parts, raw)
    if not section.tokens:
        return Cell("", None, CellKind.BLANK, formula)
    text, number = _render(section, value)
    if signed and value < 0:
        text, number = "-" + text, None if number is None else -number
    elif raw < 0 and number is not None and not signed:
        number = -number
    text = text.strip()
    if number is None:
        return Cell(text, None, CellKind.TEXT if text else CellKind.BLANK, formula)
    return Cell(text, number, CellKind.NUMBER, formula)


def _choose(parts: tuple[_Section, ...], raw: Decimal) -> tuple[_Section, Decimal, bool]:
    """The section, the value it shows, and whether it shows a minus sign of its own accord."""
    if any(part.condition for part in parts):
        for part in parts:
            if part.condition is None or _holds(raw, part.condition):
                return part, raw, True
        return parts[-1], raw, True
    if raw < 0 and len(parts) > 1:
        return parts[1], abs(raw), False
    if raw == 0 and len(parts) > 2:
        return parts[2], raw, True
    return parts[0], raw, True


def _holds(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, ">": value > limit, "=": value == limit, "<=": value <= limit, ">=": value >= limit,
        "<>": value != limit,
    }[sign]  # fmt: skip


def _render(section: _Section, value: Decimal) -> tuple[str, Decimal | None]:
    tokens = section.tokens
    if not any(kind in {"digit", "general"} for kind, _ in tokens):
        return "".join(text for kind, text in tokens if kind in {"quoted", "escaped", "other", "comma", "point"}), None
    if any(kind == "general" for kind, _ in tokens):
        shown = general_text(abs(value))
        literal = "".join(shown if kind == "general" else text for kind, text in tokens)
        return literal, abs(value)
    if any(kind == "exponent" for kind, _ in tokens):
        return general_text(abs(value)), abs(value)
    return _digits(tokens, abs(value))


def _digits(tokens: tuple[tuple[str, str], ...], value: Decimal) -> tuple[str, Decimal | None]:
    last = max(index for index, (kind, _) in enumerate(tokens) if kind == "digit")
    first = min(index for index, (kind, _) in enumerate(tokens) if kind == "digit")
    scale = 0
    while last + 1 + scale < len(tokens) and tokens[last + 1 + scale][0] == "comma":
        scale += 1
    percent = sum(kind == "percent" for kind, _ in tokens)
    points = [index for index, (kind, _) in enumerate(tokens) if kind == "point" and first <= index]
    point = points[0] if points else None
    decimals = sum(kind == "digit" for kind, _ in tokens[point:]) if point is not None else 0
    grouped = any(kind == "comma" for kind, _ in tokens[first:last])
    scaled = value / (Decimal(1000) ** scale) * (Decimal(100) ** percent)
    try:
        rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        return general_text(value), value
    whole, _, fraction = format(rounded, "f").partition(".")
    front = tokens[: point if point is not None else last + 1]
    text = _whole(front, whole, grouped)
    tail = tokens[point:] if point is not None else tokens[last + 1 :]
    shown_tail, _ = _fraction(tail, fraction)
    text += shown_tail
    numbers = re.sub(r"[^\d.]", "", text)
    number = _decimal(numbers) if re.fullmatch(r"\d+\.?\d*", numbers) and _has_one_number(text) else rounded
    return text, number / (Decimal(100) ** percent)


def _has_one_number(text: str) -> bool:
    return len(re.findall(r"\d[\d,]*(?:\.\d+)?", text)) == 1


def _whole(tokens: tuple[tuple[str, str], ...], digits: str, grouped: bool) -> str:
    """Digits filled into the places from the right; literals between places stay where they are."""
    digits = "" if digits == "0" else digits
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digit"]
    filled: dict[int, str] = {}
    rest = digits
    for number, index in enumerate(reversed(places)):
        leftmost = number == len(places) - 1
        taken = rest if leftmost else rest[-1:]
        rest = "" if leftmost else rest[:-1]
        if not taken:
            taken = "0" if tokens[index][1] == "0" else ""
        filled[index] = f"{int(taken):,}" if leftmost and grouped and len(places) == 1 and taken else taken
    text = ""
    for index, (kind, sign) in enumerate(tokens):
        if kind == "digit":
            text += filled[index]
        elif kind in {"quoted", "escaped", "other", "percent"}:
            text += sign
    if grouped and len(places) > 1:
        found = re.search(r"\d+", text)
        text = (
            text[: found.start()] + f"{int(found[0]):,}" + text[found.end() :] if found and len(found[0]) > 3 else text
        )
    return text


def _fraction(tokens: tuple[tuple[str, str], ...], digits: str) -> tuple[str, str]:
    needed = 0
    count = 0
    for kind, sign in tokens:
        if kind == "digit":
            count += 1
            needed = count if sign == "0" or digits[count - 1 : count] not in {"", "0"} else needed
    shown, count, text = digits, 0, ""
    for number, (kind, sign) in enumerate(tokens):
        if kind == "digit":
            nonzero = any(mark != "0" for mark in shown[count:])
            text += shown[count] if count < len(shown) and (sign == "0" or nonzero) else ""
            count += 1
        elif kind == "point" and number == 0:
            text += "." if needed else ""
        elif kind in {"quoted", "escaped", "other", "percent"}:
            text += sign
    return text, shown


def general_text(value: Decimal) -> str:
    """A number under the General format: all digits of a whole number up to 15, otherwise ten significant digits."""
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return format(value.to_integral_value(), "f")
    if abs(value) >= Decimal(10) ** 15 or abs(value) < Decimal("1e-9"):
        return format(float(value), ".6g")
    return format(Decimal(format(float(value), ".10g")), "f")


def _plain(shown: str, raw: Decimal) -> Decimal:
    return _decimal(shown) if re.fullmatch(r"-?\d+(?:\.\d+)?", shown) else raw


def _decimal(text: str) -> Decimal:
    return Decimal(text.rstrip(".") or "0")


def _date_cell(raw: Decimal, section: _Section, epoch_1904: bool, formula: str | None) -> Cell:
    moment = moment_of(raw, epoch_1904=epoch_1904)
    if moment is None:
        return Cell(general_text(raw), raw, CellKind.NUMBER, formula)
    text = _date_text(section, moment).strip()
    letters = {sign[0].lower() for kind, sign in section.tokens if kind == "date"}
    if not letters & set("ye") and "d" not in letters:
        return Cell(text, raw, CellKind.TEXT, formula)
    return Cell(text, raw, CellKind.DATE, formula, moment.date())


def moment_of(serial: Decimal, *, epoch_1904: bool = False) -> datetime | None:
    """The moment of a day serial; None when it is out of range."""
    if not 0 <= serial < 2958466:
        return None
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30 if serial >= 60 else 31)
    return datetime.combine(start, time()) + timedelta(seconds=round(float(serial) * 86400))


def _date_text(section: _Section, moment: datetime) -> str:
    text, previous = "", ""
    for index, (kind, sign) in enumerate(section.tokens):
        if kind != "date":
            text += sign if kind in {"quoted", "escaped", "other", "comma", "point"} else ""
            text += "0" if kind == "digit" else ""
            continue
        letter, width = sign[0].lower(), len(sign)
        following = next((mark[0].lower() for what, mark in section.tokens[index + 1 :] if what == "date"), "")
        minutes = letter == "m" and (previous == "h" or following == "s") and width < 3
        text += _part(letter, width, moment, minutes=minutes)
        previous = letter
    return text


def _part(letter: str, width: int, moment: datetime, *, minutes: bool) -> str:
    if minutes:
        return f"{moment.minute:0{min(width, 2)}d}"
    if letter == "m":
        return _MONTHS[moment.month - 1] if width == 3 else f"{moment.month:0{min(width, 2)}d}"
    if letter in "ye":
        return f"{moment.year % 100:02d}" if width <= 2 and letter == "y" else f"{moment.year}"
    if letter == "d":
        return f"{moment.day:0{width}d}" if width < 3 else "一二三四五六日"[moment.weekday()]
    if letter in "hs":
        value = moment.hour if letter == "h" else moment.second
        return f"{value:0{min(width, 2)}d}"
    return ""


def date_cell(day: date, *, text: str | None = None) -> Cell:
    """A cell that holds a day as such (.ods, XML spreadsheets)."""
    return Cell(text or day.isoformat(), None, CellKind.DATE, None, day)


def text_cell(text: str, formula: str | None = None) -> Cell:
    """A text cell, or a blank one."""
    return (
        Cell(text, None, CellKind.TEXT, formula)
        if text.strip()
        else (Cell("", None, CellKind.BLANK, formula) if formula else BLANK)
    )
